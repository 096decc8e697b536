"""Publishing by decision: from then on the table never changes, and the one before it is marked as replaced."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.catalogue.stamps import new_stamp
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.organisations.rules import Actor
from motcua.processes import access
from motcua.processes.actions.drafting import get_draft
from motcua.processes.models import ProcessStamp, ProcessVersion
from motcua.processes.queries import STAMP, forget, view
from motcua.processes.rules import check_table
from motcua.processes.words import say


@transaction.atomic
def publish(
    *, actor: Actor, version_id: int, decision_number: str, published_on: date | None = None, at: datetime
) -> ProcessVersion:
    """Publish a draft by a decision; dossiers received from that day on go this way.

    :raises Refused: no decision number, a fault in the table, or a day before the version it replaces.
    """
    access.require_keeper(actor)
    draft = get_draft(version_id)
    number = clean_line(decision_number)
    day = published_on or timezone.localdate(at)
    if not number:
        raise Refused("no_decision", _("Hãy ghi số quyết định công bố quy trình."), field="decision_number")
    if problems := check_table(view(draft).steps, draft.total_hours):
        raise Refused("bad_table", " ".join(say(problem) for problem in problems), field="steps")
    _replace(draft, day)
    draft.state, draft.published_on, draft.decision_number, draft.changed_at = (
        "published",
        day,
        number[:100],
        at,
    )
    draft.save()
    touch()
    audit.record(
        "processes.published", actor=actor, subject=f"processes.version:{draft.pk}", note=number, at=at
    )
    return draft


def _replace(draft: ProcessVersion, day: date) -> None:
    current = (
        ProcessVersion.objects.select_for_update().filter(process=draft.process_id, state="published").first()
    )
    if current is None:
        return
    if current.published_on and current.published_on >= day:
        raise Refused(
            "too_early", _("Ngày công bố phải sau ngày công bố của bản đang dùng."), field="published_on"
        )
    current.state, current.replaced_on = "replaced", day
    current.save(update_fields=["state", "replaced_on"])


def touch() -> None:
    """Set a new stamp; this process forgets at once, and again when the change is kept."""
    ProcessStamp.objects.update_or_create(name=STAMP, defaults={"value": new_stamp()})
    forget()
    transaction.on_commit(forget)
