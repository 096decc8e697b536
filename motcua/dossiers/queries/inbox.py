"""What an officer must do: tabs over open tasks, each by position in an index and none counted whole."""

import base64
import json
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.utils.translation import get_language

from motcua.core.clock import ClockView
from motcua.core.marking import _ as _mark
from motcua.core.paging import Page
from motcua.core.prepared import open_cursor
from motcua.core.refusal import Refused
from motcua.core.wording import gettext as _
from motcua.dossiers.queries.clock import FindCalendar, make_clock
from motcua.dossiers.queries.narrowing import Narrowing, write_conditions
from motcua.dossiers.rules.powers import COUNTER, HANDLERS, LEADERS, get_task_posts
from motcua.dossiers.rules.reminding import NEAR_HOURS
from motcua.dossiers.rules.states import MEANINGS, State
from motcua.organisations.rules import Actor, Post
from motcua.worktime import queries as worktime
from motcua.worktime.rules import add_working_hours

# An officer with more than this before them needs no number; the unit's figures are counted elsewhere.
MOST_COUNTED = 99
SIZE = 50
SIGNERS = LEADERS | {Post.CLERK}
TABS: dict[str, str] = {
    "new": _mark("Mới đến"),
    "doing": _mark("Đang làm"),
    "near_due": _mark("Sắp đến hạn"),
    "overdue": _mark("Quá hạn"),
    "waiting_opinion": _mark("Chờ ý kiến"),
    "to_sign": _mark("Chờ ký"),
    "to_return": _mark("Chờ trả"),
    "following": _mark("Theo dõi"),
}


class InboxRow(NamedTuple):
    """One line of the inbox: a task and what is to be seen of its dossier, as `_LINE` reads them."""

    id: int
    due_at: datetime
    dossier_id: int
    step: str
    kind: str
    code: str
    revision: int
    applicant_name: str
    procedure_code: str
    procedure_name: str
    state: str
    received_at: datetime
    dossier_due_at: datetime | None
    competent_agency_id: int
    channel: str
    is_part: bool
    clock: ClockView

    @property
    def state_label(self) -> str:
        """The state in the reader's language."""
        return _(MEANINGS[State(self.state)].label)

    @property
    def tone(self) -> str:
        """The tone of the state's tag."""
        return MEANINGS[State(self.state)].tone


# What the planner cannot look into: knowing the values it would plan anew for every page, which costs more than reading.
_UNIT, _USER = "(SELECT %(unit_id)s::bigint)", "(SELECT %(user_id)s::bigint)"
_NOW, _SOON = "(SELECT %(now)s::timestamptz)", "(SELECT %(soon)s::timestamptz)"
# Where tasks lie for an actor: each is one range of one partial index.
_MINE = f"t.done_at IS NULL AND t.assignee_id = {_USER} AND t.unit_id = {_UNIT}"
_POOL = f"t.done_at IS NULL AND t.assignee_id IS NULL AND t.unit_id = {_UNIT}"
_ASKED = f"t.done_at IS NULL AND t.unit_id = {_UNIT} AND t.kind = 'opinion'"
# What a body outside is asked waits at the unit that asked it: among those asked, and not a second time here.
_ASKING = f"t.done_at IS NULL AND t.asked_by_unit_id = {_UNIT} AND t.unit_id <> t.asked_by_unit_id"
# A result waiting to be collected is never late: the handling has ended.
_RUNNING = " AND t.kind <> 'return'"
# All that a line shows of a task lies in the indexes of these ranges: the task itself need not be read.
_TASK = "t.id, t.due_at, t.dossier_id, t.name, t.kind"
_LINE = (
    "d.code, d.revision, d.applicant_name, d.procedure_code, d.procedure_name, d.state, d.received_at, d.due_at,"
    " d.competent_agency_id, d.channel, d.joint_id IS NOT NULL, d.calendar_code, d.limit_unit, d.finished_at"
)


