"""Before a filing is a dossier: accepted with its number, returned once for completion, refused, taken back, closed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.catalogue import queries as catalogue
from motcua.catalogue.queries import BundleView
from motcua.core.refusal import Refused
from motcua.documents import actions as documents
from motcua.dossiers import access
from motcua.dossiers.actions.facts import Intake
from motcua.dossiers.actions.intake import receive, refuse_intake
from motcua.dossiers.actions.turn import CHANGED_SINCE, clean_text, require_text
from motcua.dossiers.models import Dossier, Filing, FilingRequest, Joint
from motcua.dossiers.queries.competence import find_near
from motcua.dossiers.queries.filing import find_group, find_rounds, get_limits
from motcua.dossiers.rules import national
from motcua.dossiers.rules.acceptance import FILING_MOVES, FilingAct, FilingState, require_move
from motcua.dossiers.rules.supplement import Stage, compute_answer_by, require_request
from motcua.integrations import actions as integrations
from motcua.notifications import actions as notifications
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor
from motcua.worktime import queries as worktime

NOTICES = {
    FilingAct.RETURN: "dossiers/returned_for_fix",
    FilingAct.REFUSE: "dossiers/not_accepted",
    FilingAct.WITHDRAW: "dossiers/withdrawn",
    FilingAct.CLOSE: "dossiers/filing_closed",
}
# Faults of the application itself: a slip of refusal names the procedure and agency, and here there is none to name.
NO_SLIP = frozenset({"wrong_agency", "agency_needed", "not_found", "unknown_procedure", "not_operated"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What an applicant is asked to complete: everything at once, with the reason."""

    items: tuple[str, ...]
    reason: str
    basis: str = ""
    override_reason: str = ""


@transaction.atomic
def accept_filing(
    *, actor: Actor, reference: str, intake: Intake, revision: int | None = None, key: str = "", at: datetime
) -> Dossier:
    """Receive what was filed online: it gets its number, its clock and its first step; the portal is told 2.

    `intake.part_files` name files of the filing. Accepting again gives the same dossier back.

    :raises Refused: as in `receive`; or it was answered otherwise, or belongs to another counter.
    """
    filing = lock_filing(actor=actor, reference=reference, act=FilingAct.ACCEPT, revision=revision)
    if isinstance(filing, Dossier):
        return filing
    filing = _require_one(filing)
    files = take_over_papers(actor=actor, filing=filing, part_files=intake.part_files, at=at)
    online = replace(intake, channel="online", filed_as=filing.reference, part_files=files)
    dossier = receive(actor=actor, intake=online, key=key, at=at)
    end_filing(filing, FilingState.ACCEPTED, dossier=dossier, at=at)
    record_filing(actor=actor, act=FilingAct.ACCEPT, filing=filing, at=at)
    return dossier


@transaction.atomic
def return_filing(
    *, actor: Actor, reference: str, asked: Asked, revision: int | None = None, at: datetime
) -> Filing:
    """Ask the applicant, once and for everything, to complete what was filed (Decree 61/2018 art. 17.2); told 5.

    :raises Refused: nothing asked for, no reason, or asked once already without saying why again.
    """
    filing = lock_filing(actor=actor, reference=reference, act=FilingAct.RETURN, revision=revision)
    assert isinstance(filing, Filing)
    items = tuple(line for item in asked.items if (line := clean_text(item)))
    limits = get_limits(timezone.localdate(at))
    require_request(
        find_rounds(filing),
        stage=Stage.BEFORE_ACCEPTANCE,
        agency_id=filing.unit_id,
        items=items,
        reason=asked.reason,
        limits=limits,
        override_reason=asked.override_reason,
        say=_,
    )
    due_at = compute_answer_by(at, limits.answer_days, worktime.get_calendar(filing.calendar_code))
    _keep_request(actor, filing, replace(asked, items=items), due_at, at)
    _answer(filing, FilingState.ASKED, at)
    filing.complete_by = due_at
    filing.save()
    tell_filing(
        filing=filing,
        act=FilingAct.RETURN,
        words=_write_request(items, asked.reason),
        answer_by=due_at,
        at=at,
    )
    record_filing(actor=actor, act=FilingAct.RETURN, filing=filing, at=at)
    return filing


