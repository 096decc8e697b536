"""Cells that reach from one edge to another, brought onto one common set of columns."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from motcua.programme.rules.blocks import Cell


@dataclass(frozen=True, slots=True)
class Extent:
    """A cell between two edges, in any unit that grows to the right."""

    start: float
    end: float
    text: str
    merged_up: bool = False


def align_rows(rows: Sequence[Sequence[Extent]]) -> list[tuple[Cell, ...]]:
    """Each row's cells on the columns of the most usual row.

    Hand-drawn tables have edges that miss one another by a little; a cell belongs to the columns it covers half of.
    """
    columns = _find_columns(rows)
    return [_align(row, columns) for row in rows]


def _find_columns(rows: Sequence[Sequence[Extent]]) -> list[tuple[float, float]]:
    """The edges of the row with the most cells among the usual numbers of cells."""
    counts = Counter(len(row) for row in rows if len(row) > 1)
    if not counts:
        longest = max(rows, key=len, default=())
        return [(cell.start, cell.end) for cell in longest]
    often = [count for count, times in counts.items() if times * 5 >= len(rows)] or [
        counts.most_common(1)[0][0]
    ]
    model = next(row for row in rows if len(row) == max(often))
    return [(cell.start, cell.end) for cell in model]


def _align(row: Sequence[Extent], columns: list[tuple[float, float]]) -> tuple[Cell, ...]:
    if len(row) == len(columns):
        return tuple(Cell(c.text, n, merged_up=c.merged_up) for n, c in enumerate(row))
    cells: list[Cell] = []
    for extent in row:
        covered = [n for n, column in enumerate(columns) if _covers(extent, column)]
        free = [n for n in covered if not any(c.column <= n < c.column + c.span for c in cells)]
        place = free or [_nearest(extent, columns, cells)]
        cells.append(Cell(extent.text, place[0], len(place), extent.merged_up))
    return tuple(_merge_same_place(cells))


def _covers(extent: Extent, column: tuple[float, float]) -> bool:
    shared = min(extent.end, column[1]) - max(extent.start, column[0])
    return shared > 0.5 * (column[1] - column[0])


def _nearest(extent: Extent, columns: list[tuple[float, float]], cells: list[Cell]) -> int:
    """The column that shares the most with a narrow cell."""
    shares = [min(extent.end, c[1]) - max(extent.start, c[0]) for c in columns]
    return shares.index(max(shares)) if shares else len(cells)


def _merge_same_place(cells: list[Cell]) -> list[Cell]:
    """Two narrow cells of one column are one cell."""
    merged: list[Cell] = []
    for cell in cells:
        if merged and merged[-1].column == cell.column:
            text = "\n".join(part for part in (merged[-1].text, cell.text) if part)
            merged[-1] = Cell(text, cell.column, max(cell.span, merged[-1].span), cell.merged_up)
        else:
            merged.append(cell)
    return merged
