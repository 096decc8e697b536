"""What the act pages ask before an act is done."""

from datetime import date

from motcua.dossiers import access
from motcua.dossiers.models import Dossier, Event
from motcua.dossiers.rules.states import Act
from motcua.organisations import queries as organisations
from motcua.organisations.rules import POST_LABELS, Actor, Post

AT_WORK = frozenset({Post.CASE_OFFICER, Post.SECTION_HEAD, Post.APPROVER, Post.UNIT_HEAD, Post.CLERK})


def find_next_officers(actor: Actor, dossier: Dossier, on: date) -> list[tuple[int, str]]:
    """People of the competent agency a dossier may be handed to by name."""
    below = organisations.get_subtree(dossier.competent_agency_id, on)
    return [
        (p.user_id, f"{p.person_name} – {POST_LABELS[Post(p.post)]}")
        for p in organisations.find_officers_of(below, on=on)
        if p.post in AT_WORK and p.user_id != actor.user_id
    ]


def find_decider(dossier: Dossier) -> str:
    """Who decided, by the events; empty while nobody has."""
    decided = Event.objects.filter(dossier_id=dossier.pk, act=Act.DECIDE).order_by("-revision")
    return decided.values_list("person_name", flat=True).first() or ""


def read_register(actor: Actor, limit: int) -> list[Dossier]:
    """The newest dossiers one may see, for export."""
    return list(access.visible_to(actor).order_by("-received_at", "-id")[:limit])
