"""Step tables as one Excel sheet: a row per step, joined by the code of the procedure."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from motcua.catalogue.exchange.cells import Cells
from motcua.catalogue.exchange.facts import Rejection, plain
from motcua.core.refusal import Refused
from motcua.core.spreadsheet import Spreadsheet
from motcua.core.text import fold
from motcua.core.workbook import open_workbook
from motcua.organisations.rules import POST_LABELS, Post
from motcua.processes.rules import POSTS, UNIT_ROLES, StepView
from motcua.processes.words import ROLE_LABELS

SHEET = "Quy trình nội bộ"
CODE, AGENCY, NO, NAME, POST, ROLE, HOURS, PRODUCT, AFTER, TOTAL, SOURCE, DEMO = (
    "Mã thủ tục",
    "Mã cơ quan",
    "Bước",
    "Nội dung công việc",
    "Chức danh",
    "Nơi thực hiện",
    "Giờ làm việc",
    "Kết quả bước",
    "Sau bước",
    "Tổng giờ",
    "Nguồn",
    "Trình diễn",
)
COLUMNS = {
    CODE: 14, AGENCY: 16, NO: 7, NAME: 60, POST: 18, ROLE: 24, HOURS: 10, PRODUCT: 30, AFTER: 12, TOTAL: 10, SOURCE: 40, DEMO: 10
}  # fmt: skip
Key = tuple[str, str]
_ROLES = {fold(label): role for role, label in ROLE_LABELS.items()}


class Table(NamedTuple):
    """A step table in a file; the agency is empty when it holds for its whole level."""

    procedure_code: str
    agency_code: str
    total_hours: Decimal | None
    source: str
    is_demonstration: bool
    steps: tuple[StepView, ...]

    @property
    def key(self) -> Key:
        return self.procedure_code, self.agency_code


class TableReading(NamedTuple):
    """Tables read, and rows that could not be."""

    tables: list[Table]
    rejections: list[Rejection]


def write_tables(tables: Iterable[Table]) -> bytes:
    """The workbook of these tables."""
    buffer = BytesIO()
    book = open_workbook(buffer)
    sheet = book.add_worksheet(SHEET)
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF6", "text_wrap": True})
    for column, (title, width) in enumerate(COLUMNS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, bold)
    sheet.freeze_panes(1, 3)
    for number, values in enumerate((row for table in tables for row in _lines(table)), 1):
        for column, value in enumerate(values):
            sheet.write(number, column, value)
    book.close()
    return buffer.getvalue()


def _lines(table: Table) -> Iterable[tuple[str | int, ...]]:
    total = "" if table.total_hours is None else plain(table.total_hours)
    for step in table.steps:
        yield (
            table.procedure_code,
            table.agency_code,
            step.no,
            step.name,
            POST_LABELS[Post(step.post)] if step.post in POSTS else step.post,
            _write_role(step),
            plain(step.hours),
            step.product,
            ", ".join(map(str, step.runs_after)),
            total,
            table.source,
            "x" if table.is_demonstration else "",
        )


def _write_role(step: StepView) -> str:
    """The place in words, with the code of whoever is asked: `Cơ quan được hỏi ý kiến: tax`."""
    return ": ".join(word for word in (ROLE_LABELS.get(step.role, step.role), step.unit_code) if word)


def read_tables(content: bytes) -> TableReading:
    """The tables of a workbook.

    :raises ValueError: it is not a workbook, or a column is missing.
    """
    rejections: list[Rejection] = []
    groups: dict[Key, list[Cells]] = {}
    for number, values in _rows(content):
        cells = Cells(number, values, rejections, sheet=SHEET)
        key = (cells.line(CODE, longest=40, required=True), cells.line(AGENCY, longest=40))
        groups.setdefault(key, []).append(cells)
    tables = [_table(key, rows) for key, rows in groups.items()]
    bad = {
        _key_of(rows) for rows in groups.values() if any(r.row in {c.row for c in rows} for r in rejections)
    }
    return TableReading([table for table in tables if table.key not in bad], rejections)


def _rows(content: bytes) -> Iterable[tuple[int, Mapping[str, Any]]]:
    try:
        book = Spreadsheet(content)
        lines = iter(book.read(SHEET if SHEET in book.names else ""))
    except Refused as no:
        raise ValueError(no.message) from no
    titles = [str(title).strip() for title in next(lines, [])]
    absent = [title for title in (CODE, NO, NAME, POST, ROLE, HOURS) if title not in titles]
    if absent:
        raise ValueError(_("Thiếu cột: %(names)s") % {"names": ", ".join(absent)})
    for number, line in enumerate(lines, 2):
        if any(cell not in ("", None) for cell in line):
            yield number, dict(zip(titles, line, strict=False))


def _key_of(rows: list[Cells]) -> Key:
    return rows[0].line(CODE), rows[0].line(AGENCY)


def _table(key: Key, rows: list[Cells]) -> Table:
    first = rows[0]
    return Table(
        procedure_code=key[0],
        agency_code=key[1],
        total_hours=first.number(TOTAL, 99_999) if first.raw(TOTAL) not in (None, "") else None,
        source=first.line(SOURCE),
        is_demonstration=first.flag(DEMO),
        steps=tuple(_step(cells) for cells in rows),
    )


def _step(cells: Cells) -> StepView:
    role, _colon, unit_code = cells.line(ROLE, longest=90, required=True).partition(":")
    role = _ROLES.get(fold(role), role)
    if role not in UNIT_ROLES:
        words = ", ".join(ROLE_LABELS.values())
        cells.reject(ROLE, _("không thuộc danh mục: %(words)s") % {"words": words})
    return StepView(
        no=cells.whole(NO, 999),
        name=cells.line(NAME, required=True),
        post=cells.choice(POST, {POST_LABELS[Post(post)]: post for post in POSTS}),
        unit_role=f"{role}:{unit_code.strip()}" if unit_code.strip() else role,
        hours=cells.number(HOURS, 99_999),
        product=cells.line(PRODUCT),
        runs_after=_numbers(cells),
    )


def _numbers(cells: Cells) -> tuple[int, ...]:
    words = cells.line(AFTER).replace(";", ",").split(",")
    try:
        return tuple(int(float(word)) for word in words if word.strip())
    except ValueError:
        cells.reject(AFTER, _("phải là các số bước, cách nhau bằng dấu phẩy"))
        return ()
