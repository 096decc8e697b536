"""What finished dossiers tell of the nine indicators of Circular 01/2018, in groups that are alike, unit by unit."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

# Where a one-stop shop is: the centre, its points, and the post that receives for it.
ONE_STOP = ("centre", "branch", "postal_partner")
# A step is early when it ended on a day before its last; of several steps the worst counts. How many bodies the applicant
# had to go to for completing the dossier is what the applicant said; without an answer, the one-stop shop where something
# was asked through it, else none.
_FINISHED = """
finished AS (
    SELECT s.agency_id, s.dossier_id, s.leave, s.category_id FROM figures_stay s
    WHERE s.leave IN (1, 2, 3) AND s.left_on BETWEEN %(first)s AND %(last)s
      AND (%(agencies)s::bigint[] IS NULL OR s.agency_id = ANY(%(agencies)s))
), steps AS (
    SELECT t.dossier_id, t.done_by_id,
           CASE WHEN t.done_at > t.due_at THEN 0
                WHEN (t.done_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date < (t.due_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN 2
                ELSE 1 END AS mark
    FROM dossiers_task t JOIN finished f ON f.dossier_id = t.dossier_id WHERE t.outcome IN ('done', 'redo')
), contacts AS (
    SELECT r.dossier_id, count(*) AS count FROM dossiers_supplementrequest r JOIN finished f ON f.dossier_id = r.dossier_id
    GROUP BY r.dossier_id
), answers AS (
    SELECT a.dossier_id, 3 - (a.contents ->> 'bodies')::int AS bodies FROM feedback_rating a
    JOIN finished f ON f.dossier_id = a.dossier_id WHERE a.contents ? 'bodies'
), complaints AS (
    SELECT DISTINCT u.dossier_id FROM feedback_followup u JOIN finished f ON f.dossier_id = u.dossier_id WHERE u.is_upheld
)
"""
_SAID = """
    f.leave, p.mark, LEAST(COALESCE(c.count, 0), 2), COALESCE(a.bodies, LEAST(COALESCE(c.count, 0), 1)),
    o.dossier_id IS NOT NULL, count(*)
"""
_BESIDE = """
LEFT JOIN contacts c ON c.dossier_id = f.dossier_id LEFT JOIN answers a ON a.dossier_id = f.dossier_id
LEFT JOIN complaints o ON o.dossier_id = f.dossier_id
GROUP BY 1, 2, 3, 4, 5, 6
"""
_OF_UNITS = f"""
WITH {_FINISHED}
SELECT f.agency_id, {_SAID} FROM finished f
LEFT JOIN (SELECT dossier_id, min(mark) AS mark FROM steps GROUP BY dossier_id) p ON p.dossier_id = f.dossier_id
{_BESIDE}
"""
_OF_OFFICERS = f"""
WITH {_FINISHED}
SELECT p.done_by_id, {_SAID} FROM finished f
JOIN (SELECT dossier_id, done_by_id, min(mark) AS mark FROM steps WHERE done_by_id IS NOT NULL GROUP BY 1, 2) p
     ON p.dossier_id = f.dossier_id
{_BESIDE}
"""
# A procedure is done at the one-stop shop when every step of every finished dossier was; received and given back there
# when both ends were.
_PROCEDURES = f"""
WITH {_FINISHED}
SELECT f.agency_id, k.procedure_id,
       bool_and(d.receiving_unit_id = ANY(%(shops)s) AND d.returning_unit_id = ANY(%(shops)s)) AS is_received_there,
       bool_and(NOT EXISTS (SELECT FROM dossiers_task t WHERE t.dossier_id = f.dossier_id AND t.unit_id <> ALL(%(shops)s)))
       AS is_done_there
FROM finished f JOIN figures_category k ON k.id = f.category_id JOIN dossiers_dossier d ON d.id = f.dossier_id
GROUP BY 1, 2
"""
# Counted where the rows are: a pair of unit and procedure for each of them would have to be carried here.
SUM_PROCEDURES = """
SELECT p.agency_id, count(*)::int, count(*) FILTER (WHERE p.is_received_there)::int, count(*) FILTER (WHERE p.is_done_there)::int,
       count(*) FILTER (WHERE f.is_whole)::int, count(*) FILTER (WHERE f.is_online)::int
FROM ({procedures}) AS p JOIN figures_category k ON k.id = p.procedure_id
LEFT JOIN unnest(%(codes)s::text[], %(whole)s::boolean[], %(online)s::boolean[]) AS f (code, is_whole, is_online)
     ON f.code = k.procedure_code
GROUP BY 1
"""
_SUM_PROCEDURES = SUM_PROCEDURES.format(procedures=_PROCEDURES)
_SHOPS = "SELECT id FROM organisations_unit WHERE kind = ANY(%(kinds)s)"
_LATE_ONLINE = """
SELECT s.agency_id, count(*) FROM figures_stay s JOIN figures_category k ON k.id = s.category_id
WHERE s.leave = 3 AND s.left_on BETWEEN %(first)s AND %(last)s AND k.channel IN ('online', 'online_assisted')
  AND (%(agencies)s::bigint[] IS NULL OR s.agency_id = ANY(%(agencies)s))
GROUP BY 1
"""
Agencies = Sequence[int] | None
Said = Mapping[str, tuple[bool, bool]]


class ProcedureSums(NamedTuple):
    """Of one agency, how many procedures had finished dossiers; of how many all came in and out at the one-stop shop, all was
    done there, the public page is whole, and filing online is offered."""

    agency_id: int
    procedures: int
    received_there: int
    done_there: int
    whole: int
    online: int


def find_groups(
    agencies: Agencies, first: date, last: date
) -> list[tuple[int, int, int | None, int, int, bool, int]]:
    """Agency, how it ended (1 early, 2 on time, 3 late), the worst step (2, 1, 0), contacts, bodies, a complaint upheld,
    how many; no agencies named: all."""
    return _ask(_OF_UNITS, agencies=agencies, first=first, last=last)


def find_groups_of_officers(
    agency_id: int, first: date, last: date
) -> list[tuple[int, int, int, int, int, bool, int]]:
    """The same for each officer of one agency, with the worst of the own steps."""
    return _ask(_OF_OFFICERS, agencies=[agency_id], first=first, last=last)


def sum_procedures(agencies: Agencies, first: date, last: date, said: Said) -> list[ProcedureSums]:
    """The procedures of each agency; `said`: of each public page, by code, whether it is whole and offers filing online."""
    shops = [row[0] for row in _ask(_SHOPS, kinds=list(ONE_STOP))]
    told = {"agencies": agencies, "first": first, "last": last, "shops": shops, **split(said)}
    return [ProcedureSums(*row) for row in _ask(_SUM_PROCEDURES, **told)]


def split(said: Said) -> dict[str, list[Any]]:
    """The same as three lists."""
    pages = said.values()
    return {"codes": list(said), "whole": [one[0] for one in pages], "online": [one[1] for one in pages]}


def count_late_online(agencies: Agencies, first: date, last: date) -> dict[int, int]:
    """Dossiers filed online that were finished late, by agency."""
    return dict(_ask(_LATE_ONLINE, agencies=agencies, first=first, last=last))


def _ask(sql: str, **told: Any) -> list[tuple[Any, ...]]:
    if "agencies" in told and told["agencies"] is not None:
        told["agencies"] = list(told["agencies"])
    with connection.cursor() as cursor:
        cursor.execute(sql, told)
        return cursor.fetchall()
