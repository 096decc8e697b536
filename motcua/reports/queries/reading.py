"""Reports as they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from motcua.figures import queries as figures
from motcua.figures.queries import LEVELS
from motcua.figures.rules import Counts, Period, add_up
from motcua.organisations.queries import UnitView
from motcua.organisations.rules import Actor
from motcua.reports import access
from motcua.reports.models import Form, Report, ReportStep, Sheet
from motcua.reports.queries.filling import find_reporters
from motcua.reports.rules.layout import Layout
from motcua.reports.rules.sheet import Finding, Line, add, check, get_automatic, get_values
from motcua.reports.rules.states import State
from motcua.reports.rules.storing import read_lines
from motcua.reports.rules.taking_in import LEVEL_TITLES


@dataclass(frozen=True, slots=True)
class RowView:
    """A row as it is shown: its values, and beside a typed one what was automatic."""

    line: Line
    values: dict[str, Decimal | None]
    automatic: dict[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class GroupView:
    """Rows under a heading with their sum; without a heading, the rows alone."""

    title: str
    rows: tuple[RowView, ...]
    sums: dict[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet as it is shown and printed."""

    sheet: Sheet
    form: Form
    layout: Layout
    groups: tuple[GroupView, ...]
    total: dict[str, Decimal | None]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What blocks signing."""
        return tuple(one for one in self.findings if one.check.is_error)


def find_reports(actor: Actor, period: Period | None = None) -> QuerySet[Report]:
    """Reports in force that the actor may see, the latest period first."""
    found = access.visible_to(actor).exclude(state=State.AMENDED).order_by("-last_on", "unit_id")
    return found.filter(first_on=period.first_on, last_on=period.last_on) if period else found


def find_report(unit_id: int, period: Period) -> Report | None:
    """The report of a unit and period that is in force, if it was begun."""
    found = Report.objects.filter(unit_id=unit_id, first_on=period.first_on, last_on=period.last_on)
    return found.exclude(state=State.AMENDED).first()


def find_children(report: Report) -> list[tuple[UnitView, Report | None]]:
    """Who reports to this unit, each with the report in force or none: who is missing is seen here."""
    reports = {
        one.unit_id: one
        for one in Report.objects.filter(
            parent_unit_id=report.unit_id, first_on=report.first_on, last_on=report.last_on
        ).exclude(state=State.AMENDED)
    }
    return [(unit, reports.get(unit.id)) for unit in find_reporters(report.unit_id, report.last_on)]


def get_steps(report: Report) -> list[ReportStep]:
    """What happened to the report, newest last."""
    return list(ReportStep.objects.filter(report=report).order_by("at", "pk"))


def get_sheet_views(report: Report) -> list[SheetView]:
    """Every sheet of the report, filled, added up and checked."""
    sheets = Sheet.objects.filter(report=report).select_related("form").order_by("form__code")
    return [make_view(sheet) for sheet in sheets]


def make_view(sheet: Sheet) -> SheetView:
    """One sheet, filled, added up and checked."""
    layout, lines = sheet.form.layout, read_lines(sheet.lines)
    rows = [RowView(line, get_values(layout, line), get_automatic(layout, line)) for line in lines]
    return SheetView(
        sheet,
        sheet.form,
        layout,
        tuple(_group(layout, rows)),
        add(layout, (row.values for row in rows)),
        tuple(check(layout, lines)),
    )


def _group(layout: Layout, rows: Sequence[RowView]) -> list[GroupView]:
    levels = [level for level in LEVELS if any(row.line.level == level for row in rows)]
    if not levels:
        return [GroupView("", tuple(rows), {})]
    return [
        GroupView(LEVEL_TITLES[level], of_level, add(layout, (row.values for row in of_level)))
        for level in levels
        if (of_level := tuple(row for row in rows if row.line.level == level))
    ]


def count_of(report: Report, agencies: Sequence[int] | None) -> Counts:
    """The figures of a report's period for these units."""
    period = Period(report.first_on, report.last_on)
    return add_up(row.counts for row in figures.get_rows(period, agencies, by=()))
