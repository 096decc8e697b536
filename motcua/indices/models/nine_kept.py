"""The same as `nine_store` tells, from the sums that are kept; what was answered and complained of since is read beside them."""

from datetime import date
from typing import Any

from django.db import connection

from motcua.figures.queries import Span
from motcua.indices.models.nine_store import SUM_PROCEDURES, Agencies, ProcedureSums, Said, split

_NARROWED = "(%(agencies)s::bigint[] IS NULL OR {name}.agency_id = ANY(%(agencies)s))"
# A dossier of which somebody said how many bodies the applicant had to go to, or whose complaint was upheld, leaves the group
# the sums put it in and stands in one of its own.
_SAID = f"""
answers AS (
    SELECT a.dossier_id, 3 - (a.contents ->> 'bodies')::int AS bodies FROM feedback_rating a WHERE a.contents ? 'bodies'
), complaints AS (
    SELECT DISTINCT u.dossier_id FROM feedback_followup u WHERE u.is_upheld
), said AS (
    SELECT s.agency_id, s.leave, s.step_mark, s.contacts, s.worked, a.bodies, o.dossier_id IS NOT NULL AS is_upheld
    FROM figures_stay s LEFT JOIN answers a ON a.dossier_id = s.dossier_id LEFT JOIN complaints o ON o.dossier_id = s.dossier_id
    WHERE s.dossier_id IN (SELECT dossier_id FROM answers UNION SELECT dossier_id FROM complaints)
      AND s.step_mark IS NOT NULL AND s.left_on BETWEEN %(first)s AND %(last)s AND {_NARROWED.format(name="s")}
)"""
_GROUPS = f"""
WITH {_SAID}
SELECT {{who}}, leave, NULLIF(mark, 3), contacts, bodies, is_upheld, sum(count)::int FROM (
    SELECT c.agency_id, c.user_id, c.leave, c.mark, c.contacts, LEAST(c.contacts, 1) AS bodies, false AS is_upheld, c.count
    FROM figures_markcount c
    WHERE c.day BETWEEN %(first)s AND %(last)s AND {{whose}} AND {_NARROWED.format(name="c")}
    UNION ALL
    SELECT s.agency_id, s.user_id, s.leave, s.mark, s.contacts, LEAST(s.contacts, 1), false, -1 FROM ({{said}}) AS s
    UNION ALL
    SELECT s.agency_id, s.user_id, s.leave, s.mark, s.contacts, COALESCE(s.bodies, LEAST(s.contacts, 1)), s.is_upheld, 1
    FROM ({{said}}) AS s
) AS grouped GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(count) <> 0
"""
_OF_UNITS = _GROUPS.format(
    who="agency_id", whose="c.user_id = 0", said="SELECT *, 0::bigint AS user_id, step_mark AS mark FROM said"
)
_OF_OFFICERS = _GROUPS.format(
    who="user_id", whose="c.user_id > 0",
    said="SELECT said.*, w / 4 AS user_id, (w %% 4)::smallint AS mark FROM said, unnest(said.worked) AS w",
)  # fmt: skip
# One stretch of months has a row of each procedure and needs no adding up.
_OF_ONE = f"""
SELECT c.agency_id, c.procedure_id, c.received_there = c.resolved AS is_received_there, c.done_there = c.resolved AS is_done_there
FROM {{table}} c WHERE c.last_on = %(end)s AND c.resolved > 0 AND {_NARROWED.format(name="c")}
"""
_ADDED = f"""
SELECT c.agency_id, {{procedure}} AS procedure_id, sum(c.received_there) = sum({{resolved}}) AS is_received_there,
       sum(c.done_there) = sum({{resolved}}) AS is_done_there
FROM {{source}} WHERE {{days}} AND {_NARROWED.format(name="c")} GROUP BY 1, 2 HAVING sum({{resolved}}) > 0
"""
_OF_MANY = _ADDED.format(
    procedure="c.procedure_id", source="{table} c", resolved="c.resolved",
    days="c.last_on > %(first)s AND c.last_on <= %(end)s AND c.resolved <> 0",
)  # fmt: skip
_OF_DAYS = _ADDED.format(
    procedure="k.procedure_id", source="figures_daycount c JOIN figures_category k ON k.id = c.category_id",
    resolved="c.early + c.on_time + c.late", days="c.day BETWEEN %(first)s AND %(last)s",
)  # fmt: skip
_LATE_ONLINE = f"""
SELECT c.agency_id, sum(c.late)::int FROM figures_unitcount c JOIN figures_category k ON k.id = c.category_id
WHERE c.day BETWEEN %(first)s AND %(last)s AND k.channel IN ('online', 'online_assisted') AND {_NARROWED.format(name="c")}
GROUP BY 1 HAVING sum(c.late) > 0
"""


def find_groups(
    agencies: Agencies, first: date, last: date
) -> list[tuple[int, int, int | None, int, int, bool, int]]:
    """As `nine_store.find_groups`."""
    return _ask(_OF_UNITS, agencies, first, last)


def find_groups_of_officers(
    agency_id: int, first: date, last: date
) -> list[tuple[int, int, int, int, int, bool, int]]:
    """As `nine_store.find_groups_of_officers`."""
    return _ask(_OF_OFFICERS, [agency_id], first, last)


def sum_procedures(
    agencies: Agencies, first: date, last: date, said: Said, span: Span | None = None
) -> list[ProcedureSums]:
    """As `nine_store.sum_procedures`; `span`: where the procedures of the period are kept, None: day by day."""
    procedures, end = _OF_DAYS, last
    if span is not None:
        procedures, end = (_OF_ONE if span.is_one else _OF_MANY).format(table=span.table), span.end_on
    sql = SUM_PROCEDURES.format(procedures=procedures)
    return [ProcedureSums(*row) for row in _ask(sql, agencies, first, last, end=end, **split(said))]


def count_late_online(agencies: Agencies, first: date, last: date) -> dict[int, int]:
    """As `nine_store.count_late_online`."""
    return dict(_ask(_LATE_ONLINE, agencies, first, last))


def _ask(sql: str, agencies: Agencies, first: date, last: date, **told: Any) -> list[tuple[Any, ...]]:
    wanted = None if agencies is None else list(agencies)
    with connection.cursor() as cursor:
        cursor.execute(sql, {"agencies": wanted, "first": first, "last": last, **told})
        return cursor.fetchall()
