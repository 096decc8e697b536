"""What a report is waiting for before it can be signed, as it stands."""

from datetime import date, datetime

from django.utils import timezone

from motcua.reports.models import Report, ReportStep
from motcua.reports.rules.readiness import Hindrance, find_hindrance
from motcua.reports.rules.states import Act

# What takes the figures of a unit below back that were put together before.
_UNDONE = (Act.RETURN, Act.AMEND)


def find_hindrance_of(report: Report, on: date) -> Hindrance | None:
    """What stands in the way of signing this report on a day."""
    filled = _find_filled(report)
    changed = _count_below(report, filled, _UNDONE) if filled else 0
    filled_on = timezone.localdate(filled.at) if filled else None
    return find_hindrance(last_on=report.last_on, filled_on=filled_on, on=on, changed=changed)


def count_sent_since(report: Report) -> int:
    """How many units below have sent their reports since the figures were put together."""
    filled = _find_filled(report)
    return _count_below(report, filled, (Act.SEND,)) if filled else 0


def get_filled_at(report: Report) -> datetime | None:
    """When the figures were taken last; None for a copy of an earlier version."""
    filled = _find_filled(report)
    return filled.at if filled else None


def _find_filled(report: Report) -> ReportStep | None:
    return ReportStep.objects.filter(report=report, act=Act.GENERATE).order_by("-pk").first()


def _count_below(report: Report, since: ReportStep, acts: tuple[Act, ...]) -> int:
    """Reports of units below that had one of these acts after a step: numbers of steps tell the order."""
    steps = ReportStep.objects.filter(
        pk__gt=since.pk,
        act__in=acts,
        report__parent_unit_id=report.unit_id,
        report__first_on=report.first_on,
        report__last_on=report.last_on,
    )
    return steps.values("report__unit_id").distinct().count()
