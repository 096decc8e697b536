"""Tasks that close by themselves: a product that came into being in this house is their evidence."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.organisations.rules import SYSTEM, Actor
from motcua.programme.access import require_accepter, sign
from motcua.programme.models import Evidence, Occurrence, PlanTask, TaskReport
from motcua.programme.queries.products import find_asking, find_leaders_of
from motcua.programme.rules.products import Product, choose_occurrence
from motcua.programme.rules.standing import Days


@transaction.atomic
def set_product(*, actor: Actor, task_id: int, product: str, at: datetime) -> PlanTask:
    """Say which product of this house the task asks for; empty when none does.

    :raises Refused: the plan is another agency's, or there is no such product.
    """
    task = PlanTask.objects.select_related("plan").filter(pk=task_id).first()
    if task is None or (product and product not in set(Product)):
        raise Refused("not_found", _("Không có nhiệm vụ hoặc sản phẩm này."), field="product")
    require_accepter(actor, task)
    task.product_kind = product
    task.save(update_fields=["product_kind"])
    audit.record("programme.product_set", actor=actor, subject=str(task.pk), note=product, at=at)
    return task


@transaction.atomic
def prove(*, product: Product, unit_id: int, on: date, words: str, address: str, at: datetime) -> int:
    """Close the periods of tasks that ask for this product of this unit; how many. Proving twice changes nothing.

    Packages above call it when their own product comes into being; those below are looked at by a job.
    """
    closed = 0
    for task in find_asking(product, on):
        for leader in find_leaders_of(task, unit_id, on):
            closed += _close(task, leader, on, words, address, at)
    return closed


def _close(task: PlanTask, leader: int, on: date, words: str, address: str, at: datetime) -> int:
    if Evidence.objects.filter(
        report__occurrence__task=task, report__unit_id=leader, address=address
    ).exists():
        return 0
    waiting = task.occurrences.exclude(
        reports__in=TaskReport.objects.filter(unit_id=leader).exclude(state="returned")
    )
    chosen = choose_occurrence(((o.pk, Days(o.first_on, o.due_on, o.review_on)) for o in waiting), on)
    if chosen is None:
        return 0
    report = _accept(Occurrence.objects.get(pk=chosen), leader, words, at)
    Evidence.objects.create(report=report, words=words[:300], address=address[:500])
    audit.record("programme.proven", actor=SYSTEM, subject=str(task.pk), ids=[report.pk], note=words, at=at)
    return 1


def _accept(occurrence: Occurrence, leader: int, words: str, at: datetime) -> TaskReport:
    facts = {
        "state": TaskReport.State.ACCEPTED,
        "text": words,
        "reported_at": at,
        "reported_by": sign(SYSTEM),
        "answer": _("Hoàn thành theo sản phẩm có trên hệ thống."),
        "answered_at": at,
        "answered_by": sign(SYSTEM),
    }
    return TaskReport.objects.update_or_create(occurrence=occurrence, unit_id=leader, defaults=facts)[0]
