"""What the papers of a turn say: completion asked for, a promise moved, a stand-still and its end, handling stopped."""

from collections.abc import Callable
from datetime import date, datetime
from textwrap import shorten

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.documents.forms_data import FeeLine, FormData
from motcua.documents.forms_turns import (
    ApologyData,
    ResumptionData,
    StopNoticeData,
    SupplementData,
    SuspensionData,
)
from motcua.dossiers import queries
from motcua.dossiers.models import Event
from motcua.dossiers.queries import counter
from motcua.dossiers.queries.turns import ENDING_ACTS
from motcua.dossiers.rules.ending import CHANNELS
from motcua.dossiers.rules.powers import LEADERS
from motcua.dossiers.rules.promise import Change
from motcua.dossiers.rules.states import MEANINGS, Act, State
from motcua.dossiers.rules.suspension import GROUNDS, Reason
from motcua.dossiers.views.slips import Sheet
from motcua.organisations.rules import Post
from motcua.payments import queries as payments

NAME_LENGTH = 120
STOPPING, GOING_ON = (Act.SUSPEND, Act.REQUEST_PAYMENT), (Act.RESUME, Act.CONFIRM_PAYMENT)


def _stop(sheet: Sheet) -> FormData:
    """Of the day it was stopped: who asked and how, the state until then, the originals to give back, the money taken."""
    dossier = sheet.dossier
    endings = [event for event in queries.find_events(dossier) if event.act in ENDING_ACTS]
    event = endings[sheet.no - 1] if endings else None
    stopped_at = event.at if event else dossier.finished_at or dossier.received_at
    data = event.data if event else {}
    asked_on, way = data.get("requested_on"), CHANNELS.get(data.get("request_channel", ""), "")
    reason, basis = _words_of(sheet, event)
    return StopNoticeData(
        **sheet.addressed(timezone.localdate(stopped_at)),
        received_at=dossier.received_at,
        requested_on=date.fromisoformat(asked_on) if asked_on else None,
        request_channel=_(way) if way else "",
        stopped_at=stopped_at,
        state_at_request=_(MEANINGS[State(event.from_state)].label) if event else "",
        reason=reason,
        basis=basis,
        returned_papers=tuple(
            shorten(part.name, NAME_LENGTH, placeholder="…")
            for part in queries.get_parts(dossier)
            if part.originals
        ),
        fee_note=_taken(payments.get_account(dossier.code)),
        **_sign(sheet, event, LEADERS | {Post.ONE_STOP_HEAD}),
    )


def _words_of(sheet: Sheet, event: Event | None) -> tuple[str, str]:
    """What was written beside an act, and its basis."""
    if event is None:
        return "", ""
    lines = [line for line in queries.get_history(sheet.dossier) if line.revision == event.revision]
    return (lines[0].note, lines[0].basis) if lines else ("", "")


def _sign(sheet: Sheet, event: Event | None, posts: frozenset[Post]) -> dict[str, str]:
    """Whoever did it, where they sign such papers, with the title of that day; else room for the hand of the head."""
    if event is None or event.post not in posts:
        return {"signer_title": "", "signer_name": ""}
    title = counter.find_title(sheet.dossier, event.person_name, timezone.localdate(event.at))
    return {"signer_title": title, "signer_name": event.person_name}


def _taken(account: payments.Account) -> str:
    taken = sum(t.amount_vnd for t in account.collections if t.voided_at is None)
    return f"đã thu {FeeLine(name='', amount_vnd=taken).amount}" if taken else "chưa thu"


def _supplement(sheet: Sheet) -> FormData:
    """A request, of the day it was made; whoever asked is the one to help, and signs."""
    asked = queries.find_requests(sheet.dossier)[sheet.no - 1]
    guide = asked.contact_name or sheet.name_author(Act.REQUEST_SUPPLEMENT)
    facts = sheet.addressed(timezone.localdate(asked.asked_at)) | {"officer_name": guide}
    return SupplementData(
        **facts,
        items=tuple(asked.items),
        reason=asked.reason,
        basis=asked.basis,
        answer_by=asked.due_at,
        round_no=str(asked.no) if asked.no > 1 else "",
        contact_name=asked.contact_name,
        contact_phone=asked.contact_phone,
    )


