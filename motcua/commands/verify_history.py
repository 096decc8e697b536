"""`./run verify-history`: whether events and evidence are still what was sealed; names the first row that is not."""

import os
from pathlib import Path

from motcua.commands.installed import installation
from motcua.commands.options import add_data, new_parser
from motcua.commands.speech import say
from motcua.embedded.trouble import Trouble

KINDS = {
    "altered": "bị sửa / altered",
    "deleted": "bị xóa / deleted",
    "inserted": "bị chèn thêm / inserted",
    "seal": "dấu niêm không khớp / the seal does not fit",
    "root": "gốc của ngày không khớp / the root of the day does not fit",
    "stamp": "dấu thời gian không khớp / the time stamp does not fit",
}
_SHOWN = 20
_NO_ROOT = "Chưa có gốc của ngày nào: việc nền tính mỗi đêm. / No day has its root yet: the worker makes it each night."


def run(arguments: list[str]) -> int:
    """Check everything; the status is 1 when something is not as it was sealed."""
    parser = new_parser("verify-history", "Kiểm tra lịch sử / verify the history")
    parser.add_argument("--late", action="store_true", help="cả dòng ghi muộn / rows written late as well")
    add_data(parser)
    options = parser.parse_args(arguments)
    with installation(Path(os.path.abspath(options.data))) as environment:
        os.environ.update(environment)
        import django
        from django.db import DatabaseError

        django.setup()
        try:
            return verify(show_late=options.late)
        except DatabaseError as error:
            raise Trouble(f"Không kiểm tra được: {error}", f"It could not be checked: {error}") from error


def verify(*, show_late: bool = False) -> int:
    """Tell the first fault and how many there are."""
    from motcua.audit import queries

    if show_late:
        for row in queries.find_late_rows():
            say(f"ghi muộn / written late: {row.table} id {row.id}, {row.day:%Y-%m-%d}")
    found = list(queries.find_faults())
    sealing = queries.get_sealing()
    if not found:
        day = f"{sealing.last_day:%Y-%m-%d} {sealing.last_root}" if sealing.last_day else _NO_ROOT
        say(f"Lịch sử nguyên vẹn. / The history is whole. {day}")
        if sealing.unstamped:
            say(f"Gốc chưa có dấu thời gian / roots without a time stamp: {sealing.unstamped}")
        return 0
    for fault in found[:_SHOWN]:
        say(f"{fault.table} id {fault.id}, {fault.day:%Y-%m-%d}: {KINDS[fault.kind]}")
    say(f"Tổng số chỗ sai / places in all: {len(found)}")
    return 1
