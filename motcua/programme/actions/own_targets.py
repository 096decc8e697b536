"""Targets a person adds, because the plan's words do not say them as figures, and those a person puts right."""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.organisations.rules import Actor
from motcua.programme.access import require_keeper
from motcua.programme.actions.once import make_once
from motcua.programme.actions.targets import TargetFacts, lock_target, put_formula
from motcua.programme.models import Plan, PlanTarget
from motcua.programme.rules.measures import say_level


@dataclass(frozen=True, slots=True)
class LevelFacts:
    """What is to be reached: its words, the comparison, the level, its unit."""

    text: str
    op: str
    value: Decimal
    unit_name: str


@transaction.atomic
def add_target(
    *, actor: Actor, plan_id: int, level: LevelFacts, facts: TargetFacts, key: str = "", at: datetime
) -> PlanTarget:
    """Add a target to a plan with what it counts; once for a key. A renewed reading of the file leaves it alone.

    :raises Refused: the plan is another agency's, or the facts are not sound.
    """
    plan = Plan.objects.select_for_update().filter(pk=plan_id).first()
    if plan is None:
        raise Refused("not_found", _("Không có kế hoạch này."))
    require_keeper(actor, plan.unit_id)

    def make() -> PlanTarget:
        return _add(actor, plan, level, facts, at)

    said = {"plan": plan_id} | {name: str(value) for name, value in asdict(level).items()}
    return make_once(actor=actor, kind=PlanTarget, key=key, facts=said, make=make)


def _add(actor: Actor, plan: Plan, level: LevelFacts, facts: TargetFacts, at: datetime) -> PlanTarget:
    last = plan.targets.aggregate(last=Max("order"))["last"]
    order = 0 if last is None else last + 1
    made = PlanTarget.objects.create(plan=plan, order=order, is_own=True, **asdict(level))
    put_formula(made, facts)
    audit.record("programme.target_added", actor=actor, subject=str(made.pk), note=level.text[:200], at=at)
    return made


@transaction.atomic
def correct_target(*, actor: Actor, target_id: int, level: LevelFacts, at: datetime) -> PlanTarget:
    """Put right what is to be reached. The words of the plan itself stay as they are printed.

    :raises Refused: the plan is another agency's.
    """
    target = lock_target(target_id)
    require_keeper(actor, target.plan.unit_id)
    if not target.is_own and not target.said:
        target.said = say_level(target.op, target.value, target.unit_name)
    target.op, target.value, target.unit_name = level.op, level.value, level.unit_name
    target.text = level.text if target.is_own else target.text
    target.save()
    audit.record("programme.target_corrected", actor=actor, subject=str(target.pk), at=at)
    return target


@transaction.atomic
def remove_target(*, actor: Actor, target_id: int, at: datetime) -> int:
    """Take away a target a person added, as long as nobody typed a value for it; the plan's id.

    :raises Refused: it stands in the plan's own words, or has values.
    """
    target = lock_target(target_id)
    require_keeper(actor, target.plan.unit_id)
    if not target.is_own:
        raise Refused("in_the_plan", _("Chỉ tiêu này nằm trong lời văn của kế hoạch, không bỏ được."))
    if target.values.exists():
        raise Refused("has_values", _("Chỉ tiêu này đã có số liệu, không bỏ được."))
    plan_id = target.plan_id
    audit.record(
        "programme.target_removed", actor=actor, subject=str(target.pk), note=target.text[:200], at=at
    )
    target.delete()
    return plan_id
