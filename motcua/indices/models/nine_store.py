"""What finished dossiers of one agency tell of indicators 1, 2, 3 and 7 of Circular 01/2018, in groups that are alike."""

from datetime import date
from typing import Any

from django.db import connection

# A step is early when it ended on a day before its last; of several steps the worst counts.
_FINISHED = """
finished AS (
    SELECT s.dossier_id, s.leave FROM figures_stay s
    WHERE s.agency_id = %(agency)s AND s.leave IN (1, 2, 3) AND s.left_on BETWEEN %(first)s AND %(last)s
), steps AS (
    SELECT t.dossier_id, t.done_by_id,
           CASE WHEN t.done_at > t.due_at THEN 0
                WHEN (t.done_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date < (t.due_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN 2
                ELSE 1 END AS mark
    FROM dossiers_task t JOIN finished f ON f.dossier_id = t.dossier_id WHERE t.outcome IN ('done', 'redo')
), contacts AS (
    SELECT r.dossier_id, count(*) AS count FROM dossiers_supplementrequest r JOIN finished f ON f.dossier_id = r.dossier_id
    GROUP BY r.dossier_id
), complaints AS (
    SELECT DISTINCT u.dossier_id FROM feedback_followup u JOIN finished f ON f.dossier_id = u.dossier_id WHERE u.is_upheld
)
"""
_OF_UNIT = f"""
WITH {_FINISHED}
SELECT f.leave, p.mark, COALESCE(c.count, 0), o.dossier_id IS NOT NULL, count(*)
FROM finished f
LEFT JOIN (SELECT dossier_id, min(mark) AS mark FROM steps GROUP BY dossier_id) p ON p.dossier_id = f.dossier_id
LEFT JOIN contacts c ON c.dossier_id = f.dossier_id LEFT JOIN complaints o ON o.dossier_id = f.dossier_id
GROUP BY 1, 2, 3, 4
"""
_OF_OFFICERS = f"""
WITH {_FINISHED}
SELECT p.done_by_id, f.leave, p.mark, COALESCE(c.count, 0), o.dossier_id IS NOT NULL, count(*)
FROM finished f
JOIN (SELECT dossier_id, done_by_id, min(mark) AS mark FROM steps WHERE done_by_id IS NOT NULL GROUP BY 1, 2) p
     ON p.dossier_id = f.dossier_id
LEFT JOIN contacts c ON c.dossier_id = f.dossier_id LEFT JOIN complaints o ON o.dossier_id = f.dossier_id
GROUP BY 1, 2, 3, 4, 5
"""


def find_groups(agency_id: int, first: date, last: date) -> list[tuple[int, int | None, int, bool, int]]:
    """How it ended (1 early, 2 on time, 3 late), the worst step (2, 1, 0), contacts, a complaint upheld, how many."""
    return _ask(_OF_UNIT, agency_id, first, last)


def find_groups_of_officers(
    agency_id: int, first: date, last: date
) -> list[tuple[int, int, int, int, bool, int]]:
    """The same for each officer, with the worst of the own steps."""
    return _ask(_OF_OFFICERS, agency_id, first, last)


_LATE_ONLINE = """
SELECT count(*) FROM figures_stay s JOIN figures_category k ON k.id = s.category_id
WHERE s.agency_id = %(agency)s AND s.leave = 3 AND s.left_on BETWEEN %(first)s AND %(last)s
  AND k.channel IN ('online', 'online_assisted')
"""


def count_late_online(agency_id: int, first: date, last: date) -> int:
    """Dossiers filed online that were finished late."""
    return int(_ask(_LATE_ONLINE, agency_id, first, last)[0][0])


def _ask(sql: str, agency_id: int, first: date, last: date) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"agency": agency_id, "first": first, "last": last})
        return cursor.fetchall()
