"""The dossiers behind a figure, within what the reader may see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet, Sum

from motcua.core.paging import Page, go_beyond, page_by
from motcua.dossiers import access as dossiers
from motcua.dossiers.rules.states import ALIVE
from motcua.figures.models import Category, Stay, UnitCount
from motcua.figures.queries.counting import get_rows, is_summed
from motcua.figures.queries.walking import NEWEST, Counted, Stretch, find_ids
from motcua.figures.rules import CHANNELS, Enter, Leave, Measure, Period, add_up
from motcua.figures.rules.counts import NEW
from motcua.figures.rules.stays import PAUSED
from motcua.organisations.rules import Actor

M = Measure
_ENTERS = {M.REOPENED: Enter.REOPENED, M.MOVED_IN: Enter.MOVED_IN, M.REFUSED: Enter.REFUSED}
_LEAVES = {
    M.EARLY: Leave.EARLY, M.ON_TIME: Leave.ON_TIME, M.LATE: Leave.LATE, M.WITHDRAWN: Leave.WITHDRAWN,
    M.STOPPED: Leave.STOPPED, M.MOVED_OUT: Leave.MOVED_OUT,
}  # fmt: skip
_ENDED_WITH = {M.ELECTRONIC: "is_electronic", M.DIGITISED: "is_digitised"}
_CHANNEL_OF = dict(zip(NEW, CHANNELS, strict=True))


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure: which measures of which period, of which units; empty narrows nothing."""

    period: Period
    measures: tuple[Measure, ...]
    agencies: frozenset[int] | None = None
    field_code: str = ""
    procedure_code: str = ""
    channel: str = ""
    is_behalf: bool | None = None


def find_behind(
    actor: Actor,
    cell: Cell,
    *,
    counted: Mapping[Measure, int] | None = None,
    cursor: str | None = None,
    size: int = 50,
) -> Page:
    """The dossiers of a figure that the reader may see, newest first.

    :param counted: `count_each` of the cell, where it is known already
    :raises Refused: the cursor is not one of ours.
    """
    seen = dossiers.visible_to(actor)
    counts = count_each(cell) if counted is None else counted

    def fetch(walk: tuple[str, ...], beyond: list[Any] | None, limit: int) -> list[Any]:
        ids: set[int] = set()
        for measure in filter(counts.get, cell.measures):
            stays = find_stays_of(replace(cell, measures=(measure,)))
            told = Counted(measure, cell.period, stays, counts[measure], cell.agencies is not None)
            ids.update(find_ids(told, seen, Stretch(walk, beyond, limit)))
        return list(go_beyond(seen.filter(pk__in=ids), walk, beyond).order_by(*walk)[:limit])

    return page_by(fetch, seen, order=NEWEST, cursor=cursor, size=size)


def count_each(cell: Cell) -> dict[Measure, int]:
    """How many each measure of a figure counts, seen or not: from the sums where they know it."""
    is_narrow = cell.field_code or cell.procedure_code or cell.channel or cell.is_behalf is not None
    if is_narrow or not is_summed(cell.period):
        return {
            measure: find_stays_of(replace(cell, measures=(measure,))).count() for measure in cell.measures
        }
    counts = add_up(row.counts for row in get_rows(cell.period, cell.agencies, by=()))
    return {measure: counts.get(measure) for measure in cell.measures}


def count_behind(cell: Cell) -> int:
    """How many there are, seen or not: the figure itself."""
    return sum(count_each(cell).values())


_WORST = """
SELECT dossier_id FROM (
    (SELECT dossier_id, left_on - COALESCE(overdue_on, left_on) AS late FROM figures_stay
     WHERE leave = 3 AND left_on BETWEEN %(first)s AND %(last)s {narrowed} ORDER BY late DESC, dossier_id LIMIT %(limit)s)
    UNION ALL
    (SELECT dossier_id, %(last)s::date + 1 - overdue_on FROM figures_stay
     WHERE left_on IS NULL AND overdue_on <= %(last)s AND NOT is_waiting AND enter <> 4 {narrowed}
     ORDER BY overdue_on, dossier_id LIMIT %(limit)s)
    UNION ALL
    (SELECT dossier_id, %(last)s::date + 1 - overdue_on FROM figures_stay
     WHERE left_on > %(last)s AND overdue_on <= %(last)s AND NOT is_waiting AND enter <> 4 {narrowed}
     ORDER BY overdue_on, dossier_id LIMIT %(limit)s)
) AS worst GROUP BY dossier_id ORDER BY max(late) DESC, dossier_id LIMIT %(limit)s
"""


def find_worst(period: Period, agencies: Iterable[int] | None, limit: int) -> list[int]:
    """The dossiers late in a period, finished or not, those late by most days first."""
    told: dict[str, Any] = {"first": period.first_on, "last": period.last_on, "limit": limit}
    narrowed = ""
    if agencies is not None:
        narrowed, told["agencies"] = "AND agency_id = ANY(%(agencies)s)", sorted(agencies)
    with connection.cursor() as cursor:
        cursor.execute(_WORST.format(narrowed=narrowed), told)
        return [row[0] for row in cursor.fetchall()]


