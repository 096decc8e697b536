"""Giải trình: owed when a result is signed after its promise, written by the unit, read by its head."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.accounts import queries as accounts
from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.dossiers import access
from motcua.dossiers.actions.telling import require_text
from motcua.dossiers.actions.turn import Turn
from motcua.dossiers.models import Explanation
from motcua.dossiers.rules.powers import HANDLERS, LEADERS
from motcua.dossiers.rules.promise import CAUSES
from motcua.notifications import actions as notifications
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor
from motcua.worktime import queries as worktime
from motcua.worktime.rules import Timeliness, add_working_hours, judge, next_working_moment

# The house's own measure, not the law's: two working days, then the head is told that it is missing.
WITHIN_HOURS = 16
MISSING = "dossiers/explanations_missing"


def owe(turn: Turn) -> None:
    """A result signed after its promise owes its agency's head an explanation; a promise that was kept owes nothing."""
    dossier, due_at = turn.dossier, turn.dossier.due_at
    if due_at is None or judge(turn.at, due_at, dossier.limit_unit, turn.at) is not Timeliness.LATE:
        return
    handled = [task for task in turn.tasks if task.post in HANDLERS and task.done_by_id is not None]
    unit_id = max(handled, key=lambda task: task.pk).unit_id if handled else turn.actor.unit_id
    wake_at = add_working_hours(turn.at, WITHIN_HOURS, worktime.get_calendar(dossier.calendar_code))
    Explanation.objects.get_or_create(
        dossier=dossier, due_at=due_at,
        defaults={
            "agency_id": dossier.competent_agency_id, "unit_id": unit_id, "finished_at": turn.at, "wake_at": wake_at,
        },
    )  # fmt: skip


@transaction.atomic
def explain(*, actor: Actor, explanation_id: int, cause: str, text: str, at: datetime) -> Explanation:
    """Say to the head why the result came late; said once, kept as it was said.

    :raises Refused: another agency's, explained already, an unknown cause, or nothing was written
    """
    row = access.require_explanation(actor, explanation_id, to_act=True)
    if row.explained_at is not None:
        raise Refused("not_possible_now", _("Việc này đã có giải trình."))
    if cause not in CAUSES:
        raise Refused("unknown_choice", _("Lựa chọn không có trong danh sách."), field="cause")
    row.text = require_text(text, field_name="text", message=_("Ghi nội dung giải trình."))
    row.cause, row.explained_at, row.explained_by = cause, at, actor.person_name[:120]
    row.save(update_fields=["text", "cause", "explained_at", "explained_by"])
    audit.record("dossiers.explained", actor=actor, subject=f"dossiers.dossier:{row.dossier_id}", at=at)
    return row


@transaction.atomic
def remind_of_explanations(*, calendar_code: str = "default", at: datetime) -> int:
    """Tell heads how many explanations of their agency are missing after their time, each once; how many are."""
    if next_working_moment(at, worktime.get_calendar(calendar_code)) != at.replace(microsecond=0):
        return 0
    missing = Explanation.objects.select_for_update().filter(
        explained_at=None, reminded_at=None, wake_at__lte=at
    )
    counts = Counter(missing.values_list("agency_id", flat=True))
    for agency_id, number in sorted(counts.items()):
        _write_to_heads(agency_id, number, at)
    return missing.update(reminded_at=at)


def _write_to_heads(agency_id: int, number: int, at: datetime) -> None:
    holders = organisations.find_officers_of({agency_id}, on=timezone.localdate(at))
    heads = {one.user_id for one in holders if one.post in LEADERS}
    for user_id in sorted(accounts.find_with_email(heads)):
        notifications.enqueue_for_officer(
            MISSING, reference=f"officer:{user_id}", agency_id=agency_id, user_id=user_id,
            params={"number": number}, at=at,
        )  # fmt: skip
