"""Make an installation ready: tables, rights, reference data, static files. Run as the owner of the tables."""

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from urllib.parse import unquote, urlsplit

from motcua.commands.options import ROOT
from motcua.commands.speech import say
from motcua.commands.stamp import read_stamp, write_stamp
from motcua.embedded.server import APP as APP_ROLE
from motcua.embedded.trouble import Trouble

_MONTHS_BEHIND, _MONTHS_AHEAD = 6, 4


def ensure_prepared(environment: Mapping[str, str], mark: str, *, with_demonstration: bool) -> None:
    """Prepare in a process of its own, unless this very code has already prepared this database.

    :raises Trouble: a step failed; its own words have been printed.
    """
    if mark and read_stamp(environment) == mark:
        return
    run_prepare(environment, with_demonstration=with_demonstration)
    write_stamp(environment, mark)


def run_prepare(environment: Mapping[str, str], *, with_demonstration: bool) -> None:
    """Prepare in a process of its own, as the owner of the tables.

    :raises Trouble: a step failed; its own words have been printed.
    """
    words = [f"--role={find_role(environment)}", *(["--demonstration"] if with_demonstration else [])]
    command = [sys.executable, "-P", "-m", "motcua.commands.prepare", *words]
    owned = {**environment, "DATABASE_URL": environment["MOTCUA_OWNER_URL"], "PYTHONPATH": str(ROOT)}
    if subprocess.run(command, env=owned, cwd=ROOT, check=False).returncode != 0:
        raise Trouble(
            "Chưa chuẩn bị xong cơ sở dữ liệu; nguyên nhân ở các dòng trên. Sửa xong hãy chạy lại, dữ liệu vẫn còn.",
            "The database is not ready; the lines above say why. Mend it and start again; the data are kept.",
        )


def find_role(environment: Mapping[str, str]) -> str:
    """Who the application signs in as, named as the operator named it; empty where the owner itself works."""
    app, owner = (
        urlsplit(environment.get(name, "")).username for name in ("DATABASE_URL", "MOTCUA_OWNER_URL")
    )
    return "" if app == owner else unquote(app or APP_ROLE)


def prepare(*, with_demonstration: bool, role: str = APP_ROLE) -> None:
    """Every step in order; each may be repeated without harm. `role` is given its rights, unless it is the owner."""
    from django.core.management import call_command, get_commands
    from django.db import connection
    from django.utils import timezone

    from motcua.commands.grants import grant_app_role
    from motcua.core.chronology import continue_order

    say("Tạo bảng… / tables…")
    call_command("migrate", verbosity=0, interactive=False)
    first = _go_back(timezone.localdate(), _MONTHS_BEHIND)
    call_command(
        "ensure_partitions", first=first, months=_MONTHS_BEHIND + _MONTHS_AHEAD, verbosity=0, stdout=_Quiet()
    )
    continue_order()
    if role:
        grant_app_role(connection, role)
    else:
        say(
            "Ứng dụng dùng chính vai trò sở hữu bảng; nên tách hai vai trò (sách vận hành). / One role owns and works."
        )
    say("Tệp tĩnh… / static files…")
    call_command("collectstatic", verbosity=0, interactive=False)
    known = get_commands()
    wanted = ["load_reference"] + (["load_demonstration"] if with_demonstration else [])
    for name in wanted:
        if name in known:
            say(
                "Dữ liệu… / data…"
                if name == "load_reference"
                else "Tỉnh trình diễn… / the demonstration province…"
            )
            call_command(name)


def _go_back(day: date, months: int) -> date:
    month = day.year * 12 + day.month - 1 - months
    return date(month // 12, month % 12 + 1, 1)


class _Quiet:
    """Takes a command's routine words and keeps none."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""


def main(words: list[str]) -> int:
    """The separate process of `ensure_prepared`."""
    import django
    from django.core.management import CommandError
    from django.db import DatabaseError

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    django.setup()
    try:
        roles = [word.removeprefix("--role=") for word in words if word.startswith("--role=")]
        prepare(with_demonstration="--demonstration" in words, role=roles[0] if roles else APP_ROLE)
    except (CommandError, DatabaseError, Trouble) as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
