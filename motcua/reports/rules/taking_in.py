"""Values of a sheet filled elsewhere laid over the rows of a report: which row is meant, and what is new. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from motcua.core.text import fold
from motcua.reports.rules.layout import Layout
from motcua.reports.rules.reading import ReadRow
from motcua.reports.rules.sheet import Line, Typed

LEVEL_TITLES = {
    "province": "Sở, ban, ngành",
    "district": "Huyện, thị xã, thành phố",
    "commune": "Xã, phường, đặc khu",
}
# As headings were printed before 1 July 2025.
_OLD_TITLES = {"Sở ban ngành": "province", "Xã, phường, thị trấn": "commune"}
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


def type_over(line: Line, column: str, typed: Typed | None) -> Line:
    """The row with a value over the automatic one; None gives the automatic one back."""
    over = {no: one for no, one in line.typed.items() if no != column}
    if typed is not None:
        over[column] = typed
    return replace(line, typed=over)


def take_in(
    layout: Layout, lines: Sequence[Line], rows: Sequence[ReadRow], reason: str, by: str
) -> list[Line]:
    """Every line with what the file says of it typed over; rows the report did not have come after."""
    told = list(lines)
    formulas = {column.no for column in layout.numbers if column.formula}
    for row in rows:
        at = _find(told, row)
        if at is None:
            level = _find_level(row.group) or next((line.level for line in told), "")
            told.append(Line(f"typed:{level}:{row.label}"[:120], row.label, level))
            at = len(told) - 1
        for no, value in row.values.items():
            if no not in formulas:
                told[at] = _lay_over(told[at], no, value, reason, by)
    return told


def _lay_over(line: Line, no: str, value: Decimal, reason: str, by: str) -> Line:
    """A value as it was counted is no correction, and takes one back that was made before."""
    return type_over(line, no, None if line.auto.get(no) == value else Typed(value, reason, by))


def _find(lines: Sequence[Line], row: ReadRow) -> int | None:
    """The line a row means: of its name, under its heading; without one, the only line of the name."""
    named = [at for at, line in enumerate(lines) if _plain(line.label) == _plain(row.label)]
    level = _find_level(row.group)
    under = [at for at in named if lines[at].level == level] if level else named
    return under[0] if under else None


def _find_level(group: str) -> str:
    titles = {_plain(title): level for level, title in LEVEL_TITLES.items()}
    titles |= {_plain(title): level for title, level in _OLD_TITLES.items()}
    return titles.get(_plain(group), "")


def _plain(text: str) -> str:
    return _NOT_LETTERS.sub(" ", fold(text)).strip()