def find_stays_of(cell: Cell) -> QuerySet[Stay]:
    """The stays a figure counts."""
    wanted = Q(pk__in=())
    for measure in cell.measures:
        wanted |= _describe(measure, cell.period)
    stays = Stay.objects.filter(wanted)
    if cell.agencies is not None:
        stays = stays.filter(agency_id__in=cell.agencies)
    if cell.field_code or cell.procedure_code or cell.channel or cell.is_behalf is not None:
        stays = stays.filter(category_id__in=_categories(cell).values("id"))
    return stays


def _categories(cell: Cell) -> QuerySet[Category]:
    told = {"field_code": cell.field_code, "procedure_code": cell.procedure_code, "channel": cell.channel}
    found = Category.objects.filter(**{name: value for name, value in told.items() if value})
    return found if cell.is_behalf is None else found.filter(is_behalf=cell.is_behalf)


def _describe(measure: Measure, period: Period) -> Q:
    entered = Q(entered_on__gte=period.first_on, entered_on__lte=period.last_on)
    if measure in _CHANNEL_OF:
        channel = Category.objects.filter(channel=_CHANNEL_OF[measure]).values("id")
        return entered & Q(enter=Enter.NEW, category_id__in=channel)
    if measure == M.NEW_BEHALF:
        return entered & Q(
            enter=Enter.NEW, category_id__in=Category.objects.filter(is_behalf=True).values("id")
        )
    if measure in _ENDED_WITH:
        return Q(**{_ENDED_WITH[measure]: True}, left_on__gte=period.first_on, left_on__lte=period.last_on)
    if measure in _ENTERS:
        return entered & Q(enter=_ENTERS[measure])
    if measure in _LEAVES:
        return Q(leave=_LEAVES[measure], left_on__gte=period.first_on, left_on__lte=period.last_on)
    return ~Q(enter=Enter.REFUSED) & _there(measure, period)


def _there(measure: Measure, period: Period) -> Q:
    if measure == M.CARRIED:
        return Q(entered_on__lt=period.first_on) & (Q(left_on=None) | Q(left_on__gte=period.first_on))
    late = Q(overdue_on__lte=period.last_on)
    if measure == M.PENDING_OVERDUE:
        # Written out in two, so that each finds its narrow index.
        mine = late & Q(entered_on__lte=period.last_on, is_waiting=False)
        return (mine & Q(left_on=None)) | (mine & Q(left_on__gt=period.last_on))
    there = Q(entered_on__lte=period.last_on) & (Q(left_on=None) | Q(left_on__gt=period.last_on))
    if measure == M.WAITING:
        return there & Q(is_waiting=True)
    return there & Q(is_waiting=False) & (Q(overdue_on=None) | ~late)


def find_measures(names: Iterable[str]) -> tuple[Measure, ...]:
    """Measures by their names. :raises ValueError: there is no such measure."""
    return tuple(Measure(name) for name in names)


def find_most_overdue(
    actor: Actor, agencies: Iterable[int] | None, at: datetime, size: int = 6
) -> Sequence[object]:
    """The running dossiers of some units, or all, that are longest past their day, within what the reader may see."""
    running = [state for state in ALIVE if state not in PAUSED]
    late = dossiers.visible_to(actor).filter(finished_at=None, due_at__lt=at, state__in=running)
    if agencies is not None:
        late = late.filter(competent_agency_id__in=list(agencies))
    return tuple(late.order_by("due_at", "pk")[:size])


def find_codes(actor: Actor, ids: Iterable[int]) -> list[str]:
    """Codes of these dossiers, within what the reader may see."""
    return list(
        dossiers.visible_to(actor).filter(pk__in=list(ids)).order_by("code").values_list("code", flat=True)
    )


def count_falling_due(agencies: Iterable[int] | None, on: date, until: date) -> int:
    """Running dossiers that are in time today and will be late by the evening of a day unless they are finished.

    The sums know them: the day a dossier would be late stands in them until it is finished.
    """
    days = UnitCount.objects.filter(day__gt=on, day__lte=until)
    if agencies is not None:
        days = days.filter(agency_id__in=list(agencies))
    return int(days.aggregate(count=Sum("overdue"))["count"] or 0)


def find_late_among(ids: Iterable[int], period: Period) -> set[int]:
    """Which of these dossiers were finished late in a period, or were late on its last evening."""
    late = _describe(M.LATE, period) | (~Q(enter=Enter.REFUSED) & _there(M.PENDING_OVERDUE, period))
    return set(Stay.objects.filter(late, dossier_id__in=list(ids)).values_list("dossier_id", flat=True))
