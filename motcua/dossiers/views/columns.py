"""The columns a list may show: what each is called and what it says, on the page and in an export alike."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from markupsafe import Markup

from motcua.core.clock import ClockView
from motcua.core.jinja import url
from motcua.core.marking import _ as _mark
from motcua.core.wording import gettext as _
from motcua.dossiers import queries
from motcua.dossiers.models import Dossier
from motcua.dossiers.views.cells import (
    Reader,
    Write,
    make_tick,
    say_task,
    write_as,
    write_clock,
    write_moment,
    write_name,
    write_procedure,
    write_state,
    write_words,
)
from motcua.organisations.requests import OfficerRequest

CHANNELS = dict(Dossier._meta.get_field("channel").choices or ())
SITES = dict(Dossier._meta.get_field("site").choices or ())
DELIVERIES = dict(Dossier._meta.get_field("result_delivery").choices or ())
Say = Callable[[Any, OfficerRequest], object]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what a row says in it, and how the page writes that; `css` sets its head.

    `shown` is what the page writes where that is more than words: a clock.

    `also` is what the page shows in the same cell and an export beside it.
    """

    label: str
    say: Say
    write: Write = write_words
    css: str = ""
    shown: Say | None = None
    also: "Column | None" = None


@dataclass(frozen=True, slots=True)
class ListKind:
    """A list whose columns and filters an officer may choose; the code of the dossier always comes first."""

    columns: dict[str, Column]
    usual: tuple[str, ...]

    def choose(self, names: Sequence[str]) -> tuple[str, ...]:
        """The columns asked for that there are, in the order of the list; the usual ones when none is left."""
        return tuple(name for name in self.columns if name in names) or self.usual


def _of(name: str) -> Say:
    return lambda row, request: getattr(row, name)


def _step(row: Any, request: OfficerRequest) -> str:
    return say_task(row.step)


def _unit(name: str) -> Say:
    return lambda row, request: queries.name_unit(getattr(row, name), _day(row))


def _word(words: dict[Any, Any], name: str) -> Say:
    return lambda row, request: str(words.get(getattr(row, name), ""))


def _day(row: Any) -> date:
    return timezone.localdate(row.received_at)


def clock_of(row: Any, request: OfficerRequest) -> ClockView:
    """The clock of a line; the inbox brings its own."""
    return row.clock if hasattr(row, "clock") else queries.brief_clock(row, request.at)


def name_procedure(row: Any) -> str:
    """The procedure of a line; that it was filed with others under one form is said with it."""
    is_part = row.is_part if hasattr(row, "is_part") else row.joint_id is not None
    return _("%(name)s (liên thông)") % {"name": row.procedure_name} if is_part else str(row.procedure_name)


_PERSON = Column(_mark("Người đề nghị"), _of("applicant_name"), write_name)
_PROCEDURE = Column(_mark("Thủ tục"), lambda row, request: name_procedure(row), write_procedure)
_PROCEDURE_CODE = Column(_mark("Mã thủ tục"), _of("procedure_code"), write_as("nowrap"))
_STATE = Column(_mark("Trạng thái"), lambda row, request: str(row.state_label), write_state)
_RECEIVED = Column(_mark("Ngày nhận"), _of("received_at"), write_moment)
_AGENCY = Column(_mark("Cơ quan giải quyết"), _unit("competent_agency_id"), write_as("some"))
_CHANNEL = Column(_mark("Cách nộp"), _word(CHANNELS, "channel"))
_LEFT = Column(
    _mark("Thời hạn"),
    lambda row, request: clock_of(row, request).words,
    write_clock,
    shown=clock_of,
    also=Column(_mark("Đến hạn"), lambda row, request: clock_of(row, request).due_at),
)

INBOX = ListKind(
    {
        "applicant": _PERSON,
        "procedure": _PROCEDURE,
        "procedure_code": _PROCEDURE_CODE,
        "step": Column(_mark("Bước"), _step, write_as("some")),
        "state": _STATE,
        "received": _RECEIVED,
        "agency": _AGENCY,
        "channel": _CHANNEL,
        "left": _LEFT,
        "due": Column(_mark("Hạn của bước"), _of("due_at"), write_moment),
        "promised": Column(_mark("Hẹn trả"), _of("dossier_due_at"), write_moment),
    },
    ("applicant", "procedure", "step", "left"),
)
REGISTER = ListKind(
    {
        "applicant": _PERSON,
        "procedure": _PROCEDURE,
        "procedure_code": _PROCEDURE_CODE,
        "state": _STATE,
        "agency": _AGENCY,
        "receiving": Column(_mark("Nơi tiếp nhận"), _unit("receiving_unit_id"), write_as("some")),
        "channel": _CHANNEL,
        "site": Column(_mark("Nhận ở đâu"), _word(SITES, "site")),
        "delivery": Column(_mark("Nhận kết quả"), _word(DELIVERIES, "result_delivery")),
        "sets": Column(_mark("Số bộ"), _of("copies_sets"), write_as("number"), "number"),
        "received": _RECEIVED,
        "promised": Column(_mark("Hẹn trả"), _of("due_at"), write_moment),
        "left": _LEFT,
        "finished": Column(_mark("Có kết quả"), _of("finished_at"), write_moment),
        "returned": Column(_mark("Trả kết quả"), _of("returned_at"), write_moment),
    },
    ("applicant", "procedure", "state", "received", "promised"),
)
LISTS = {"inbox": INBOX, "register": REGISTER}


def _written(kind: ListKind, names: Sequence[str]) -> list[Column]:
    """The columns an export writes: those chosen, each with what its cell also shows."""
    chosen = (kind.columns[name] for name in names)
    return [column for one in chosen for column in (one, one.also) if column is not None]


def make_head(kind: ListKind, names: Sequence[str]) -> list[str]:
    """Headings in the reader's language, the code first."""
    return [_("Mã hồ sơ"), *(_(column.label) for column in _written(kind, names))]


def make_line(kind: ListKind, names: Sequence[str], row: Any, request: OfficerRequest) -> list[object]:
    """What the page shows of a row, for an export."""
    return [row.code, *(column.say(row, request) for column in _written(kind, names))]


def draw_lines(
    kind: ListKind,
    names: Sequence[str],
    rows: Iterable[Any],
    request: OfficerRequest,
    *,
    may_pick: bool = False,
) -> Markup:
    """The lines of a page: each row with its address, its code, and the cells of the chosen columns.

    :param may_pick: each with a box to tick
    """
    chosen = [kind.columns[name] for name in names]
    said = [(column.shown or column.say, column.write) for column in chosen]
    before, after = url("dossiers:detail", "CODE").split("CODE")
    reader, lines = Reader(request.at, get_language()), []
    write_tick = make_tick(reader.language) if may_pick else lambda row: ""
    for row in rows:
        href = f"{before}{row.code}{after}"
        cells = "".join([write(say(row, request), row, reader) for say, write in said])
        code = f'<td class="code"><a href="{href}">{row.code}</a></td>'
        lines.append(f'<tr data-href="{href}">{write_tick(row)}{code}{cells}</tr>')
    return Markup("\n".join(lines))  # noqa: S704 - written by cells
