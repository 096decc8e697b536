"""What every kind of file becomes before it is understood: lines, and rows of cells, in reading order."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line or paragraph outside any table.

    :param at: its number in the source text shown beside the reading, from 1
    :param is_cell: the line begins a cell of a table whose cells stand one below the other
    :param after_blank: an empty line stands before it
    """

    text: str
    at: int
    page: int = 1
    is_cell: bool = False
    after_blank: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, at its column of the table's grid.

    :param merged_up: it is the continuation of the cell above (a vertical merge), and says nothing itself
    """

    text: str
    column: int
    span: int = 1
    merged_up: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. `table` numbers the tables of the file; `breaks` says a page ends just before this row,
    `unclear` that a scan was hard to read here, `spaced` that its columns were told by the white between them.
    """

    cells: tuple[Cell, ...]
    at: int
    page: int = 1
    table: int = 0
    breaks: bool = False
    unclear: bool = False
    spaced: bool = False

    @property
    def width(self) -> int:
        """How many columns of the grid the row reaches over."""
        return max((c.column + c.span for c in self.cells), default=0)

    def get_text(self, column: int) -> str:
        """The text of the cell that begins at a column; empty when none does."""
        return next((c.text for c in self.cells if c.column == column), "")


Block = Line | Row


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: its blocks, and its text line by line as a person sees it beside the reading.

    :param pages: how many pages, where the file knows
    :param doubts: what is uncertain about the whole file (`scanned`, `columns by space`, `columns untold`)
    """

    blocks: tuple[Block, ...]
    lines: tuple[str, ...]
    pages: int = 1
    doubts: tuple[str, ...] = ()


def make_row(texts: list[str], at: int, table: int = 0, breaks: bool = False) -> Row:
    """A row whose cells stand one after the other, one column each."""
    return Row(tuple(Cell(text, place) for place, text in enumerate(texts)), at, table=table, breaks=breaks)