def find_inbox(
    actor: Actor,
    tab: str,
    asked: Narrowing | None = None,
    cursor: str | None = None,
    *,
    size: int = SIZE,
    at: datetime,
) -> Page:
    """One page of a tab, most urgent first: one statement, the same cost on every page.

    :raises Refused: there is no such tab, or the cursor is not one of ours.
    """
    if tab not in TABS:
        raise Refused("not_found", _("Không có nhóm việc này."))
    parameters = _parameters(actor, at)
    back = _read_cursor(cursor, parameters)
    due = "d.due_at" if tab == "following" else "t.due_at"
    conditions = write_conditions(asked or Narrowing(), parameters, due=due)
    if cursor:
        place = "(d.due_at, d.id)" if tab == "following" else "(t.due_at, t.id)"
        conditions += f" AND {place} {'<' if back else '>'} (%(from_due)s, %(from_id)s)"
    way = "DESC" if back else "ASC"
    branches = _branches(actor, tab)
    if not branches:
        return Page([], None, None)
    select = _select_followed if tab == "following" else _select_tasks
    with open_cursor() as db:
        db.execute(select(branches, conditions, way, size + 1), parameters)
        rows = db.fetchall()
    return _page(rows, bool(back), bool(cursor), size, at)


def count_tabs(actor: Actor, *, at: datetime) -> dict[str, int]:
    """How much lies in each tab, counted no further than needed (100 says "99+"): one statement."""
    parameters = _parameters(actor, at)
    counts = [f"({_count(tab, _branches(actor, tab))})" for tab in TABS]
    with open_cursor() as db:
        db.execute("SELECT " + ", ".join(counts), parameters)
        return dict(zip(TABS, db.fetchone(), strict=True))


def _branches(actor: Actor, tab: str) -> list[str]:
    """The ranges a tab is made of; those that cannot hold anything for the post are not read."""
    if tab == "following":
        return _followed(actor)
    if tab == "waiting_opinion":
        return [_ASKED, _ASKING] if actor.post in HANDLERS | LEADERS else []
    if tab == "to_sign":
        return (
            [f"{w} AND t.kind IN ('decide', 'sign')" for w in _places(actor)] if actor.post in SIGNERS else []
        )
    if tab == "to_return":
        return [f"{w} AND t.kind = 'return'" for w in _places(actor)] if actor.post in COUNTER else []
    if tab == "doing":
        return [f"{_MINE} AND t.taken_at IS NOT NULL"]
    narrowed = {
        "new": f" AND t.taken_at IS NULL{_without_own_tab(actor)}",
        "near_due": f" AND t.due_at >= {_NOW} AND t.due_at < {_SOON}{_RUNNING}",
        "overdue": f" AND t.due_at < {_NOW}{_RUNNING}",
    }[tab]
    return [where + narrowed for where in _places(actor)]


def _places(actor: Actor) -> tuple[str, str]:
    """What is the actor's own, and what lies in the pool for somebody of their post."""
    posts = ", ".join(repr(str(post)) for post in sorted(get_task_posts(actor.post)))
    return _MINE, f"{_POOL} AND t.post IN ({posts})"


def _without_own_tab(actor: Actor) -> str:
    """What waits to be signed or given back lies in its own tab alone, for the posts that have that tab."""
    elsewhere: tuple[str, ...] = ("decide", "sign") if actor.post in SIGNERS else ()
    elsewhere += ("return",) if actor.post in COUNTER else ()
    return f" AND t.kind NOT IN ({', '.join(repr(kind) for kind in elsewhere)})" if elsewhere else ""


# Asked of one dossier after the other and not as a join: the walk then stops where the page or the count does.
_CONCERNS = " AND (SELECT true FROM dossiers_involvement i WHERE i.dossier_id = d.id AND i.unit_id = "
_ONE = _CONCERNS + "(SELECT (%(scope)s::bigint[])[1]))"
"""A unit takes part in a dossier once: for a single one there is no array to be gone through each time."""
_ANY = _CONCERNS + "ANY((SELECT %(scope)s::bigint[])::bigint[]) LIMIT 1)"


def _followed(actor: Actor) -> list[str]:
    """Dossiers still running: all for who oversees, else those the place received or the agency decides.

    Who works in a part of the agency follows those that concern this part; an administrator follows none: the door's
    own rule (`access.visible_to`), written so that one index is walked.
    """
    running = "d.finished_at IS NULL AND d.due_at IS NOT NULL"
    if actor.sees_all:
        return [running]
    if not actor.scope:
        return []
    if actor.post in COUNTER:
        return [f"{running} AND d.receiving_unit_id = {_UNIT}"]
    decided = f"{running} AND d.competent_agency_id = (SELECT %(agency_id)s::bigint)"
    if actor.agency_id in actor.scope:
        return [decided]
    return [decided + (_ONE if len(actor.scope) == 1 else _ANY)]


