"""The Excel file of a batch: its columns, an empty one to fill in, and numbers that stand in it twice."""

from collections import Counter
from collections.abc import Sequence
from io import BytesIO

from motcua.core.workbook import open_workbook

# field → title of the column
COLUMNS = {
    "full_name": "Họ và tên",
    "id_number": "Số giấy tờ",
    "birth_on": "Ngày sinh",
    "sex": "Giới tính",
    "address": "Địa chỉ",
    "phone": "Điện thoại",
    "email": "Thư điện tử",
    "note": "Ghi chú",
}


def find_twice(numbers: Sequence[str]) -> frozenset[str]:
    """Numbers of more than one line."""
    return frozenset(number for number, times in Counter(numbers).items() if number and times > 1)


def write_blank() -> bytes:
    """A file with the titles alone; every cell is text, so that numbers keep their zeros."""
    buffer = BytesIO()
    with open_workbook(buffer) as book:
        sheet = book.add_worksheet("Danh sách")
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        sheet.set_column(0, len(COLUMNS) - 1, 22, text)
        sheet.write_row(0, 0, list(COLUMNS.values()), bold)
        sheet.freeze_panes(1, 0)
    return buffer.getvalue()
