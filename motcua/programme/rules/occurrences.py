"""One occurrence for each period in which a task is to be done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.programme.rules.deadline import Deadline, EachPeriod, Kind, Period, Window
from motcua.programme.rules.moments import get_month_end

_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.NINE_MONTHS: 9, Period.YEAR: 12}
_EVEN = {1: Period.YEAR, 2: Period.HALF_YEAR, 4: Period.QUARTER, 12: Period.MONTH}
# A report of nine months is due once; the twelve months of a year hold no second.
_ONCE = {Period.NINE_MONTHS, Period.YEAR}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Something to be done in its period.

    :param first: the day it opens
    :param due: the last day on which it is in time; None when only evidence is asked for
    :param review_by: for tasks without an end: by when evidence is looked for
    """

    first: date
    due: date | None
    review_by: date | None = None


def list_occurrences(deadline: Deadline, year: int, review: Period = Period.QUARTER) -> list[Occurrence]:
    """The occurrences of a year. Tasks that wait for an event or a document have none until it comes.

    A task without end is never late, but evidence is looked for once in each `review` period. Two periods that end on
    one day (the fourth quarter and the year) are one occurrence.
    """
    if deadline.kind is None or deadline.kind in {Kind.ON_EVENT, Kind.BY_DOCUMENT, Kind.AT_ONCE}:
        return []
    if deadline.kind in {Kind.DAYS_AFTER, Kind.DAYS_BEFORE}:
        return []
    if deadline.kind is Kind.CONTINUOUS:
        return [Occurrence(w.first, None, w.last) for w in _cut(year, review) if w.first and w.last]
    found = _keep_within(deadline, list(_of_rhythm(deadline, year)))
    if not found or deadline.kind is Kind.MIXED:
        found += _of_windows(deadline, year)
    by_due = {o.due: o for o in sorted(found, key=lambda o: o.first)}
    return sorted(by_due.values(), key=lambda o: (o.due or o.first, o.first))


def _keep_within(deadline: Deadline, found: list[Occurrence]) -> list[Occurrence]:
    """`Hàng tháng từ tháng 3 đến tháng 12`: only the periods of that stretch, where any lie in it."""
    if deadline.kind not in {Kind.EACH_PERIOD, Kind.EACH_PERIOD_BY_DAY} or len(deadline.windows) != 1:
        return found
    within = deadline.windows[0]
    kept = [
        o
        for o in found
        if (within.first is None or o.first >= within.first)
        and (within.last is None or o.first <= within.last)
    ]
    return kept or found


def _cut(year: int, period: Period) -> Iterator[Window]:
    """A year cut into months, quarters or halves."""
    length = _MONTHS[period]
    last_start = 1 if period in _ONCE else 13 - length
    for month in range(1, last_start + 1, length):
        yield Window(date(year, month, 1), get_month_end(year, month + length - 1))


def _of_rhythm(deadline: Deadline, year: int) -> Iterator[Occurrence]:
    if deadline.times_a_year:
        yield from _equal_parts(deadline, year)
    for each in deadline.rhythm:
        if each.period is Period.WEEK:
            yield from _weeks(year)
        else:
            yield from _periods(each, year)


def _equal_parts(deadline: Deadline, year: int) -> Iterator[Occurrence]:
    """`02 lần/năm` with two months named is due in these; else the year is cut into equal parts."""
    assert deadline.times_a_year is not None
    if len(deadline.windows) == deadline.times_a_year:
        yield from (Occurrence(w.first or date(year, 1, 1), w.last) for w in deadline.windows if w.last)
        return
    if deadline.times_a_year in _EVEN:
        yield from _periods(EachPeriod(_EVEN[deadline.times_a_year]), year)
        return
    days = (date(year, 12, 31) - date(year, 1, 1)).days + 1
    edges = [
        date(year, 1, 1) + timedelta(days=days * n // deadline.times_a_year)
        for n in range(deadline.times_a_year + 1)
    ]
    for first, following in zip(edges, edges[1:], strict=False):
        yield Occurrence(first, following - timedelta(days=1))


def _weeks(year: int) -> Iterator[Occurrence]:
    """Weeks from Monday to Sunday that begin in the year."""
    monday = date(year, 1, 1) + timedelta(days=-date(year, 1, 1).weekday() % 7)
    while monday.year == year:
        yield Occurrence(monday, monday + timedelta(days=6))
        monday += timedelta(days=7)


def _periods(each: EachPeriod, year: int) -> Iterator[Occurrence]:
    for order, window in enumerate(_cut(year, each.period), start=1):
        if each.quarters and order not in each.quarters:
            continue
        assert window.first is not None and window.last is not None
        yield Occurrence(window.first, _due_in(each, window.last))


def _due_in(each: EachPeriod, last: date) -> date:
    """The day said of the last month, of the month after, or of a month named; else the period's end."""
    if each.day is None:
        return last
    month, year = each.month or last.month, last.year
    if each.following:
        month, year = (1, year + 1) if month == 12 else (month + 1, year)
    return min(get_month_end(year, month), date(year, month, 1) + timedelta(days=each.day - 1))


def _of_windows(deadline: Deadline, year: int) -> list[Occurrence]:
    """Windows that touch are one; windows to choose from are one, due with the last."""
    windows = [w for w in deadline.windows if w.last]
    if not windows:
        return [_from_then_on(w.first, year) for w in deadline.windows if w.first]
    if deadline.alternatives:
        windows = [Window(deadline.first, deadline.last)]
    made: list[Occurrence] = []
    for window in _join(windows):
        assert window.last is not None
        first = window.first or date(min(year, window.last.year), 1, 1)
        made.append(Occurrence(min(first, window.last), _last_day(deadline, window.last)))
    return made


def _from_then_on(first: date, year: int) -> Occurrence:
    """`Từ 01/7`: never late; evidence is looked for at the year's end."""
    return Occurrence(first, None, max(first, date(year, 12, 31)))


def _join(windows: list[Window]) -> list[Window]:
    joined: list[Window] = []
    for window in windows:
        before = joined[-1] if joined else None
        if before and before.last and window.first == before.last + timedelta(days=1):
            joined[-1] = Window(before.first, window.last)
        else:
            joined.append(window)
    return joined


def _last_day(deadline: Deadline, last: date) -> date:
    """`Trước ngày 05/9` is done on the 4th at the latest."""
    return last - timedelta(days=1) if deadline.strict else last
