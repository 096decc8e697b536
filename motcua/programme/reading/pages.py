"""A page of words and strokes becomes lines and rows, whether it came from a PDF or from a scan.

Coordinates are points from the top left corner.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from motcua.programme.reading.aligned import Aligned, find_aligned, has_head, looks_like_rows
from motcua.programme.reading.aligned_rows import Untold
from motcua.programme.reading.rendition import Rendition
from motcua.programme.reading.ruling import Stroke, Table, find_tables
from motcua.programme.reading.words import Word, group_lines, join_cell, join_words
from motcua.programme.rules.blocks import Cell
from motcua.programme.rules.grids import Extent, align_rows

_BEGINS_ITEM = re.compile(r"[-–+•*]|\(?(?:\d{1,2}|[a-zđ]|[IVX]+)[.)]\s|Căn cứ|PHỤ LỤC|Phụ lục|Nơi nhận")
# What follows the head of a letter, however short it is.
_TITLE = re.compile(r"\W*(?:KẾ HOẠCH|PHỤ LỤC|QUYẾT ĐỊNH|THÔNG BÁO|CHƯƠNG TRÌNH)\b")
_COLUMN_GAP = 22.0
_MARGIN_LINE = 3
_NARROWEST_TEXT = 0.6


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page."""

    words: Sequence[Word]
    strokes: Sequence[Stroke]
    width: float
    height: float


_Piece = Table | Aligned | list[Word]


def lay_out(page: Page, rendition: Rendition) -> None:
    """Add the lines and rows of a page in reading order."""
    tables = find_tables(page.strokes)
    inside: dict[int, list[Word]] = {n: [] for n in range(len(tables))}
    outside: list[Word] = []
    for word in page.words:
        place = next((n for n, table in enumerate(tables) if table.holds(*word.middle)), None)
        (outside if place is None else inside[place]).append(word)
    lines = group_lines(outside)
    if tables and not has_head(lines):
        rendition.known = None
        pieces: list[_Piece] = [*tables, *lines]
    else:
        # Where a head stands outside every box, boxes are shades behind rows.
        pieces = [*_find_unruled(group_lines(page.words) if tables else lines, page, rendition)]
    held = {id(table): inside[n] for n, table in enumerate(tables)}
    _add(page, rendition, [(piece, held.get(id(piece), [])) for piece in sorted(pieces, key=_top)])


def _top(piece: _Piece) -> float:
    return min(word.y0 for word in piece) if isinstance(piece, list) else piece.top


def _find_unruled(lines: list[list[Word]], page: Page, rendition: Rendition) -> list[list[Word] | Aligned]:
    """Lines, and between them tables that no line rules, perhaps begun on the page before."""
    lines = [line for line in lines if not _is_page_number(line, page)]
    found: list[list[Word] | Aligned] = []
    known, rendition.known = rendition.known, None
    while lines:
        try:
            table = find_aligned(lines, page.strokes, known)
        except Untold:
            rendition.doubts.add("columns untold")
            break
        if table is None:
            if (known or found) and looks_like_rows(lines):
                rendition.doubts.add("columns untold")
            break
        found += [*lines[: table.first], table]
        lines = lines[table.last :]
        known = None
        rendition.known = None if lines else table.known
    return [*found, *lines]


def _add(page: Page, rendition: Rendition, pieces: Sequence[tuple[_Piece, list[Word]]]) -> None:
    # A page of short lines alone has no full one.
    right = max((line[-1].x1 for line, _ in pieces if isinstance(line, list)), default=page.width)
    right = max(right, page.width * _NARROWEST_TEXT)
    before: list[Word] | None = None
    laid_out = False
    for piece, words in pieces:
        if not isinstance(piece, list):
            _add_rows(rendition, piece, words)
            before, laid_out = None, False
        elif not _is_page_number(piece, page):
            if before and not laid_out and _runs_on(before, piece, right, page):
                rendition.extend_line(join_words(piece))
            else:
                if before and not laid_out and _is_far(before, piece):
                    rendition.add_line("")
                laid_out = _add_line(rendition, piece, page, laid_out)
            before = piece


def _add_rows(rendition: Rendition, table: Table | Aligned, words: Sequence[Word]) -> None:
    if isinstance(table, Table):
        _add_table(rendition, table, words)
        return
    rendition.doubts.add("columns by space")
    rendition.begin_table()
    for order, row in enumerate(table.rows):
        breaks = order == 0 and rendition.page > 1
        rendition.add_row(row.cells, breaks=breaks, unclear=row.unclear, spaced=True)


def _is_far(above: Sequence[Word], line: Sequence[Word]) -> bool:
    """Whether more than an ordinary space parts two lines."""
    height = max(w.y1 - w.y0 for w in line)
    return min(w.y0 for w in line) - max(w.y1 for w in above) > height * 0.9


def _runs_on(above: Sequence[Word], line: Sequence[Word], right: float, page: Page) -> bool:
    """Whether a line goes on with the paragraph above: that one is full, and this one begins no item."""
    full = above[-1].x1 > right - page.width * 0.07 and above[0].x0 < page.width * 0.3
    indented = line[0].x0 > above[0].x0 + page.width * 0.02
    return full and not indented and not _is_far(above, line) and not _BEGINS_ITEM.match(join_words(line))


def _is_page_number(line: Sequence[Word], page: Page) -> bool:
    text = "".join(w.text for w in line).strip("-–/ ")
    y = line[0].middle[1]
    return text.isdigit() and len(text) <= _MARGIN_LINE and (y < page.height * 0.08 or y > page.height * 0.92)


def _add_line(rendition: Rendition, line: Sequence[Word], page: Page, laid_out: bool) -> bool:
    """A line; when a wide gap parts it, its halves are columns of a layout. Says whether they were."""
    parts = _split_at_gaps(line)
    if len(parts) == 1 and not (laid_out and _is_half(line, page) and not _TITLE.match(join_words(line))):
        rendition.add_line(join_words(line))
        return False
    if not laid_out:
        rendition.begin_table()
    halves = ["", ""]
    for part in parts:
        x = (part[0].x0 + part[-1].x1) / 2
        halves[int(x > page.width / 2)] += (" " if halves[int(x > page.width / 2)] else "") + join_words(part)
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


def _add_table(rendition: Rendition, table: Table, words: Sequence[Word]) -> None:
    rows = []
    unclear = []
    for band in table.bands:
        extents = []
        doubtful = False
        for box in band:
            held = [w for w in words if box.x0 <= w.middle[0] < box.x1 and box.y0 <= w.middle[1] < box.y1]
            text = join_cell(held) if not box.merged_up else ""
            doubtful = doubtful or (not box.merged_up and not all(w.sure for w in held))
            extents.append(Extent(box.x0, box.x1, text, box.merged_up))
        rows.append(extents)
        unclear.append(doubtful)
    rendition.begin_table()
    for order, cells in enumerate(align_rows(rows)):
        rendition.add_row(cells, breaks=order == 0 and rendition.page > 1, unclear=unclear[order])
