"""The clock of a turn: stopping it, going on with it, and ending a wait with the dossier."""

from datetime import datetime
from decimal import Decimal

from motcua.core.marking import _ as _mark
from motcua.dossiers.actions.turn import Turn
from motcua.dossiers.models import SupplementRequest, Suspension, Task
from motcua.dossiers.queries.clock import count_due
from motcua.dossiers.queries.history import find_events, make_happenings
from motcua.dossiers.rules.clock import find_clock_events
from motcua.dossiers.rules.route import TaskKind, cap_due
from motcua.dossiers.rules.states import MOVES
from motcua.worktime import queries as worktime
from motcua.worktime.rules import (
    Calendar,
    ClockEvent,
    ClockEventKind,
    add_working_hours,
    working_hours_between,
)

Held = dict[str, str]
SECOND_APPOINTMENT = _mark("hẹn lần hai, sau khi xong nghĩa vụ tài chính")


def pause(turn: Turn, reason: str, wake_at: datetime) -> Held:
    """Stop the clock; the open steps wait until somebody wakes up. What was due when, for going on.

    :param reason: a marked sentence of the rules; it stays in the permanent event
    """
    held: Held = {}
    for task in _find_steps(turn):
        held[str(task.pk)] = task.due_at.isoformat()
        turn.move(task, wake_at)
    turn.data["clock"] = {"kind": str(MOVES[turn.act].clock), "reason": reason}
    turn.changes |= {"paused_at": turn.at, "turns": turn.dossier.turns + 1}
    return held


def go_on(turn: Turn, held: Held) -> None:
    """Let the clock go on where it stood; each step keeps the working time it had left."""
    calendar = worktime.get_calendar(turn.dossier.calendar_code)
    since = turn.dossier.paused_at or turn.at
    due_at = count_anew(turn, "", calendar)
    for task in _find_steps(turn):
        before = datetime.fromisoformat(held[str(task.pk)]) if str(task.pk) in held else task.due_at
        turn.move(task, _shift(before, since, turn.at, due_at, calendar))


def begin_anew(turn: Turn, reason: str) -> None:
    """Count the whole limit from now (Decree 61 art. 19.4); each open step has its whole share again."""
    calendar = worktime.get_calendar(turn.dossier.calendar_code)
    due_at = count_anew(turn, reason, calendar)
    for task in _find_steps(turn):
        turn.move(task, _share(task, turn.at, due_at, calendar))


def begin_stage(turn: Turn, days: Decimal) -> None:
    """The second of two appointments: its own limit from now; what the applicant took belongs to neither."""
    calendar = worktime.get_calendar(turn.dossier.calendar_code)
    due_at = count_anew(turn, SECOND_APPOINTMENT, calendar, amount=days)
    for task in _find_steps(turn):
        turn.move(task, _share(task, turn.at, due_at, calendar))


def count_anew(
    turn: Turn, reason: str, calendar: Calendar, until: datetime | None = None, amount: Decimal | None = None
) -> datetime | None:
    """Say in the event what happens to the clock, and where the promise is then; None without a promise.

    :param amount: the limit of a stage that begins, in working days
    """
    dossier = turn.dossier
    kind = MOVES[turn.act].clock if amount is None else ClockEventKind.STAGE
    assert kind is not None
    turn.data["clock"] = {"kind": str(kind), "reason": reason} | (
        {"until": until.isoformat()} if until else {}
    )
    if amount is not None:
        turn.data["clock"]["amount"] = str(amount)
    turn.changes |= {"paused_at": None, "turns": dossier.turns + 1}
    clock = find_clock_events(make_happenings(find_events(dossier)))
    due = count_due(dossier, [*clock, ClockEvent(kind, turn.at, until, reason, amount)], calendar)
    if due is None or due.at is None or dossier.due_at is None:
        return dossier.due_at
    if due.at != dossier.due_at:
        turn.data |= {"old_due_at": dossier.due_at.isoformat(), "new_due_at": due.at.isoformat()}
        turn.changes |= {"due_at": due.at, "is_provisional": due.is_provisional}
    return due.at


def end_waits(turn: Turn) -> None:
    """The dossier ends: whatever it waited for is waited for no longer."""
    if turn.dossier.paused_at is None:
        return
    SupplementRequest.objects.filter(dossier=turn.dossier, answered_at=None, ended_at=None).update(
        ended_at=turn.at
    )
    Suspension.objects.filter(dossier=turn.dossier, ended_at=None).update(ended_at=turn.at)
    turn.changes["paused_at"] = None


def _find_steps(turn: Turn) -> list[Task]:
    """Open tasks whose time is the dossier's: another unit that was asked keeps its own deadline."""
    outside = (TaskKind.OPINION, TaskKind.COMPLETE)
    return [task for task in turn.get_open() if task.kind not in outside]


def _shift(
    before: datetime, since: datetime, at: datetime, due_at: datetime | None, calendar: Calendar
) -> datetime:
    """What was late stays late; else the working time that was left, never beyond the dossier's own date."""
    if before <= since:
        return before
    later = add_working_hours(at, working_hours_between(since, before, calendar), calendar)
    return cap_due(later, at, due_at)


def _share(task: Task, at: datetime, due_at: datetime | None, calendar: Calendar) -> datetime:
    if not task.hours:
        return due_at or task.due_at
    return cap_due(add_working_hours(at, task.hours, calendar), at, due_at)
