"""`./run export-catalogue FILE.xlsx`: procedures as a workbook that can be edited and imported again."""

import os
from pathlib import Path

from motcua.commands import manage
from motcua.commands.options import new_parser


def run(arguments: list[str]) -> int:
    """Hand over to the catalogue's own command."""
    parser = new_parser("export-catalogue", "Xuất danh mục thủ tục / export procedures")
    parser.add_argument("file", type=Path, metavar="FILE.xlsx", help="tệp sẽ ghi / the workbook to write")
    parser.add_argument(
        "--operated", action="store_true", help="chỉ thủ tục tỉnh đang tiếp nhận / only those operated here"
    )
    given = parser.parse_args(arguments)
    chosen = ["--operated"] if given.operated else []
    return manage.run_installed(["export_catalogue", os.path.abspath(given.file), *chosen])
