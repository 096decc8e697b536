"""Excel files: each sheet is a table; cells merged over its width are lines."""

from collections.abc import Sequence
from datetime import date, datetime, time

from motcua.core.refusal import Refused
from motcua.core.spreadsheet import Spreadsheet
from motcua.programme.reading.faults import refuse
from motcua.programme.reading.rendition import Rendition
from motcua.programme.rules.blocks import Cell, Source

_MOST_ROWS = 5000
# What the spreadsheet's reader refuses, in the words of a plan.
_OWN_WORDS = {"too_wide": "plan_too_wide", "too_large_inside": "plan_swollen"}
Range = tuple[tuple[int, int], tuple[int, int]]


def read_xlsx(content: bytes) -> Source:
    """The blocks of an Excel file; hidden sheets are read too, for a plan may stand in one.

    :raises Refused: it is damaged.
    """
    rendition = Rendition()
    try:
        book = Spreadsheet(content)
        for name in book.names:
            merged = book.open(name).merged_cell_ranges
            _read_sheet(rendition, book.read(name)[:_MOST_ROWS], list(merged or []))
    except Refused as no:
        raise refuse(_OWN_WORDS.get(no.code, "plan_damaged")) from no
    return rendition.finish()


def _read_sheet(rendition: Rendition, rows: Sequence[Sequence[object]], merged: list[Range]) -> None:
    texts = [[_write(value) for value in row] for row in rows]
    used = [n for n in range(max(map(len, texts), default=0)) if any(len(r) > n and r[n] for r in texts)]
    rendition.begin_table()
    for order, row in enumerate(texts):
        cells = _cells(order, row, used, merged)
        filled = [c for c in cells if c.text]
        if not filled:
            rendition.add_line("")
            rendition.begin_table()
        elif len(filled) == 1 and (filled[0].span > len(used) // 2 or len(used) == 1):
            _add_wide(rendition, filled[0])
        else:
            rendition.add_row(cells)


def _add_wide(rendition: Rendition, cell: Cell) -> None:
    """A title over the table is a row of it (a group) once the table has begun; as a line it would end it."""
    rendition.add_row([cell])


def _cells(order: int, row: list[str], used: list[int], merged: list[Range]) -> list[Cell]:
    """The cells of a row on the columns that hold anything."""
    place = {column: n for n, column in enumerate(used)}
    cells = []
    for column in used:
        span, goes_up = _find_merge(order, column, merged, place)
        if span:
            text = row[column] if column < len(row) and not goes_up else ""
            cells.append(Cell(text, place[column], span, goes_up))
    return cells


def _find_merge(order: int, column: int, merged: list[Range], place: dict[int, int]) -> tuple[int, bool]:
    """How many columns a cell reaches over (0 when another covers it), and whether it goes on from above."""
    for (top, left), (bottom, right) in merged:
        if top <= order <= bottom and left <= column <= right:
            inside = [c for c in range(left, right + 1) if c in place]
            return (len(inside) if column == inside[0] else 0), order > top
    return 1, False


def _write(value: object) -> str:
    """A value as a person sees it."""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:g}".replace(".", ",")
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value).strip()
