"""Adding and measuring working time. Every function searches the calendar's sorted days, so none walks day by day."""

from bisect import bisect_left, bisect_right
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from motcua.core.refusal import Refused
from motcua.worktime.rules.calendar import Calendar, at_seconds, seconds_of, to_local
from motcua.worktime.rules.lines import NEGATIVE_LIMIT

HOUR = 3600


def add_working_days(day: date, amount: int, calendar: Calendar) -> date:
    """The `amount`-th working day after `day` (Civil Code art. 147.2: the day itself is not counted).

    With 0, the day itself when it is a working day, otherwise the next one.
    """
    if amount < 0:
        raise Refused("bad_limit", calendar.say(NEGATIVE_LIMIT))
    calendar.require_year(day.year)
    ordinals = calendar.working_days.ordinals
    search = bisect_right if amount else bisect_left
    place = search(ordinals, day.toordinal()) + max(amount - 1, 0)
    return _day_at(place, day, calendar)


def count_working_days(after: date, until: date, calendar: Calendar) -> int:
    """Working days after `after`, up to and including `until`; 0 when the order is reversed."""
    if until <= after:
        return 0
    calendar.require_years(after.year, until.year)
    ordinals = calendar.working_days.ordinals
    return bisect_right(ordinals, until.toordinal()) - bisect_right(ordinals, after.toordinal())


def add_working_hours(start: datetime, hours: Decimal | int | float, calendar: Calendar) -> datetime:
    """The moment when so many working hours have passed since `start`."""
    return add_working_seconds(start, int(Decimal(str(hours)) * HOUR), calendar)


def add_working_seconds(start: datetime, seconds: int, calendar: Calendar) -> datetime:
    """As above in seconds; time that ends exactly at closing stays there and does not jump to the next opening."""
    if seconds < 0:
        raise Refused("bad_limit", calendar.say(NEGATIVE_LIMIT))
    start = to_local(start)
    if not seconds:
        return next_working_moment(start, calendar)
    target = _seconds_before(start, calendar) + seconds
    table = calendar.working_days
    place = bisect_left(table.seconds_before, target) - 1
    day = _day_at(place, start.date(), calendar)
    return at_seconds(day, _reach(table.hours[place], target - table.seconds_before[place]))


def working_seconds_between(first: datetime, last: datetime, calendar: Calendar) -> int:
    """Working seconds from `first` to `last`; 0 when the order is reversed."""
    if last <= first:
        return 0
    (first_year, since), (last_year, until) = _reckon(first, calendar), _reckon(last, calendar)
    if first_year != last_year:  # each of the two is decided, or it could not be reckoned
        calendar.require_years(first_year, last_year)
    return until - since


@lru_cache(maxsize=1024)
def _reckon(at: datetime, calendar: Calendar) -> tuple[int, int]:
    """The year of a moment, and the working seconds before it: a list asks of one moment, and of few closing hours, for all its lines."""
    local = to_local(at)
    return local.year, _seconds_before(local, calendar)


def working_hours_between(first: datetime, last: datetime, calendar: Calendar) -> Decimal:
    """Working hours from `first` to `last`, exact to the second."""
    return Decimal(working_seconds_between(first, last, calendar)) / HOUR


def next_working_moment(at: datetime, calendar: Calendar) -> datetime:
    """The moment itself inside office hours (closing time included), otherwise the next opening."""
    local = to_local(at)
    place = calendar.index_of(local.date())
    day = _day_at(place, local.date(), calendar)
    if day > local.date():
        return start_of_office_hours(day, calendar)
    seconds = seconds_of(local)
    for start, end in calendar.working_days.hours[place]:
        if seconds <= end:
            return at_seconds(day, max(seconds, start))
    return start_of_next_working_day(local.date(), calendar)


def start_of_next_working_day(day: date, calendar: Calendar) -> datetime:
    return start_of_office_hours(add_working_days(day, 1, calendar), calendar)


def start_of_office_hours(day: date, calendar: Calendar) -> datetime:
    return at_seconds(day, calendar.working_days.hours[calendar.index_of(day)][0][0])


def end_of_office_hours(day: date, calendar: Calendar) -> datetime:
    """Closing time of a working day: a limit in days ends then, not at midnight."""
    return at_seconds(day, calendar.working_days.hours[calendar.index_of(day)][-1][1])


def _day_at(place: int, since: date, calendar: Calendar) -> date:
    """The working day at this place; running past the decided years names the first year that is missing."""
    table = calendar.working_days
    if place >= len(table.ordinals):
        calendar.require_years(since.year, max(calendar.years) + 1)
    day = date.fromordinal(table.ordinals[place])
    if table.gaps:
        calendar.require_years(since.year, day.year)
    return day


def _seconds_before(at: datetime, calendar: Calendar) -> int:
    table = calendar.working_days
    day = at.date()
    place = calendar.index_of(day)
    total = table.seconds_before[place]
    if place < len(table.ordinals) and table.ordinals[place] == day.toordinal():
        seconds = seconds_of(at)
        total += sum(min(seconds, end) - start for start, end in table.hours[place] if seconds > start)
    return total


def _reach(hours: tuple[tuple[int, int], ...], seconds: int) -> int:
    """Seconds since midnight when so much of the day's working time has passed."""
    for start, end in hours:
        if seconds <= end - start:
            return start + seconds
        seconds -= end - start
    return hours[-1][1]
