"""Tables whose cells stand one under the other become rows again.

Two ways are known: a converter that puts a tab before each cell (and a cell may go on over several lines), and one
that puts nothing, so that only the words tell where one cell ends and the next begins.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from motcua.core.text import clean_line
from motcua.programme.rules.blocks import Block, Cell, Line, Row, make_row
from motcua.programme.rules.columns import Columns, Field, read_head, read_label
from motcua.programme.rules.headings import ends_table, read_appendix
from motcua.programme.rules.numerals import read_numeral
from motcua.programme.rules.segmenting import divide

_MOST_HEAD_LINES = 24


@dataclass
class Stack:
    """A cell being gathered: its lines, where it begins, whether an empty line stands before it."""

    at: int
    after_blank: bool
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words of the cell."""
        return clean_line(" ".join(self.parts))


def gather_stacked_cells(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, with stacked tables turned into rows."""
    made: list[Block] = []
    place = 0
    while place < len(blocks):
        taken = _read_table(blocks, place)
        if taken is None:
            made.append(blocks[place])
            place += 1
        else:
            rows, place = taken
            made += rows
    return made


def _read_table(blocks: Sequence[Block], place: int) -> tuple[list[Row], int] | None:
    """The table that begins here with its head, and where the text goes on; None when none begins here."""
    first = blocks[place]
    if not isinstance(first, Line) or read_label(first.text) is not Field.NUMBER:
        return None
    head = _read_head(blocks, place, first.is_cell)
    if head is None:
        return None
    row, columns, following = head
    read = _read_marked if first.is_cell else _read_bare
    rows, end = read(blocks, following, columns)
    return [row, *rows], end


def _read_head(blocks: Sequence[Block], place: int, marked: bool) -> tuple[Row, Columns, int] | None:
    """The head: labels one under the other until the first numeral."""
    labels: list[Stack] = []
    end = place
    for end in range(place, min(place + _MOST_HEAD_LINES, len(blocks))):
        line = blocks[end]
        if not isinstance(line, Line) or (read_numeral(line.text) and labels):
            break
        if line.text.strip():
            _add_label(labels, line, marked)
    row = make_row([label.text for label in labels], labels[0].at)
    known = read_head([row])
    return (row, known[0], end) if known else None


def _add_label(labels: list[Stack], line: Line, marked: bool) -> None:
    """A label of two lines: `Cơ quan` / `chủ trì`."""
    goes_on = bool(labels) and (not line.is_cell if marked else _completes(labels[-1].text, line.text))
    if not goes_on:
        labels.append(Stack(line.at, line.after_blank))
    labels[-1].parts.append(line.text)


def _completes(label: str, text: str) -> bool:
    """Whether a line is the second half of a label: alone it is none, or it begins in small letters."""
    return read_label(f"{label} {text}") is not None and (text[:1].islower() or read_label(text) is None)


def _read_marked(blocks: Sequence[Block], place: int, columns: Columns) -> tuple[list[Row], int]:
    """Rows of cells that begin with a tab. An unmarked line goes on with the cell above."""
    cells: list[Stack] = []
    rows: list[Row] = []
    while place < len(blocks):
        line = blocks[place]
        if not isinstance(line, Line) or _is_over(line, cells, columns):
            break
        if line.is_cell:
            if _begins_row(line, cells, columns):
                _close(rows, cells)
            cells.append(Stack(line.at, line.after_blank, [line.text]))
        elif cells and line.text:
            cells[-1].parts.append(line.text)
        place += 1
    _close(rows, cells)
    return rows, place


def _begins_row(line: Line, cells: list[Stack], columns: Columns) -> bool:
    """A numeral begins a row when the row above is full, is a group of two cells, or an empty line parts them."""
    if not cells:
        return False
    if len(cells) >= columns.width:
        return True
    return read_numeral(line.text) is not None and (len(cells) == 2 or line.after_blank)


def _is_over(line: Line, cells: list[Stack], columns: Columns) -> bool:
    if line.is_cell:
        return read_label(line.text) is Field.NUMBER
    full = len(cells) >= columns.width or len(cells) == 0
    return bool(line.text) and (read_appendix(line.text) is not None or ends_table(line.text)) and full


def _close(rows: list[Row], cells: list[Stack]) -> None:
    if cells:
        rows.append(Row(tuple(Cell(cell.text, n) for n, cell in enumerate(cells)), cells[0].at))
        cells.clear()


def _read_bare(blocks: Sequence[Block], place: int, columns: Columns) -> tuple[list[Row], int]:
    """Rows that begin at a numeral alone on its line; the words decide which line belongs to which column."""
    rows: list[Row] = []
    lines: list[Line] = []
    while place < len(blocks):
        line = blocks[place]
        if not isinstance(line, Line) or _ends_bare(line, lines):
            break
        if read_numeral(line.text) and lines:
            rows.append(_divide(lines, columns))
            lines = []
        if line.text:
            lines.append(line)
        place += 1
    if lines:
        rows.append(_divide(lines, columns))
    return rows, place


def _ends_bare(line: Line, lines: list[Line]) -> bool:
    text = line.text
    return bool(text) and (
        read_appendix(text) is not None or ends_table(text) or read_label(text) is Field.NUMBER
    )


def _divide(lines: list[Line], columns: Columns) -> Row:
    """A row from its lines: numeral first, then the words by what each column holds."""
    numeral = read_numeral(lines[0].text)
    words = lines[1:] if numeral else lines
    texts = divide([(w.text, w.after_blank) for w in words], columns.fields[1:])
    return make_row([lines[0].text if numeral else "", *texts], lines[0].at)
