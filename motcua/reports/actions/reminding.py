"""Reminding units of the reports they owe."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.core.writing import day
from motcua.reports import queries
from motcua.reports.actions.telling import write_to_heads
from motcua.reports.models import ReportReminder

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
            period = f"{day(duty.period.first_on)} – {day(duty.period.last_on)}"
            params = {"period": period, "due": day(duty.due_on), "kind": str(duty.reminder)}
            write_to_heads(unit_id=duty.unit.id, template=TEMPLATE, params=params, at=at)
    return count
