"""Nobody is forgotten: dossiers of a unit that nobody holds, nobody wakes up for, or whose moment passed unused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from motcua.core.paging import Page, page_by
from motcua.dossiers.models import Dossier, SupplementRequest, Suspension, Task
from motcua.dossiers.rules import resting
from motcua.dossiers.rules.resting import Owner, Stall, Wake
from motcua.dossiers.rules.route import TaskKind
from motcua.dossiers.rules.states import MEANINGS, MOVES, Act, State
from motcua.organisations.rules import Actor

SIZE = 50
OUTSIDE = (TaskKind.OPINION, TaskKind.COMPLETE)
ORDER = ("due_at", "id")


@dataclass(frozen=True, slots=True)
class StallRow:
    """A line of the stall list: which dossier, why, since when, and who has to do what."""

    id: int
    code: str
    procedure_name: str
    applicant_name: str
    state: State
    due_at: datetime
    received_at: datetime
    step: str
    owner_unit_id: int | None
    owner_name: str
    wake_at: datetime | None
    stall: Stall

    @property
    def stall_label(self) -> str:
        """Why it is here, in the reader's language."""
        return _(resting.STALL_LABELS[self.stall])

    @property
    def state_label(self) -> str:
        """The state in the reader's language."""
        return _(MEANINGS[self.state].label)

    @property
    def tone(self) -> str:
        """The tone of the state's tag."""
        return MEANINGS[self.state].tone

    @property
    def next_acts(self) -> str:
        """What is to be done next: the step that waits, else the acts of the state."""
        rest = resting.RESTS[self.state]
        if rest.owner is Owner.TASK and self.step:
            return self.step
        names = rest.next_acts
        return ", ".join(_(MOVES[Act(name)].label) for name in names if name in set(Act))


def _case(column: str, found: dict[Any, str]) -> str:
    """A choice by the row of the state in the table of rests, so that there is one table and not two."""
    arms = " ".join(
        f"WHEN '{state}' THEN {found[getattr(rest, column)]}" for state, rest in resting.RESTS.items()
    )
    return f"CASE d.state {arms} END"


_OWNER = _case(
    "owner",
    {
        Owner.INTAKE: "d.receiving_unit_id",
        Owner.TASK: "t.unit_id",
        Owner.RETURN: "d.returning_unit_id",
        # Who asked keeps the interrupted step; it moves with a reorganisation, what was written down then does not.
        Owner.ASKER: "CASE WHEN r.id IS NOT NULL OR s.id IS NOT NULL THEN COALESCE(h.unit_id, r.unit_id, s.unit_id) END",
    },
)
_WAKE = _case(
    "wake",
    {
        Wake.ACCEPTANCE: "NULL",
        Wake.TASK_DUE: "t.due_at",
        Wake.ANSWER_BY: "r.due_at",
        Wake.REVIEW: "s.review_at",
        Wake.REMINDER: "d.finished_at + %(uncollected)s",
    },
)
# Results that wait lie in the pool of the place that returns them; whatever else rests is not finished.
_RUNNING = "d.finished_at IS NULL AND d.due_at IS NOT NULL"
_OWN = f"{_RUNNING} AND d.competent_agency_id = ANY(%(scope)s)"
_TAKEN_IN = f"{_RUNNING} AND d.receiving_unit_id = ANY(%(scope)s)"
_WAITING = """d.id IN (SELECT w.dossier_id FROM dossiers_task w WHERE w.done_at IS NULL AND w.kind = 'return'
    AND w.unit_id = ANY(%(scope)s)) AND d.state = 'result_ready'"""
_SECTION = f"""{_RUNNING} AND d.id IN (SELECT w.dossier_id FROM dossiers_task w
    WHERE w.done_at IS NULL AND w.unit_id = ANY(%(scope)s))"""
