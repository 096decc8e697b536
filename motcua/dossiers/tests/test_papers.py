"""Printed forms tell what has happened, and nothing else."""

import pytest
from django.urls import reverse

from motcua.core.refusal import Refused
from motcua.dossiers.models import Party
from motcua.dossiers.queries import counter
from motcua.dossiers.rules.papers import find_printable, require_printable
from motcua.dossiers.rules.states import State
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import World, make_dossier

USUAL = ("receipt", "control_slip", "handover_slip")


@pytest.mark.parametrize(
    ("state", "forms"),
    [
        (State.SUBMITTED, ()),
        (State.RECEIVED, USUAL),
        (State.RESULT_READY, USUAL),
        (State.NOT_ACCEPTED, ("refusal_slip",)),
        (State.RETURNED, ("receipt", "control_slip")),
        (State.STOPPED, ("receipt", "control_slip", "stop_notice")),
        (State.WITHDRAWN, ("receipt", "control_slip", "stop_notice")),
    ],
)
def test_each_state_has_its_papers(state: State, forms: tuple[str, ...]) -> None:
    assert find_printable(state) == forms


def test_a_slip_of_a_turn_is_there_once_the_turn_was_taken() -> None:
    both = find_printable(State.PROCESSING, {"supplement", "apology"})
    assert set(both) - set(USUAL) == {"supplement_slip", "apology_slip"}
    with pytest.raises(Refused):
        require_printable("apology_slip", State.PROCESSING, {"supplement"})


def test_a_false_paper_is_refused_with_what_is_possible() -> None:
    with pytest.raises(Refused) as refused:
        require_printable("stop_notice", State.PROCESSING)
    assert refused.value.code == "not_printable" and "receipt" in refused.value.possible


def test_a_running_dossier_has_no_stop_notice(world: World, as_: SignIn, morning: None) -> None:
    dossier = make_dossier(world, "processing")
    answers = {
        form: as_("a.intake").get(reverse("dossiers:print", args=[dossier.code, form])).status_code
        for form in ("receipt", "stop_notice", "refusal_slip", "no_such_form")
    }
    assert answers == {"receipt": 200, "stop_notice": 409, "refusal_slip": 409, "no_such_form": 404}


def test_the_register_on_paper_says_how_to_reach_the_applicant(world: World) -> None:
    dossier = make_dossier(world, "received")
    party = Party.objects.get(dossier=dossier, role="applicant")
    assert counter.find_contacts([dossier.pk]) == {
        dossier.pk: ", ".join(w for w in (party.address, party.phone) if w)
    }
    assert party.phone and party.phone in counter.find_contacts([dossier.pk])[dossier.pk]
