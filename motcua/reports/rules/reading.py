"""A filled form that comes from elsewhere: columns are known by their header path, never by their place.

Traps of files in use: three header rows with merged cells, a row of `(1) (2) (3)`, an empty first column, numbers as
`1.234,5`, rows of sums and headings that are not data.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from motcua.core.marking import _
from motcua.core.text import fold
from motcua.indices.rules.reading import read_number
from motcua.reports.rules.layout import Layout

Grid = Sequence[Sequence[object]]
_NUMBERING = re.compile(r"\(?\d+[a-z]?\)?(\s*=.*)?")
_SUMS = ("tong cong", "tong so", "tong", "trong do", "cong")
_HEADING = re.compile(r"[IVXLC]+|[A-ZĐ]")  # `I`, `II`, `A` before the name of a group
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_MOST_HEADER_ROWS = 14
_MOST = 10**12


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A data row: as an editor numbers it, its name, values by column number, and the heading it stands under."""

    number: int
    label: str
    values: dict[str, Decimal]
    group: str = ""


@dataclass(frozen=True, slots=True)
class ReadFault:
    """What cannot be read: a marked sentence with its facts."""

    sentence: str
    facts: dict[str, object]


@dataclass(frozen=True, slots=True)
class Head:
    """What a sheet says of itself above its header: who reports, and of which days; empty where it does not say."""

    reporter: str = ""
    days: tuple[str, str] | None = None


_REPORTER = re.compile(r"đơn vị báo cáo\s*:\s*(.+)", re.IGNORECASE)
_DAYS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def read_head(grid: Grid) -> Head:
    """Who reports and of which days, from the first rows."""
    texts = [" ".join(str(cell).split()) for row in grid[:12] for cell in row if isinstance(cell, str)]
    reporter = next((found[1].strip(" .") for text in texts if (found := _REPORTER.match(text))), "")
    days = next(
        (pair for text in texts if "ky bao cao" in fold(text) and len(pair := _read_days(text)) == 2), None
    )
    return Head(reporter, (days[0], days[1]) if days else None)


def _read_days(text: str) -> list[str]:
    return [f"{int(day):02}/{int(month):02}/{year}" for day, month, year in _DAYS.findall(text)]


def find_mismatch(head: Head, names: Sequence[str], days: tuple[str, str]) -> ReadFault | None:
    """Whether a file says that it is another unit's, or of other days. What it does not say is not held against it.

    :param names: what the unit is called, in full and short
    """
    if head.reporter and _plain(head.reporter) not in {_plain(name) for name in names}:
        facts: dict[str, object] = {"theirs": head.reporter[:120], "ours": names[0]}
        return ReadFault(_("Tệp ghi đơn vị báo cáo là “%(theirs)s”, báo cáo này là của %(ours)s."), facts)
    if head.days and head.days != days:
        told: dict[str, object] = {"theirs": " – ".join(head.days), "ours": " – ".join(days)}
        return ReadFault(_("Tệp ghi kỳ báo cáo %(theirs)s, báo cáo này là của kỳ %(ours)s."), told)
    return None


def read_form(layout: Layout, grid: Grid) -> tuple[list[ReadRow], list[ReadFault]]:
    """The rows of a sheet laid out like the form, and what stands in the way."""
    found = _find_columns(layout, grid)
    if found is None:
        return [], [ReadFault(_("Không tìm thấy dòng tiêu đề của biểu trong tệp."), {})]
    last_header, places = found
    missing = [column for column in layout.columns[1:] if column.no not in places]
    if missing:
        told = ", ".join(" › ".join(column.path) for column in missing)
        return [], [ReadFault(_("Thiếu cột: %(columns)s."), {"columns": told})]
    rows, faults = _read_rows(layout, grid, last_header + 1, places)
    return rows, faults


def _read_rows(
    layout: Layout, grid: Grid, first: int, places: dict[str, int]
) -> tuple[list[ReadRow], list[ReadFault]]:
    """The data rows from a row on: under their headings, each name once."""
    rows: list[ReadRow] = []
    faults: list[ReadFault] = []
    seen: dict[str, int] = {}
    group = ""
    for number, row in enumerate(grid[first:], start=first + 1):
        label = _text(row, places[layout.columns[1].no])
        mark = _text(row, places.get(layout.columns[0].no, -1))
        if _HEADING.fullmatch(mark.rstrip(".")):
            group, seen = label, {}
        elif _is_data(label, row):
            before = seen.setdefault(_plain(label), number)
            if before != number:
                facts: dict[str, object] = {"row": number, "label": label[:80], "first": before}
                faults.append(ReadFault(_("Dòng %(row)s: “%(label)s” đã có ở dòng %(first)s."), facts))
            rows.append(ReadRow(number, label, _read_values(layout, row, number, places, faults), group))
    return rows, faults


