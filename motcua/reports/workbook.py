"""A report as the official workbook: merged headers, the row of numbers and formulas, live sums; and reading one back."""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_range

from motcua.core.refusal import Refused
from motcua.core.spreadsheet import Spreadsheet
from motcua.core.workbook import name_cell, open_workbook
from motcua.core.writing import day
from motcua.organisations.queries import UnitView
from motcua.reports.models import Report
from motcua.reports.printing import ROMAN, name_measure, name_receiver
from motcua.reports.queries.reading import GroupView, RowView, SheetView
from motcua.reports.rules.formula import find_references
from motcua.reports.rules.layout import Column, Layout, draw_header, get_depth
from motcua.reports.rules.reading import Head, ReadFault, ReadRow, read_form, read_head

MOST_BYTES = 5_000_000
NAME_LETTERS = 36  # of a name, in one line of its column
_FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
_BOX = {**_FONT, "border": 1}
FORMATS: dict[str, dict[str, Any]] = {
    "plain": _FONT,
    "side": {**_FONT, "align": "center", "bold": True, "text_wrap": True},
    "title": {**_FONT, "font_size": 13, "bold": True, "align": "center", "text_wrap": True},
    "note": {**_FONT, "italic": True, "align": "center"},
    "measure": {**_FONT, "italic": True, "align": "right"},
    "head": {**_BOX, "bold": True, "align": "center", "text_wrap": True},
    "number_line": {**_BOX, "italic": True, "align": "center", "font_size": 9, "text_wrap": True},
    "text": {**_BOX, "text_wrap": True},
    "centre": {**_BOX, "align": "center"},
    "bold_text": {**_BOX, "bold": True},
}
_LOOKS: dict[str, dict[str, Any]] = {
    "figure": {}, "bold_figure": {"bold": True}, "typed": {"italic": True, "bg_color": "#FFF4CC"},
}  # fmt: skip
# `#,##0.##` would leave a point behind every whole number; a rate and an empty cell show what they are given.
_NUMBERS = {"whole": "#,##0", "part": "#,##0.00", "free": "General"}
FORMATS |= {
    f"{name} {kind}": {**_BOX, **look, "align": "right", "num_format": written}
    for name, look in _LOOKS.items()
    for kind, written in _NUMBERS.items()
}


def write_workbook(report: Report, unit: UnitView, parent: UnitView | None, views: list[SheetView]) -> bytes:
    """The whole report, a sheet for each form."""
    content = BytesIO()
    with open_workbook(content) as book:
        book.set_properties({"title": f"{unit.agency_name} {day(report.first_on)}–{day(report.last_on)}"})
        formats = {name: book.add_format(look) for name, look in FORMATS.items()}
        for view in views:
            sheet = book.add_worksheet(view.form.code.replace("/", "-")[:31])
            _Writer(sheet, formats, view).write(report, unit, parent)
    return content.getvalue()


