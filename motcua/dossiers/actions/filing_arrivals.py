"""What the national portal tells of filings, kept: a new one, what completes it, that it is taken back; and closing."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from motcua.audit import actions as audit
from motcua.core import secret
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.dossiers.actions.filing import record_filing, tell_filing
from motcua.dossiers.models import Filing, FilingPaper, FilingWish
from motcua.dossiers.queries.filing import compute_moments
from motcua.dossiers.rules.acceptance import OPEN, FilingAct, FilingState
from motcua.integrations.npsp import Completion, Paper
from motcua.integrations.npsp import Filing as Told
from motcua.organisations import queries as organisations
from motcua.organisations.queries import UnitView
from motcua.people import actions as people
from motcua.people.actions import PersonFacts
from motcua.people.rules import guess_kind

SOURCE = "npsp"
MOST_PAPERS = 200


class NotOurs(Exception):
    """The message speaks of nothing that waits here: a person has to look at it."""


@transaction.atomic
def keep_filing(*, reference: str, told: Told, arrived_at: datetime, at: datetime) -> Filing:
    """A dossier filed online: it waits at the counter of the agency it names, with its clock from the portal's receipt.

    What names an agency that is no more goes to whoever took over; what names none of ours, to the province's centre.

    :raises NotOurs: the portal used this code before, or no centre could look at it.
    """
    if Filing.objects.filter(source=SOURCE, reference=reference).exists():
        raise NotOurs("mã hồ sơ này đã nộp trước đó")
    on = timezone.localdate(at)
    agency, place = _find_place(told.agency_code, on)
    calendar_code = organisations.get_calendar_code(place.id, on)
    moments = compute_moments(arrived_at, None, calendar_code, on)
    filing = Filing.objects.create(
        source=SOURCE,
        reference=reference,
        unit_id=place.id,
        agency_id=agency.id if agency else None,
        agency_code=told.agency_code[:35],
        procedure_code=(told.bundle_code or told.procedure_code)[:40],
        bundle_code=told.bundle_code[:40],
        applicant_id=_keep_applicant(told, at),
        applicant_name=clean_line(told.full_name)[:250],
        facts_enc=_encrypt(told),
        calendar_code=calendar_code,
        arrived_at=arrived_at,
        alert_at=moments.alert_at,
        answer_by=moments.answer_at,
    )
    _keep_papers(filing, told.papers, at)
    audit.record("dossiers.filing_arrived", actor="system", subject=f"dossiers.filing:{filing.pk}", at=at)
    return filing


@transaction.atomic
def complete_filing(*, reference: str, told: Completion, sent_at: datetime, at: datetime) -> Filing:
    """The applicant completed it: it waits at the counter again, its hours counted anew; the portal is told 1.

    :raises NotOurs: it is not waiting for its applicant.
    """
    filing = _find(reference, FilingState.ASKED)
    moments = compute_moments(filing.arrived_at, sent_at, filing.calendar_code, timezone.localdate(at))
    filing.requests.filter(answered_at=None).update(answered_at=sent_at)
    filing.state, filing.revision = FilingState.WAITING.value, filing.revision + 1
    filing.completed_at, filing.complete_by, filing.seen_at = sent_at, None, None
    filing.alert_at, filing.answer_by = moments.alert_at, moments.answer_at
    filing.save()
    _keep_papers(filing, told.papers, at)
    tell_filing(filing=filing, act=FilingAct.COMPLETE, at=at)
    record_filing(actor=None, act=FilingAct.COMPLETE, filing=filing, at=at)
    return filing


@transaction.atomic
def withdraw_filing(*, reference: str, at: datetime) -> Filing:
    """The applicant takes it back before it was accepted; told 7.

    :raises NotOurs: it waits for nobody.
    """
    filing = _find(reference, *OPEN)
    _close(filing, FilingState.WITHDRAWN, FilingAct.WITHDRAW, at)
    return filing


@transaction.atomic
def keep_wish(*, reference: str, kind: str, told: Completion, sent_at: datetime, at: datetime) -> FilingWish:
    """What the applicant says of a dossier that was accepted: it waits at the counter, its papers are fetched.

    :raises NotOurs: no dossier under this code was accepted here.
    """
    filing = _find(reference, FilingState.ACCEPTED)
    wish = FilingWish.objects.create(
        filing=filing,
        kind=kind,
        words_enc=secret.encrypt(told.words) if told.words else None,
        sent_at=sent_at,
    )
    _keep_papers(filing, told.papers, at)
    audit.record(
        "dossiers.filing_wish", actor="system", subject=f"dossiers.filing:{filing.pk}", note=kind, at=at
    )
    return wish


@transaction.atomic
def close_unanswered(*, limit: int = 500, at: datetime) -> int:
    """Close what was not completed in time (Decree 297/2025: 15 working days); told 8. How many."""
    over = Filing.objects.filter(state=FilingState.ASKED.value, complete_by__lt=at)
    filings = list(over.select_for_update(skip_locked=True).order_by("complete_by")[:limit])
    for filing in filings:
        _close(filing, FilingState.CLOSED, FilingAct.CLOSE, at)
    return len(filings)


def mark_fetched(*, paper_id: int, file_id: int, at: datetime) -> None:
    """The paper is here."""
    FilingPaper.objects.filter(pk=paper_id).update(file_id=file_id, fault="", next_at=None)


def mark_not_fetched(*, paper_id: int, attempts: int, fault: str, is_final: bool, at: datetime) -> None:
    """It did not come, or may not be kept: try later, or say so beside its name."""
    later = None if is_final or attempts >= 12 else at + timedelta(minutes=min(2**attempts, 360))
    FilingPaper.objects.filter(pk=paper_id).update(attempts=attempts, fault=fault[:300], next_at=later)


def _find(reference: str, *states: FilingState) -> Filing:
    known = Filing.objects.select_for_update().filter(source=SOURCE, reference=reference)
    filing = known.filter(state__in=[state.value for state in states]).first()
    if filing is None:
        raise NotOurs("không có hồ sơ nộp trực tuyến nào chờ việc này")
    return filing


def _find_place(agency_code: str, on: date) -> tuple[UnitView | None, UnitView]:
    """The agency that is named, and the counter that looks at what is filed to it."""
    agency = organisations.find_standing_by_agency_code(agency_code, on)
    if agency is not None:
        try:
            return agency, organisations.get_centre_of(agency.id, on)
        except Refused:
            pass
    centre = organisations.find_province_centre(on)
    if centre is None:
        raise NotOurs("chưa có Trung tâm Phục vụ hành chính công nào nhận hồ sơ này")
    return agency, centre


def _keep_applicant(told: Told, at: datetime) -> int | None:
    """The person to be told; a name that cannot be one is told by the portal alone."""
    number = told.id_number
    facts = PersonFacts(
        full_name=told.full_name,
        id_number=number,
        id_kind=(guess_kind(number) or "") if number else "",
        birth_text=told.birth_text[:20],
        phone=told.phone,
        email=told.email,
        address=told.address,
    )
    try:
        return people.keep_person(facts, at=at).pk
    except Refused:
        return None


def _encrypt(told: Told) -> bytes:
    facts = {name: value for name, value in asdict(told).items() if name != "papers"}
    return secret.encrypt(json.dumps(facts, ensure_ascii=False))


def _keep_papers(filing: Filing, papers: Sequence[Paper], at: datetime) -> None:
    FilingPaper.objects.bulk_create(
        FilingPaper(
            filing=filing,
            name=clean_line(paper.name)[:300] or "tep",
            address=paper.address[:1000],
            sent_at=at,
            next_at=at,
        )
        for paper in papers[:MOST_PAPERS]
    )


def _close(filing: Filing, state: FilingState, act: FilingAct, at: datetime) -> None:
    filing.state, filing.revision = state.value, filing.revision + 1
    filing.ended_at, filing.complete_by = at, None
    filing.save()
    tell_filing(filing=filing, act=act, at=at)
    record_filing(actor=None, act=act, filing=filing, at=at)
