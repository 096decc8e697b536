"""The rows of a table without drawn lines, once the borders of its columns are known."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from motcua.programme.reading.ruling import Stroke
from motcua.programme.reading.words import Word, join_cell, join_words
from motcua.programme.rules.blocks import Cell
from motcua.programme.rules.numerals import read_numeral, split_leading_numeral

# Rows stand further apart than the lines of a cell: surely, or when their words begin several cells anew.
_SURELY_APART = 1.22
_PERHAPS_APART = 1.08
_ANEW = 3

Line = Sequence[Word]
"""Words from left to right."""
Borders = tuple[float, ...]


class Untold(Exception):
    """There is a head, but some column below it cannot be told from the next."""


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """A row; `unclear` where a scan was hard to read."""

    cells: tuple[Cell, ...]
    unclear: bool


def get_top(line: Line) -> float:
    """Where a line begins from above."""
    return min(word.y0 for word in line)


def find_spans(line: Line, white: float) -> list[tuple[float, float]]:
    """Stretches of a line without white as wide as between columns."""
    spans: list[tuple[float, float]] = []
    for word in line:
        if spans and word.x0 - spans[-1][1] < white:
            spans[-1] = (spans[-1][0], word.x1)
        else:
            spans.append((word.x0, word.x1))
    return spans


def runs_over(line: Line, borders: tuple[float, ...], white: float) -> bool:
    """Whether a line heeds no column: a word stands on a border, or only an ordinary space parts two columns."""
    if any(word.x0 + 1 < border < word.x1 - 1 for word in line for border in borders):
        return True
    return any(
        right.x0 - left.x1 < white and any(left.x1 <= border <= right.x0 for border in borders)
        for left, right in zip(line, line[1:], strict=False)
    )


def cut_rows(
    lines: Sequence[Line], borders: Borders, strokes: Sequence[Stroke], white: float
) -> list[list[Line]]:
    """The lines of each row.

    :raises Untold: numbers stand in the middle of their rows and no white tells where the rows end.
    """
    inked = [line for line in lines if any(letter.isalnum() for word in line for letter in word.text)]
    parts = _part(inked, borders, strokes, white)
    numbered = [[n for n, line in enumerate(part) if _begins(line, borders)] for part in parts]
    is_centred = _stands_in_the_middle([line for line in inked if _begins(line, borders)], borders)
    if is_centred and any(len(places) > 1 for places in numbered):
        raise Untold
    if is_centred:
        return parts
    return [row for part, places in zip(parts, numbered, strict=True) for row in _cut_at(part, places)]


def _stands_in_the_middle(numbered: Sequence[Line], borders: Borders) -> bool:
    """Whether numbers stand beside the middle of their rows: the words beside them begin no sentence."""
    beside = [join_words(w for w in line if _find_column(w.middle[0], borders) == 1) for line in numbered]
    inside = sum(1 for words in beside if not words or words[0].islower())
    return inside * 2 > len(beside)


def _cut_at(part: list[Line], places: list[int]) -> list[list[Line]]:
    starts = sorted({0, *places})
    return [part[a:b] for a, b in zip(starts, [*starts[1:], len(part)], strict=True)]


def _part(
    lines: Sequence[Line], borders: Borders, strokes: Sequence[Stroke], white: float
) -> list[list[Line]]:
    """Lines parted by a drawn line or by more white than between the lines of a cell; titles stand alone."""
    usual = _find_usual_step(lines, borders)
    parts: list[list[Line]] = []
    for n, line in enumerate(lines):
        if n == 0 or _is_parted(lines[n - 1], line, borders, strokes, white, usual):
            parts.append([])
        parts[-1].append(line)
    return parts


def _find_usual_step(lines: Sequence[Line], borders: Borders) -> float:
    """From one line of a cell to the next: from lines that begin no row, else the shorter of all steps."""
    pairs = [(a, b) for a, b in zip(lines, lines[1:], strict=False) if get_top(b) > get_top(a)]
    inside = [get_top(b) - get_top(a) for a, b in pairs if not _begins(b, borders)]
    steps = sorted(get_top(b) - get_top(a) for a, b in pairs)
    if len(inside) >= 3:
        return min(median(inside), median(steps))
    return median(steps[: max(1, len(steps) * 2 // 3)]) if steps else 0.0


def _is_parted(
    above: Line, line: Line, borders: Borders, strokes: Sequence[Stroke], white: float, usual: float
) -> bool:
    step = get_top(line) - get_top(above)
    anew = len({_find_column(span[0] + 1, borders) for span in find_spans(line, white)}) >= _ANEW
    begins_sentence = line[0].text[:1].isupper() and _find_column(line[0].x0 + 1, borders) <= 1
    if step > usual * _SURELY_APART + 0.5:
        return True
    if any(s.is_horizontal and get_top(above) < s.y0 <= get_top(line) + 3 for s in strokes):
        return True
    if step > usual * _PERHAPS_APART and anew and begins_sentence:
        return True
    was_title = _is_title(above, borders, white)
    return _is_title(line, borders, white) or (was_title and (anew or _begins(line, borders)))


def _is_title(line: Line, borders: Borders, white: float) -> bool:
    return _begins(line, borders) and runs_over(line, borders, white)


def _find_column(x: float, borders: Borders) -> int:
    return sum(1 for border in borders if border < x)


def _begins(line: Line, borders: Borders) -> bool:
    """Whether a numeral stands in the first column."""
    text = join_words(word for word in line if _find_column(word.middle[0], borders) == 0)
    return bool(text) and (read_numeral(text) or split_leading_numeral(text)[0]) is not None


def fill_row(lines: Sequence[Line], borders: Borders, white: float) -> AlignedRow:
    """The words of a row under their columns; a title that runs over them is one wide cell."""
    words = [word for line in lines for word in line]
    unclear = not all(word.sure for word in words)
    columns: list[list[Word]] = [[] for _ in range(len(borders) + 1)]
    is_title = sum(1 for line in lines if runs_over(line, borders, white)) * 2 > len(lines)
    for word in words:
        place = _find_column(word.middle[0], borders)
        columns[min(place, 1) if is_title else place].append(word)
    if is_title:
        cells = (Cell(join_cell(columns[0]), 0), Cell(join_cell(columns[1]), 1, len(borders)))
        return AlignedRow(cells, unclear)
    return AlignedRow(tuple(Cell(join_cell(column), n) for n, column in enumerate(columns)), unclear)
