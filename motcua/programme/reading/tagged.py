"""Tables written in tags, as converters and web pages leave them in plain text."""

import html
import re
from collections.abc import Iterator

from motcua.core.text import clean_line
from motcua.programme.reading.markup import strip_markup
from motcua.programme.reading.rendition import Rendition
from motcua.programme.rules.blocks import Cell, Source

_TABLE = re.compile(r"<table\b.*?(?:</table>|\Z)", re.IGNORECASE | re.DOTALL)
_ROW = re.compile(r"<tr\b[^>]*>(.*?)(?=<tr\b|</tr>|</table>|\Z)", re.IGNORECASE | re.DOTALL)
_CELL = re.compile(r"<t[dh]\b([^>]*)>(.*?)(?=<t[dh]\b|</t[dh]>|</tr>|\Z)", re.IGNORECASE | re.DOTALL)
_SPAN = re.compile(r"\b(col|row)span\s*=\s*[\"']?\s*(\d{1,3})", re.IGNORECASE)
_PARAGRAPH = re.compile(r"</(?:p|h[1-6]|div|li|center)>|<br\s*/?>|\n", re.IGNORECASE)


def has_tagged_table(text: str) -> bool:
    """Whether a table stands in tags in the text."""
    return bool(re.search(r"<tr\b[^>]*>\s*<t[dh]\b", text, re.IGNORECASE))


def read_tagged(text: str) -> Source:
    """The blocks of a text whose tables are in tags."""
    rendition = Rendition()
    end = 0
    for table in _TABLE.finditer(text):
        _add_lines(rendition, text[end : table.start()])
        rendition.begin_table()
        for cells in _lay_rows(_ROW.findall(table[0])):
            rendition.add_row(cells)
        end = table.end()
    _add_lines(rendition, text[end:])
    return rendition.finish()


def _add_lines(rendition: Rendition, text: str) -> None:
    for part in _PARAGRAPH.split(text):
        rendition.add_line(clean_line(strip_markup(part)))


def _lay_rows(rows: list[str]) -> Iterator[list[Cell]]:
    """Cells on their columns; a cell that reaches down is there again below, marked."""
    reaching: dict[int, tuple[int, int]] = {}
    for row in rows:
        cells: list[Cell] = []
        place = 0
        for attributes, words in _CELL.findall(row):
            place = _pass_reaching(cells, reaching, place)
            spans = {name.lower(): int(count) for name, count in _SPAN.findall(attributes)}
            width = max(1, spans.get("col", 1))
            cells.append(Cell(clean_line(strip_markup(html.unescape(words))), place, width))
            if spans.get("row", 1) > 1:
                reaching[place] = (spans["row"], width)
            place += width
        _pass_reaching(cells, reaching, place)
        reaching = {at: (left - 1, width) for at, (left, width) in reaching.items() if left > 1}
        yield cells


def _pass_reaching(cells: list[Cell], reaching: dict[int, tuple[int, int]], place: int) -> int:
    """Step over columns that a cell above still covers."""
    known = {cell.column for cell in cells}
    while place in reaching and place not in known:
        width = reaching[place][1]
        cells.append(Cell("", place, width, merged_up=True))
        place += width
    return place
