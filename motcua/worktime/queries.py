"""What is asked of calendars. The calendar itself is kept in memory, so that counting costs no statement."""

import threading
import time
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache, partial

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.core.wording import gettext, speak
from motcua.worktime import rules
from motcua.worktime.models import (
    CalendarChange,
    CalendarDay,
    CalendarStamp,
    CalendarYear,
    OfficeHours,
    WorkCalendar,
)

SECONDS_BETWEEN_READINGS = 3.0


@dataclass(slots=True)
class _Shelf:
    """Calendars of this process with the stamp they were read under."""

    stamp: uuid.UUID | None = None
    read_at: float = 0.0
    calendars: dict[str, rules.Calendar] = field(default_factory=dict)


_lock = threading.Lock()
_shelf = _Shelf()


def get_calendar(calendar_code: str = "default") -> rules.Calendar:
    """The calendar as a value for :mod:`motcua.worktime.rules`.

    The stamp is read at most every three seconds; between readings this costs no statement, and a change made in
    another process is seen within that time. :raises Refused: no such calendar.
    """
    shelf = _current_shelf()
    kept = shelf.calendars.get(calendar_code)
    if kept is None:
        kept = _load(calendar_code)
        if shelf.stamp is not None:
            shelf.calendars[calendar_code] = kept
    return kept


def forget_calendars() -> None:
    """Drop the copies of this process, after a change it made itself."""
    global _shelf
    with _lock:
        _shelf = _Shelf()


def read_calendar(calendar_code: str) -> rules.Calendar:
    """The calendar as this transaction sees it, read now and not kept: to try a change nobody else may meet."""
    return _load(calendar_code)


def _current_shelf() -> _Shelf:
    global _shelf
    now = time.monotonic()
    shelf = _shelf
    if shelf.stamp is not None and now - shelf.read_at < SECONDS_BETWEEN_READINGS:
        return shelf
    stamp = CalendarStamp.objects.values_list("stamp", flat=True).first()
    with _lock:
        if stamp is None or stamp != _shelf.stamp:
            _shelf = _Shelf(stamp)
        _shelf.read_at = now
        return _shelf


def _load(calendar_code: str) -> rules.Calendar:
    row = get_work_calendar(calendar_code)
    hours = tuple(
        rules.HoursRule(kept.weekday, read_segments(kept.segments), kept.valid_from, kept.valid_to)
        for kept in OfficeHours.objects.filter(calendar=row)
    )
    days = CalendarDay.objects.filter(Q(calendar=None) | Q(calendar=row)).order_by("calendar_id")
    years = {year.year: year.status == CalendarYear.Status.CONFIRMED for year in CalendarYear.objects.all()}
    return rules.Calendar(row.code, row.name, hours, _read_days(days), years, gettext)


def _read_days(days: Iterable[CalendarDay]) -> dict[date, rules.DayRule]:
    """A calendar's own day stands before the country's."""
    found: dict[date, rules.DayRule] = {}
    for day in days:
        if day.calendar_id is not None or day.on not in found:
            kind = rules.DayKind(day.kind)
            found[day.on] = rules.DayRule(kind, day.name, read_segments(day.segments), day.is_provisional)
    return found


def read_segments(kept: Sequence[Sequence[str]]) -> tuple[rules.Segment, ...]:
    """Stored pairs of "HH:MM" as times."""
    return tuple(_read_segment(first, last) for first, last in kept)


@lru_cache(maxsize=200)
def _read_segment(first: str, last: str) -> rules.Segment:
    """A calendar has hundreds of days and a handful of different hours."""
    begin, end = (datetime.strptime(kept, "%H:%M").time() for kept in (first, last))  # noqa: DTZ007
    return begin, end


def get_work_calendar(calendar_code: str) -> WorkCalendar:
    """The calendar of this code. :raises Refused: there is none."""
    row = WorkCalendar.objects.filter(code=calendar_code).first()
    if row is None:
        raise Refused(
            "no_calendar",
            _("Không có lịch làm việc mã %(code)s.") % {"code": calendar_code},
            field="calendar_code",
        )
    return row


