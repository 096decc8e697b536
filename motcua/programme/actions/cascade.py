"""A plan handed down: units are asked for their own plans, and a plan is named as the answer."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.organisations.rules import Actor
from motcua.programme.access import require_keeper, sign
from motcua.programme.models import Plan, PlanCall
from motcua.programme.queries.cascade import find_call_for, find_callable


@transaction.atomic
def hand_down(
    *, actor: Actor, plan_id: int, unit_ids: Collection[int], due_on: date | None, at: datetime
) -> int:
    """Ask units, as of the plan's day, for their own plans; how many are asked anew. Who was asked keeps the new day.

    :raises Refused: the plan is another agency's or none yet, no unit is named, or one stands in no plan of this agency.
    """
    plan = Plan.objects.select_for_update().filter(pk=plan_id).first()
    if plan is None:
        raise Refused("not_found", _("Không có kế hoạch này."))
    require_keeper(actor, plan.unit_id)
    wanted = set(unit_ids)
    if not wanted:
        raise Refused("empty", _("Chọn ít nhất một nhóm đơn vị."), field="groups")
    if wanted - {unit.id for unit in find_callable(plan)}:
        raise Refused("not_below", _("Có đơn vị không thuộc cơ quan ban hành kế hoạch."), field="groups")
    plan.calls.filter(unit_id__in=wanted).update(due_on=due_on)
    known = set(plan.calls.values_list("unit_id", flat=True))
    made = PlanCall.objects.bulk_create(
        PlanCall(plan=plan, unit_id=unit, due_on=due_on, asked_at=at, asked_by=sign(actor))
        for unit in sorted(wanted - known)
    )
    audit.record("programme.handed_down", actor=actor, subject=str(plan.pk), note=str(len(made)), at=at)
    return len(made)


@transaction.atomic
def answer_with(*, actor: Actor, plan_id: int, parent_id: int, at: datetime) -> Plan:
    """Say that a plan kept here carries out the plan above; it then counts as received.

    :raises Refused: the unit was not asked for a plan, it is of another year, or one was named already.
    """
    plan = Plan.objects.select_for_update().filter(pk=plan_id).first()
    parent = Plan.objects.filter(pk=parent_id).first()
    if plan is None or parent is None:
        raise Refused("not_found", _("Không có kế hoạch này."))
    require_keeper(actor, plan.unit_id)
    if find_call_for(parent, plan.unit_id) is None:
        raise Refused("not_asked", _("Kế hoạch cấp trên không giao đơn vị này xây dựng kế hoạch."))
    if plan.year != parent.year:
        raise Refused("year", _("Hai kế hoạch không cùng năm."))
    if plan.parent_id not in {None, parent.pk}:
        raise Refused("exists", _("Kế hoạch này đã gắn với một kế hoạch cấp trên khác."))
    if parent.children.filter(unit_id=plan.unit_id).exclude(pk=plan.pk).exists():
        raise Refused("exists", _("Đơn vị đã gửi kế hoạch của mình."))
    plan.parent = parent
    plan.save(update_fields=["parent"])
    audit.record("programme.answered_call", actor=actor, subject=str(plan.pk), ids=[parent.pk], at=at)
    return plan
