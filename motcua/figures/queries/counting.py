"""The figures of a period: from the kept sums, or told anew from the stays; both say the same."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

from django.db import connection

from motcua.figures.models import Cursor
from motcua.figures.rules import CHANNELS, Counts, Period
from motcua.figures.rules.counts import NEW

COLUMNS = tuple(field.name for field in fields(Counts))
SHARES = {
    "agency": ("agency_id", "0::bigint"),
    "field": ("k.field_code", "''"),
    "procedure": ("k.procedure_code", "''"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one share; what is not asked apart is 0 or empty."""

    agency_id: int
    field_code: str
    procedure_code: str
    counts: Counts


_NEW_SUMS = ",\n".join(
    f"sum(received) FILTER (WHERE day >= %(first)s AND k.channel = '{channel}') AS {measure}"
    for channel, measure in zip(CHANNELS, NEW, strict=True)
)
_IN_PERIOD = ("reopened", "moved_in", "early", "on_time", "late", "withdrawn", "stopped", "moved_out")
_STOCK = "received + reopened + moved_in - early - on_time - late - withdrawn - stopped - moved_out"
_BY_SUMS = f"""
SELECT {{shares}},
    sum({_STOCK}) FILTER (WHERE day < %(first)s) AS carried, {_NEW_SUMS},
    {", ".join(f"sum({name}) FILTER (WHERE day >= %(first)s) AS {name}" for name in _IN_PERIOD)},
    sum({_STOCK} - overdue - waiting) AS pending_in_time, sum(overdue) AS pending_overdue, sum(waiting) AS waiting,
    sum(refused) FILTER (WHERE day >= %(first)s) AS refused
FROM figures_daycount c JOIN figures_category k ON k.id = c.category_id
WHERE day <= %(last)s {{narrowed}} GROUP BY 1, 2, 3
"""
_ENTERED = "entered_on >= %(first)s"
_LEFT = "left_on >= %(first)s AND left_on <= %(last)s"
_THERE = "enter <> 4 AND (left_on IS NULL OR left_on > %(last)s)"
_NEW_STAYS = ",\n".join(
    f"count(*) FILTER (WHERE {_ENTERED} AND enter = 1 AND k.channel = '{channel}') AS {measure}"
    for channel, measure in zip(CHANNELS, NEW, strict=True)
)
_BY_STAYS = f"""
SELECT {{shares}},
    count(*) FILTER (WHERE enter <> 4 AND entered_on < %(first)s) AS carried, {_NEW_STAYS},
    count(*) FILTER (WHERE {_ENTERED} AND enter = 2) AS reopened, count(*) FILTER (WHERE {_ENTERED} AND enter = 3) AS moved_in,
    count(*) FILTER (WHERE {_LEFT} AND leave = 1) AS early, count(*) FILTER (WHERE {_LEFT} AND leave = 2) AS on_time,
    count(*) FILTER (WHERE {_LEFT} AND leave = 3) AS late, count(*) FILTER (WHERE {_LEFT} AND leave = 4) AS withdrawn,
    count(*) FILTER (WHERE {_LEFT} AND leave = 5) AS stopped, count(*) FILTER (WHERE {_LEFT} AND leave = 6) AS moved_out,
    count(*) FILTER (WHERE {_THERE} AND NOT is_waiting AND NOT COALESCE(overdue_on <= %(last)s, false)) AS pending_in_time,
    count(*) FILTER (WHERE {_THERE} AND NOT is_waiting AND overdue_on <= %(last)s) AS pending_overdue,
    count(*) FILTER (WHERE {_THERE} AND is_waiting) AS waiting,
    count(*) FILTER (WHERE {_ENTERED} AND enter = 4) AS refused
FROM figures_stay c JOIN figures_category k ON k.id = c.category_id
WHERE entered_on <= %(last)s AND (left_on IS NULL OR left_on >= %(first)s) {{narrowed}} GROUP BY 1, 2, 3
"""


def count_by_sums(
    period: Period, agencies: Iterable[int] | None = None, *, by: Iterable[str] = ("agency", "field")
) -> list[Row]:
    """From the kept sums: quick, and right for every period that ends with a month of reports or lies in the last two."""
    return _ask(_BY_SUMS, period, agencies, by)


def recount(
    period: Period, agencies: Iterable[int] | None = None, *, by: Iterable[str] = ("agency", "field")
) -> list[Row]:
    """From the stays one by one: for any days, and the proof of the sums."""
    return _ask(_BY_STAYS, period, agencies, by)


def get_rows(
    period: Period, agencies: Iterable[int] | None = None, *, by: Iterable[str] = ("agency", "field")
) -> list[Row]:
    """From the sums where they know the days asked for, else told anew from the stays."""
    kept_from = Cursor.objects.values_list("compacted_on", flat=True).first()
    is_known = kept_from is not None and all(
        day >= kept_from or day.day == 14 for day in (period.last_on, period.first_on - timedelta(days=1))
    )
    return (count_by_sums if is_known else recount)(period, agencies, by=by)


def _ask(sql: str, period: Period, agencies: Iterable[int] | None, by: Iterable[str]) -> list[Row]:
    """`by`: which of agency, field and procedure are told apart. No agencies named: all."""
    asked = set(by)
    shares = ", ".join(SHARES[name][0 if name in asked else 1] for name in SHARES)
    parameters: dict[str, Any] = {"first": period.first_on, "last": period.last_on}
    narrowed = ""
    if agencies is not None:
        parameters["agencies"] = sorted(agencies)
        narrowed = "AND c.agency_id = ANY(%(agencies)s)"
    with connection.cursor() as cursor:
        cursor.execute(sql.format(shares=shares, narrowed=narrowed), parameters)
        rows = [_make_row(row) for row in cursor.fetchall()]
    return [row for row in rows if not row.counts.is_empty]


def _make_row(row: tuple[Any, ...]) -> Row:
    agency_id, field_code, procedure_code, *values = row
    return Row(agency_id, field_code, procedure_code, Counts(*(int(value or 0) for value in values)))
