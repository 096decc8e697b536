"""Who had something to pay, and who paid it on the national portal: from charges and from what the portal told."""

from datetime import date
from typing import Any

from django.db import connection

# A dossier with a line above zero that was not waived. What it owes is fixed when it is received, so that the day of the
# charge is that of receiving; a unit that is no more is counted to whoever stands for it that day. Money that came in at
# the counter, in cash or by transfer, was not paid online.
_CHARGED = """
WITH charged AS (
    SELECT reference, min(agency_id) AS agency_id, min(charged_at) AS charged_at FROM payments_charge
    WHERE charged_at >= %(first)s::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
      AND charged_at < (%(last)s::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
      AND amount_vnd > 0 AND waived_at IS NULL
    GROUP BY reference
), owing AS (
    SELECT COALESCE(s.unit_id, c.agency_id) AS agency_id, d.id AS dossier_id, d.procedure_code,
           EXISTS (SELECT FROM dossiers_filing f JOIN dossiers_filingwish w ON w.filing_id = f.id
                   WHERE f.dossier_id = d.id AND w.kind = 'payment') AS is_online
    FROM charged c JOIN dossiers_dossier d ON d.code = c.reference
    LEFT JOIN figures_standin s ON s.agency_id = c.agency_id
        AND (c.charged_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date >= s.first_on
        AND (s.end_on IS NULL OR (c.charged_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date < s.end_on)
)
"""
_NARROWED = "(%(agencies)s::bigint[] IS NULL OR agency_id = ANY(%(agencies)s))"
_COUNT = f"""{_CHARGED}
SELECT agency_id, procedure_code, count(*), count(*) FILTER (WHERE is_online) FROM owing WHERE {_NARROWED} GROUP BY 1, 2
"""
_OFFLINE = f"""{_CHARGED}
SELECT dossier_id FROM owing WHERE NOT is_online AND {_NARROWED} ORDER BY dossier_id DESC LIMIT %(limit)s
"""


def count_paid(first: date, last: date, agencies: list[int] | None) -> list[tuple[int, str, int, int]]:
    """Agency, procedure, dossiers received with something to pay, of them paid on the portal."""
    return _ask(_COUNT, first, last, agencies)


def find_offline(first: date, last: date, agencies: list[int] | None, limit: int) -> list[int]:
    """The newest dossiers with something to pay that was not paid on the portal."""
    return [row[0] for row in _ask(_OFFLINE, first, last, agencies, limit)]


def _ask(
    sql: str, first: date, last: date, agencies: list[int] | None, limit: int | None = None
) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"first": first, "last": last, "agencies": agencies, "limit": limit})
        return cursor.fetchall()
