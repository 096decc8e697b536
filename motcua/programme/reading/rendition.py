"""The text of a file line by line, as it is shown beside the reading; each block knows its line."""

from collections.abc import Sequence
from dataclasses import replace

from motcua.core.text import clean_line, nfc
from motcua.programme.reading.aligned import Known
from motcua.programme.rules.blocks import Block, Cell, Line, Row, Source


class Rendition:
    """Gathers blocks and writes the line for each.

    `known` is a table without drawn lines that may go on over the page; `doubts` concern the whole file.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.lines: list[str] = []
        self.page = 1
        self.known: Known | None = None
        self.doubts: set[str] = set()
        self._tables = 0
        self._blank = True

    def add_line(self, text: str) -> None:
        """A paragraph; line breaks inside it are lines of their own."""
        for part in nfc(text).split("\n"):
            words = clean_line(part)
            self.lines.append(words)
            self.blocks.append(Line(words, len(self.lines), self.page, after_blank=self._blank))
            self._blank = not words

    def extend_line(self, text: str) -> None:
        """The line before goes on."""
        last = self.blocks[-1]
        assert isinstance(last, Line)
        joint = "" if last.text[-1:] == "-" and last.text[-2:-1].isalnum() else " "
        words = clean_line(f"{last.text}{joint}{nfc(text)}")
        self.lines[-1] = words
        self.blocks[-1] = replace(last, text=words)

    def begin_table(self) -> None:
        """Rows that follow belong to a new table."""
        self._tables += 1

    def add_row(
        self, cells: Sequence[Cell], breaks: bool = False, unclear: bool = False, spaced: bool = False
    ) -> None:
        """A row, written with a tab between its cells."""
        self.lines.append("\t".join(clean_line(c.text) for c in cells))
        tidy = tuple(Cell(nfc(c.text), c.column, c.span, c.merged_up) for c in cells)
        self.blocks.append(Row(tidy, len(self.lines), self.page, self._tables, breaks, unclear, spaced))
        self._blank = False

    def finish(self, doubts: tuple[str, ...] = ()) -> Source:
        """The source as read."""
        return Source(tuple(self.blocks), tuple(self.lines), self.page, (*doubts, *sorted(self.doubts)))
