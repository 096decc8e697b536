"""How a line of a list is written. At once and not by a template: fifty lines are the cost of a page.

Whatever people typed is escaped; the rest is a drawing, a moment or a code of ours.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from motcua.core.clock import ClockView
from motcua.core.drawing import draw_tag, write_row
from motcua.core.marked import mark
from motcua.core.wording import gettext as _
from motcua.core.writing import iso, moment, short_moment
from motcua.dossiers.rules.route import OWN_TASKS, read_named


class Reader(NamedTuple):
    """Who a list is written for: the moment and the language."""

    at: datetime
    language: str | None


Write = Callable[[Any, Any, Reader], str]
"""The cell of what a column says: (what it says, the row, the reader)."""
_SHORT = 30
"""A name of so many letters stays on one line."""


def say_task(name: str) -> str:
    """A task as its process calls it; our own in the reader's language."""
    if name in OWN_TASKS:
        return _(name)
    found = read_named(name)
    return _(found[0].value) % found[1] if found else name


def write_as(css: str) -> Write:
    """Words in a cell that is set in this way."""
    before = f'<td class="{css}">' if css else "<td>"
    return lambda said, row, reader: f"{before}{mark(str(said))}</td>"


write_words = write_as("")


def write_name(said: str, row: Any, reader: Reader) -> str:
    """A person or organisation; a long name may break."""
    return f'<td class="nowrap">{mark(said)}</td>' if len(said) < _SHORT else f"<td>{mark(said)}</td>"


def write_procedure(said: str, row: Any, reader: Reader) -> str:
    """Two lines of a procedure's name at most."""
    return f'<td class="wrap"><span class="two">{mark(said)}</span></td>'


def write_state(said: str, row: Any, reader: Reader) -> str:
    """A state in its tone."""
    return f"<td>{draw_tag(said, row.tone)}</td>"


def write_moment(said: datetime | None, row: Any, reader: Reader) -> str:
    """A moment, its year where it is not this one."""
    if not said:
        return "<td></td>"
    words = short_moment(said) if said.year == reader.at.year else moment(said)
    return f'<td><time datetime="{iso(said)}">{words}</time></td>'


def write_clock(said: ClockView, row: Any, reader: Reader) -> str:
    """How far a dossier is."""
    if said.due_at:
        return f"<td>{write_row(said, reader.language)}</td>"
    return f'<td><span class="muted">{mark(said.words)}</span></td>'


def make_tick(language: str | None) -> Callable[[Any], str]:
    """Writes the box that picks a line, the dossier as it was when the page was made."""
    before, after = mark(_("Chọn %(code)s", language) % {"code": "CODE"}).split("CODE")
    box = '<td class="tick"><input type="checkbox" name="pick" data-select value="'
    return lambda row: f'{box}{row.code}@{row.revision}" aria-label="{before}{row.code}{after}"></td>'
