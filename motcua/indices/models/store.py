"""The dossiers that cost points beside lateness: without files, asked for again, unknown to the portal."""

from datetime import date
from typing import Any

from django.db import connection

LACKING = {"4.1": "NOT s.is_electronic", "4.2": "NOT s.is_digitised"}
_LACKING = """
SELECT s.dossier_id FROM figures_stay s
WHERE s.leave IN (1, 2, 3) AND s.left_on BETWEEN %(first)s AND %(last)s AND {lacking} {narrowed}
ORDER BY s.dossier_id DESC LIMIT %(limit)s
"""


# Asked to complete more than once is late by the rule of the index, whatever the clock says; those late by it are not told twice.
_REPEATED = """
SELECT DISTINCT s.dossier_id, s.agency_id, k.procedure_code
FROM dossiers_supplementrequest r JOIN figures_stay s ON s.dossier_id = r.dossier_id JOIN figures_category k ON k.id = s.category_id
WHERE r.no > 1 AND r.asked_at < (%(last)s::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
  AND s.enter <> 4 AND s.entered_on <= %(last)s
  AND ((s.leave IN (1, 2, 4, 5) AND s.left_on BETWEEN %(first)s AND %(last)s)
       OR ((s.left_on IS NULL OR s.left_on > %(last)s) AND (s.is_waiting OR NOT COALESCE(s.overdue_on <= %(last)s, false))))
  {narrowed}
ORDER BY 1 DESC
"""


# What stands in the queue to the national portal, or failed there; a dossier filed there is told under the code it got there.
_UNTOLD = """
SELECT DISTINCT s.dossier_id, s.agency_id, k.procedure_code
FROM (SELECT DISTINCT reference FROM integrations_dispatch WHERE state IN ('waiting', 'failed') AND destination = 'npsp') AS open
CROSS JOIN LATERAL (SELECT id FROM dossiers_dossier WHERE code = open.reference
    UNION SELECT id FROM dossiers_dossier WHERE filed_as <> '' AND filed_as = open.reference) AS d
JOIN figures_stay s ON s.dossier_id = d.id JOIN figures_category k ON k.id = s.category_id
WHERE s.enter = 1 AND s.entered_on BETWEEN %(first)s AND %(last)s {narrowed}
ORDER BY 1 DESC
"""
_EVER_TOLD = "SELECT EXISTS (SELECT FROM integrations_dispatch WHERE destination = 'npsp' AND state = 'sent')"


def find_untold(first: date, last: date, agencies: list[int] | None) -> list[tuple[int, int, str]] | None:
    """Dossiers received in a period with a status the national portal has not taken: dossier, agency, procedure.

    None where nothing was ever told to the portal: then the house does not know.
    """
    with connection.cursor() as cursor:
        cursor.execute(_EVER_TOLD)
        if not cursor.fetchone()[0]:
            return None
    return _ask(_UNTOLD, first, last, agencies)


def find_repeated(first: date, last: date, agencies: list[int] | None) -> list[tuple[int, int, str]]:
    """Dossiers of a period that were asked for more than once and are not late: dossier, agency, procedure."""
    return _ask(_REPEATED, first, last, agencies)


def find_lacking(code: str, first: date, last: date, agencies: list[int] | None, limit: int) -> list[int]:
    """The newest dossiers that cost points of 4.1 or 4.2."""
    sql = _LACKING.replace("{lacking}", LACKING[code])
    return [row[0] for row in _ask(sql, first, last, agencies, limit)]


def _ask(
    sql: str, first: date, last: date, agencies: list[int] | None, limit: int | None = None
) -> list[tuple[Any, ...]]:
    narrowed = "" if agencies is None else "AND s.agency_id = ANY(%(agencies)s)"
    with connection.cursor() as cursor:
        cursor.execute(
            sql.replace("{narrowed}", narrowed),
            {"first": first, "last": last, "agencies": agencies, "limit": limit},
        )
        return cursor.fetchall()
