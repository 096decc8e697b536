"""The clock of one dossier while it is being computed: started, stopped, gone on with, restarted, extended."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from motcua.core.refusal import Refused
from motcua.worktime.rules.calendar import Calendar, at_seconds, seconds_of, to_local
from motcua.worktime.rules.counting import (
    HOUR,
    add_working_days,
    add_working_seconds,
    count_working_days,
    end_of_office_hours,
    next_working_moment,
    start_of_office_hours,
    working_seconds_between,
)
from motcua.worktime.rules.limits import CountMode, Limit, LimitUnit, add_months
from motcua.worktime.rules.lines import EARLIER_EXTENSION, Line
from motcua.worktime.rules.starting import StartRule, begin


class ClockEventKind(StrEnum):
    """What may happen to a running limit (pause and resume: Decree 61/2018 art. 19; restart: art. 19.4; extend: 19.9).

    A stage is the second of two appointments: its own limit counts from the moment (land, after the obligation is met).
    """

    PAUSE = "pause"
    RESUME = "resume"
    RESTART = "restart"
    EXTEND = "extend"
    STAGE = "stage"


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """One thing that happened to the clock. `until` closes a pause, or is the new promise of an extension; `amount` is
    the limit of a stage that begins, in the unit of the limit.
    """

    kind: ClockEventKind | str
    at: datetime
    until: datetime | None = None
    reason: str = ""
    amount: Decimal | None = None


@dataclass(slots=True)
class Clock:
    """State of the count: the promise so far, the day before rolling, and since when it stands still."""

    rule: Limit
    start_rule: StartRule
    count_mode: CountMode
    calendar: Calendar
    start_at: datetime = field(init=False)
    due: datetime | None = None
    last_day: date | None = None  # the last day before it rolled over a day off
    paused_at: datetime | None = None
    went_on_at: datetime | None = None  # end of the last pause: two pauses that overlap are given back once
    lines: list[Line] = field(default_factory=list)

    def start(self, received_at: datetime) -> None:
        self.lines.append(Line("received", to_local(received_at)))
        self._count_from(received_at)

    def apply(self, event: ClockEvent) -> None:
        """One event in the order of time; without a limit there is nothing to move."""
        if self.due is not None:
            acts: dict[ClockEventKind, Callable[[ClockEvent], None]] = {
                ClockEventKind.PAUSE: self._pause,
                ClockEventKind.RESUME: self._resume,
                ClockEventKind.RESTART: self._restart,
                ClockEventKind.EXTEND: self._extend,
                ClockEventKind.STAGE: self._begin_stage,
            }
            acts[ClockEventKind(event.kind)](event)

    def _count_from(self, moment: datetime) -> None:
        self.start_at, line = begin(moment, self.start_rule, self.calendar)
        if line:
            self.lines.append(line)
        count = COUNTS.get(self.rule.unit)
        self.due = count(self) if count else None
        if self.due:
            self.lines.append(Line("counted", self.due))

    def _pause(self, event: ClockEvent) -> None:
        assert self.due is not None
        if self.paused_at:
            return
        at = to_local(event.at)
        if at > self.due:
            self.lines.append(Line("paused_late", at))
            return
        self.paused_at = at
        self.lines.append(Line("paused", at, {"reason": _in_brackets(event.reason)}))
        if event.until:
            self._resume(ClockEvent(ClockEventKind.RESUME, max(event.until, event.at)))

    def _resume(self, event: ClockEvent) -> None:
        if not self.paused_at or self.due is None:
            return
        paused_at = max(self.paused_at, self.start_at, self.went_on_at or self.start_at)
        resumed_at = next_working_moment(event.at, self.calendar)
        self.paused_at, self.went_on_at = None, max(resumed_at, paused_at)
        if resumed_at > paused_at:
            self.due = self._shift(self.due, paused_at, resumed_at)
        self.lines.append(Line("resumed", resumed_at, {"due": self.due}))

    def _restart(self, event: ClockEvent) -> None:
        self.paused_at = None
        self.lines.append(Line("restarted", to_local(event.at), {"reason": _in_brackets(event.reason)}))
        self._count_from(event.at)

    def _begin_stage(self, event: ClockEvent) -> None:
        """What passed before, paused or late, is of the stage before; the start rule was for the counter's door."""
        assert event.amount is not None
        self.paused_at, self.last_day = None, None
        self.rule, self.start_rule = Limit.read(event.amount, self.rule.unit), StartRule.DEFAULT
        self.lines.append(Line("stage", to_local(event.at), {"reason": _in_brackets(event.reason)}))
        self._count_from(event.at)

    def _extend(self, event: ClockEvent) -> None:
        assert self.due is not None
        until = to_local(event.until or self.due)
        if until <= self.due:
            raise Refused("extension_not_later", self.calendar.say(EARLIER_EXTENSION), field="until")
        self.due, self.last_day = until, until.date()
        facts = {"due": until, "reason": _in_brackets(event.reason)}
        self.lines.append(Line("extended", to_local(event.at), facts))

    def _shift(self, due: datetime, paused_at: datetime, resumed_at: datetime) -> datetime:
        """What was left when the clock stopped, counted again from when it went on."""
        if self.rule.unit == LimitUnit.WORKING_HOUR or not self._is_in_days:
            left = working_seconds_between(paused_at, due, self.calendar)
            return add_working_seconds(resumed_at, left, self.calendar)
        if self.last_day is not None and self.rule.unit in (LimitUnit.CALENDAR_DAY, LimitUnit.MONTH):
            left_days = max((self.last_day - paused_at.date()).days, 0)
            return self._roll(resumed_at.date() + timedelta(days=left_days))
        left = count_working_days(paused_at.date(), due.date(), self.calendar)
        day = add_working_days(resumed_at.date(), left, self.calendar)
        return self._moment_on(day, due)

    @property
    def _is_in_days(self) -> bool:
        return self.rule.unit != LimitUnit.WORKING_DAY or self.rule.is_whole

    def _moment_on(self, day: date, like: datetime) -> datetime:
        """Closing time of the day or, when the hour is kept, that hour within the office hours of the day."""
        if self.count_mode is not CountMode.HOUR_PRESERVING or self.rule.unit != LimitUnit.WORKING_DAY:
            return end_of_office_hours(day, self.calendar)
        kept = at_seconds(day, seconds_of(like))
        kept = max(kept, start_of_office_hours(day, self.calendar))
        return min(next_working_moment(kept, self.calendar), end_of_office_hours(day, self.calendar))

    def _roll(self, day: date) -> datetime:
        """Civil Code art. 148.5: a last day that is a day off ends with the next working day."""
        self.last_day = day
        following = add_working_days(day, 0, self.calendar)
        if following != day:
            self.lines.append(Line("rolled", None, {"day": day, "next": following}))
        return end_of_office_hours(following, self.calendar)


