"""Units and postings as Excel files: what is exported can be edited and imported again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from django.utils.translation import gettext as _

from motcua.core.forms import read_day
from motcua.core.refusal import Refused
from motcua.core.spreadsheet import Spreadsheet
from motcua.core.workbook import open_workbook
from motcua.organisations.queries import PostingView, Tree, UnitView
from motcua.organisations.rules import KIND_LABELS, POST_LABELS, Kind

# field → title of the column
UNIT_COLUMNS = {
    "code": "Mã đơn vị",
    "kind": "Loại",
    "name": "Tên đơn vị",
    "short_name": "Tên gọi tắt",
    "parent_code": "Mã đơn vị cấp trên",
    "agency_code": "Mã định danh",
    "calendar_code": "Mã lịch",
    "address": "Địa chỉ",
    "phone": "Điện thoại",
    "decision_number": "Số quyết định",
    "first_day": "Từ ngày",
}
POSTING_COLUMNS = {
    "username": "Tên đăng nhập",
    "full_name": "Họ và tên",
    "unit_code": "Mã đơn vị",
    "post": "Chức danh",
    "position": "Chức vụ",
    "decision_number": "Số quyết định",
    "first_day": "Từ ngày",
    "last_day": "Đến hết ngày",
    "field_codes": "Mã lĩnh vực",
    "is_reserve": "Dự phòng",
}
MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A line of the file, its number as Excel shows it."""

    number: int
    cells: dict[str, str]

    def get(self, field: str) -> str:
        """The text of a cell."""
        return self.cells.get(field, "")

    def get_day(self, field: str) -> date | None:
        """The day of a cell.

        :raises Refused: it is no day.
        """
        text = self.get(field)
        try:
            return read_day(text) if text else None
        except ValueError as fault:
            raise Refused(
                "invalid", _("“%(text)s” không phải là ngày.") % {"text": text[:40]}, field=field
            ) from fault


def read_rows(content: bytes, columns: dict[str, str]) -> list[SheetRow]:
    """The lines of the first sheet under their titles.

    :raises Refused: not an Excel file, a title is missing, or too many lines.
    """
    table = Spreadsheet(content).read()
    places = _find_places(table[0] if table else [], columns)
    rows = [
        SheetRow(
            number,
            {field: _write(line[place]) if place < len(line) else "" for field, place in places.items()},
        )
        for number, line in enumerate(table[1:], 2)
    ]
    rows = [row for row in rows if any(row.cells.values())]
    if len(rows) > MOST_ROWS:
        raise Refused("too_many", _("Tệp có hơn %(n)s dòng; hãy chia nhỏ.") % {"n": MOST_ROWS}, field="file")
    return rows


def _find_places(titles: Sequence[object], columns: dict[str, str]) -> dict[str, int]:
    known = [str(title).strip() for title in titles]
    missing = [title for title in columns.values() if title not in known]
    if missing:
        raise Refused(
            "bad_file", _("Tệp thiếu cột: %(names)s.") % {"names": ", ".join(missing)}, field="file"
        )
    return {field: known.index(title) for field, title in columns.items()}


def _write(cell: object) -> str:
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def write_units(units: Iterable[UnitView], tree: Tree, on: date) -> bytes:
    """Units of a day; the decision and the day are left for whoever changes a line."""
    lines = []
    for unit in units:
        parent = tree.units.get(unit.parent_id) if unit.parent_id else None
        lines.append([
            unit.code, KIND_LABELS[Kind(unit.kind)], unit.name, unit.short_name, parent.code if parent else "",
            unit.agency_code, unit.calendar_code, unit.address, unit.phone, "", "",
        ])  # fmt: skip
    return _write_book(f"Đơn vị {on:%d.%m.%Y}", UNIT_COLUMNS, lines, {1: list(KIND_LABELS.values())})


def write_postings(postings: Iterable[PostingView], tree: Tree, on: date) -> bytes:
    """Postings of a day."""
    lines = [
        [
            one.username, one.person_name, tree.units[one.unit_id].code, one.post_label, one.position,
            one.decision_number, f"{one.valid_from:%d/%m/%Y}", _write_last_day(one), ", ".join(one.field_codes),
            "Có" if one.is_reserve else "",
        ]
        for one in postings
    ]  # fmt: skip
    return _write_book(f"Phân công {on:%d.%m.%Y}", POSTING_COLUMNS, lines, {3: list(POST_LABELS.values())})


def _write_last_day(posting: PostingView) -> str:
    return f"{date.fromordinal(posting.valid_to.toordinal() - 1):%d/%m/%Y}" if posting.valid_to else ""


def _write_book(
    title: str, columns: dict[str, str], lines: list[list[str]], choices: dict[int, list[str]]
) -> bytes:
    content = BytesIO()
    with open_workbook(content) as book:
        sheet = book.add_worksheet(title)
        bold = book.add_format({"bold": True})
        for place, name in enumerate(columns.values()):
            sheet.write_string(0, place, name, bold)
            sheet.set_column(place, place, max(14, len(name) + 4))
        sheet.freeze_panes(1, 1)
        for place, source in choices.items():
            # Excel keeps a list of choices under 255 characters; a longer one is left to the reader.
            if len(",".join(source)) < 255:
                sheet.data_validation(1, place, MOST_ROWS, place, {"validate": "list", "source": source})
        for number, line in enumerate(lines, 1):
            for place, text in enumerate(line):
                sheet.write_string(number, place, text)
    return content.getvalue()
