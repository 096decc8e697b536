"""Telling units and their heads of what is due, and what is said of a plan by those who watch over it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.accounts import queries as accounts
from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.notifications import actions as notifications
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor, Post
from motcua.programme.access import is_observer, may_keep, require_visible, sign
from motcua.programme.actions.once import make_once
from motcua.programme.models import Comment, Digest, Plan, PlanTask, Reminder
from motcua.programme.queries.plans import Part
from motcua.programme.rules.reminding import Kind

# Who is told of a unit's tasks: whoever heads it.
HEADS = frozenset({Post.UNIT_HEAD, Post.APPROVER, Post.SECTION_HEAD, Post.ONE_STOP_HEAD})


@transaction.atomic
def remind(*, unit_id: int, told_unit_id: int, parts: Sequence[tuple[Part, Kind]], at: datetime) -> int:
    """Tell a unit of parts of occurrences, each once for a kind; its heads get one letter. How many it was told of.

    :param told_unit_id: who answers for the unit today; the unit itself unless another took over from it
    """
    made = Reminder.objects.bulk_create(
        [
            Reminder(occurrence=part.occurrence, unit_id=unit_id, kind=kind, told_at=at)
            for part, kind in parts
        ],
        ignore_conflicts=True,
    )
    counts = {kind.value: sum(1 for _part, one in parts if one is kind) for kind in Kind}
    _write_to_heads(told_unit_id, "programme/reminder", counts, at)
    return len(made)


@transaction.atomic
def send_digest(
    *, unit_id: int, told_unit_id: int, monday: date, counts: Mapping[str, int], at: datetime
) -> bool:
    """Tell the heads of a unit how its tasks stand this week; once a week. Whether it was told now."""
    _digest, is_new = Digest.objects.get_or_create(
        unit_id=unit_id, monday=monday, defaults={"counts": dict(counts), "told_at": at}
    )
    if is_new:
        _write_to_heads(told_unit_id, "programme/digest", counts, at)
    return is_new


def _write_to_heads(unit_id: int, template: str, counts: Mapping[str, int], at: datetime) -> None:
    """One letter for each head with an address; who has none finds it on the page alone."""
    for officer in organisations.find_officers(unit_id, on=timezone.localdate(at)):
        if officer.post in HEADS and accounts.get_user(officer.user_id).email:
            notifications.enqueue_for_officer(
                template,
                reference=f"programme:{unit_id}:{officer.user_id}",
                agency_id=unit_id,
                user_id=officer.user_id,
                params=dict(counts),
                at=at,
            )


@transaction.atomic
def comment(
    *, actor: Actor, plan_id: int, text: str, task_id: int | None = None, key: str = "", at: datetime
) -> Comment:
    """Say something of a plan or of one of its tasks: a supervising organisation, or the plan's agency in answer.

    :raises Refused: the plan is not seen, the task is another plan's, nothing is said, or it is somebody else's plan.
    """
    plan = require_visible(actor, plan_id, timezone.localdate(at))
    if not (is_observer(actor) or may_keep(actor, plan.unit_id)):
        raise Refused("forbidden", _("Chỉ tổ chức giám sát góp ý, và cơ quan ban hành trả lời."))
    if task_id is not None and not PlanTask.objects.filter(pk=task_id, plan=plan).exists():
        raise Refused("not_found", _("Không có nhiệm vụ này."))
    if not text.strip():
        raise Refused("empty", _("Cần ghi ý kiến."), field="text")
    facts = {"plan": plan_id, "task": task_id, "text": text}

    def make() -> Comment:
        return _say(actor, plan, task_id, text, at)

    return make_once(actor=actor, kind=Comment, key=key, facts=facts, make=make)


def _say(actor: Actor, plan: Plan, task_id: int | None, text: str, at: datetime) -> Comment:
    made = Comment.objects.create(
        plan=plan,
        task_id=task_id,
        text=text.strip(),
        is_of_observer=is_observer(actor),
        said_at=at,
        said_by=sign(actor),
    )
    audit.record("programme.commented", actor=actor, subject=str(plan.pk), ids=[made.pk], at=at)
    return made
