"""Which procedures a unit received dossiers of, and how many of them online: for what is told of procedures, not of dossiers."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import connection

from motcua.figures.queries.counting import find_span, is_summed, recount
from motcua.figures.rules import Period

ONLINE = ("online", "online_assisted")


class Received(NamedTuple):
    """Dossiers of one procedure that one unit received in a period."""

    agency_id: int
    procedure_code: str
    total: int
    online: int


class ReceivedOf(NamedTuple):
    """What one unit received of the procedures of a group: how many procedures, how many of them online too, and the dossiers."""

    agency_id: int
    group: int
    procedures: int
    used_online: int
    total: int
    online: int


_NARROWED = "c.agency_id = ANY(%(agencies)s)"
# A province has tens of thousands of pairs of unit and procedure: a quarter or a month of each is one row, and one stretch needs
# no adding up; where days are asked, one sum of the row is read.
_OF_ONE = f"""
SELECT c.agency_id, c.procedure_id, c.received, c.online FROM {{table}} c
WHERE c.last_on = %(end)s AND c.received > 0 AND {_NARROWED}
"""
_OF_MANY = f"""
SELECT c.agency_id, c.procedure_id, sum(c.received) AS received, sum(c.online) AS online FROM {{table}} c
WHERE c.last_on > %(first)s AND c.last_on <= %(end)s AND {_NARROWED} GROUP BY 1, 2 HAVING sum(c.received) > 0
"""
_OF_DAYS = f"""
SELECT c.agency_id, k.procedure_id, sum(c.received) AS received,
       COALESCE(sum(c.received) FILTER (WHERE k.channel = ANY(%(online)s)), 0) AS online
FROM figures_daycount c JOIN figures_category k ON k.id = c.category_id
WHERE c.day BETWEEN %(first)s AND %(last)s AND c.received <> 0 AND {_NARROWED} GROUP BY 1, 2 HAVING sum(c.received) > 0
"""
_EACH = """
SELECT c.agency_id, k.procedure_code, c.received, c.online FROM ({procedures}) AS c JOIN figures_category k ON k.id = c.procedure_id
"""
_OF_WHOLE = """
SELECT 0, k.procedure_code, sum(c.received), COALESCE(sum(c.received) FILTER (WHERE k.channel = ANY(%(online)s)), 0)
FROM (SELECT category_id, sum(received)::int AS received FROM figures_wholecount
      WHERE day BETWEEN %(first)s AND %(last)s GROUP BY category_id) AS c JOIN figures_category k ON k.id = c.category_id
GROUP BY 2 HAVING sum(c.received) > 0
"""
# Counted where the rows are: a pair of unit and procedure for each of them would have to be carried here.
_IN_GROUPS = """
SELECT c.agency_id, g.number, count(*)::int, count(*) FILTER (WHERE c.online > 0)::int, sum(c.received)::int, sum(c.online)::int
FROM ({procedures}) AS c JOIN figures_category k ON k.id = c.procedure_id
JOIN unnest(%(codes)s::text[], %(numbers)s::int[]) AS g (code, number) ON g.code = k.procedure_code
GROUP BY 1, 2
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
    if agencies is None:
        return [Received(*row) for row in _ask(_OF_WHOLE, period)]
    return [Received(*row) for row in _ask_procedures(_EACH, period, agencies=sorted(agencies))]


def sum_received(period: Period, agencies: Iterable[int], groups: Mapping[str, int]) -> list[ReceivedOf]:
    """By unit and group of procedures, what came in; `groups`: the group of each code, the others are left out."""
    if not is_summed(period):
        return _sum_rows(find_received(period, agencies), groups)
    told = {"agencies": sorted(agencies), "codes": list(groups), "numbers": list(groups.values())}
    return [ReceivedOf(*row) for row in _ask_procedures(_IN_GROUPS, period, **told)]


def find_counted_codes() -> list[str]:
    """The code of every procedure that ever had a dossier."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT procedure_code FROM figures_category")
        return [row[0] for row in cursor.fetchall()]


def _sum_rows(rows: Iterable[Received], groups: Mapping[str, int]) -> list[ReceivedOf]:
    told: dict[tuple[int, int], ReceivedOf] = {}
    for row in rows:
        if row.procedure_code in groups:
            key = (row.agency_id, groups[row.procedure_code])
            one = told.get(key, ReceivedOf(*key, 0, 0, 0, 0))
            more = (1, row.online > 0, row.total, row.online)
            told[key] = ReceivedOf(*key, *(old + new for old, new in zip(one[2:], more, strict=True)))
    return list(told.values())


def _ask_procedures(sql: str, period: Period, **told: Any) -> list[tuple[Any, ...]]:
    """A question over the pairs of a period, wherever they are kept."""
    span = find_span(period)
    if span is None:
        return _ask(sql.format(procedures=_OF_DAYS), period, **told)
    procedures = (_OF_ONE if span.is_one else _OF_MANY).format(table=span.table)
    return _ask(sql.format(procedures=procedures), period, end=span.end_on, **told)


def _ask(sql: str, period: Period, **told: Any) -> list[tuple[Any, ...]]:
    told |= {"first": period.first_on, "last": period.last_on, "online": list(ONLINE)}
    with connection.cursor() as cursor:
        cursor.execute(sql, told)
        return cursor.fetchall()
