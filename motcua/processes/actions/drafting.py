"""Writing a draft: the one place where a step table may be changed."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.organisations.rules import Actor
from motcua.processes import access
from motcua.processes.models import Process, ProcessVersion, Step
from motcua.processes.rules import StepView


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """A step table and where it comes from."""

    procedure_code: str
    steps: tuple[StepView, ...]
    total_hours: Decimal | None = None
    agency_id: int | None = None
    source: str = ""
    is_demonstration: bool = False


@transaction.atomic
def save_draft(*, actor: Actor, facts: DraftFacts, at: datetime) -> ProcessVersion:
    """Keep a table as the draft of its process, replacing the draft there was; faults may still be in it.

    :raises Refused: the actor may not, two steps have the same number, or the draft waits to be published.
    """
    access.require_drafter(actor, facts.agency_id)
    if len({step.no for step in facts.steps}) != len(facts.steps):
        raise Refused("number_twice", _("Hai bước không được cùng số thứ tự."), field="steps")
    draft = _open_draft(actor, facts, at)
    write_steps(draft, facts.steps)
    audit.record(
        "processes.draft_saved",
        actor=actor,
        subject=f"processes.version:{draft.pk}",
        note=facts.procedure_code,
        at=at,
    )
    return draft


@transaction.atomic
def discard_draft(*, actor: Actor, version_id: int, at: datetime) -> None:
    """Throw a draft away.

    :raises Refused: the actor may not, it is published, or it waits to be published.
    """
    draft = get_draft(version_id)
    access.require_drafter(actor, draft.process.agency_id)
    _require_in_hand(actor, draft)
    Step.objects.filter(version=draft).delete()
    draft.delete()
    audit.record("processes.draft_discarded", actor=actor, subject=f"processes.version:{version_id}", at=at)


def get_draft(version_id: int) -> ProcessVersion:
    """A draft, locked.

    :raises Refused: there is none with this id, or it is published and can no longer change.
    """
    rows = ProcessVersion.objects.select_for_update(of=("self",)).select_related("process")
    version = rows.filter(pk=version_id).first()
    if version is None:
        raise Refused("not_found", _("Không có quy trình này."))
    if version.state != "draft":
        raise Refused(
            "published",
            _("Quy trình đã công bố không sửa được; hãy lập dự thảo mới."),
            possible=("save_draft",),
        )
    return version


def _require_in_hand(actor: Actor, draft: ProcessVersion) -> None:
    """:raises Refused: the agency sent the draft to the province and has not taken it back."""
    if draft.submitted_at is not None and not access.is_keeper(actor):
        raise Refused(
            "submitted",
            _("Dự thảo đang chờ tỉnh công bố. Muốn sửa, hãy lấy lại dự thảo trước."),
            possible=("take_back",),
        )


def _open_draft(actor: Actor, facts: DraftFacts, at: datetime) -> ProcessVersion:
    process, _new = Process.objects.get_or_create(
        procedure_code=facts.procedure_code, agency_id=facts.agency_id
    )
    Process.objects.select_for_update().get(pk=process.pk)
    draft = ProcessVersion.objects.filter(process=process, state="draft").first()
    if draft is None:
        last = ProcessVersion.objects.filter(process=process).aggregate(last=Max("number"))["last"] or 0
        draft = ProcessVersion(process=process, number=last + 1)
    _require_in_hand(actor, draft)
    draft.total_hours = facts.total_hours
    draft.source = facts.source
    draft.is_demonstration = facts.is_demonstration
    draft.changed_at = at
    draft.save()
    return draft


def write_steps(draft: ProcessVersion, steps: tuple[StepView, ...]) -> None:
    """Replace the steps of a draft."""
    Step.objects.filter(version=draft).delete()
    Step.objects.bulk_create(
        Step(
            version=draft,
            no=step.no,
            name=step.name[:300],
            post=step.post,
            unit_role=step.unit_role,
            hours=step.hours,
            product=step.product[:300],
            runs_after=list(step.runs_after),
        )
        for step in steps
    )
