"""Tables without a single drawn line: columns are told by the white between them, or not at all.

The head says how many columns there are; where most lines leave the same white between two of its words, a column
ends. Rows begin at their numerals, or where more white than between ordinary lines parts them. When some column cannot
be told, the words stay lines.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from motcua.programme.reading.aligned_rows import (
    AlignedRow,
    Line,
    Untold,
    cut_rows,
    fill_row,
    find_spans,
    get_top,
    runs_over,
)
from motcua.programme.reading.ruling import Stroke
from motcua.programme.reading.words import Word, group_lines, join_cell, join_words
from motcua.programme.rules.blocks import Cell, Row
from motcua.programme.rules.columns import read_head
from motcua.programme.rules.headings import ends_table, read_appendix
from motcua.programme.rules.numerals import read_numeral

_FEWEST_COLUMNS = 4
_TALLEST_HEAD = 5
_LONGEST_LABEL = 40
# White between two words of a cell is narrower, between two columns wider, in heights of a usual line.
_APART = 0.55
# How many of the lines may run over a border: titles of groups do.
_MOST_CROSSING = 0.2
_TABLE_ENDS_AFTER = 3
_LOOKED_AT = 12


_Head = tuple[int, list[list[Word]]]
"""How many lines a head takes, and its words column by column."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the pages before say of a table: the middles of the heads of its columns, and the borders between these."""

    centres: tuple[float, ...]
    borders: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Aligned:
    """The table found, and of the lines given the first it takes and the one after."""

    known: Known
    first: int
    last: int
    top: float
    rows: tuple[AlignedRow, ...]


def find_aligned(
    lines: Sequence[Line], strokes: Sequence[Stroke], known: Known | None = None
) -> Aligned | None:
    """The first table of the lines of a page; with what is `known`, one that goes on from the page before.

    :raises Untold: there is a head, but its columns cannot be told.
    """
    white = _measure_white(lines)
    found = _find_first_head(lines, white)
    place = found[0] if found else len(lines)
    if known and (further := _go_on(lines[:place], known, strokes, white)) is not None:
        return further
    return _build(lines, place, found[1], strokes, white) if found else None


def has_head(lines: Sequence[Line]) -> bool:
    """Whether a head stands in the lines."""
    return _find_first_head(lines, _measure_white(lines)) is not None


def _measure_white(lines: Sequence[Line]) -> float:
    return _APART * median(map(_height, lines)) if lines else 0.0


def _find_first_head(lines: Sequence[Line], white: float) -> tuple[int, _Head] | None:
    """Where the first head begins; lines above that name no column of it do not belong to it."""
    found: tuple[int, _Head] | None = None
    for place in range(len(lines)):
        if found is not None and place >= found[0] + found[1][0]:
            break
        head = _find_head(lines, place, white)
        if head is not None and (found is None or len(head[1]) >= len(found[1][1])):
            found = (place, head)
    return found


def _find_head(lines: Sequence[Line], place: int, white: float) -> _Head | None:
    """How many lines the head takes, and its words column by column."""
    best: _Head | None = None
    most = 0
    for height in range(1, min(_TALLEST_HEAD, len(lines) - place) + 1):
        held = lines[place : place + height]
        if height > 1 and (_is_data(held[-1]) or not _is_near(held[-2], held[-1])):
            break
        columns = _stack([word for line in held for word in line], white)
        cells = [Cell(join_words(column), n) for n, column in enumerate(columns)]
        if len(columns) < _FEWEST_COLUMNS:
            continue
        read = read_head([Row(tuple(cells), 1)])
        if read is None or len(read[0].places) < _FEWEST_COLUMNS or read[0].width != len(columns):
            continue
        is_richer = len(read[0].places) > most
        if is_richer or all(len(cell.text) <= _LONGEST_LABEL for cell in cells):
            best, most = (height, columns), len(read[0].places)
    return best


def _is_data(line: Line) -> bool:
    return read_numeral(line[0].text) is not None and len(line) > 1


def _is_near(above: Line, below: Line) -> bool:
    height = _height(below)
    return min(w.y0 for w in below) - max(w.y1 for w in above) < height * 2


def _height(line: Line) -> float:
    return max(w.y1 - w.y0 for w in line)


def _stack(words: Sequence[Word], white: float) -> list[list[Word]]:
    """Words that stand over one another, from left to right."""
    columns: list[list[Word]] = []
    right = 0.0
    for word in sorted(words, key=lambda w: w.x0):
        if columns and word.x0 - right < white:
            columns[-1].append(word)
            right = max(right, word.x1)
        else:
            columns.append([word])
            right = word.x1
    return [[word for line in group_lines(column) for word in line] for column in columns]


