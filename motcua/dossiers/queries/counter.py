"""What the intake desk and the act pages ask before anything is done."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Count

from motcua.catalogue import queries as catalogue
from motcua.catalogue.queries import IntakeSheet, ProcedureRow
from motcua.dossiers import access
from motcua.dossiers.models import Dossier, Event, Favourite
from motcua.dossiers.queries.competence import find_candidates
from motcua.dossiers.rules.states import Act
from motcua.organisations import queries as organisations
from motcua.organisations.rules import POST_LABELS, Actor, Post
from motcua.worktime import queries as worktime
from motcua.worktime.rules import Due, compute_due

MOST_FAVOURITES = 12
# The one act a page offers first; whatever ends a dossier early comes last.
USUAL_ORDER = (
    Act.RETURN_RESULT, Act.SIGN_RESULT, Act.DECIDE, Act.ANSWER_OPINION, Act.PROPOSE, Act.START, Act.TAKE, Act.HAND_OVER,
    Act.ASK_OPINION, Act.RETURN_FOR_REDO, Act.VOID_NUMBER, Act.WITHDRAW, Act.STOP,
)  # fmt: skip


def find_favourites(actor: Actor, on: date) -> list[ProcedureRow]:
    """The procedures an officer keeps at hand, else those received most at this counter in the last month."""
    chosen = Favourite.objects.filter(user_id=actor.user_id).values_list("procedure_code", flat=True)
    codes = list(chosen[:MOST_FAVOURITES]) or _most_received(actor, on)
    found = (catalogue.search(code, operated_only=True, limit=1) for code in codes)
    return [rows[0] for rows in found if rows]


def _most_received(actor: Actor, on: date) -> list[str]:
    recent = Dossier.objects.filter(receiving_unit_id=actor.unit_id, received_at__date__gte=on - timedelta(days=31))
    counted = recent.values("procedure_code").annotate(n=Count("id")).order_by("-n", "procedure_code")
    return [row["procedure_code"] for row in counted[:MOST_FAVOURITES]]


def find_agency_choices(sheet: IntakeSheet, on: date) -> list[tuple[int, str]]:
    """Agencies that may decide the procedure, for the choice at the counter; the demonstration's own first."""
    return [(unit.id, unit.agency_name) for unit in find_candidates(sheet, on).values()]


def preview_due(actor: Actor, sheet: IntakeSheet, at: datetime) -> Due | None:
    """When the result would be due if received now, with the explanation; nothing where a day is to be agreed."""
    if sheet.no_deadline:
        return None
    calendar = worktime.get_calendar(actor.calendar_code)
    return compute_due(at, sheet.limit.amount, str(sheet.limit.unit), str(sheet.start_rule), (), calendar)


def in_order_of_use(acts: Sequence[Act]) -> list[Act]:
    """Acts with the usual next one first."""
    return sorted(acts, key=USUAL_ORDER.index)


def find_next_officers(actor: Actor, dossier: Dossier, on: date) -> list[tuple[int, str]]:
    """People of the competent agency a dossier may be handed to by name."""
    below = organisations.get_subtree(dossier.competent_agency_id, on)
    at_work = {Post.CASE_OFFICER, Post.SECTION_HEAD, Post.APPROVER, Post.UNIT_HEAD, Post.CLERK}
    return [
        (p.user_id, f"{p.person_name} – {POST_LABELS[Post(p.post)]}")
        for p in organisations.find_officers_of(below, on=on)
        if p.post in at_work and p.user_id != actor.user_id
    ]


def find_decider(dossier: Dossier) -> str:
    """Who decided, by the events; empty while nobody has."""
    decided = Event.objects.filter(dossier_id=dossier.pk, act=Act.DECIDE).order_by("-revision")
    return decided.values_list("person_name", flat=True).first() or ""


def read_register(actor: Actor, limit: int) -> list[Dossier]:
    """The newest dossiers one may see, for export."""
    return list(access.visible_to(actor).order_by("-received_at", "-id")[:limit])