@transaction.atomic
def refuse_filing(
    *,
    actor: Actor,
    reference: str,
    intake: Intake,
    reason: str,
    basis: str = "",
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Filing:
    """Do not accept it, with the reason in writing; the slip has its own code, and the portal is told 3.

    What names no procedure or agency of ours has nothing to write on a slip: the reason alone is kept and told.

    :raises Refused: no reason, or it was answered already.
    """
    filing = lock_filing(actor=actor, reference=reference, act=FilingAct.REFUSE, revision=revision)
    if isinstance(filing, Dossier):
        return filing.filing
    assert isinstance(filing, Filing)
    reason = require_text(reason, field_name="reason", message=_("Phải ghi lý do từ chối tiếp nhận."))
    slip = _write_slip(actor, filing, intake, reason, basis, key, at)
    end_filing(filing, FilingState.REFUSED, dossier=slip, reason=reason, at=at)
    if slip is None:
        tell_filing(filing=filing, act=FilingAct.REFUSE, words=reason, at=at)
    record_filing(actor=actor, act=FilingAct.REFUSE, filing=filing, at=at)
    return filing


@transaction.atomic
def settle_wish(*, actor: Actor, reference: str, wish_id: int, at: datetime) -> None:
    """The counter has seen to what an applicant asked of an accepted dossier.

    :raises Refused: another counter's, or there is no such wish.
    """
    filing = access.require_filing(actor, reference, to_act=True)
    done_by = f"{actor.person_name}, {actor.unit_name}"[:240]
    if not filing.wishes.filter(pk=wish_id, done_at=None).update(done_at=at, done_by=done_by):
        raise Refused("not_possible_now", _("Yêu cầu này đã xử lý."))
    audit.record("dossiers.filing_wish_settled", actor=actor, subject=f"dossiers.filing:{filing.pk}", at=at)


def note_seen(*, actor: Actor, filing: Filing, at: datetime) -> None:
    """The counter looked at it for the first time; from then on nobody is alerted of it."""
    if filing.seen_at is None and filing.is_open and access.may_answer(actor, filing):
        Filing.objects.filter(pk=filing.pk, seen_at=None).update(seen_at=at)
        filing.seen_at = at
        audit.record("dossiers.filing_seen", actor=actor, subject=f"dossiers.filing:{filing.pk}", at=at)


def lock_filing(
    *, actor: Actor, reference: str, act: FilingAct, revision: int | None
) -> Filing | Dossier | Joint:
    """The filing to act on; the dossier, or the whole, it became when the same answer was given before.

    :raises Refused: not this counter's, not possible any more, or changed since the page was shown.
    """
    filing = access.require_filing(actor, reference, to_act=True)
    done = {FilingAct.ACCEPT: FilingState.ACCEPTED, FilingAct.REFUSE: FilingState.REFUSED}.get(act)
    if filing.dossier is not None and filing.state == done:
        return filing.dossier
    if filing.joint is not None and filing.state == done:
        return filing.joint
    require_move(FilingState(filing.state), act, say=_)
    if revision is not None and revision != filing.revision:
        raise Refused("stale", _(CHANGED_SINCE))
    return filing


def _require_one(filing: Filing | Joint) -> Filing:
    """The filing; :raises Refused: a whole group was filed, which is accepted as a whole."""
    if not isinstance(filing, Filing) or filing.bundle_code:
        raise Refused("is_group", _("Hồ sơ nộp theo nhóm thủ tục liên thông: tiếp nhận cả bộ."))
    return filing


def take_over_papers(
    *, actor: Actor, filing: Filing, part_files: Sequence[tuple[int, int]], at: datetime
) -> tuple[tuple[int, int], ...]:
    """The filing's own files under the officer's name; a number of anything else opens nothing."""
    own = set(filing.papers.exclude(file=None).values_list("file_id", flat=True))
    if any(file_id not in own for _component, file_id in part_files):
        raise Refused("unknown_file", _("Có tệp không thuộc hồ sơ này."), field="files")
    return tuple(
        (component, documents.take_over(file_id=file_id, user_id=actor.user_id, at=at).pk)
        for component, file_id in part_files
    )


def _write_slip(
    actor: Actor, filing: Filing, intake: Intake, reason: str, basis: str, key: str, at: datetime
) -> Dossier | None:
    facts = replace(intake, channel="online", filed_as=filing.reference, part_files=(), parts=())
    if bundle := find_group(filing, timezone.localdate(at)):
        facts = _name_first_part(actor, facts, bundle, at)
    try:
        with transaction.atomic():
            return refuse_intake(actor=actor, intake=facts, reason=reason, basis=basis, key=key, at=at)
    except Refused as no:
        if no.code not in NO_SLIP:
            raise
    return None


def _name_first_part(actor: Actor, facts: Intake, bundle: BundleView, at: datetime) -> Intake:
    """A whole that is refused is one refusal: under the part it would have begun with, by the name of its group."""
    on = timezone.localdate(at)
    sheet = catalogue.get_intake_sheet(bundle.parts[0].procedure_code, on)
    return replace(
        facts,
        procedure_code=sheet.code,
        portal_id=sheet.portal_id,
        competent_agency_id=find_near(actor, sheet, on),
    )


def _keep_request(actor: Actor, filing: Filing, asked: Asked, due_at: datetime, at: datetime) -> None:
    FilingRequest.objects.create(
        filing=filing,
        round=filing.requests.count() + 1,
        items=list(asked.items),
        reason=clean_text(asked.reason),
        basis=clean_text(asked.basis)[:300],
        override_reason=clean_text(asked.override_reason),
        asked_at=at,
        asked_by_id=actor.user_id,
        asked_by_name=actor.person_name[:120],
        agency_id=filing.unit_id,
        due_at=due_at,
    )


def _write_request(items: Sequence[str], reason: str) -> str:
    """The notice as the applicant reads it on the portal."""
    lines = "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))
    return f"{_('Đề nghị hoàn thiện:')}\n{lines}\n{_('Lý do:')} {clean_text(reason)}"


def _answer(filing: Filing, state: FilingState, at: datetime) -> None:
    """The office's answer: the first of all is measured against its hours, and stays measured."""
    filing.state, filing.revision = state.value, filing.revision + 1
    filing.seen_at = filing.seen_at or at
    if filing.first_answer_at is None:
        filing.first_answer_at, filing.was_late = at, at > filing.answer_by


def end_filing(
    filing: Filing,
    state: FilingState,
    *,
    dossier: Dossier | None,
    joint: Joint | None = None,
    reason: str = "",
    at: datetime,
) -> None:
    """The counter's last answer, and what it became."""
    _answer(filing, state, at)
    filing.ended_at, filing.dossier, filing.joint, filing.end_reason = at, dossier, joint, reason
    filing.complete_by = None
    filing.save()


def tell_filing(
    *, filing: Filing, act: FilingAct, words: str = "", answer_by: datetime | None = None, at: datetime
) -> None:
    """The portal under its own code, and the applicant; `words` go to the portal alone."""
    on = timezone.localdate(at)
    agency_id = filing.agency_id or organisations.get_agency_of(filing.unit_id, on).id
    payload = {
        "code": filing.reference,
        "act": str(act),
        "status": FILING_MOVES[act].national_code,
        "channel": national.get_channel_code("online"),
        "procedure_code": filing.procedure_code,
        "due_at": None,
        "at": at.isoformat(),
    }
    integrations.put(
        "npsp",
        "dossier.status",
        agency_id=agency_id,
        reference=filing.reference,
        sequence=filing.revision,
        payload=payload,
        words=words,
        at=at,
    )
    if (template := NOTICES.get(act)) and filing.applicant_id:
        params = {"code": filing.reference, "answer_by": answer_by.isoformat() if answer_by else None}
        notifications.enqueue(
            template,
            reference=filing.reference,
            agency_id=agency_id,
            person_id=filing.applicant_id,
            params=params,
            at=at,
        )


def record_filing(*, actor: Actor | None, act: FilingAct, filing: Filing, at: datetime) -> None:
    """Who did what with a filing; nobody is the house itself."""
    subject = f"dossiers.filing:{filing.pk}"
    audit.record(f"dossiers.{act}", actor=actor or "system", subject=subject, at=at)