def get_calendar_id(calendar_code: str) -> int:
    """Key of a calendar, for the unit version that points at it."""
    return get_work_calendar(calendar_code).pk


def find_calendars() -> QuerySet[WorkCalendar]:
    """All calendars with how many days of their own they have, by name."""
    return WorkCalendar.objects.annotate(own_days=Count("days")).order_by("name", "code")


def find_years() -> QuerySet[CalendarYear]:
    """Years someone has decided, the latest first."""
    return CalendarYear.objects.order_by("-year")


def count_days_by_year() -> list[tuple[CalendarYear, int, int]]:
    """Years with how many days off and how many working rest days the country has in each."""
    counted = (
        CalendarDay.objects.filter(calendar=None)
        .values_list("on__year")
        .annotate(worked=Count("pk", filter=Q(kind="swapped_working")), every=Count("pk"))
    )
    by_year = {year: (every - worked, worked) for year, worked, every in counted}
    return [(row, *by_year.get(row.year, (0, 0))) for row in find_years()]


def get_day(day_id: int) -> CalendarDay:
    """One day that differs. :raises Refused: `not_found`."""
    day = CalendarDay.objects.select_related("calendar").filter(pk=day_id).first()
    if day is None:
        raise Refused("not_found", _("Ngày này không còn trong lịch."))
    return day


def find_own_days(calendar: WorkCalendar) -> list[CalendarDay]:
    """Days only this calendar has, the latest first."""
    return list(CalendarDay.objects.filter(calendar=calendar).order_by("-on"))


def find_days(year: int, calendar_code: str | None = None) -> list[CalendarDay]:
    """Days of a year that differ, of the country and of one calendar, in order."""
    whose = Q(calendar=None) | Q(calendar__code=calendar_code) if calendar_code else Q(calendar=None)
    return list(CalendarDay.objects.filter(whose, on__year=year).select_related("calendar").order_by("on"))


def find_office_hours(calendar: WorkCalendar) -> list[OfficeHours]:
    """All office hours of a calendar, current and past."""
    return list(OfficeHours.objects.filter(calendar=calendar).order_by("weekday", "-valid_from"))


def find_changes(calendar: WorkCalendar | None = None, limit: int = 20) -> list[CalendarChange]:
    """The latest changes, of one calendar and of the country's days."""
    whose = Q(calendar=None) | Q(calendar=calendar) if calendar else Q()
    return list(CalendarChange.objects.filter(whose).select_related("calendar").order_by("-at")[:limit])


def find_unfollowed() -> list[CalendarChange]:
    """Changes after which running promises are still to be counted anew, the first first."""
    waiting = CalendarChange.objects.filter(followed_at=None, first_on__isnull=False)
    return list(waiting.select_related("calendar").order_by("id"))


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """A line of the explanation in the reader's language."""

    kind: str
    text: str
    at: datetime | None
    article: str


def explain(lines: Iterable[rules.Line]) -> tuple[ExplainedLine, ...]:
    """The lines of a due moment as sentences in the active language, for pages and prints."""
    say = speak()
    return tuple(ExplainedLine(line.kind, line.say(say), line.at, line.article) for line in lines)


def say_left(now: datetime, due_at: datetime, calendar: rules.Calendar, language: str | None = None) -> str:
    """Working time left or overdue, in the active language unless another is named."""
    return _say_left(now, due_at, calendar, language or get_language())


@lru_cache(maxsize=2048)
def _say_left(now: datetime, due_at: datetime, calendar: rules.Calendar, language: str) -> str:
    """A list asks fifty times at one moment, and most of what it shows is due at a closing hour it shares."""
    return _say(rules.measure_left(now, due_at, calendar), language)


@lru_cache(maxsize=4096)
def _say(left: rules.Left, language: str) -> str:
    """What is left is said in the same few words from one page to the next."""
    return left.say(partial(gettext, language=language))
