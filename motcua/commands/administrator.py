"""`./run administrator`: the first person of a real installation, who lets the others in on the pages."""

import argparse
import os
import subprocess
import sys

from motcua.commands.installed import installation
from motcua.commands.options import ROOT, add_data, new_parser
from motcua.commands.speech import say


def run(arguments: list[str]) -> int:
    """Register a person and appoint them administrator of a unit; the password is told once."""
    options = _read(arguments)
    with installation(options.data) as environment:
        command = [sys.executable, "-P", "-m", "motcua.commands.administrator", *arguments]
        further = {"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "motcua.settings"}
        return subprocess.run(command, env={**environment, **further}, cwd=ROOT, check=False).returncode


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = new_parser("administrator", "Quản trị viên đầu tiên / the first administrator")
    parser.add_argument("username", metavar="USERNAME", help="tên đăng nhập / sign-in name")
    parser.add_argument("full_name", metavar="NAME", help="họ và tên / full name")
    parser.add_argument(
        "unit_code", metavar="UNIT", help="mã đơn vị, ví dụ 2025-X19429 / unit code, e.g. 2025-T44"
    )
    parser.add_argument("--decision", default="", metavar="NUMBER", help="số quyết định / decision number")
    add_data(parser)
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """The separate process of `run`, where the tables are known."""
    import django

    django.setup()
    from motcua.core.refusal import Refused

    try:
        username, password = appoint_first(_read(arguments))
    except Refused as refused:
        say(refused.message)
        return 1
    say(
        f"Tên đăng nhập / sign-in name: {username}",
        f"Mật khẩu, chỉ hiện một lần / password, shown once: {password}",
    )
    return 0


def appoint_first(options: argparse.Namespace) -> tuple[str, str]:
    """Both acts or neither; each leaves its audit row under the system's name."""
    from django.db import transaction
    from django.utils import timezone

    from motcua.organisations import actions as organisations
    from motcua.organisations.rules import SYSTEM, Post

    at = timezone.now()
    with transaction.atomic():
        account = organisations.register_officer(
            actor=SYSTEM, username=options.username, full_name=options.full_name, at=at
        )
        posting = organisations.PostingFacts(
            username=account.username,
            unit_code=options.unit_code,
            post=Post.ADMINISTRATOR,
            decision_number=options.decision,
            first_day=timezone.localdate(at),
        )
        organisations.appoint(actor=SYSTEM, posting=posting, at=at)
        organisations.mark_changed()
    return account.username, account.password


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    sys.exit(main(sys.argv[1:]))
