"""Which procedures a unit received dossiers of, and how many of them online: for what is told of procedures, not of dossiers."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import connection

from motcua.figures.models.sums import MONTH_END
from motcua.figures.queries.counting import is_monthly, is_summed, recount
from motcua.figures.rules import Period

ONLINE = ("online", "online_assisted")


class Received(NamedTuple):
    """Dossiers of one procedure that one unit received in a period."""

    agency_id: int
    procedure_code: str
    total: int
    online: int


# A province has tens of thousands of such pairs: a month of each is one row; where days are asked, one sum of the row is read.
_OF_MONTHS = """
SELECT c.agency_id, k.procedure_code, sum(c.received), sum(c.online)
FROM figures_monthcount c JOIN figures_category k ON k.id = c.procedure_id
WHERE c.last_on > %(first)s AND c.last_on <= {end} {narrowed} GROUP BY 1, 2 HAVING sum(c.received) > 0
"""
_OF_WHOLE = """
SELECT 0, k.procedure_code, sum(c.received), COALESCE(sum(c.received) FILTER (WHERE k.channel = ANY(%(online)s)), 0)
FROM figures_wholecount c JOIN figures_category k ON k.id = c.category_id
WHERE c.day BETWEEN %(first)s AND %(last)s AND c.received <> 0 GROUP BY 2 HAVING sum(c.received) > 0
"""
_RECEIVED = """
SELECT c.agency_id, k.procedure_code, sum(c.received), COALESCE(sum(c.received) FILTER (WHERE k.channel = ANY(%(online)s)), 0)
FROM figures_daycount c JOIN figures_category k ON k.id = c.category_id
WHERE c.day BETWEEN %(first)s AND %(last)s AND c.received <> 0 {narrowed} GROUP BY 1, 2 HAVING sum(c.received) > 0
"""


def find_received(period: Period, agencies: Iterable[int] | None = None) -> list[Received]:
    """By unit and procedure, what came in; of all units together, under the unit 0, where none are named.

    From the sums where they know the days, else from the stays.
    """
    if not is_summed(period):
        rows = recount(period, agencies, by=("procedure",) if agencies is None else ("agency", "procedure"))
        return [
            Received(
                row.agency_id,
                row.procedure_code,
                row.counts.new,
                row.counts.new_online + row.counts.new_assisted,
            )
            for row in rows
            if row.counts.new
        ]
    told: dict[str, Any] = {"first": period.first_on, "last": period.last_on, "online": list(ONLINE)}
    sql = _OF_WHOLE
    if agencies is not None:
        told["agencies"] = sorted(agencies)
        sql = (_OF_MONTHS if is_monthly(period) else _RECEIVED).format(
            narrowed="AND c.agency_id = ANY(%(agencies)s)", end=MONTH_END.format(day="%(last)s::date")
        )
    with connection.cursor() as cursor:
        cursor.execute(sql, told)
        return [Received(*row) for row in cursor.fetchall()]
