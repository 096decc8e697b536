"""Reminding applicants, once, of a result that waits to be collected at a counter."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.reminding import Kind, To
from motcua.legal import queries as legal
from motcua.notifications import actions as notifications
from motcua.organisations.rules import SYSTEM, Actor
from motcua.worktime import queries as worktime
from motcua.worktime.rules import next_working_moment

TEMPLATE = "dossiers/result_waiting"
AFTER = "result.remind_after_calendar_days"
MOST = 1000
"""How many in one run; the next goes on."""
_REMIND = """
INSERT INTO dossiers_reminder (dossier_id, reference, kind, "to", due_at, at, unit_id, post, user_id)
SELECT d.id, d.code, %(kind)s, %(to)s, d.finished_at, %(at)s, d.returning_unit_id, '', NULL
FROM dossiers_dossier d
WHERE d.state = 'result_ready' AND d.result_delivery = 'counter' AND d.calendar_code = %(calendar)s
  AND d.finished_at <= %(before)s
  AND NOT EXISTS (SELECT 1 FROM dossiers_reminder m WHERE m.reference = d.code AND m.kind = %(kind)s
                  AND m."to" = %(to)s AND m.due_at = d.finished_at)
ORDER BY d.id LIMIT %(most)s
ON CONFLICT DO NOTHING
RETURNING dossier_id
"""


@transaction.atomic
def remind_of_results(*, actor: Actor = SYSTEM, calendar_code: str, at: datetime) -> int:
    """Tell applicants once that a result has waited for some days, in working time; how many are told now."""
    calendar = worktime.get_calendar(calendar_code)
    if next_working_moment(at, calendar) != at.replace(microsecond=0):
        return 0
    days = legal.get_int(AFTER, timezone.localdate(at))
    parameters: dict[str, Any] = {
        "kind": str(Kind.RESULT_WAITING),
        "to": str(To.APPLICANT),
        "at": at,
        "calendar": calendar_code,
        "before": at - timedelta(days=days),
        "most": MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(_REMIND, parameters)
        ids = [row[0] for row in cursor.fetchall()]
    for dossier in Dossier.objects.filter(pk__in=ids).order_by("pk"):
        notifications.enqueue(
            TEMPLATE,
            reference=dossier.code,
            agency_id=dossier.competent_agency_id,
            person_id=dossier.applicant_id,
            params={"code": dossier.code},
            at=at,
        )
    return len(ids)
