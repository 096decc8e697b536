"""Closed periods as they were closed, and what has come to them since."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from motcua.figures.models import ClosedCount, ClosedPeriod
from motcua.figures.models.closed import FIGURES
from motcua.figures.queries.counting import get_rows
from motcua.figures.rules import Counts, Period


@dataclass(frozen=True, slots=True)
class ClosedRow:
    """Figures of a unit as closed, by level and field."""

    level: str
    field_code: str
    counts: Counts


def find_closed(period: Period) -> ClosedPeriod | None:
    """The period as closed, if it was."""
    return ClosedPeriod.objects.filter(first_on=period.first_on, last_on=period.last_on).first()


def find_all_closed() -> QuerySet[ClosedPeriod]:
    """Every closed period, the latest first."""
    return ClosedPeriod.objects.order_by("-last_on", "first_on")


def get_closed_rows(closed: ClosedPeriod, unit_id: int) -> list[ClosedRow]:
    """What was closed for a unit, its own and what is below it together."""
    rows = ClosedCount.objects.filter(period=closed, unit_id=unit_id, is_own=False).order_by(
        "level", "field_code"
    )
    return [
        ClosedRow(level, field_code, Counts(*values))
        for level, field_code, *values in rows.values_list("level", "field_code", *FIGURES)
    ]


_ARRIVED = """
SELECT DISTINCT e.dossier_id FROM dossiers_event e
WHERE e.xact_id >= %(xact_id)s AND e.at < (%(last)s::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
ORDER BY 1 LIMIT %(limit)s
"""


def find_late_arrivals(closed: ClosedPeriod, limit: int = 200) -> list[int]:
    """Dossiers with an event of the period, or from before it, that was written after the closing."""
    with connection.cursor() as cursor:
        cursor.execute(_ARRIVED, {"xact_id": closed.xact_id, "last": closed.last_on, "limit": limit})
        return [row[0] for row in cursor.fetchall()]


def get_own_fields(period: Period, unit_ids: Iterable[int]) -> dict[int, dict[str, Counts]]:
    """The figures of each unit's own dossiers by field: as closed, where the period is closed, else as counted now."""
    wanted = list(unit_ids)
    closed = find_closed(period)
    told: dict[int, dict[str, Counts]] = {}
    if closed is None:
        for row in get_rows(period, wanted, by=("agency", "field")):
            told.setdefault(row.agency_id, {})[row.field_code] = row.counts
        return told
    kept = ClosedCount.objects.filter(period=closed, unit_id__in=wanted, is_own=True)
    for unit_id, field_code, *values in kept.values_list("unit_id", "field_code", *FIGURES):
        told.setdefault(unit_id, {})[field_code] = Counts(*values)
    return told
