"""Reminding units of the reports they owe."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.reports import queries
from motcua.reports.models import ReportReminder


@transaction.atomic
def remind(*, at: datetime) -> int:
    """Note a reminder for every report that presses, each kind once for a unit and period; how many are new."""
    on = timezone.localdate(at)
    rows = [
        ReportReminder(
            unit_id=duty.unit.id, first_on=duty.period.first_on, last_on=duty.period.last_on,
            kind=duty.reminder, due_on=duty.due_on, at=at,
        )
        for duty in queries.find_duties(queries.find_reporting_units(on), on)
        if duty.reminder
    ]  # fmt: skip
    before = ReportReminder.objects.count()
    ReportReminder.objects.bulk_create(rows, ignore_conflicts=True)
    return ReportReminder.objects.count() - before
