"""Where a time limit ends, and why: one pure function of the start, the limit, the events and the calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from motcua.core.refusal import Refused
from motcua.worktime.rules.calendar import Calendar, DayKind, DayRule
from motcua.worktime.rules.clock import Clock, ClockEvent
from motcua.worktime.rules.limits import Amount, CountMode, Limit, LimitUnit
from motcua.worktime.rules.lines import NEGATIVE_LIMIT, Line
from motcua.worktime.rules.starting import StartRule

COUNTED_UNITS = frozenset({LimitUnit.WORKING_HOUR, LimitUnit.WORKING_DAY})


@dataclass(frozen=True, slots=True)
class Due:
    """The moment a result is promised for, with its explanation; `at` is None when the law sets no limit.

    While the clock is stopped `at` is what was promised when it stopped, and `is_paused` says that it will move.
    """

    at: datetime | None
    lines: tuple[Line, ...]
    is_provisional: bool = False
    is_paused: bool = False
    start_at: datetime | None = None


def compute_due(
    start_at: datetime,
    limit: Amount | None,
    limit_unit: LimitUnit | str,
    start_rule: StartRule | str,
    events: Sequence[ClockEvent],
    calendar: Calendar,
    count_mode: CountMode | str = CountMode.EXCLUDE_FIRST_DAY,
) -> Due:
    """When the result is due and why (Civil Code art. 147–148; the procedure's own unit and start rule).

    The same arguments always give the same answer. :raises Refused: `no_calendar` names the undecided year.
    """
    if limit is not None and limit < 0:
        raise Refused("bad_limit", calendar.say(NEGATIVE_LIMIT))
    rule = Limit.read(limit, limit_unit)
    clock = Clock(rule, StartRule(start_rule), CountMode(count_mode), calendar)
    clock.start(start_at)
    for event in sorted(events, key=lambda event: event.at):
        clock.apply(event)
    if clock.due is None:
        return Due(None, (*clock.lines, Line("limit_none", None)), start_at=clock.start_at)
    return _explain(clock, clock.due, calendar)


def _explain(clock: Clock, due: datetime, calendar: Calendar) -> Due:
    first, last = clock.start_at.date(), due.date()
    lines = clock.lines
    if clock.rule.unit in COUNTED_UNITS:
        lines += _explain_days(calendar.exceptions_between(first, last))
    if is_provisional := calendar.is_provisional_between(first, last):
        lines.append(Line("provisional", None, {"year": last.year}))
    if clock.paused_at:
        lines.append(Line("still_paused", clock.paused_at))
    lines.append(Line("due", due))
    return Due(due, tuple(lines), is_provisional, clock.paused_at is not None, clock.start_at)


def _explain_days(exceptions: list[tuple[date, DayRule]]) -> list[Line]:
    """Which days on the way were left out or counted against their weekday."""
    worked = tuple((day, "") for day, rule in exceptions if rule.kind == DayKind.SWAPPED_WORKING)
    halves = tuple((day, "") for day, rule in exceptions if rule.kind == DayKind.HALF_DAY)
    off = tuple(
        (day, rule.name)
        for day, rule in exceptions
        if rule.kind not in (DayKind.SWAPPED_WORKING, DayKind.HALF_DAY) and day.weekday() < 5
    )
    named = (("days_off", off), ("days_worked", worked), ("half_days", halves))
    return [Line(kind, None, {"days": days}) for kind, days in named if days]
