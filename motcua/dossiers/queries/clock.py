"""The clock of a dossier with its explanation, as pages and prints show it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from motcua.catalogue.queries import IntakeSheet
from motcua.core.clock import ClockView
from motcua.core.refusal import Refused
from motcua.core.wording import gettext as _
from motcua.core.writing import moment
from motcua.dossiers.models import Dossier, Event
from motcua.dossiers.queries.competence import find_competent
from motcua.dossiers.queries.history import find_events, make_happenings
from motcua.dossiers.rules.clock import find_clock_events, find_pauses
from motcua.dossiers.rules.states import State
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor
from motcua.worktime import queries as worktime
from motcua.worktime.queries import ExplainedLine
from motcua.worktime.rules import (
    Calendar,
    ClockEvent,
    Due,
    LimitUnit,
    compute_due,
    count_working_days,
    judge,
)

BROKEN_OFF = frozenset({State.WITHDRAWN, State.STOPPED})
FindCalendar = Callable[[str], Calendar]


def recompute_due(
    dossier: Dossier, events: Sequence[Event] | None = None, calendar: Calendar | None = None
) -> Due | None:
    """The due moment told anew from the events; None when it was agreed and nothing moved it since."""
    told = find_events(dossier) if events is None else events
    return count_due(dossier, find_clock_events(make_happenings(told), say=_), calendar)


def count_due(dossier: Dossier, clock: Sequence[ClockEvent], calendar: Calendar | None = None) -> Due | None:
    """The due moment under what happened to the clock. An agreed one is a limit of the days that were agreed."""
    calendar = calendar or worktime.get_calendar(dossier.calendar_code)
    amount, unit = dossier.limit_amount, dossier.limit_unit
    if unit == LimitUnit.NONE:
        if not clock or dossier.original_due_at is None:
            return None
        first, last = timezone.localdate(dossier.received_at), timezone.localdate(dossier.original_due_at)
        amount, unit = Decimal(count_working_days(first, last, calendar)), LimitUnit.WORKING_DAY
    return compute_due(dossier.received_at, amount, unit, dossier.start_rule, clock, calendar)


def explain_clock(dossier: Dossier, now: datetime, events: Sequence[Event] | None = None) -> ClockView:
    """How far, until when and why, line by line. Events are read only when something happened to the clock."""
    if dossier.due_at is None:
        return ClockView(
            received_at=dossier.received_at, due_at=None, now=now, finished_at=dossier.finished_at
        )
    was_moved = dossier.turns or dossier.due_at != dossier.original_due_at
    told = (find_events(dossier) if events is None else events) if was_moved else ()
    due = recompute_due(dossier, told)
    lines = worktime.explain(due.lines) + _explain_kept(dossier, due) if due else _explain_agreed(dossier)
    return _view(dossier, now, lines, find_pauses(find_clock_events(make_happenings(told))))


def explain_first_promise(dossier: Dossier) -> tuple[ExplainedLine, ...]:
    """Why the promise on the receipt is what it is, before anything moved it; nothing when the calendar has changed since."""
    due = count_due(dossier, ())
    return worktime.explain(due.lines) if due and due.at == dossier.original_due_at else ()


def brief_clock(dossier: Dossier, now: datetime) -> ClockView:
    """The same without the explanation, for rows of lists."""
    since = dossier.paused_at
    return _view(dossier, now, (), ((since, None),) if since else ())


def _view(
    dossier: Dossier,
    now: datetime,
    lines: tuple[ExplainedLine, ...],
    pauses: tuple[tuple[datetime, datetime | None], ...],
) -> ClockView:
    """A clock that stands still shows the moment it stopped: what passes since then makes nobody late."""
    now = dossier.paused_at or now
    clock = make_clock(
        dossier.received_at,
        dossier.due_at,
        dossier.finished_at,
        calendar_code=dossier.calendar_code,
        limit_unit=dossier.limit_unit,
        lines=lines,
        pauses=pauses,
        is_provisional=dossier.is_provisional,
        now=now,
    )
    return clock._replace(is_broken_off=dossier.state in BROKEN_OFF)


def make_clock(
    received_at: datetime,
    due_at: datetime | None,
    finished_at: datetime | None,
    *,
    calendar_code: str,
    limit_unit: str,
    lines: tuple[ExplainedLine, ...] = (),
    pauses: tuple[tuple[datetime, datetime | None], ...] = (),
    is_provisional: bool = False,
    now: datetime,
    language: str | None = None,
    find_calendar: FindCalendar = worktime.get_calendar,
) -> ClockView:
    """A clock from its moments; the words of what is left count working time of the unit's calendar.

    :param find_calendar: a list keeps the calendars of its lines, which are few
    """
    left = ""
    if due_at is not None and finished_at is None:
        left = worktime.say_left(now, due_at, find_calendar(calendar_code), language)
    return ClockView(
        received_at=received_at,
        due_at=due_at,
        now=now,
        finished_at=finished_at,
        judgement=str(judge(finished_at, due_at, limit_unit, now)) if finished_at else "",
        text=left,
        lines=lines,
        pauses=pauses,
        is_provisional=is_provisional,
    )


def _explain_kept(dossier: Dossier, due: Due) -> tuple[ExplainedLine, ...]:
    """A calendar that changed moves running promises only, and those a moment later: the line says which date counts."""
    if due.at == dossier.due_at:
        return ()
    said = (
        _("Lịch làm việc thay đổi sau khi hồ sơ kết thúc; ngày hẹn giữ như đã báo: %(at)s.")
        if dossier.finished_at
        else _("Lịch làm việc vừa thay đổi, ngày hẹn đang được tính lại; ngày đã báo: %(at)s.")
    )
    return (ExplainedLine("kept", said % {"at": moment(dossier.due_at)}, dossier.due_at, ""),)


def _explain_agreed(dossier: Dossier) -> tuple[ExplainedLine, ...]:
    received = _("Nhận hồ sơ lúc %(at)s.") % {"at": moment(dossier.received_at)}
    agreed = _("Thủ tục không quy định thời hạn; ngày hẹn thống nhất khi tiếp nhận: %(at)s.") % {
        "at": moment(dossier.due_at)
    }
    return (
        ExplainedLine("received", received, dossier.received_at, ""),
        ExplainedLine("agreed", agreed, dossier.due_at, ""),
    )


def preview_due(
    actor: Actor, sheet: IntakeSheet, competent_agency_id: int | None = None, *, at: datetime
) -> ClockView | None:
    """What the promise would be if received now; None when the procedure states no limit or no agency is chosen yet."""
    if sheet.no_deadline:
        return None
    on = timezone.localdate(at)
    try:
        agency_id = find_competent(actor, sheet, competent_agency_id, on).id
    except Refused:
        agency_id = actor.agency_id
    calendar = worktime.get_calendar(organisations.get_calendar_code(agency_id, on))
    due = compute_due(at, sheet.limit.amount, sheet.limit.unit, sheet.start_rule, (), calendar)
    return ClockView(
        received_at=at,
        due_at=due.at,
        now=at,
        lines=worktime.explain(due.lines),
        is_provisional=due.is_provisional,
    )
