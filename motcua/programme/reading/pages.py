"""A page of words and strokes becomes lines and rows, whether it came from a PDF or from a scan.

Coordinates are points from the top left corner.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from motcua.programme.reading.rendition import Rendition
from motcua.programme.reading.ruling import Stroke, Table, find_tables
from motcua.programme.rules.blocks import Cell
from motcua.programme.rules.grids import Extent, align_rows

_BEGINS_ITEM = re.compile(r"[-–+•*]|\(?(?:\d{1,2}|[a-zđ]|[IVX]+)[.)]\s|Căn cứ|PHỤ LỤC|Phụ lục|Nơi nhận")
_BROKEN_WORD = re.compile(r"\w[-–]$|\S+://\S+$")
# What follows the head of a letter, however short it is.
_TITLE = re.compile(r"\W*(?:KẾ HOẠCH|PHỤ LỤC|QUYẾT ĐỊNH|THÔNG BÁO|CHƯƠNG TRÌNH)\b")
# `107/2021/` with `NĐ-CP` on the next line.
_BROKEN_NUMBER = re.compile(r"\d/$")
_REST_OF_NUMBER = re.compile(r"\d{1,4}\b|[A-ZĐ]{2,}[A-ZĐ-]*\b")
_COLUMN_GAP = 22.0
_MARGIN_LINE = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box; `sure` is False where a scan was hard to read."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    sure: bool = True

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the box."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page."""

    words: Sequence[Word]
    strokes: Sequence[Stroke]
    width: float
    height: float


def lay_out(page: Page, rendition: Rendition) -> None:
    """Add the lines and rows of a page in reading order."""
    tables = find_tables(page.strokes)
    inside: dict[int, list[Word]] = {n: [] for n in range(len(tables))}
    outside: list[Word] = []
    for word in page.words:
        place = next((n for n, table in enumerate(tables) if table.holds(*word.middle)), None)
        (outside if place is None else inside[place]).append(word)
    pieces: list[tuple[float, Table | list[Word], list[Word]]] = [
        (table.top, table, inside[n]) for n, table in enumerate(tables)
    ]
    pieces += [(min(w.y0 for w in line), line, []) for line in group_lines(outside)]
    _add(page, rendition, sorted(pieces, key=lambda piece: piece[0]))


def _add(
    page: Page, rendition: Rendition, pieces: Sequence[tuple[float, Table | list[Word], list[Word]]]
) -> None:
    right = max((line[-1].x1 for _, line, _ in pieces if isinstance(line, list)), default=page.width)
    before: list[Word] | None = None
    laid_out = False
    for _top, piece, words in pieces:
        if isinstance(piece, Table):
            _add_table(rendition, piece, words)
            before, laid_out = None, False
        elif not _is_page_number(piece, page):
            if before and not laid_out and _runs_on(before, piece, right, page):
                rendition.extend_line(_join(piece))
            else:
                if before and not laid_out and _is_far(before, piece):
                    rendition.add_line("")
                laid_out = _add_line(rendition, piece, page, laid_out)
            before = piece


def _is_far(above: Sequence[Word], line: Sequence[Word]) -> bool:
    """Whether more than an ordinary space parts two lines."""
    height = max(w.y1 - w.y0 for w in line)
    return min(w.y0 for w in line) - max(w.y1 for w in above) > height * 0.9


def _runs_on(above: Sequence[Word], line: Sequence[Word], right: float, page: Page) -> bool:
    """Whether a line goes on with the paragraph above: that one is full, and this one begins no item."""
    full = above[-1].x1 > right - page.width * 0.07 and above[0].x0 < page.width * 0.3
    indented = line[0].x0 > above[0].x0 + page.width * 0.02
    return full and not indented and not _is_far(above, line) and not _BEGINS_ITEM.match(_join(line))


def _is_page_number(line: Sequence[Word], page: Page) -> bool:
    text = "".join(w.text for w in line).strip("-–/ ")
    y = line[0].middle[1]
    return text.isdigit() and len(text) <= _MARGIN_LINE and (y < page.height * 0.08 or y > page.height * 0.92)


def _add_line(rendition: Rendition, line: Sequence[Word], page: Page, laid_out: bool) -> bool:
    """A line; when a wide gap parts it, its halves are columns of a layout. Says whether they were."""
    parts = _split_at_gaps(line)
    if len(parts) == 1 and not (laid_out and _is_half(line, page) and not _TITLE.match(_join(line))):
        rendition.add_line(_join(line))
        return False
    if not laid_out:
        rendition.begin_table()
    halves = ["", ""]
    for part in parts:
        x = (part[0].x0 + part[-1].x1) / 2
        halves[int(x > page.width / 2)] += (" " if halves[int(x > page.width / 2)] else "") + _join(part)
    rendition.add_row([Cell(text, n) for n, text in enumerate(halves)])
    return True


def _is_half(line: Sequence[Word], page: Page) -> bool:
    return line[-1].x1 < page.width * 0.55 or line[0].x0 > page.width * 0.45


def _split_at_gaps(line: Sequence[Word]) -> list[list[Word]]:
    parts: list[list[Word]] = [[line[0]]]
    for word in line[1:]:
        if word.x0 - parts[-1][-1].x1 > _COLUMN_GAP:
            parts.append([])
        parts[-1].append(word)
    return parts


def _join(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words)


def group_lines(words: Iterable[Word]) -> list[list[Word]]:
    """Words that share a base line, from left to right; lines from top to bottom."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.middle[1], w.x0)):
        height = max(word.y1 - word.y0, 4.0)
        if lines and abs(_middle(lines[-1]) - word.middle[1]) < height * 0.55:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: w.x0) for line in lines]


def _middle(line: Sequence[Word]) -> float:
    return sum(w.middle[1] for w in line) / len(line)


def _add_table(rendition: Rendition, table: Table, words: Sequence[Word]) -> None:
    rows = []
    unclear = []
    for band in table.bands:
        extents = []
        doubtful = False
        for box in band:
            held = [w for w in words if box.x0 <= w.middle[0] < box.x1 and box.y0 <= w.middle[1] < box.y1]
            text = join_lines([_join(line) for line in group_lines(held)]) if not box.merged_up else ""
            doubtful = doubtful or (not box.merged_up and not all(w.sure for w in held))
            extents.append(Extent(box.x0, box.x1, text, box.merged_up))
        rows.append(extents)
        unclear.append(doubtful)
    rendition.begin_table()
    for order, cells in enumerate(align_rows(rows)):
        rendition.add_row(cells, breaks=order == 0 and rendition.page > 1, unclear=unclear[order])


def join_lines(lines: Sequence[str]) -> str:
    """The lines of a cell; a word broken at its hyphen, or an address, is joined again."""
    joined = ""
    for line in lines:
        whole = bool(_BROKEN_WORD.search(joined)) and line[:1].isalnum()
        whole = whole or (bool(_BROKEN_NUMBER.search(joined)) and bool(_REST_OF_NUMBER.match(line)))
        joined += line if whole or not joined else f"\n{line}"
    return joined
