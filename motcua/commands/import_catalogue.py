"""`./run import-catalogue FILE`: procedures from the national export or an edited workbook."""

import os
from pathlib import Path

from motcua.commands import manage
from motcua.commands.options import new_parser


def run(arguments: list[str]) -> int:
    """Hand over to the catalogue's own command; `--dry-run` shows the difference and keeps nothing."""
    parser = new_parser("import-catalogue", "Nhập danh mục thủ tục / import procedures")
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="tệp .xlsx đã xuất, hoặc .jsonl(.gz) của cả nước / a workbook or the national export",
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="chỉ xem khác biệt, không ghi / show the difference, keep nothing",
    )
    parser.add_argument(
        "--close-missing",
        action="store_true",
        help="thủ tục không có trong tệp thì hết hiệu lực / close what is not in it",
    )
    parser.add_argument("--all", action="store_true", help="in mọi dòng / print every row")
    given = parser.parse_args(arguments)
    chosen = [
        f"--{name}" for name in ("dry-run", "close-missing", "all") if getattr(given, name.replace("-", "_"))
    ]
    return manage.run_installed(["import_catalogue", os.path.abspath(given.file), *chosen])
