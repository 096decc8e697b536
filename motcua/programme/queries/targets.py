"""Targets with their values: counted by the house, taken from the index, or typed; as a whole and unit by unit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.figures import access as figures_access
from motcua.figures import queries as figures
from motcua.figures.rules import Counts, Period, add_up, make_period
from motcua.indices import queries as indices
from motcua.indices import sets
from motcua.legal import queries as legal
from motcua.organisations import queries as organisations
from motcua.organisations.queries import UnitView
from motcua.organisations.rules import Actor
from motcua.programme.access import visible_to
from motcua.programme.models import Plan, PlanTarget, TargetValue
from motcua.programme.queries.cascade import find_callable, get_plan_day
from motcua.programme.queries.units import find_owner_on
from motcua.programme.rules.measures import INDEX, RATIOS, compute, is_reached


@dataclass(frozen=True, slots=True)
class Amount:
    """How many of how many, the value that makes, whether it is reached, and where the list behind it is."""

    unit_id: int
    name: str
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    reached: bool | None
    address: str = ""
    typed: TargetValue | None = None


@dataclass(frozen=True, slots=True)
class TargetView:
    """A target with its value as a whole and of each unit it binds; `source` says who counts: figures, index, typed."""

    target: PlanTarget
    period: Period
    source: str
    whole: Amount
    units: tuple[Amount, ...] = ()

    @property
    def reached_count(self) -> int:
        """How many of the units reach it."""
        return sum(1 for amount in self.units if amount.reached)


def show_doors(view: TargetView, actor: Actor) -> TargetView:
    """The same without the addresses that do not open for the reader."""
    return replace(
        view, whole=_show_door(view.whole, actor), units=tuple(_show_door(one, actor) for one in view.units)
    )


def _show_door(amount: Amount, actor: Actor) -> Amount:
    return amount if figures_access.may_read(actor, amount.unit_id) else replace(amount, address="")


def get_target(actor: Actor, target_id: int, on: date) -> PlanTarget:
    """A target of a plan one may see.

    :raises Refused: there is none.
    """
    found = PlanTarget.objects.select_related("plan", "within").prefetch_related("excluded", "values")
    target = found.filter(pk=target_id, plan__in=visible_to(actor, on)).first()
    if target is None:
        raise Refused("not_found", _("Không có chỉ tiêu này."))
    return target


def get_value(actor: Actor, value_id: int, on: date) -> TargetValue:
    """A typed value of a plan one may see.

    :raises Refused: there is none.
    """
    found = TargetValue.objects.select_related("file").filter(target__plan__in=visible_to(actor, on))
    value = found.filter(pk=value_id).first()
    if value is None:
        raise Refused("not_found", _("Không có số liệu này."))
    return value


def find_formulas(plan: Plan) -> list[tuple[str, str]]:
    """What can be counted for a plan: figures of dossiers, and the indicators that hold at the end of its year."""
    found = [(code, _(ratio.words)) for code, ratio in RATIOS.items()]
    try:
        indicators = sets.get_indicators(date(plan.year, 12, 31))
    except sets.NoSetOfIndicators:
        return found
    return [*found, *((f"{INDEX}{one.code}", f"{one.code} {one.name}") for one in indicators)]


def find_scope_units(target: PlanTarget) -> list[UnitView]:
    """The units a target binds, without those left out; the plan's own agency where it binds the whole."""
    plan = target.plan
    if not target.scope:
        tree = organisations.get_tree(get_plan_day(plan))
        owner = tree.units.get(find_owner_on(plan.unit_id, get_plan_day(plan)))
        return [owner] if owner else []
    left_out = {unit.pk for unit in target.excluded.all()}
    return [u for u in find_callable(plan) if u.kind == target.scope and u.id not in left_out]


def get_period(target: PlanTarget) -> Period:
    """The period of a target, as reports count periods; by the calendar before a decree said otherwise."""
    year = target.plan.year
    try:
        first_day = legal.get_int("report.period_first_day_of_month", date(year, 12, 31))
    except legal.MissingParameter:
        first_day = 1
    return make_period(target.period_kind, year, target.period_number, first_day=first_day)


def view_targets(plan: Plan, today: date) -> list[TargetView]:
    """Every target with its value as a whole."""
    targets = plan.targets.select_related("plan", "within").prefetch_related("excluded", "values")
    return [view_target(target, today, with_units=False) for target in targets]


def view_target(target: PlanTarget, today: date, *, with_units: bool = True) -> TargetView:
    """One target; unit by unit where it binds units of a kind."""
    period = get_period(target)
    units = find_scope_units(target)
    if target.formula in RATIOS:
        whole, parts = _count(target, period, units, today)
        return TargetView(target, period, "figures", whole, parts if with_units else ())
    if target.formula.startswith(INDEX):
        whole, parts = _ask_index(target, period, units, today, with_units=with_units)
        return TargetView(target, period, "index", whole, parts)
    whole, parts = _gather_typed(target, units)
    return TargetView(target, period, "typed", whole, parts if with_units else ())


