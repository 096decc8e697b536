"""Which procedures a unit received dossiers of, and how many of them online: for what is told of procedures, not of dossiers."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import connection

from motcua.figures.queries.counting import is_summed, recount
from motcua.figures.rules import Period

ONLINE = ("online", "online_assisted")


class Received(NamedTuple):
    """Dossiers of one procedure that one unit received in a period."""

    agency_id: int
    procedure_code: str
    total: int
    online: int


# One sum and not eighteen: a province has tens of thousands of such pairs.
_RECEIVED = """
SELECT c.agency_id, k.procedure_code, sum(c.received), COALESCE(sum(c.received) FILTER (WHERE k.channel = ANY(%(online)s)), 0)
FROM figures_daycount c JOIN figures_category k ON k.id = c.category_id
WHERE c.day BETWEEN %(first)s AND %(last)s AND c.received <> 0 {narrowed} GROUP BY 1, 2 HAVING sum(c.received) > 0
"""


def find_received(period: Period, agencies: Iterable[int] | None = None) -> list[Received]:
    """By unit and procedure, what came in; from the sums where they know the days, else from the stays."""
    if not is_summed(period):
        rows = recount(period, agencies, by=("agency", "procedure"))
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
    narrowed = ""
    if agencies is not None:
        narrowed, told["agencies"] = "AND c.agency_id = ANY(%(agencies)s)", sorted(agencies)
    with connection.cursor() as cursor:
        cursor.execute(_RECEIVED.format(narrowed=narrowed), told)
        return [Received(*row) for row in cursor.fetchall()]
