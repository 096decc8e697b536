"""How figures went from month to month of reports, and how far the counting has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from motcua.figures.models import Cursor

_MONTHS = """
SELECT (date_trunc('month', day - 14) + interval '1 month 13 days')::date AS month, sum(received), sum(early + on_time + late),
       sum(late)
FROM figures_unitcount WHERE day > %(since)s AND day <= %(until)s {narrowed} GROUP BY month ORDER BY month
"""


@dataclass(frozen=True, slots=True)
class Month:
    """What a month of reports, known by its last day, received, resolved, and resolved late."""

    last_on: date
    received: int
    resolved: int
    late: int


def find_trend(since: date, until: date, agencies: Iterable[int] | None = None) -> list[Month]:
    """Months that end after a day, up to another; a month without figures is not there."""
    parameters: dict[str, object] = {"since": since, "until": until}
    narrowed = ""
    if agencies is not None:
        narrowed, parameters["agencies"] = "AND agency_id = ANY(%(agencies)s)", sorted(agencies)
    with connection.cursor() as cursor:
        cursor.execute(_MONTHS.format(narrowed=narrowed), parameters)  # type: ignore[arg-type]
        return [Month(*row) for row in cursor.fetchall()]


def find_counted_at() -> datetime | None:
    """Until when what happened has been counted, as the job last wrote it."""
    return Cursor.objects.values_list("at", flat=True).first()
