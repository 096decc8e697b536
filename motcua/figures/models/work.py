"""How the work itself goes in one agency: who did how much, how long steps take, what made dossiers late or incomplete.

Read from tasks, events and rounds of completion as they stand; an agency and a period bound every statement.
"""

from datetime import date
from typing import Any

from django.db import connection

DAYS = "e.at >= %(first)s::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh' AND e.at < (%(last)s::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'"
# What an officer did alone is little; what all of an agency did is kept by day, and read from the events for other days. A
# dossier is begun by an officer with the first act on it.
_OFFICER = f"""
SELECT e.user_id, max(e.person_name), max(e.unit_name), count(*) FILTER (WHERE e.act = 'receive'), count(DISTINCT e.dossier_id)
FROM dossiers_event e WHERE e.agency_id = %(agency)s AND e.user_id = %(user)s AND {DAYS} GROUP BY e.user_id
"""
_OFFICERS = f"""
SELECT e.user_id, max(e.person_name), max(e.unit_name), count(*) FILTER (WHERE e.act = 'receive'),
       count(*) FILTER (WHERE NOT EXISTS (SELECT FROM dossiers_event p WHERE p.dossier_id = e.dossier_id
           AND p.agency_id = e.agency_id AND p.user_id = e.user_id AND p.revision < e.revision))
FROM dossiers_event e WHERE e.agency_id = %(agency)s AND e.user_id > 0 AND {DAYS} GROUP BY e.user_id
"""
_OFFICERS_KEPT = """
SELECT user_id, max(person_name), max(unit_name), sum(received)::int, sum(dossiers)::int FROM figures_officercount
WHERE agency_id = %(agency)s AND day BETWEEN %(first)s AND %(last)s GROUP BY user_id
"""
_AGENCIES_KEPT = """
SELECT agency_id, count(*), count(*) FILTER (WHERE received > 0), sum(received)::int, max(received)::int, sum(acts)::int FROM (
    SELECT agency_id, user_id, sum(received) AS received, sum(acts) AS acts FROM figures_officercount
    WHERE agency_id = ANY(%(agencies)s) AND day BETWEEN %(first)s AND %(last)s GROUP BY 1, 2
) AS told GROUP BY 1
"""
_AGENCIES = f"""
SELECT told.agency_id, count(*), count(*) FILTER (WHERE received > 0), sum(received)::int, max(received), sum(acts)::int FROM (
    SELECT e.agency_id, e.user_id, count(*) FILTER (WHERE e.act = 'receive') AS received, count(*) AS acts
    FROM dossiers_event e WHERE e.agency_id = ANY(%(agencies)s) AND e.user_id > 0 AND {DAYS} GROUP BY 1, 2
) AS told GROUP BY 1
"""
# Tasks of the dossiers that moved in the period; a step that somebody has to do again was not done.
_DONE = f"""
    SELECT t.* FROM dossiers_task t
    WHERE t.dossier_id IN (SELECT e.dossier_id FROM dossiers_event e WHERE e.agency_id = %(agency)s AND {DAYS})
      AND t.outcome IN ('done', 'redo') AND {DAYS.replace("e.at", "t.done_at")}
"""
_STEPS_OF_OFFICERS = f"""
SELECT t.done_by_id, count(*), count(*) FILTER (WHERE t.done_at <= t.due_at) FROM ({_DONE}) t
WHERE t.done_by_id IS NOT NULL {{narrowed}} GROUP BY t.done_by_id
"""
_SPENT = "EXTRACT(epoch FROM t.done_at - t.opened_at) / 3600"
_STEPS = f"""
SELECT t.name, count(*), count(*) FILTER (WHERE t.done_at <= t.due_at), round(avg(t.hours), 1),
       round((percentile_cont(0.5) WITHIN GROUP (ORDER BY {_SPENT}))::numeric, 1),
       round((percentile_cont(0.9) WITHIN GROUP (ORDER BY {_SPENT}))::numeric, 1)
FROM ({_DONE}) t GROUP BY t.name ORDER BY count(*) - count(*) FILTER (WHERE t.done_at <= t.due_at) DESC, count(*) DESC
LIMIT %(limit)s
"""
# The cause somebody put their name to comes first; without one, the step that ran over most is named.
_LATE = """
SELECT s.dossier_id, COALESCE(c.cause, ''), COALESCE(w.name, '')
FROM figures_stay s
LEFT JOIN LATERAL (SELECT c.cause FROM dossiers_promisechange c WHERE c.dossier_id = s.dossier_id AND c.cause <> ''
                   ORDER BY c.at DESC LIMIT 1) c ON true
LEFT JOIN LATERAL (SELECT t.name FROM dossiers_task t WHERE t.dossier_id = s.dossier_id AND t.due_at < COALESCE(t.done_at, %(at)s)
                   ORDER BY COALESCE(t.done_at, %(at)s) - t.due_at DESC, t.id LIMIT 1) w ON true
WHERE s.agency_id = %(agency)s AND s.enter <> 4
  AND ((s.leave = 3 AND s.left_on BETWEEN %(first)s AND %(last)s)
       OR (s.overdue_on <= %(last)s AND NOT s.is_waiting AND s.entered_on <= %(last)s
           AND (s.left_on IS NULL OR s.left_on > %(last)s)))
ORDER BY s.dossier_id
"""
_ROUNDS = f"""
    SELECT r.* FROM dossiers_supplementrequest r WHERE r.agency_id = %(agency)s AND {DAYS.replace("e.at", "r.asked_at")}
"""
_ITEMS = f"""
SELECT item, count(*) FROM ({_ROUNDS}) r, jsonb_array_elements_text(r.items) AS item
GROUP BY item ORDER BY count(*) DESC, item LIMIT %(limit)s
"""
_ROUND_COUNTS = f"""
SELECT count(*), count(DISTINCT r.dossier_id), count(*) FILTER (WHERE r.no > 1), count(*) FILTER (WHERE r.asker = 'intake'),
       count(*) FILTER (WHERE r.answered_at IS NOT NULL)
FROM ({_ROUNDS}) r
"""