def _build(
    lines: Sequence[Line],
    place: int,
    head: _Head,
    strokes: Sequence[Stroke],
    white: float,
) -> Aligned | None:
    height, columns = head
    start = place + height
    centres = tuple((min(w.x0 for w in c) + max(w.x1 for w in c)) / 2 for c in columns)
    if start == len(lines):
        return Aligned(Known(centres), place, start, get_top(lines[place]), (_fill_head(columns),))
    rough = _find_end(lines, start, (), white)
    borders = _find_borders(Known(centres), lines[start:rough], white)
    if borders is None:
        raise Untold
    last = _find_end(lines, start, borders, white)
    rows = [fill_row(row, borders, white) for row in cut_rows(lines[start:last], borders, strokes, white)]
    return (
        Aligned(Known(centres, borders), place, last, get_top(lines[place]), (_fill_head(columns), *rows))
        if rows
        else None
    )


def _fill_head(columns: Sequence[Sequence[Word]]) -> AlignedRow:
    return AlignedRow(tuple(Cell(join_cell(column), n) for n, column in enumerate(columns)), False)


def looks_like_rows(lines: Sequence[Line]) -> bool:
    """Whether lines behind a table still stand in columns, though not in those of the table."""
    white = _measure_white(lines)
    begun = lines[: _find_end(lines, 0, (), white)]
    return sum(1 for line in begun if len(find_spans(line, white)) >= _FEWEST_COLUMNS) >= 2


def _find_borders(known: Known, lines: Sequence[Line], white: float) -> tuple[float, ...] | None:
    """Where each column ends: the widest white that nearly all lines share between two words of the head."""
    spans = [span for line in lines for span in find_spans(line, white)]
    borders = []
    before = known.borders or (None,) * len(known.centres)
    for left, right, was in zip(known.centres, known.centres[1:], before, strict=False):
        border = _widest_white(left, right, spans, len(lines), was)
        if border is None:
            return None
        borders.append(border)
    return tuple(borders)


def _widest_white(
    left: float, right: float, spans: Sequence[tuple[float, float]], total: int, was: float | None
) -> float | None:
    """The middle of the widest white between two places, where few lines cross it; that of the page before, if it fits."""
    crossed = [0] * (int(right - left) + 2)
    for x0, x1 in spans:
        for n in range(max(0, int(x0 - left)), min(len(crossed), int(x1 - left) + 1)):
            crossed[n] += 1
    least = min(crossed)
    if least > max(1, total * _MOST_CROSSING):
        return None
    if was is not None and left <= was <= right and crossed[int(was - left)] <= least + 1:
        return was
    least_of_all = "".join("o" if n == least else "x" for n in crossed)
    length, start = max((m.end() - m.start(), m.start()) for m in re.finditer("o+", least_of_all))
    return left + start + length / 2


def _find_end(lines: Sequence[Line], start: int, borders: tuple[float, ...], white: float) -> int:
    """The line after the table: recipients, another appendix, or paragraphs that heed no column."""
    straight = 0
    for place in range(start, len(lines)):
        text = join_words(lines[place])
        if ends_table(text) or read_appendix(text) is not None:
            return place
        straight = straight + 1 if borders and runs_over(lines[place], borders, white) else 0
        if straight >= _TABLE_ENDS_AFTER:
            return place - straight + 1
    return len(lines)


def _go_on(lines: Sequence[Line], known: Known, strokes: Sequence[Stroke], white: float) -> Aligned | None:
    """The table of the page before in the lines of this one; None when they stand in other columns or in none."""
    rough = _find_end(lines, 0, (), white)
    borders = _find_borders(known, lines[:rough], white) if rough else None
    if borders is None:
        return None
    begun = lines[: min(rough, _LOOKED_AT)]
    crossing = sum(1 for line in begun if runs_over(line, borders, white))
    if crossing > max(1, len(begun) * _MOST_CROSSING) or all(len(find_spans(w, white)) < 2 for w in begun):
        return None
    last = _find_end(lines, 0, borders, white)
    rows = tuple(fill_row(row, borders, white) for row in cut_rows(lines[:last], borders, strokes, white))
    return Aligned(Known(known.centres, borders), 0, last, get_top(lines[0]), rows) if rows else None
