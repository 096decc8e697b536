"""Reminding units of the reports they owe."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.core.writing import day
from motcua.notifications import actions as notifications
from motcua.organisations import queries as organisations
from motcua.reports import queries
from motcua.reports.access import READERS
from motcua.reports.models import ReportReminder
from motcua.reports.queries import Duty

TEMPLATE = "reports/reminder"


@transaction.atomic
def remind(*, at: datetime) -> int:
    """Remind of every report that presses, each kind once for a unit and period; how many reminders are new.

    The heads of the unit get a letter; who has no address finds it on the page alone.
    """
    on = timezone.localdate(at)
    count = 0
    for duty in queries.find_duties(queries.find_reporting_units(on), on):
        if duty.reminder is None:
            continue
        _row, is_new = ReportReminder.objects.get_or_create(
            unit_id=duty.unit.id, first_on=duty.period.first_on, last_on=duty.period.last_on, kind=duty.reminder,
            defaults={"due_on": duty.due_on, "at": at},
        )  # fmt: skip
        if is_new:
            count += 1
            _write_to_heads(duty, at)
    return count


def _write_to_heads(duty: Duty, at: datetime) -> None:
    period = f"{day(duty.period.first_on)} – {day(duty.period.last_on)}"
    for officer in organisations.find_officers(duty.unit.id, on=timezone.localdate(at)):
        if officer.post in READERS:
            notifications.enqueue_for_officer(
                TEMPLATE,
                reference=f"reports:{duty.unit.id}",
                agency_id=duty.unit.id,
                user_id=officer.user_id,
                params={"period": period, "due": day(duty.due_on), "kind": str(duty.reminder)},
                at=at,
            )