def _count(
    target: PlanTarget, period: Period, units: list[UnitView], today: date
) -> tuple[Amount, tuple[Amount, ...]]:
    """From the figures: each unit with all below it. One statement however many units."""
    counted = period.until(today)
    rows = figures.get_rows(counted, None, by=("agency",))
    by_agency = {row.agency_id: row.counts for row in rows}
    parts = tuple(
        _make_ratio(target, period, unit.id, unit.short_agency_name, _sum_below(by_agency, unit.id, counted))
        for unit in units
    )
    if not target.scope and parts:
        return parts[0], ()
    left_out = {unit.pk for unit in target.excluded.all()}
    wanted = {unit.id for unit in units} - left_out
    counts = add_up(_sum_below(by_agency, unit, counted) for unit in wanted)
    return _make_ratio(target, period, 0, _("Tất cả"), counts), parts


def _sum_below(by_agency: Mapping[int, Counts], unit_id: int, period: Period) -> Counts:
    agencies = figures.find_agencies(unit_id, period.last_on)
    wanted = by_agency if agencies is None else set(agencies)
    return add_up(counts for agency, counts in by_agency.items() if agency in wanted)


def _make_ratio(target: PlanTarget, period: Period, unit_id: int, name: str, counts: Counts) -> Amount:
    ratio = RATIOS[target.formula]
    above, below = Decimal(counts.sum_of(ratio.above)), Decimal(counts.sum_of(ratio.below))
    value = compute(above, below, target.unit_name)
    told = {"ky": period.kind, "so": period.number, "nam": period.year, "donvi": unit_id}
    address = (
        f"{reverse('figures:behind')}?{urlencode(told)}&so-lieu={','.join(ratio.above)}" if unit_id else ""
    )
    return Amount(unit_id, name, above, below, value, is_reached(target.op, target.value, value), address)


def _ask_index(
    target: PlanTarget, period: Period, units: list[UnitView], today: date, *, with_units: bool
) -> tuple[Amount, tuple[Amount, ...]]:
    """From the index: its own figure of each unit, counted or typed there."""
    code = target.formula.removeprefix(INDEX)
    asked = [unit.id for unit in units] if target.scope else [target.plan.unit_id]
    try:
        scores = (
            indices.find_scores(period, asked, today)
            if target.scope
            else {asked[0]: indices.get_score(period, asked[0], today)}
        )
    except sets.NoSetOfIndicators:
        return Amount(0, "", None, None, None, None), ()
    names = {unit.id: unit.short_agency_name for unit in units}
    parts = []
    for unit_id in asked:
        line = next((line for line in scores[unit_id].lines if line.indicator.code == code), None)
        figure = line.figure if line else None
        told = {"ky": period.kind, "so": period.number, "nam": period.year, "donvi": unit_id}
        address = f"{reverse('indices:why', args=[code])}?{urlencode(told)}"
        above, below = (figure.numerator, figure.denominator) if figure else (None, None)
        parts.append(_amount(target, unit_id, names.get(unit_id, ""), above, below, address))
    if not target.scope:
        return parts[0], ()
    return _add_up(target, parts), tuple(parts) if with_units else ()


def _gather_typed(target: PlanTarget, units: list[UnitView]) -> tuple[Amount, tuple[Amount, ...]]:
    """The latest value each unit typed."""
    latest: dict[int, TargetValue] = {}
    for typed in target.values.all():
        latest.setdefault(typed.unit_id, typed)
    parts = []
    for unit in units:
        value = latest.get(unit.id) or (latest.get(target.plan.unit_id) if not target.scope else None)
        above, below = (value.numerator, value.denominator) if value else (None, None)
        parts.append(_amount(target, unit.id, unit.short_agency_name, above, below, "", value))
    if not target.scope:
        return (parts[0] if parts else Amount(0, "", None, None, None, None)), ()
    return _add_up(target, parts), tuple(parts)


def _amount(
    target: PlanTarget,
    unit_id: int,
    name: str,
    above: Decimal | None,
    below: Decimal | None,
    address: str = "",
    typed: TargetValue | None = None,
) -> Amount:
    value = compute(above, below, target.unit_name) if above is not None else None
    reached = is_reached(target.op, target.value, value)
    return Amount(unit_id, name, above, below, value, reached, address, typed)


def _add_up(target: PlanTarget, parts: Iterable[Amount]) -> Amount:
    """The units together, as far as they are known."""
    known = [part for part in parts if part.numerator is not None]
    if not known:
        return Amount(0, _("Tất cả"), None, None, None, None)
    above = sum((part.numerator for part in known if part.numerator is not None), Decimal(0))
    below = [part.denominator for part in known if part.denominator is not None]
    return _amount(target, 0, _("Tất cả"), above, sum(below, Decimal(0)) if below else None)