def _read_values(
    layout: Layout, row: Sequence[object], number: int, places: dict[str, int], faults: list[ReadFault]
) -> dict[str, Decimal]:
    """The figures of a row by column number; a cell that is empty says nothing."""
    values: dict[str, Decimal] = {}
    for column in layout.numbers:
        value = _read_cell(_cell(row, places[column.no]), number, column.no, faults)
        if value is not None:
            values[column.no] = value
    return values


def _find_columns(layout: Layout, grid: Grid) -> tuple[int, dict[str, int]] | None:
    """Where each column of the form stands: the joined texts of a column's header rows against its path."""
    wanted = {column.no: [_plain(part) for part in column.path] for column in layout.columns}
    for first in range(min(len(grid), 30)):
        for last in range(first, min(first + _MOST_HEADER_ROWS, len(grid))):
            if last > first and _is_numbering(grid[last]):
                break
            headers = _join_headers(grid[first : last + 1])
            places = _match(wanted, headers)
            if len(places) >= len(wanted) - 1 and layout.columns[1].no in places:
                return _skip_numbering(grid, last), places
    return None


def _join_headers(rows: Grid) -> list[tuple[str, ...]]:
    """For each column its header texts from the top down; a merged cell's text belongs to the empty cells after it."""
    width = max((len(row) for row in rows), default=0)
    filled: list[list[str]] = []
    for row in rows:
        texts = [_plain(_text(row, at)) for at in range(width)]
        above = filled[-1] if filled else None
        for at in range(1, width):
            same_above = above is None or (above[at] and above[at] == above[at - 1])
            if not texts[at] and texts[at - 1] and same_above:
                texts[at] = texts[at - 1]
        filled.append(texts)
    return [tuple(dict.fromkeys(row[at] for row in filled if row[at])) for at in range(width)]


def _match(wanted: dict[str, list[str]], headers: list[tuple[str, ...]]) -> dict[str, int]:
    places: dict[str, int] = {}
    for no, path in wanted.items():
        at = next(
            (at for at, header in enumerate(headers) if list(header) == path and at not in places.values()),
            None,
        )
        if at is not None:
            places[no] = at
    return places


def _is_numbering(row: Sequence[object]) -> bool:
    texts = [str(cell).strip() for cell in row if str(cell).strip()]
    return len(texts) > 2 and all(_NUMBERING.fullmatch(text.removesuffix(".0")) for text in texts)


def _skip_numbering(grid: Grid, last: int) -> int:
    return last + 1 if last + 1 < len(grid) and _is_numbering(grid[last + 1]) else last


def _is_data(label: str, row: Sequence[object]) -> bool:
    folded = _plain(label)
    if not folded or folded in _SUMS or folded.startswith(("tong cong", "trong do")):
        return False
    if _is_numbering(row):
        return False
    return any(isinstance(cell, int | float) for cell in row[1:]) or any(
        re.search(r"\d", str(cell)) for cell in row[2:]
    )


def _read_cell(cell: object, number: int, no: str, faults: list[ReadFault]) -> Decimal | None:
    text = str(cell).strip() if cell is not None else ""
    if not text or text in ("-", "–"):
        return None
    facts: dict[str, object] = {"row": number, "no": no, "text": text[:40]}
    try:
        value = _to_number(cell, text)
    except (ValueError, OverflowError):
        faults.append(ReadFault(_("Dòng %(row)s, cột (%(no)s): “%(text)s” không phải là số."), facts))
        return None
    if not 0 <= value < _MOST:
        faults.append(ReadFault(_("Dòng %(row)s, cột (%(no)s): “%(text)s” âm hoặc quá lớn."), facts))
        return None
    return value


def _to_number(cell: object, text: str) -> Decimal:
    """:raises ValueError: it is no number; a tick box and a date are none."""
    if isinstance(cell, bool):
        raise ValueError(text)
    if isinstance(cell, int | float):
        return Decimal(int(cell)) if cell == int(cell) else Decimal(str(cell)).normalize()
    return read_figure(text)


def read_figure(text: str) -> Decimal:
    """As offices write a count: `1.204` is one thousand two hundred and four, `2,5` and `2.5` are two and a half.

    :raises ValueError: it is no number
    """
    if re.fullmatch(r"[+-]?[1-9]\d{0,2}(\.\d{3})+", text):
        return Decimal(text.replace(".", ""))
    return read_number(text)


def write_figure(value: Decimal | int | str) -> str:
    """A kept figure as it is typed: `read_figure` reads the same again."""
    return f"{value}".replace(".", ",")


def _cell(row: Sequence[object], at: int) -> object:
    return row[at] if 0 <= at < len(row) else None


def _text(row: Sequence[object], at: int) -> str:
    cell = _cell(row, at)
    return "" if cell is None else " ".join(str(cell).split())


def _plain(text: str) -> str:
    return _NOT_LETTERS.sub(" ", fold(text)).strip()
