"""Tables drawn with spaces alone, as printers of plain text make them: columns begin where the head's words begin."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from motcua.core.text import clean_line
from motcua.programme.reading.markup import strip_markup
from motcua.programme.rules.blocks import Block, Cell, Row, make_row
from motcua.programme.rules.columns import Field, read_head, read_label
from motcua.programme.rules.headings import ends_table, read_appendix
from motcua.programme.rules.numerals import read_numeral

_PART = re.compile(r"\S+(?: \S+)*")


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int
    text: str


def read_spaced_table(lines: Sequence[str], place: int) -> tuple[list[Block], int] | None:
    """The table whose head is line `place` (from 0), and the line after it; None when no such table begins here."""
    head = _parts(lines[place])
    if "\t" in lines[place] or len(head) < 4 or read_label(head[0].text) is not Field.NUMBER:
        return None
    starts = [part.start for part in head]
    above = make_row([part.text for part in head], place + 1)
    if read_head([above]) is None:
        return None
    rows: list[Row] = [above]
    at = place + 1
    while at < len(lines) and not _is_over(lines[at]):
        parts = _parts(lines[at])
        if parts:
            _add(rows, parts, starts, at + 1)
        at += 1
    return list(rows), at


def _parts(line: str) -> list[_Part]:
    return [_Part(m.start(), m.end(), strip_markup(m[0])) for m in _PART.finditer(line.rstrip())]


def _is_over(line: str) -> bool:
    text = clean_line(line)
    return bool(text) and (read_appendix(text) is not None or ends_table(text))


def _add(rows: list[Row], parts: Sequence[_Part], starts: Sequence[int], at: int) -> None:
    """A line with a number begins a row; any other goes on with the row above, cell by cell."""
    cells = _place(parts, starts)
    numbered = cells[0].column == 0 and read_numeral(cells[0].text) is not None
    if numbered or len(rows) == 1 and not _is_head_line(cells):
        rows.append(Row(tuple(cells), at))
        return
    rows[-1] = _join(rows[-1], cells)


def _is_head_line(cells: Sequence[Cell]) -> bool:
    return all(not read_numeral(c.text) and len(c.text) < 30 for c in cells)


def _place(parts: Sequence[_Part], starts: Sequence[int]) -> list[Cell]:
    """Each part under the column that begins nearest to it; a long part covers the columns it runs over."""
    cells = []
    for part in parts:
        column = max((n for n, start in enumerate(starts) if start <= part.start + 1), default=0)
        covered = sum(1 for start in starts[column + 1 :] if start < part.end - 2)
        cells.append(Cell(part.text, column, 1 + covered))
    return cells


def _join(row: Row, further: Sequence[Cell]) -> Row:
    texts = {cell.column: cell for cell in row.cells}
    for cell in further:
        known = texts.get(cell.column)
        text = f"{known.text}\n{cell.text}" if known and known.text else cell.text
        texts[cell.column] = Cell(text, cell.column, known.span if known else cell.span)
    return Row(tuple(texts[n] for n in sorted(texts)), row.at)
