"""A row of a plan as it was read, with what a person should look at."""

import re
from dataclasses import dataclass, field, replace

from motcua.core.text import clean_line
from motcua.programme.rules.columns import Field
from motcua.programme.rules.deadline import Deadline

_BROKEN_WORD = re.compile(r"\w-$")
TEXT_FIELDS = (Field.CONTENT, Field.LEAD, Field.COORDINATING, Field.TIME, Field.PRODUCT, Field.NOTE)


@dataclass(frozen=True, slots=True)
class Section:
    """A group of tasks: its numeral and its title as printed."""

    number: str = ""
    title: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task of an appendix. Texts are the cells', in NFC, with spaces folded.

    :param line: where it begins in the source text
    :param path: the groups around the task's own, the outermost first
    :param more: columns whose head is not known: their words and this row's text
    :param unsure: stable words for what a person should look at, `field: reason`
    """

    appendix: str
    section: Section
    number: str
    cells: dict[Field, str]
    line: int
    deadline: Deadline | None = None
    more: tuple[tuple[str, str], ...] = ()
    unsure: tuple[str, ...] = field(default=())
    path: tuple[Section, ...] = ()

    def get(self, name: Field) -> str:
        """The text of a cell; empty when the table has no such column."""
        return self.cells.get(name, "")

    def with_doubt(self, *doubts: str) -> "TaskRow":
        """The same row with more to look at."""
        return replace(self, unsure=tuple(dict.fromkeys((*self.unsure, *doubts))))

    def join(self, further: dict[Field, str]) -> "TaskRow":
        """The row with the rest of its cells from the next page."""
        joined = {name: join_texts(self.get(name), further.get(name, "")) for name in {*self.cells, *further}}
        return replace(self, cells=joined)


def join_texts(first: str, second: str) -> str:
    """Two halves of a cell; a word broken at its hyphen becomes whole again."""
    joint = "" if _BROKEN_WORD.search(first) and second[:1].isalnum() else " "
    return clean_line(f"{first}{joint}{second}")
