"""A unit's calendar as a value: its office hours, the days that differ, and the years anyone has decided."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from motcua.core.refusal import Refused
from motcua.worktime.rules.lines import MISSING_YEAR

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
Segment = tuple[time, time]
Seconds = tuple[int, int]
UsualHours = tuple[int, int, tuple[Seconds, ...]]  # first day, the first day no longer, hours


class DayKind(StrEnum):
    """Why a day differs from its weekday."""

    STATUTORY = "statutory"  # Labour Code art. 112.1
    COMPENSATORY = "compensatory"  # art. 111.3: a holiday on a weekly rest day is made up for
    SWAPPED_OFF = "swapped_off"
    SWAPPED_WORKING = "swapped_working"
    LOCAL_OFF = "local_off"
    HALF_DAY = "half_day"


DAYS_OFF = frozenset({DayKind.STATUTORY, DayKind.COMPENSATORY, DayKind.SWAPPED_OFF, DayKind.LOCAL_OFF})


@dataclass(frozen=True, slots=True)
class HoursRule:
    """Office hours of one weekday (Monday is 0) while they hold; `valid_to` is the first day they no longer do."""

    weekday: int
    segments: tuple[Segment, ...]
    valid_from: date
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class DayRule:
    """One day that differs: a holiday, a swapped Saturday, a half day. Segments, when given, are its hours."""

    kind: DayKind
    name: str
    segments: tuple[Segment, ...] = ()
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Every working day of the decided years in order, with the working time before each: searched by halving."""

    ordinals: list[int]
    hours: list[tuple[Seconds, ...]]
    seconds_before: list[int]  # one longer than `ordinals`: the last is the whole
    gaps: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Calendar:
    """What counts as working time in one unit. Nothing is guessed: a year nobody decided is refused."""

    code: str
    name: str
    hours: tuple[HoursRule, ...]
    days: Mapping[date, DayRule]
    years: Mapping[int, bool]  # year → confirmed; a year that is absent is undecided
    say: Callable[[str], str] = str  # puts a refusal into the reader's language (gettext, when there is one)

    def segments(self, day: date) -> tuple[Segment, ...]:
        """Office hours of a day, empty on a day off."""
        self.require_year(day.year)
        rule = self.days.get(day)
        if rule is None:
            return self._usual(day, day.weekday())
        if rule.kind in DAYS_OFF:
            return ()
        if rule.segments:
            return rule.segments
        usual = self._usual(day, day.weekday()) or self._usual(day, 0)
        return usual[:1] if rule.kind == DayKind.HALF_DAY else usual

    def is_working_day(self, day: date) -> bool:
        """A half day is a working day: it is counted whole and ends when its office hours end."""
        return bool(self.segments(day))

    def require_year(self, year: int) -> None:
        if year not in self.years:
            raise Refused("no_calendar", self.say(MISSING_YEAR).format(year=year, calendar=self.name))

    def require_years(self, first: int, last: int) -> None:
        for year in range(first, last + 1):
            if year not in self.years:
                self.require_year(year)

    @cached_property
    def provisional_from(self) -> date | None:
        provisional = [year for year, is_confirmed in self.years.items() if not is_confirmed]
        return date(min(provisional), 1, 1) if provisional else None

    def is_provisional_between(self, first: date, last: date) -> bool:
        """Whether a count over these days rests on anything not yet official."""
        if self.provisional_from and last >= self.provisional_from:
            return True
        return any(rule.is_provisional for _day, rule in self.exceptions_between(first, last))

    def exceptions_between(self, first: date, last: date) -> list[tuple[date, DayRule]]:
        """Days that differ after `first`, up to and including `last`."""
        days = self._exception_days
        return [(day, self.days[day]) for day in days[bisect_right(days, first) : bisect_right(days, last)]]

    @cached_property
    def day_seconds(self) -> int:
        """Length of an ordinary working day: the longest usual one."""
        lengths = [sum(end - start for start, end in _in_seconds(rule.segments)) for rule in self.hours]
        return max(lengths, default=0)

    @cached_property
    def working_days(self) -> WorkingDays:
        ordinals, hours, before, total = [], [], [0], 0
        for ordinal, segments in self._decided_days():
            if segments:
                ordinals.append(ordinal)
                hours.append(segments)
                total += sum(end - start for start, end in segments)
                before.append(total)
        return WorkingDays(ordinals, hours, before, self._gaps())

    @cached_property
    def _exception_days(self) -> list[date]:
        return sorted(self.days)

    @cached_property
    def _by_weekday(self) -> tuple[tuple[HoursRule, ...], ...]:
        return tuple(tuple(rule for rule in self.hours if rule.weekday == weekday) for weekday in range(7))

    def _usual(self, day: date, weekday: int) -> tuple[Segment, ...]:
        for rule in self._by_weekday[weekday]:
            if rule.holds_on(day):
                return rule.segments
        return ()

    def _decided_days(self) -> Iterator[tuple[int, tuple[Seconds, ...]]]:
        """Every day of the decided years as its ordinal, with its hours as :meth:`segments` says them.

        Four thousand days for each calendar that is read anew: only those that differ are asked one by one.
        """
        differing = {
            day.toordinal(): _in_seconds(self.segments(day)) for day in self.days if day.year in self.years
        }
        usual = tuple(tuple(map(_as_ordinals, rules)) for rules in self._by_weekday)
        for year in sorted(self.years):
            for ordinal in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1):
                hours = differing.get(ordinal)
                yield ordinal, _find_usual(usual[(ordinal - 1) % 7], ordinal) if hours is None else hours

    def _gaps(self) -> tuple[int, ...]:
        if not self.years:
            return ()
        return tuple(year for year in range(min(self.years), max(self.years)) if year not in self.years)

    def index_of(self, day: date) -> int:
        """Place of a day among the working days: of the day itself, or of the next working day."""
        self.require_year(day.year)
        return bisect_left(self.working_days.ordinals, day.toordinal())


def to_local(at: datetime) -> datetime:
    """The same moment on the wall clock of Vietnam, to the second."""
    return at.astimezone(ZONE).replace(microsecond=0)


def at_seconds(day: date, seconds: int) -> datetime:
    """A wall-clock moment from a day and the seconds since its midnight."""
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return datetime(day.year, day.month, day.day, hours, minutes, seconds, tzinfo=ZONE)


def seconds_of(at: datetime) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second


def _as_ordinals(rule: HoursRule) -> UsualHours:
    end = date.max.toordinal() + 1 if rule.valid_to is None else rule.valid_to.toordinal()
    return rule.valid_from.toordinal(), end, _in_seconds(rule.segments)


def _find_usual(rules: tuple[UsualHours, ...], ordinal: int) -> tuple[Seconds, ...]:
    for first, end, hours in rules:
        if first <= ordinal < end:
            return hours
    return ()


def _in_seconds(segments: tuple[Segment, ...]) -> tuple[Seconds, ...]:
    return tuple((_since_midnight(start), _since_midnight(end)) for start, end in segments)


def _since_midnight(moment: time) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second
