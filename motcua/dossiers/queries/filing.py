"""What waits to be accepted: the list of a counter with its clock, and one filing as it was typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from motcua.catalogue import queries as catalogue
from motcua.catalogue.queries import BundleView, ComponentView, IntakeSheet
from motcua.core.paging import Page, page
from motcua.core.refusal import Refused
from motcua.core.text import fold
from motcua.dossiers import access
from motcua.dossiers.models import Dossier, Filing, FilingPaper, FilingWish
from motcua.dossiers.rules.acceptance import (
    Acceptance,
    FilingState,
    Hours,
    Step,
    compute_acceptance,
)
from motcua.dossiers.rules.acceptance import Filing as Course
from motcua.dossiers.rules.supplement import Asker, Limits, Round, Stage
from motcua.legal import queries as legal
from motcua.organisations.rules import Actor
from motcua.people.actions import PersonFacts
from motcua.people.rules import guess_kind
from motcua.worktime import queries as worktime

TONES = {
    Step.FRESH: "info",
    Step.ALERTED: "due",
    Step.LATE: "late",
    Step.WITH_APPLICANT: "wait",
    Step.TO_CLOSE: "late",
    Step.ANSWERED: "plain",
}


@dataclass(frozen=True, slots=True)
class FilingRow:
    """A line of the list: the filing, until when somebody has to act, and how pressing that is."""

    filing: Filing
    until: datetime
    words: str
    tone: str


def find_filings(
    actor: Actor | None, states: Sequence[FilingState], cursor: str | None = None, *, size: int = 50
) -> Page:
    """Filings of the actor's places: the open ones by what presses most, those that ended newest first."""
    found = access.filings_visible_to(actor).filter(state__in=[state.value for state in states])
    is_open = set(states) <= {FilingState.WAITING, FilingState.ASKED}
    found = found.filter(ended_at=None) if is_open else found.exclude(ended_at=None)
    return page(
        found, order=("answer_by", "id") if is_open else ("-ended_at", "-id"), cursor=cursor, size=size
    )


def find_with_wishes(actor: Actor | None, cursor: str | None = None, *, size: int = 50) -> Page:
    """Filings accepted long since whose applicants asked for something nobody has seen to yet."""
    wishes = FilingWish.objects.filter(filing=OuterRef("pk"), done_at=None)
    found = access.filings_visible_to(actor).filter(Exists(wishes), state=FilingState.ACCEPTED.value)
    return page(found, order=("-ended_at", "-id"), cursor=cursor, size=size)


def find_wishes(filing: Filing) -> list[FilingWish]:
    """What its applicant asked after it was accepted, the open ones first."""
    return sorted(filing.wishes.all(), key=lambda wish: (wish.done_at is not None, wish.pk))


def find_withdrawal_wish(dossier: Dossier) -> datetime | None:
    """When the applicant asked at the portal to take an accepted dossier back, until the counter has seen to it."""
    if not dossier.filed_as:
        return None
    asked = FilingWish.objects.filter(filing__reference=dossier.filed_as, kind="withdrawal", done_at=None)
    return asked.order_by("pk").values_list("sent_at", flat=True).first()


def is_accepted(reference: str) -> bool:
    """Whether a filing under this code is a dossier."""
    return Filing.objects.filter(reference=reference, state=FilingState.ACCEPTED.value).exists()


def count_filings(actor: Actor | None) -> dict[str, int]:
    """How many wait for the counter and for applicants, and of how many accepted ones something is asked."""
    visible = access.filings_visible_to(actor)
    counted: dict[str, int] = visible.filter(ended_at=None).aggregate(
        waiting=Count("pk", filter=Q(state=FilingState.WAITING.value)),
        asked=Count("pk", filter=Q(state=FilingState.ASKED.value)),
    )
    wishes = FilingWish.objects.filter(done_at=None, filing__in=visible)
    return counted | {"wished": wishes.values("filing_id").distinct().count()}


def make_row(filing: Filing, now: datetime) -> FilingRow:
    """The clock of one filing in words: what is left to answer, or to complete."""
    until = (
        filing.complete_by if filing.state == FilingState.ASKED and filing.complete_by else filing.answer_by
    )
    step = find_step_of(filing, now)
    words = ""
    if filing.is_open:
        words = worktime.say_left(now, until, worktime.get_calendar(filing.calendar_code))
    return FilingRow(filing, until, words, TONES[step])


def find_step_of(filing: Filing, now: datetime) -> Step:
    """Where the filing stands by its kept moments; the rule told the moments when they were kept."""
    if not filing.is_open:
        return Step.ANSWERED
    if filing.state == FilingState.ASKED and filing.complete_by:
        return Step.TO_CLOSE if now > filing.complete_by else Step.WITH_APPLICANT
    if now > filing.answer_by:
        return Step.LATE
    return Step.ALERTED if now > filing.alert_at and filing.seen_at is None else Step.FRESH