def _count_working_hours(clock: Clock) -> datetime:
    clock.lines.append(Line("limit_working_hour", None, {"amount": clock.rule.spoken}))
    seconds = int(Decimal(str(clock.rule.amount)) * HOUR)
    return add_working_seconds(clock.start_at, seconds, clock.calendar)


def _count_working_days(clock: Clock) -> datetime:
    if not clock.rule.is_whole:
        return _count_parts_of_days(clock)
    day = clock.start_at.date()
    kept = clock.count_mode is CountMode.HOUR_PRESERVING
    kind = "limit_working_day_hour" if kept else "limit_working_day"
    clock.lines.append(Line(kind, None, {"amount": clock.rule.spoken, "day": day}))
    last = add_working_days(day, int(clock.rule.amount), clock.calendar)
    return clock._moment_on(last, clock.start_at)


def _count_parts_of_days(clock: Clock) -> datetime:
    clock.lines.append(Line("limit_working_day_part", None, {"amount": clock.rule.spoken}))
    seconds = int(Decimal(str(clock.rule.amount)) * clock.calendar.day_seconds)
    return add_working_seconds(clock.start_at, seconds, clock.calendar)


def _count_calendar_days(clock: Clock) -> datetime:
    day = clock.start_at.date()
    clock.lines.append(Line("limit_calendar_day", None, {"amount": clock.rule.spoken, "day": day}))
    return clock._roll(day + timedelta(days=clock.rule.whole))


def _count_months(clock: Clock) -> datetime:
    day = clock.start_at.date()
    clock.lines.append(Line("limit_month", None, {"amount": clock.rule.spoken, "day": day}))
    last, is_shortened = add_months(day, clock.rule.amount)
    if is_shortened:
        clock.lines.append(Line("month_end", None, {"number": day.day, "day": last}))
    return clock._roll(last)


def _count_same_day(clock: Clock) -> datetime:
    day = clock.start_at.date()
    clock.lines.append(Line("limit_same_day", None, {"day": day}))
    return end_of_office_hours(day, clock.calendar)


def _in_brackets(reason: str) -> str:
    return f" ({reason})" if reason else ""


COUNTS: dict[LimitUnit, Callable[[Clock], datetime]] = {
    LimitUnit.WORKING_HOUR: _count_working_hours,
    LimitUnit.WORKING_DAY: _count_working_days,
    LimitUnit.CALENDAR_DAY: _count_calendar_days,
    LimitUnit.MONTH: _count_months,
    LimitUnit.SAME_DAY: _count_same_day,
}
