"""Công khai hồ sơ trễ hẹn: once a month, by agency, with the apology and its cause; nobody is named."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction

from motcua.dossiers.models import LateDossier
from motcua.organisations.rules import SYSTEM, Actor
from motcua.worktime.rules import ZONE

# Lateness is judged by the day, for limits in hours by the minute; a promise broken while the clock stood still is none.
_PUBLISH = """
WITH apologies AS (
    SELECT DISTINCT ON (c.dossier_id) c.dossier_id, c.at, c.old_due_at, c.new_due_at, c.cause
    FROM dossiers_promisechange c WHERE c.change = 'apologise' AND c.old_due_at >= %(first)s AND c.old_due_at < %(end)s
    ORDER BY c.dossier_id, c.id
), late AS (
    SELECT d.id FROM dossiers_dossier d
    WHERE d.due_at >= %(first)s AND d.due_at < %(end)s AND d.state NOT IN ('withdrawn', 'stopped', 'not_accepted')
      AND CASE WHEN d.finished_at IS NULL THEN d.paused_at IS NULL OR d.paused_at > d.due_at
               WHEN d.limit_unit = 'working_hour' THEN d.finished_at > d.due_at
               ELSE (d.finished_at AT TIME ZONE %(zone)s)::date > (d.due_at AT TIME ZONE %(zone)s)::date END
    UNION SELECT dossier_id FROM apologies
)
INSERT INTO dossiers_latedossier (month, agency_id, code, procedure_name, received_on, due_on, finished_on,
                                  apologised_on, new_due_on, cause, published_at)
SELECT %(month)s, d.competent_agency_id, d.code, d.procedure_name, (d.received_at AT TIME ZONE %(zone)s)::date,
       (COALESCE(a.old_due_at, d.due_at) AT TIME ZONE %(zone)s)::date, (d.finished_at AT TIME ZONE %(zone)s)::date,
       (a.at AT TIME ZONE %(zone)s)::date, (a.new_due_at AT TIME ZONE %(zone)s)::date, COALESCE(a.cause, ''), %(at)s
FROM late JOIN dossiers_dossier d ON d.id = late.id LEFT JOIN apologies a ON a.dossier_id = d.id
ORDER BY d.competent_agency_id, d.due_at, d.id
ON CONFLICT (month, code) DO NOTHING
"""


@transaction.atomic
def publish_late(*, actor: Actor = SYSTEM, month: date, at: datetime) -> int:
    """Publish the promises broken in a month that is over; how many. What was published once stays as it was.

    :param month: its first day
    """
    if LateDossier.objects.filter(month=month).exists():
        return 0
    following = (month + timedelta(days=32)).replace(day=1)
    parameters: dict[str, Any] = {
        "month": month,
        "first": datetime.combine(month, time.min, ZONE),
        "end": datetime.combine(following, time.min, ZONE),
        "zone": str(ZONE),
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PUBLISH, parameters)
        return cursor.rowcount
