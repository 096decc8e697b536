"""Calendars as Excel files: what is exported can be edited and imported again."""

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

from motcua.core.spreadsheet import Spreadsheet
from motcua.core.workbook import open_workbook
from motcua.worktime.models import CalendarDay
from motcua.worktime.rules.hours import write_hours
from motcua.worktime.rules.sheet import COLUMNS, KIND_WORDS

if TYPE_CHECKING:
    import xlsxwriter

WIDTHS = (12, 18, 40, 14, 24, 10, 50)


def read_table(content: bytes) -> list[list[object]]:
    """Cells of the first sheet. :raises Refused: it is not an Excel file."""
    return Spreadsheet(content).read()


def write_table(days: Iterable[CalendarDay]) -> bytes:
    """An Excel file of days, with a list of kinds to choose from."""
    content = BytesIO()
    with open_workbook(content) as book:
        sheet = book.add_worksheet("Lịch")
        bold, as_day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
        for column, (title, width) in enumerate(zip(COLUMNS.values(), WIDTHS, strict=True)):
            sheet.write_string(0, column, title, bold)
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.data_validation(1, 1, 400, 1, {"validate": "list", "source": list(KIND_WORDS)})
        for row, day in enumerate(days, start=1):
            _write_day(sheet, row, day, as_day)
    return content.getvalue()


def _write_day(sheet: "xlsxwriter.worksheet.Worksheet", row: int, day: CalendarDay, as_day: object) -> None:
    words = {kind.value: word for word, kind in KIND_WORDS.items()}
    sheet.write_datetime(row, 0, day.on, as_day)
    if day.swapped_with:
        sheet.write_datetime(row, 3, day.swapped_with, as_day)
    texts = {1: words[day.kind], 2: day.name, 4: write_hours(day.segments), 6: day.basis}
    texts[5] = "Có" if day.is_provisional else ""
    for column, text in texts.items():
        sheet.write_string(row, column, text)
