"""Readers of history and counts of answers: statements over events, invitations and ratings."""

from datetime import date, datetime
from typing import Any

from django.db import connection

# Results given since the last reading that nobody was asked about yet; parts of one form are asked about once.
_GIVEN = """
SELECT d.id, d.competent_agency_id, d.field_code, d.code, d.applicant_id, max(e.at)
FROM dossiers_event e JOIN dossiers_dossier d ON d.id = e.dossier_id
WHERE e.xact_id >= %(since)s AND e.xact_id < %(horizon)s AND e.at >= %(from)s AND e.to_state = 'returned'
  AND e.from_state <> 'returned' AND NOT EXISTS (SELECT FROM feedback_invitation i WHERE i.dossier_id = d.id)
  AND (d.joint_id IS NULL OR d.id = (SELECT min(p.dossier_id) FROM dossiers_jointpart p WHERE p.joint_id = d.joint_id))
GROUP BY d.id ORDER BY d.id LIMIT %(limit)s
"""
# The last of a unit's counter: read from the end of the order of writing, which has an index.
_AT_COUNTER = """
SELECT d.code, e.at FROM (SELECT * FROM dossiers_event ORDER BY xact_id DESC, id DESC LIMIT 3000) e
JOIN dossiers_dossier d ON d.id = e.dossier_id
WHERE e.to_state = 'returned' AND e.unit_id = %(unit)s AND e.at >= %(since)s
  AND NOT EXISTS (SELECT FROM feedback_rating r WHERE r.dossier_id = d.id)
ORDER BY e.at DESC LIMIT 5
"""
_TALLY = """
SELECT share, sum(asked)::int, sum(very)::int, sum(satisfied)::int, sum(dissatisfied)::int FROM (
    SELECT {share} AS share, 1 AS asked, 0 AS very, 0 AS satisfied, 0 AS dissatisfied FROM feedback_invitation
    WHERE invited_on BETWEEN %(first)s AND %(last)s {narrowed}
    UNION ALL
    SELECT {share}, 0, (level = 3)::int, (level = 2)::int, (level = 1)::int FROM feedback_rating
    WHERE rated_on BETWEEN %(first)s AND %(last)s {narrowed}
) AS told GROUP BY share
"""
SHARES = {"agency": "agency_id::text", "field": "field_code", "all": "''"}
_CONTENTS = """
SELECT key, (value #>> '{{}}')::int, count(*) FROM feedback_rating, jsonb_each(contents)
WHERE rated_on BETWEEN %(first)s AND %(last)s {narrowed} GROUP BY 1, 2
"""


def get_horizon() -> int:
    """The first number in the order of writing that may still be written."""
    return int(_ask("SELECT motcua_horizon()")[0][0])


def find_given(
    since: int, horizon: int, first: datetime, limit: int
) -> list[tuple[int, int, str, str, int, datetime]]:
    """Dossiers whose result was given: id, agency, field, code, applicant, when."""
    return _ask(_GIVEN, since=since, horizon=horizon, limit=limit, **{"from": first})


def find_at_counter(unit_id: int, since: datetime) -> list[tuple[str, datetime]]:
    """Codes of dossiers a counter gave back lately that were not rated yet, the latest first."""
    return _ask(_AT_COUNTER, unit=unit_id, since=since)


def tally(
    share: str, first: date, last: date, agencies: list[int] | None
) -> list[tuple[str, int, int, int, int]]:
    """Asked and answered by level, for each unit or field or as a whole."""
    return _ask(
        _TALLY.format(share=SHARES[share], narrowed=_narrow(agencies)),
        first=first,
        last=last,
        agencies=agencies,
    )


def count_contents(first: date, last: date, agencies: list[int] | None) -> list[tuple[str, int, int]]:
    """Content, level, how often."""
    return _ask(_CONTENTS.format(narrowed=_narrow(agencies)), first=first, last=last, agencies=agencies)


def _narrow(agencies: list[int] | None) -> str:
    return "" if agencies is None else "AND agency_id = ANY(%(agencies)s)"


def _ask(sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return cursor.fetchall()
