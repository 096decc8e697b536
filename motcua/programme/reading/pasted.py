"""Rows of a table pasted from Word: tabs part the cells, and a cell of several paragraphs breaks the row over lines."""

from collections.abc import Sequence

from motcua.core.text import clean_line
from motcua.programme.reading.markup import strip_markup
from motcua.programme.rules.blocks import Row, make_row
from motcua.programme.rules.headings import ends_table, read_appendix
from motcua.programme.rules.numerals import read_numeral, split_leading_numeral

_MOST_LINES = 60


def read_pasted_row(lines: Sequence[str], place: int, width: int) -> tuple[Row, int] | None:
    """The row of `width` cells that begins at line `place` (from 0) and goes on below, and the line after it.

    None when the row is whole on its line, or when the lines below do not complete it.
    """
    cells = lines[place].split("\t")
    if not 2 <= len(cells) < width or not read_numeral(cells[0]):
        return None
    end = place + 1
    while end < min(place + _MOST_LINES, len(lines)) and len(cells) < width and _goes_on(lines[end]):
        first, *others = lines[end].split("\t")
        cells[-1] += f"\n{first}"
        cells += others
        end += 1
    if not width - 1 <= len(cells) <= width or end - place < 2:
        return None
    while end < len(lines) and _ends_list(cells[-1], lines[end]):
        cells[-1] += f"\n{lines[end]}"
        end += 1
    return make_row([strip_markup(_unquote(cell)) for cell in cells], place + 1), end


def _goes_on(line: str) -> bool:
    """Whether a line may be the rest of a cell: no new row, no empty first cell, no other part of the letter."""
    text = clean_line(line)
    if not text or line.startswith("\t") or read_numeral(line.split("\t")[0]):
        return False
    return read_appendix(text) is None and not ends_table(text)


def _ends_list(cell: str, line: str) -> bool:
    """The last cell's list goes on: it began with a bullet and so does the line."""
    bullets = "-–+•"
    is_item = clean_line(cell)[:1] in bullets and clean_line(line)[:1] in bullets and bool(clean_line(line))
    numbered = split_leading_numeral(line)[0] is not None
    return is_item and not numbered and "\t" not in line and _goes_on(line)


def _unquote(cell: str) -> str:
    """Excel puts a cell of several lines between quotes."""
    text = cell.strip()
    whole = len(text) > 1 and text[0] == text[-1] == '"' and "\n" in text
    return text[1:-1].replace('""', '"') if whole else cell