# How many is said in the text: beside it, it would be a value the planner looks into.
def _select_followed(branches: list[str], conditions: str, way: str, most: int) -> str:
    (where,) = branches
    return (
        f"SELECT d.id, d.due_at, d.id, '', '', {_LINE}, d.paused_at FROM dossiers_dossier d"  # noqa: S608
        f" WHERE {where}{conditions} ORDER BY d.due_at {way}, d.id {way} LIMIT {most}"
    )


def _select_tasks(branches: list[str], conditions: str, way: str, most: int) -> str:
    """The tasks of the page are chosen within their indexes, and only then their dossiers are read."""
    tasks = "dossiers_task t"
    if "d." in conditions:
        tasks += " JOIN dossiers_dossier d ON d.id = t.dossier_id"
    order = f"ORDER BY t.due_at {way}, t.id {way}"
    ranges = [
        f"(SELECT {_TASK} FROM {tasks} WHERE {where}{conditions} {order} LIMIT {most})"  # noqa: S608
        for where in branches
    ]
    return (
        f"SELECT {_TASK}, {_LINE}, NULL::timestamptz"  # noqa: S608
        f" FROM (SELECT * FROM ({' UNION ALL '.join(ranges)}) t {order} LIMIT {most}) t"
        f" JOIN dossiers_dossier d ON d.id = t.dossier_id {order}"
    )


def _count(tab: str, branches: list[str]) -> str:
    if not branches:
        return "SELECT 0"
    table = "dossiers_dossier d" if tab == "following" else "dossiers_task t"
    limited = [f"(SELECT 1 FROM {table} WHERE {where} LIMIT {MOST_COUNTED + 1})" for where in branches]  # noqa: S608
    found = f"SELECT 1 FROM ({' UNION ALL '.join(limited)}) branches LIMIT {MOST_COUNTED + 1}"  # noqa: S608
    return f"SELECT count(*) FROM ({found}) found"  # noqa: S608


def _parameters(actor: Actor, at: datetime) -> dict[str, Any]:
    calendar = worktime.get_calendar(actor.calendar_code)
    return {
        "user_id": actor.user_id,
        "unit_id": actor.unit_id,
        "agency_id": actor.agency_id,
        "scope": sorted(actor.scope),
        "now": at,
        "soon": add_working_hours(at, NEAR_HOURS, calendar),
    }


def _read_cursor(cursor: str | None, parameters: dict[str, Any]) -> int:
    if not cursor:
        return 0
    try:
        back, due, pk = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        parameters |= {"from_due": datetime.fromisoformat(due), "from_id": int(pk)}
        return int(back)
    except (ValueError, TypeError) as fault:
        raise Refused(
            "bad_cursor", _("Không mở được trang này. Hãy xem lại từ trang đầu."), field="cursor"
        ) from fault


def _write_cursor(row: InboxRow, *, back: bool) -> str:
    text = json.dumps([int(back), row.due_at.isoformat(), row.id])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _page(raw: list[tuple], back: bool, has_cursor: bool, size: int, at: datetime) -> Page:
    has_more = len(raw) > size
    language = get_language()
    find_calendar = cache(worktime.get_calendar)
    rows = [_row(values, at, language, find_calendar) for values in raw[:size]]
    if back:
        rows.reverse()
    if not rows:
        return Page([], None, None)
    has_after, has_before = (True, has_more) if back else (has_more, has_cursor)
    return Page(
        rows,
        _write_cursor(rows[-1], back=False) if has_after else None,
        _write_cursor(rows[0], back=True) if has_before else None,
    )


def _row(values: tuple, at: datetime, language: str | None, find_calendar: FindCalendar) -> InboxRow:
    calendar_code, limit_unit, finished_at, paused_at = values[-4:]
    clock = make_clock(
        values[11],
        values[12] if finished_at else values[1],
        finished_at,
        calendar_code=calendar_code,
        limit_unit=limit_unit,
        pauses=((paused_at, None),) if paused_at else (),
        now=paused_at or at,
        language=language,
        find_calendar=find_calendar,
    )
    return InboxRow._make((*values[:-4], clock))
