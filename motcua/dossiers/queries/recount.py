"""Which running promises a change of the calendar moves: counted anew from the events, nothing changed here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import QuerySet

from motcua.core.refusal import Refused
from motcua.dossiers.models import Dossier, Event
from motcua.dossiers.queries.clock import recompute_due
from motcua.worktime.rules import ZONE, Calendar, LimitUnit

CHUNK = 500
ReadCalendar = Callable[[str], Calendar]


@dataclass(frozen=True, slots=True)
class Moved:
    """A dossier whose promise is another now. `new_due_at` None: the calendar cannot say, `fault` names why."""

    dossier: Dossier
    new_due_at: datetime | None
    is_provisional: bool
    fault: str = ""

    @property
    def is_later(self) -> bool:
        """Whether the applicant has to wait longer."""
        return bool(self.new_due_at and self.dossier.due_at and self.new_due_at > self.dossier.due_at)

    @property
    def is_same_moment(self) -> bool:
        """Whether only the mark of a provisional calendar changes."""
        return self.new_due_at == self.dossier.due_at


def find_moved(
    calendar_code: str, first_on: date, read_calendar: ReadCalendar, *, most: int | None = None
) -> Iterator[Moved]:
    """Running dossiers that a calendar counting otherwise from `first_on` on gives another promise.

    A promise that ends before that day has met no day that changed. An empty code is every calendar.

    :param most: look at no more dossiers than this
    """
    calendars: dict[str, Calendar] = {}
    running = _find_running(calendar_code, first_on).order_by("due_at", "pk")
    for ids in _chunks(list(running.values_list("pk", flat=True)[:most])):
        dossiers = Dossier.objects.filter(pk__in=ids).order_by("due_at", "pk")
        yield from _compare(list(dossiers), calendars, read_calendar)


def count_concerned(calendar_code: str, first_on: date) -> int:
    """How many running promises a calendar counting otherwise from this day on may move."""
    return _find_running(calendar_code, first_on).count()


def _find_running(calendar_code: str, first_on: date) -> QuerySet[Dossier]:
    running = Dossier.objects.filter(
        finished_at=None, due_at__gte=datetime.combine(first_on, time.min, ZONE)
    ).exclude(limit_unit=LimitUnit.NONE)
    return running.filter(calendar_code=calendar_code) if calendar_code else running


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    yield from (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


def _compare(
    dossiers: list[Dossier], calendars: dict[str, Calendar], read_calendar: ReadCalendar
) -> Iterator[Moved]:
    events = _find_clock_events(dossiers)
    for dossier in dossiers:
        code = dossier.calendar_code
        if code not in calendars:
            calendars[code] = read_calendar(code)
        if moved := count_anew(dossier, events.get(dossier.pk, []), calendars[code]):
            yield moved


def count_anew(dossier: Dossier, events: list[Event], calendar: Calendar) -> Moved | None:
    """The promise as events and calendar now give it, when that is not what the row says."""
    try:
        due = recompute_due(dossier, events, calendar)
    except Refused as no:
        return Moved(dossier, None, dossier.is_provisional, no.code)
    if due is None or (due.at == dossier.due_at and due.is_provisional == dossier.is_provisional):
        return None
    return Moved(dossier, due.at, due.is_provisional)


def _find_clock_events(dossiers: list[Dossier]) -> dict[int, list[Event]]:
    """The events that stopped or extended these clocks; months before the first was received are not looked at."""
    if not dossiers:
        return {}
    told = Event.objects.filter(
        dossier_id__in=[d.pk for d in dossiers],
        at__gte=min(d.received_at for d in dossiers),
        data__has_key="clock",
    )
    found: dict[int, list[Event]] = {}
    for event in told.order_by("revision"):
        found.setdefault(event.dossier_id, []).append(event)
    return found
