"""A new Excel workbook whose cells hold what they are given: text stays text, whatever it begins with."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from django.http import HttpResponse

if TYPE_CHECKING:
    import xlsxwriter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# In memory: no file of a workbook is ever left on the disk. A name typed as "=1+1" is a name, an address no link.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def open_workbook(content: BytesIO) -> "xlsxwriter.Workbook":
    """A workbook that is written into `content` when it is closed."""
    # Twenty megabytes that a process pays when its first workbook is asked for, not each from its start.
    import xlsxwriter

    return xlsxwriter.Workbook(content, dict(_OPTIONS))


def name_cell(row: int, column: int) -> str:
    """The name of a cell in formulas, counted from nought: (0, 1) is B1."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column))


def answer_list(name: str, head: Sequence[str], lines: Iterable[Sequence[object]]) -> HttpResponse:
    """A list of a page as a file to keep: a heading row that stays in sight, days as days, numbers as numbers.

    :param name: how the file is called, without its ending
    """
    content = BytesIO()
    book = open_workbook(content)
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(head) - 1, 26)
    sheet.write_row(0, 0, head, bold)
    for row, line in enumerate(lines, start=1):
        for column, value in enumerate(line):
            sheet.write(row, column, value, day if isinstance(value, date) else None)
    book.close()
    answer = HttpResponse(content.getvalue(), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer
