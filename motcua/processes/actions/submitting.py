"""From an agency's draft to the province's table: sent to be published, taken back, or given back with a reason."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.organisations.rules import Actor
from motcua.processes import access
from motcua.processes.actions.drafting import get_draft
from motcua.processes.models import ProcessVersion
from motcua.processes.queries import view
from motcua.processes.rules import check_table
from motcua.processes.words import say


@transaction.atomic
def submit_draft(*, actor: Actor, version_id: int, at: datetime) -> ProcessVersion:
    """Ask the province to publish an agency's draft; until it answers, the agency does not change it.

    :raises Refused: the actor may not, the table has faults, or it was sent already.
    """
    draft = get_draft(version_id)
    access.require_drafter(actor, draft.process.agency_id)
    if draft.submitted_at is not None:
        raise Refused("submitted", _("Dự thảo đã được trình, đang chờ tỉnh công bố."))
    if problems := check_table(view(draft).steps, draft.total_hours):
        raise Refused("bad_table", " ".join(say(problem) for problem in problems), field="steps")
    draft.submitted_at, draft.given_back = at, ""
    draft.submitted_by = f"{actor.person_name} – {actor.unit_name}"[:240]
    return _keep(actor, draft, "processes.submitted", "", at)


@transaction.atomic
def take_back(*, actor: Actor, version_id: int, reason: str = "", at: datetime) -> ProcessVersion:
    """Put a draft that was sent back into the hands of its agency; the province says why.

    :raises Refused: the actor may not, it was not sent, or the province gives no reason.
    """
    draft = get_draft(version_id)
    access.require_drafter(actor, draft.process.agency_id)
    if draft.submitted_at is None:
        raise Refused("not_submitted", _("Dự thảo này chưa được trình."))
    words = clean_line(reason)[:500]
    if not words and draft.process.agency_id != actor.agency_id:
        raise Refused("no_reason", _("Hãy ghi lý do trả lại để đơn vị biết chỗ cần sửa."), field="reason")
    draft.submitted_at, draft.submitted_by, draft.given_back = None, "", words
    return _keep(actor, draft, "processes.taken_back", words, at)


def _keep(actor: Actor, draft: ProcessVersion, code: str, note: str, at: datetime) -> ProcessVersion:
    draft.changed_at = at
    draft.save()
    audit.record(code, actor=actor, subject=f"processes.version:{draft.pk}", note=note[:200], at=at)
    return draft
