"""The figures of a period in the rows of the forms: of one unit from the count, of a parent from what was sent to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from motcua.catalogue import queries as catalogue
from motcua.figures import queries as figures
from motcua.figures.rules import Counts, Period, add_up
from motcua.organisations import queries as organisations
from motcua.organisations.queries import UnitView
from motcua.organisations.rules import Kind
from motcua.reports.models import Form, Report, Sheet
from motcua.reports.queries.forms import find_forms, get_base
from motcua.reports.rules.layout import Rows
from motcua.reports.rules.sheet import Line, consolidate, fill
from motcua.reports.rules.states import State
from motcua.reports.rules.storing import read_lines

REPORTING = frozenset({Kind.COMMUNE, Kind.DISTRICT, Kind.DEPARTMENT, Kind.VERTICAL_AGENCY})
GATHERING = frozenset({Kind.PROVINCE, Kind.DISTRICT})
COUNTED = (State.SENT, State.ACCEPTED, State.LOCKED)


@dataclass(frozen=True, slots=True)
class ParentView:
    """To whom a unit reports, and who reports to it."""

    unit: UnitView
    parent: UnitView | None
    children: tuple[UnitView, ...]


def find_parent(unit_id: int, on: date) -> UnitView | None:
    """The unit a report is sent to: the nearest district or province above (two or three levels, as of the day)."""
    above = organisations.get_lineage(unit_id, on)[1:]
    return next((unit for unit in above if unit.kind in GATHERING), None)


def find_reporters(unit_id: int, on: date) -> list[UnitView]:
    """The units that report to this one on a day: those that work, known by their agency code."""
    return [
        unit
        for unit in organisations.find_units(on=on, parent_id=unit_id)
        if unit.kind in REPORTING and unit.agency_code
    ]


def fill_sheets(
    unit: UnitView, period: Period, on: date
) -> tuple[list[tuple[Form, list[Line]]], list[int], Counts]:
    """The sheets of a unit, the units below whose report is missing, and the unit's figures as one; of a
    period that still runs, counted up to a day."""
    children = find_reporters(unit.id, period.last_on) if unit.kind in GATHERING else []
    counted = period.until(on)  # a period that is over stays as it is, and may be closed
    own = _own_counts(unit, counted)
    sent = _find_sent(children, period)
    missing = [child.id for child in children if child.id not in {report.unit_id for report in sent}]
    sheets = [
        (form, _fill(form, unit, own, sent, period))
        for form in find_forms(period.last_on, is_parent=bool(children))
    ]
    total = add_up(own.values()) + _sum_below([report.unit_id for report in sent], counted)
    return sheets, missing, total


def _own_counts(unit: UnitView, period: Period) -> dict[str, Counts]:
    """The unit's own dossiers by field: as closed, where the period is closed, else as counted now."""
    return figures.get_own_fields(period, [unit.id]).get(unit.id, {})


def _sum_below(unit_ids: Sequence[int], period: Period) -> Counts:
    if not unit_ids:
        return Counts()
    return add_up(c for fields in figures.get_own_fields(period, unit_ids).values() for c in fields.values())


def _find_sent(children: Sequence[UnitView], period: Period) -> list[Report]:
    return list(
        Report.objects.filter(
            unit_id__in=[child.id for child in children],
            first_on=period.first_on,
            last_on=period.last_on,
            state__in=COUNTED,
        )
    )


def _fill(
    form: Form, unit: UnitView, own: dict[str, Counts], sent: list[Report], period: Period
) -> list[Line]:
    lines = _fill_own(form, unit, own, period)
    if not sent:
        return lines
    base = get_base(form.code)
    below = [
        read_lines(sheet.lines)
        for sheet in Sheet.objects.filter(report__in=sent).select_related("form")
        if get_base(sheet.form.code) == base
    ]
    return consolidate(form.layout, [lines, *below])


def _fill_own(form: Form, unit: UnitView, own: dict[str, Counts], period: Period) -> list[Line]:
    layout = form.layout
    has_source = any(column.source for column in layout.numbers)
    if form.rows == Rows.UNIT or not has_source:
        return [
            Line(
                f"unit:{unit.id}",
                unit.agency_name,
                "",
                fill(layout, add_up(own.values())) if has_source else {},
            )
        ]
    level = figures.find_level(organisations.get_tree(period.last_on), unit.id)
    names = dict(catalogue.find_fields())
    return [
        Line(f"{level}:{code}", names.get(code, code) or "–", level, fill(layout, counts))
        for code, counts in sorted(own.items(), key=lambda pair: names.get(pair[0], pair[0]))
    ]
