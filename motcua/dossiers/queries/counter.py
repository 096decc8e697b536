"""What the act pages ask before an act is done."""

from datetime import date

from motcua.dossiers.models import Dossier, Event, Party
from motcua.dossiers.queries.onward import find_next_steps
from motcua.dossiers.queries.placing import Places
from motcua.dossiers.rules.powers import LEADERS
from motcua.dossiers.rules.states import Act
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor


def find_next_officers(actor: Actor, dossier: Dossier, on: date) -> list[tuple[int, str]]:
    """People who hold the post of the one step that comes next; nobody is named when there are several."""
    steps = find_next_steps(actor, dossier, on)
    return (
        [officer for officer in steps[0].officers if officer[0] != actor.user_id] if len(steps) == 1 else []
    )


def find_decider(dossier: Dossier) -> str:
    """Who decided, by the events; empty while nobody has."""
    decided = Event.objects.filter(dossier_id=dossier.pk, act=Act.DECIDE).order_by("-revision")
    return decided.values_list("person_name", flat=True).first() or ""


def find_signer(actor: Actor, dossier: Dossier, on: date) -> tuple[str, str]:
    """Who signs the result, with the title over the name: who decided, as that person may sign on the day."""
    name = find_decider(dossier) or actor.person_name
    return name, find_title(dossier, name, on)


def find_title(dossier: Dossier, name: str, on: date) -> str:
    """The title under which a person signs for the agency that decides; empty for who does not sign for it that day."""
    units = organisations.get_subtree(dossier.competent_agency_id, on)
    titles = {one.name: one.title.replace("\n", " – ") for one in organisations.find_signers(units, on)}
    return titles.get(name, "")


def find_leaders(dossier: Dossier, on: date) -> list[tuple[int, str]]:
    """Who may sign for the agency that decides, by name and post."""
    postings = Places(dossier, on).postings_of(dossier.competent_agency_id)
    leaders = [p for p in postings if p.post in LEADERS]
    return [(p.user_id, ", ".join(w for w in (p.person_name, p.position) if w)) for p in leaders]


def find_contacts(dossier_ids: list[int]) -> dict[int, str]:
    """Address and telephone of each applicant, for the register on paper (column 5 of form 07); one statement."""
    parties = Party.objects.filter(dossier_id__in=dossier_ids, role="applicant")
    return {p.dossier_id: ", ".join(word for word in (p.address, p.phone) if word) for p in parties}