def _apology(sheet: Sheet) -> FormData:
    return _letter(sheet, Change.APOLOGISE)


def _extension(sheet: Sheet) -> FormData:
    return _letter(sheet, Change.EXTEND)


def _letter(sheet: Sheet, change: Change) -> FormData:
    """The letter of the head of the agency, on the agency's own paper and of the day it was signed."""
    dossier = sheet.dossier
    made = [one for one in queries.find_promise_changes(dossier) if one.change == change][sheet.no - 1]
    signed_on = timezone.localdate(made.at)
    return ApologyData(
        **sheet.addressed(signed_on, made.agency_id),
        addressee=f"Ông (Bà)/Tổ chức {sheet.applicant.full_name}",
        agency_name=queries.name_unit(made.agency_id, signed_on),
        received_on=sheet.on,
        due_at=made.old_due_at,
        new_due_at=made.new_due_at,
        reason=made.reason,
        basis=made.basis,
        signer_title=made.signer_title,
        signer_name=made.signer_name,
    )


def _suspension(sheet: Sheet) -> FormData:
    """The letter of a stand-still, on the paper of the agency that decides and of the day it began."""
    dossier, one = sheet.dossier, queries.find_suspensions(sheet.dossier)[sheet.no - 1]
    event = _find_act(sheet, one.since, STOPPING)
    on = timezone.localdate(one.since)
    reason, _basis = _words_of(sheet, event)
    return SuspensionData(
        **sheet.addressed(on, dossier.competent_agency_id),
        agency_name=queries.name_unit(dossier.competent_agency_id, on),
        received_at=dossier.received_at,
        due_at=_find_due(sheet, one.since),
        since=one.since,
        ground=_(GROUNDS[Reason(one.ground)].label),
        reason="" if reason == one.paper else reason,
        basis=one.basis,
        paper=one.paper,
        review_on=timezone.localdate(one.review_at),
        second_days=queries.find_second_days(dossier, one),
        **_sign(sheet, event, LEADERS),
    )


def _resumption(sheet: Sheet) -> FormData:
    """The letter that says it goes on: what ended the wait, and the appointment since."""
    dossier, one = sheet.dossier, queries.gather_turns(sheet.dossier).resumed[sheet.no - 1]
    until = one.ended_at or sheet.request.at
    on = timezone.localdate(until)
    return ResumptionData(
        **sheet.addressed(on, dossier.competent_agency_id),
        agency_name=queries.name_unit(dossier.competent_agency_id, on),
        received_at=dossier.received_at,
        since=one.since,
        until=until,
        ground=_(GROUNDS[Reason(one.ground)].label),
        proof=one.proof,
        due_at=_find_due(sheet, until),
        **_sign(sheet, _find_act(sheet, until, GOING_ON), LEADERS),
    )


def _find_act(sheet: Sheet, at: datetime, acts: tuple[Act, ...]) -> Event | None:
    return next((e for e in queries.find_events(sheet.dossier) if e.at == at and e.act in acts), None)


def _find_due(sheet: Sheet, at: datetime) -> datetime | None:
    """The appointment as it was after what happened until a moment: the last the events tell of, else the first."""
    told = [e.data.get("new_due_at") for e in queries.find_events(sheet.dossier) if e.at <= at]
    moved = [text for text in told if text]
    return datetime.fromisoformat(moved[-1]) if moved else sheet.dossier.original_due_at


TURN_FILLERS: dict[str, Callable[[Sheet], FormData]] = {
    "supplement_slip": _supplement,
    "apology_slip": _apology,
    "extension_slip": _extension,
    "suspension_notice": _suspension,
    "resumption_notice": _resumption,
    "stop_notice": _stop,
}
