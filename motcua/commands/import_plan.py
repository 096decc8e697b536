"""`./run import-plan FILE`: read the plan of the year; `--dry-run --json` shows what was read and keeps nothing."""

import argparse
import os
from importlib import import_module
from pathlib import Path

from motcua.commands import manage
from motcua.commands.options import new_parser


def run(arguments: list[str]) -> int:
    """Read one file. Without `--dry-run` the plan is kept as a draft that waits for a person's confirmation."""
    options = _read(arguments)
    if not options.dry_run:
        return manage.run_installed(["import_plan", *_as_words(options)])
    # The reader takes a second to load, and keeping a plan loads it in a process of its own.
    show = import_module("motcua.commands.show_plan")
    return int(show.run(options.file, as_json=options.as_json))


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = new_parser("import-plan", "Nhập kế hoạch / read the plan of the year")
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="tệp kế hoạch .docx .pdf .xlsx .txt .png .jpg / the plan"
    )
    parser.add_argument(
        "--unit",
        default="",
        metavar="CODE",
        help="mã đơn vị; không ghi thì theo cơ quan ban hành / whose plan it is, else its issuer's",
    )
    parser.add_argument("--year", type=int, default=None, metavar="YYYY", help="năm / its year")
    parser.add_argument("--confirm", action="store_true", help="nhập luôn / make it a plan at once")
    parser.add_argument("--dry-run", action="store_true", help="chỉ đọc, không lưu / read, keep nothing")
    parser.add_argument("--json", action="store_true", dest="as_json", help="in JSON / print JSON")
    return parser.parse_args(arguments)


def _as_words(options: argparse.Namespace) -> list[str]:
    words = [os.path.abspath(options.file)]
    words += ["--unit", options.unit] if options.unit else []
    words += ["--confirm"] if options.confirm else []
    return words + (["--year", str(options.year)] if options.year else [])