class _Writer:
    """One sheet being written."""

    def __init__(self, sheet: Any, formats: dict[str, Any], view: SheetView) -> None:
        self.sheet, self.formats, self.view = sheet, formats, view
        self.layout: Layout = view.layout
        self.last = len(self.layout.columns) - 1

    def write(self, report: Report, unit: UnitView, parent: UnitView | None) -> None:
        self._set_up()
        first = self._write_top(report, unit, parent)
        at = self._write_header(first)
        parts: list[range] = []
        for number, group in enumerate(self.view.groups):
            begun, at = at, self._write_group(at, number, group)
            parts.append(range(begun, begun + 1) if group.title else range(begun, at))
        self._write_sums(at, "", _("Tổng cộng"), self.view.total, parts)
        self._write_foot(at + 2, report)

    def _set_up(self) -> None:
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_column(0, 0, 6)
        self.sheet.set_column(1, 1, 38)
        self.sheet.set_column(2, self.last, 11)

    def _write_top(self, report: Report, unit: UnitView, parent: UnitView | None) -> int:
        half = max(self.last // 2, 2)
        self._merge(0, 0, half - 1, _("Biểu số: %(code)s/VPCP/KSTT") % {"code": self.view.form.code}, "side")
        self._merge(1, 0, half - 1, self.view.form.basis, "note")
        self._merge(0, half, self.last, _("Đơn vị báo cáo: %(name)s") % {"name": unit.agency_name}, "side")
        name = name_receiver(parent)
        self._merge(1, half, self.last, _("Đơn vị nhận báo cáo: %(name)s") % {"name": name}, "side")
        self._merge(3, 0, self.last, self.view.form.title.upper(), "title")
        days = {"first": day(report.first_on), "last": day(report.last_on)}
        self._merge(4, 0, self.last, _("Kỳ báo cáo: từ ngày %(first)s đến ngày %(last)s") % days, "note")
        if measure := name_measure(self.view):
            self._merge(5, half, self.last, measure, "measure")
        return 6

    def _merge(self, row: int, first: int, last: int, text: str, look: str) -> None:
        if first == last:
            self.sheet.write_string(row, first, text, self.formats[look])
        else:
            self.sheet.merge_range(row, first, row, last, text, self.formats[look])

    def _write_header(self, first: int) -> int:
        look = self.formats["head"]
        for cell in draw_header(self.layout):
            row, column = first + cell.row, cell.column
            if cell.rows == 1 and cell.columns == 1:
                self.sheet.write_string(row, column, cell.text, look)
            else:
                last_row, last_column = row + cell.rows - 1, column + cell.columns - 1
                self.sheet.merge_range(row, column, last_row, last_column, cell.text, look)
        for row, height in enumerate(self._find_heights()):
            self.sheet.set_row(first + row, height)
        at = first + get_depth(self.layout)
        self.sheet.set_row(at, 15 * max(-(-len(column.caption) // 14) for column in self.layout.columns))
        for place, printed in enumerate(self.layout.columns):
            self.sheet.write_string(at, place, printed.caption, self.formats["number_line"])
        self.sheet.freeze_panes(at + 1, 2)
        self.sheet.repeat_rows(first, at)
        return at + 1

    def _find_heights(self) -> list[int]:
        """Points for each header row: a merged cell does not grow by itself, so that its lines are counted."""
        heights = [18] * get_depth(self.layout)
        for cell in draw_header(self.layout):
            wide = sum(
                6 if n == 0 else 38 if n == 1 else 11 for n in range(cell.column, cell.column + cell.columns)
            )
            lines = -(-len(cell.text) * 5 // (wide * 4))  # bold letters are wider than the column's unit
            last = cell.row + cell.rows - 1
            room = sum(heights[cell.row : last])
            heights[last] = max(heights[last], 15 * lines + 3 - room)
        return heights

    def _write_group(self, at: int, number: int, group: GroupView) -> int:
        if group.title:
            rows = [range(at + 1, at + 1 + len(group.rows))]
            self._write_sums(at, ROMAN[number], group.title, group.sums, rows)
            at += 1
        for serial, row in enumerate(group.rows, start=1):
            self._write_row(at, serial, row)
            at += 1
        return at

    def _write_row(self, at: int, serial: int, row: RowView) -> None:
        self.sheet.write_number(at, 0, serial, self.formats["centre"])
        self.sheet.write_string(at, 1, row.line.label, self.formats["text"])
        if len(row.line.label) > NAME_LETTERS:  # a row grows by itself in one program and not in another
            self.sheet.set_row(at, 15 * -(-len(row.line.label) // NAME_LETTERS))
        for place, column in enumerate(self.layout.columns[2:], start=2):
            value = row.values[column.no]
            is_typed = column.no in row.line.typed
            look = self._look("typed" if is_typed else "figure", column, value)
            if value is None:
                self.sheet.write_blank(at, place, None, look)
            elif column.formula and not is_typed:
                self.sheet.write_formula(at, place, self._in_excel(column, at), look, float(value))
            else:
                self.sheet.write_number(at, place, float(value), look)
            if is_typed:
                self.sheet.write_comment(at, place, self._say_typed(row, column.no))

    def _say_typed(self, row: RowView, no: str) -> str:
        typed, automatic = row.line.typed[no], row.automatic.get(no)
        facts = {
            "auto": "–" if automatic is None else f"{automatic:f}",
            "reason": typed.reason,
            "by": typed.by,
        }
        return _("Số tự động: %(auto)s. %(reason)s (%(by)s)") % facts

    def _look(self, name: str, column: Column, value: Decimal | None) -> Any:
        kind = (
            "free" if value is None or "/" in column.formula else "whole" if value == int(value) else "part"
        )
        return self.formats[f"{name} {kind}"]

    def _in_excel(self, column: Column, at: int) -> str:
        places = {one.no: place for place, one in enumerate(self.layout.columns)}
        formula = column.formula
        for no in find_references(formula):
            formula = formula.replace(f"({no})", name_cell(at, places[no]))
        return f"=ROUND({formula},2)" if "/" in formula else f"={formula}"

    def _write_sums(
        self, at: int, mark: str, title: str, sums: dict[str, Any], parts: Sequence[range]
    ) -> None:
        """A row of sums that stay true when somebody changes a number: of the rows in `parts`, or by the column's formula."""
        self.sheet.write_string(at, 0, mark, self.formats["centre"])
        self.sheet.write_string(at, 1, title, self.formats["bold_text"])
        for place, column in enumerate(self.layout.columns[2:], start=2):
            value = sums.get(column.no)
            look = self._look("bold_figure", column, value)
            ranges = [xl_range(rows[0], place, rows[-1], place) for rows in parts if len(rows)]
            if value is None or not ranges:
                self.sheet.write_blank(at, place, None, look)
            else:
                told = self._in_excel(column, at) if "/" in column.formula else f"=SUM({','.join(ranges)})"
                self.sheet.write_formula(at, place, told, look, float(value))

    def _write_foot(self, at: int, report: Report) -> None:
        half = max(self.last // 2, 2)
        self._merge(at, half, self.last, _("NGƯỜI KÝ BÁO CÁO"), "side")
        self._merge(at + 1, half, self.last, report.signed_by, "note")
        if report.fingerprint:
            told = _("Dấu vân tay nội dung: %(print)s") % {"print": report.fingerprint}
            self.sheet.write_string(at + 2, 0, told, self.formats["plain"])


def read_workbook(content: bytes, layout: Layout, code: str) -> tuple[list[ReadRow], list[ReadFault], Head]:
    """The rows of a form from a workbook filled elsewhere, and what the sheet says of itself: the sheet of the form's name,
    else the first that fits.

    :raises Refused: not a workbook.
    """
    if len(content) > MOST_BYTES:
        raise Refused("too_large", _("Tệp lớn quá 5 MB."), field="file")
    book = Spreadsheet(content)
    grids = {name: book.read(name) for name in book.names}
    named = [grid for name, grid in grids.items() if code.lower() in name.lower()]
    first: tuple[list[ReadRow], list[ReadFault], Head] | None = None
    for grid in named or grids.values():
        found = (*read_form(layout, grid), read_head(grid))
        if found[0]:
            return found
        first = first or found
    return first or ([], [], Head())