def compute_moments(
    arrived_at: datetime, completed_at: datetime | None, calendar_code: str, on: date
) -> Acceptance:
    """When a filing is to be looked at and answered."""
    course = Course(arrived_at, asked_at=arrived_at if completed_at else None, completed_at=completed_at)
    return compute_acceptance(course, get_hours(on), worktime.get_calendar(calendar_code))


def get_hours(on: date) -> Hours:
    """The legal numbers of a filing on a day (Decree 297/2025)."""
    return Hours(
        alert=legal.get_int("intake.alert_working_hours", on),
        answer=legal.get_int("intake.online_answer_working_hours", on),
        complete_days=legal.get_int("supplement.applicant_working_days", on),
    )


def get_limits(on: date) -> Limits:
    """How often and for how long an applicant is asked before acceptance."""
    return Limits(
        most_times=legal.get_int("supplement.officer_max_times", on),
        answer_days=legal.get_int("supplement.applicant_working_days", on),
        return_days=0,
    )


def find_rounds(filing: Filing) -> list[Round]:
    """The requests made so far, as the rule reads them."""
    return [
        Round(
            Stage.BEFORE_ACCEPTANCE,
            Asker.INTAKE,
            one.agency_id,
            one.asked_at,
            one.due_at,
            one.answered_at,
            one.override_reason,
        )
        for one in filing.requests.order_by("round")
    ]


def get_filing(actor: Actor | None, reference: str) -> Filing:
    """One filing. :raises Refused: there is none, or it is of another place."""
    return access.require_filing(actor, reference)


def find_papers(filing: Filing) -> list[FilingPaper]:
    """Its papers as they came, with the files that are here."""
    return list(filing.papers.select_related("file").order_by("pk"))


def find_sheet(filing: Filing, on: date) -> IntakeSheet | None:
    """The procedure it names, where we know it."""
    if filing.bundle_code:
        return None
    try:
        return catalogue.get_intake_sheet(filing.procedure_code, on)
    except Refused:
        return None


def find_group(filing: Filing, on: date) -> BundleView | None:
    """The group of procedures it was filed under, where it is in force."""
    try:
        return catalogue.get_bundle(filing.bundle_code, on) if filing.bundle_code else None
    except Refused:
        return None


def find_group_refused(dossier: Dossier) -> str:
    """The name of the group a refused dossier was filed under, where it stands for the whole; else nothing."""
    filing = Filing.objects.filter(dossier=dossier).exclude(bundle_code="").first()
    bundle = find_group(filing, timezone.localdate(dossier.received_at)) if filing else None
    return bundle.name if bundle else ""


def read_person(filing: Filing) -> PersonFacts:
    """The applicant as typed; the caller records the reading."""
    facts = filing.facts
    number = str(facts.get("id_number", ""))
    return PersonFacts(
        full_name=filing.applicant_name,
        id_number=number,
        id_kind=guess_kind(number) or "" if number else "",
        birth_text=str(facts.get("birth_text", ""))[:20],
        phone=str(facts.get("phone", "")),
        email=str(facts.get("email", "")),
        address=str(facts.get("address", "")),
    )


def match_papers(components: Sequence[ComponentView], papers: Sequence[FilingPaper]) -> dict[int, int]:
    """Which file is probably which component, by the words both have: {file: component}; a lone pair belongs together."""
    found: dict[int, int] = {}
    here = [paper for paper in papers if paper.file_id is not None]
    if len(components) == len(here) == 1 and here[0].file_id:
        return {here[0].file_id: components[0].id}
    for paper in here:
        pairs = _pair_words(paper.name.rsplit(".", 1)[0])
        scored = [(len(pairs & _pair_words(c.label or c.name)), -n, c.id) for n, c in enumerate(components)]
        best = max(scored, default=(0, 0, 0))
        if best[0] and paper.file_id:
            found[paper.file_id] = best[2]
    return found


SAY_NOTHING = frozenset({("giay", "to"), ("ban", "sao"), ("ban", "chinh"), ("kem", "theo")})


def _pair_words(text: str) -> set[tuple[str, str]]:
    """Words two by two, unaccented, without those any paper bears."""
    words = fold(text.replace("-", " ").replace("_", " ")).split()
    return set(pairwise(words)) - SAY_NOTHING


def find_papers_to_fetch(at: datetime, limit: int) -> list[FilingPaper]:
    """Papers that are not here yet and may be asked for now."""
    waiting = FilingPaper.objects.filter(file=None, next_at__lte=at)
    return list(waiting.order_by("next_at", "pk")[:limit])


def name_procedures(filings: Sequence[Filing], on: date) -> dict[str, str]:
    """The names of the procedures and groups filings name, by code; what is none of ours has none."""
    sheets = {filing.procedure_code: find_group(filing, on) or find_sheet(filing, on) for filing in filings}
    return {code: sheet.name for code, sheet in sheets.items() if sheet is not None}
