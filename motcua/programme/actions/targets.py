"""What a target counts and for whom is set by a person; values nobody counts are typed with what shows them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.figures.rules import make_period
from motcua.organisations.rules import Actor
from motcua.programme.access import require_keeper, require_value_typist, sign
from motcua.programme.actions.once import make_once
from motcua.programme.actions.reporting import Shown, is_address, keep_shown
from motcua.programme.models import PlanTarget, TargetValue
from motcua.programme.queries.targets import find_formulas, find_scope_units


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """How a target is counted: formula, whom it binds, when, who is left out and why."""

    formula: str
    numerator_words: str
    denominator_words: str
    scope: str
    period_kind: str
    period_number: int
    excluded: Collection[int]
    exclusion_reason: str
    within: int | None = None


@transaction.atomic
def set_formula(*, actor: Actor, target_id: int, facts: TargetFacts, at: datetime) -> PlanTarget:
    """Say what a target counts.

    :raises Refused: the plan is another agency's, there is no such formula or period, or units are left out without reason.
    """
    target = lock_target(target_id)
    require_keeper(actor, target.plan.unit_id)
    put_formula(target, facts)
    audit.record("programme.target_set", actor=actor, subject=str(target.pk), note=facts.formula, at=at)
    return target


def put_formula(target: PlanTarget, facts: TargetFacts) -> None:
    """Write what a locked target counts.

    :raises Refused: there is no such formula or period, or units are left out without reason.
    """
    _require_sound(target, facts)
    for name in ("formula", "numerator_words", "denominator_words", "scope", "period_kind", "period_number"):
        setattr(target, name, getattr(facts, name))
    target.exclusion_reason, target.within_id = facts.exclusion_reason.strip(), facts.within
    target.save()
    target.excluded.set(facts.excluded)


def lock_target(target_id: int) -> PlanTarget:
    """The target, held until the act is done.

    :raises Refused: there is none.
    """
    target = (
        PlanTarget.objects.select_for_update(of=("self",)).select_related("plan").filter(pk=target_id).first()
    )
    if target is None:
        raise Refused("not_found", _("Không có chỉ tiêu này."))
    return target


def _require_sound(target: PlanTarget, facts: TargetFacts) -> None:
    if facts.formula and facts.formula not in dict(find_formulas(target.plan)):
        raise Refused("not_found", _("Không có cách tính này."), field="formula")
    try:
        make_period(facts.period_kind, target.plan.year, facts.period_number)
    except ValueError as fault:
        raise Refused("not_found", _("Không có kỳ này trong năm."), field="period_number") from fault
    if facts.excluded and not facts.exclusion_reason.strip():
        raise Refused(
            "no_reason", _("Cần ghi lý do không tính các đơn vị đã chọn."), field="exclusion_reason"
        )
    own = target.plan.targets.exclude(pk=target.pk).filter(pk=facts.within or 0)
    if facts.within and not own.exists():
        raise Refused("not_found", _("Chỉ tiêu bao ngoài phải thuộc cùng kế hoạch."), field="within")


@transaction.atomic
def type_value(
    *,
    actor: Actor,
    target_id: int,
    unit_id: int,
    as_of: date,
    numerator: Decimal,
    denominator: Decimal | None,
    shown: Shown,
    key: str = "",
    at: datetime,
) -> TargetValue:
    """Type what nobody counts: how many, of how many, as of a day, with what shows it; once for a key. Earlier values stay.

    :raises Refused: the unit is not the actor's or not bound by the target, it is counted by itself, or nothing shows it.
    """
    target = lock_target(target_id)
    require_value_typist(actor, target.plan, unit_id)
    amounts = {"as_of": as_of, "numerator": numerator, "denominator": denominator}
    facts = {"target": target_id, "unit": unit_id} | {name: str(value) for name, value in amounts.items()}

    def make() -> TargetValue:
        _require_fitting(target, unit_id, numerator, denominator)
        return _type_value(actor, target, unit_id, amounts, shown, at)

    return make_once(actor=actor, kind=TargetValue, key=key, facts=facts, make=make)


def _require_fitting(
    target: PlanTarget, unit_id: int, numerator: Decimal, denominator: Decimal | None
) -> None:
    if target.formula:
        raise Refused("counted", _("Chỉ tiêu này được hệ thống tự đếm."))
    if unit_id not in {unit.id for unit in find_scope_units(target)}:
        raise Refused("not_bound", _("Đơn vị này không thuộc phạm vi của chỉ tiêu."), field="unit")
    if denominator is not None and numerator > denominator and target.unit_name == "%":
        raise Refused("too_many", _("Tử số lớn hơn mẫu số."), field="numerator")


def _type_value(
    actor: Actor, target: PlanTarget, unit_id: int, amounts: dict[str, Any], shown: Shown, at: datetime
) -> TargetValue:
    file = _keep(shown, actor, at)
    made = TargetValue.objects.create(
        target=target,
        unit_id=unit_id,
        **amounts,
        words=(shown.words or (file.original_name if file else shown.address))[:300],
        address=shown.address[:500],
        file=file,
        typed_at=at,
        typed_by=sign(actor),
    )
    audit.record("programme.value_typed", actor=actor, subject=str(target.pk), ids=[made.pk], at=at)
    return made


def _keep(shown: Shown, actor: Actor, at: datetime) -> Any:
    """The file that shows it; an address, beside it or instead, must be one."""
    is_shown_otherwise = bool(shown.content) and not shown.address
    if not is_shown_otherwise and not is_address(shown.address):
        raise Refused(
            "no_evidence",
            _("Cần một minh chứng: tệp, hoặc liên kết bắt đầu bằng https:// hoặc /."),
            field="address",
        )
    return keep_shown(actor=actor, shown=shown, at=at)