_ROWS = f"""
SELECT d.id, d.code, d.procedure_name, d.applicant_name, d.state, d.due_at, d.received_at, COALESCE(t.name, ''),
       {_OWNER} AS owner_unit_id, COALESCE(u.full_name, ''), {_WAKE} AS wake_at
FROM dossiers_dossier d
LEFT JOIN LATERAL (SELECT * FROM dossiers_task t WHERE t.dossier_id = d.id AND t.done_at IS NULL
                   ORDER BY t.due_at, t.id LIMIT 1) t ON true
LEFT JOIN dossiers_supplementrequest r ON r.dossier_id = d.id AND r.answered_at IS NULL AND r.ended_at IS NULL
LEFT JOIN dossiers_suspension s ON s.dossier_id = d.id AND s.ended_at IS NULL
LEFT JOIN LATERAL (SELECT h.unit_id FROM dossiers_task h WHERE h.dossier_id = d.id AND h.done_at IS NULL
                   AND h.kind NOT IN ('opinion', 'complete') ORDER BY h.id LIMIT 1) h ON true
LEFT JOIN accounts_user u ON u.id = t.assignee_id
WHERE {{where}} AND {{beyond}} d.state = ANY(%(states)s) AND ({_OWNER} IS NULL OR {_WAKE} IS NULL OR {_WAKE} < %(now)s)
ORDER BY d.due_at {{way}}, d.id {{way}} LIMIT %(limit)s
"""  # noqa: S608 - the parts are the table's own words


def find_stalled(actor: Actor, cursor: str | None = None, *, size: int = SIZE, at: datetime) -> Page:
    """What rests forgotten among the dossiers of the actor's units, the most urgent first: one statement a page.

    :raises Refused: the cursor is not one of ours.
    """

    def fetch(walk: tuple[str, ...], beyond: list[Any] | None, limit: int) -> list[StallRow]:
        return _fetch(actor, walk[0].startswith("-"), beyond, limit, at)

    return page_by(fetch, Dossier.objects.all(), order=ORDER, cursor=cursor, size=size)


def _fetch(actor: Actor, is_back: bool, beyond: list[Any] | None, limit: int, at: datetime) -> list[StallRow]:
    parameters: dict[str, Any] = {
        "scope": sorted(actor.scope),
        "states": [str(state) for state in resting.RESTS],
        "uncollected": resting.UNCOLLECTED,
        "now": at,
        "limit": limit,
    }
    after = ""
    if beyond is not None:
        parameters |= {"from_due": beyond[0], "from_id": beyond[1]}
        after = f"(d.due_at, d.id) {'<' if is_back else '>'} (%(from_due)s, %(from_id)s) AND"
    way = "DESC" if is_back else "ASC"
    branches = [f"({_ROWS.format(where=where, beyond=after, way=way)})" for where in _find_ranges(actor)]
    if not branches:
        return []
    sql = f"SELECT * FROM ({' UNION '.join(branches)}) found ORDER BY 6 {way}, 1 {way} LIMIT %(limit)s"  # noqa: S608
    with connection.cursor() as db:
        db.execute(sql, parameters)
        return [_read(row, at) for row in db.fetchall()]


def _find_ranges(actor: Actor) -> list[str]:
    """Where the dossiers of the actor lie, each a range of an index; who oversees sees all."""
    if actor.sees_all:
        return [_RUNNING, "d.state = 'result_ready'"]
    if not actor.scope:
        return []
    if actor.agency_id in actor.scope:
        return [_OWN, _TAKEN_IN, _WAITING]
    return [_SECTION, _TAKEN_IN, _WAITING]


def _read(row: Sequence[Any], at: datetime) -> StallRow:
    *shown, owner_unit_id, owner_name, wake_at = row
    stall = (
        Stall.NO_OWNER if owner_unit_id is None else Stall.NO_WAKE if wake_at is None else Stall.SLEPT_THROUGH
    )
    shown[4] = State(shown[4])
    return StallRow(*[*shown, owner_unit_id, owner_name, wake_at, stall])


def gather_facts(dossier: Dossier) -> resting.Facts:
    """The same of one dossier as the pure rule reads it."""
    tasks = list(Task.objects.filter(dossier=dossier, done_at=None).order_by("due_at", "pk"))
    steps = sorted((t for t in tasks if t.kind not in OUTSIDE), key=lambda t: t.pk)
    held_by = steps[0].unit_id if steps else None
    asked = SupplementRequest.objects.filter(dossier=dossier, answered_at=None, ended_at=None).first()
    held = Suspension.objects.filter(dossier=dossier, ended_at=None).first()
    waits = asked or held
    return resting.Facts(
        state=State(dossier.state),
        tasks=tuple(resting.OpenTask(t.unit_id, t.assignee_id, t.due_at) for t in tasks),
        intake_unit_id=dossier.receiving_unit_id,
        returning_unit_id=dossier.returning_unit_id,
        asking_unit_id=(held_by or waits.unit_id) if waits else None,
        answer_by=asked.due_at if asked else None,
        review_at=held.review_at if held else None,
        remind_at=dossier.finished_at + resting.UNCOLLECTED if dossier.finished_at else None,
    )
