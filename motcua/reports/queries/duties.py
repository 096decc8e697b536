"""Which reports a unit owes, and which of them were not sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from motcua.figures.rules import Period, find_current
from motcua.figures.rules.periods import PeriodKind, previous
from motcua.legal import queries as legal
from motcua.organisations import queries as organisations
from motcua.organisations.queries import UnitView
from motcua.organisations.rules import Kind
from motcua.reports.models import Report, ReportReminder
from motcua.reports.queries.filling import REPORTING
from motcua.reports.rules.reminding import Reminder, find_reminder
from motcua.reports.rules.states import State

# Circular 01/2020: every quarter, and the year; the first halves are the sum of quarters.
OWED = (PeriodKind.QUARTER, PeriodKind.YEAR)
SENT = (State.SENT, State.ACCEPTED, State.LOCKED)
# A report that is later than this is history, not a duty.
DAYS_OWED = 75
_DUE_KEYS = {
    Kind.COMMUNE: "report.commune_day_of_month",
    Kind.DISTRICT: "report.district_day_of_month",
    Kind.PROVINCE: "report.province_day_of_month",
}
_OLD_DUE_KEYS = {Kind.PROVINCE: "report.old_province_day_of_month"}


@dataclass(frozen=True, slots=True)
class Duty:
    """A report a unit owes: by when, and what was begun; `reminder` says how it presses."""

    unit: UnitView
    period: Period
    due_on: date
    report: Report | None
    reminder: Reminder | None


def get_due(unit: UnitView, period: Period) -> date:
    """The last day for sending, by the level of the unit: a day of the month the period ends in."""
    kind = Kind(unit.kind)
    old = kind in _OLD_DUE_KEYS and period.last_on < date(2020, 12, 15)
    key = _OLD_DUE_KEYS[kind] if old else _DUE_KEYS.get(kind, "report.department_day_of_month")
    return period.last_on.replace(day=legal.get_int(key, period.last_on))


def find_owed_periods(on: date) -> list[Period]:
    """The periods that are over and whose reports may still be owed."""
    first_day = legal.get_int("report.period_first_day_of_month", on)
    found = [previous(find_current(on, kind, first_day=first_day), first_day=first_day) for kind in OWED]
    return [period for period in found if (on - period.last_on).days <= DAYS_OWED]


def find_reporting_units(on: date) -> list[UnitView]:
    """Every unit that owes reports on a day, the province last."""
    units = list(organisations.get_tree(on).units.values())
    below = [unit for unit in units if unit.kind in REPORTING and unit.agency_code]
    return below + [unit for unit in units if unit.kind == Kind.PROVINCE]


def find_duties(units: Iterable[UnitView], on: date) -> list[Duty]:
    """What these units owe and have not sent, the earliest day first."""
    wanted = list(units)
    days = legal.get_int("report.reminder_calendar_days_before_due", on)
    duties = [duty for period in find_owed_periods(on) for duty in _find_in(period, wanted, on, days)]
    return sorted(duties, key=lambda duty: (duty.due_on, duty.unit.agency_name))


def _find_in(period: Period, units: list[UnitView], on: date, days: int) -> list[Duty]:
    reports = Report.objects.filter(
        first_on=period.first_on, last_on=period.last_on, unit_id__in=[unit.id for unit in units]
    ).exclude(state=State.AMENDED)
    begun = {report.unit_id: report for report in reports}
    duties = []
    for unit in units:
        report = begun.get(unit.id)
        if report is None or State(report.state) not in SENT:
            due = report.due_on if report else get_due(unit, period)
            duties.append(Duty(unit, period, due, report, find_reminder(due, on, days)))
    return duties


def find_reminded(unit_ids: Iterable[int], period: Period) -> dict[int, ReportReminder]:
    """The last reminder of each unit about a period."""
    rows = ReportReminder.objects.filter(
        unit_id__in=list(unit_ids), first_on=period.first_on, last_on=period.last_on
    )
    return {row.unit_id: row for row in rows.order_by("at")}