def find_officer(
    agency_id: int, user_id: int, first: date, last: date
) -> list[tuple[int, str, str, int, int]]:
    """User, name, unit, received, dossiers worked on by one officer in the agency's dossiers; none: nothing was done."""
    return _ask(_OFFICER, agency=agency_id, user=user_id, first=first, last=last)


def find_officers(
    agency_id: int, first: date, last: date, *, is_kept: bool
) -> list[tuple[int, str, str, int, int]]:
    """User, name, unit, received, dossiers begun: everybody who did something in the agency's dossiers.

    :param is_kept: the sums know these days
    """
    return _ask(_OFFICERS_KEPT if is_kept else _OFFICERS, agency=agency_id, first=first, last=last)


def find_agencies(
    agencies: list[int], first: date, last: date, *, is_kept: bool
) -> list[tuple[int, int, int, int, int, int]]:
    """Agency, officers with something to do, those who received, received, the most one of them received, acts."""
    return _ask(_AGENCIES_KEPT if is_kept else _AGENCIES, agencies=agencies, first=first, last=last)


def count_steps_of_officers(
    agency_id: int, first: date, last: date, user_id: int | None = None
) -> dict[int, tuple[int, int]]:
    """Steps done by each officer, or one of them, and those in time."""
    narrowed = "" if user_id is None else "AND t.done_by_id = %(user)s"
    sql = _STEPS_OF_OFFICERS.format(narrowed=narrowed)
    rows = _ask(sql, agency=agency_id, first=first, last=last, user=user_id)
    return {user_id: (done, in_time) for user_id, done, in_time in rows}


def find_steps(agency_id: int, first: date, last: date, limit: int) -> list[tuple[Any, ...]]:
    """Name, how often, in time, hours given; hours on the wall taken by half and by nine of ten. Most late first."""
    return _ask(_STEPS, agency=agency_id, first=first, last=last, limit=limit)


def find_late(agency_id: int, first: date, last: date, at: object) -> list[tuple[int, str, str]]:
    """Late dossiers of a period: id, the recorded cause, the step that ran over most."""
    return _ask(_LATE, agency=agency_id, first=first, last=last, at=at)


def find_items(agency_id: int, first: date, last: date, limit: int) -> list[tuple[str, int]]:
    """What applicants were asked to complete, most often first."""
    return _ask(_ITEMS, agency=agency_id, first=first, last=last, limit=limit)


def count_rounds(agency_id: int, first: date, last: date) -> tuple[int, int, int, int, int]:
    """Rounds of completion: all, dossiers, second and later ones, by the counter itself, answered."""
    told: tuple[int, int, int, int, int] = _ask(_ROUND_COUNTS, agency=agency_id, first=first, last=last)[0]
    return told


def _ask(sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


_MONTHS = f"""
SELECT (date_trunc('month', (e.at AT TIME ZONE 'Asia/Ho_Chi_Minh')))::date AS month, count(*) FILTER (WHERE e.act = 'receive'),
       count(*), count(DISTINCT e.dossier_id)
FROM dossiers_event e WHERE e.agency_id = %(agency)s AND e.user_id = %(user)s AND {DAYS} GROUP BY month ORDER BY month
"""


def find_months_of_officer(
    agency_id: int, user_id: int, first: date, last: date
) -> list[tuple[date, int, int, int]]:
    """Month, received, acts, dossiers of one officer in the agency's dossiers."""
    return _ask(_MONTHS, agency=agency_id, user=user_id, first=first, last=last)
