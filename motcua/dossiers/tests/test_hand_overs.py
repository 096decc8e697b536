"""The control slip names who really handed a dossier to whom (Circular 03/2025 annex I form 06)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from motcua.documents.tests.test_printing import read as read_pdf
from motcua.dossiers import actions
from motcua.dossiers.rules.handing import find_hand_overs
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import BUILD, NOON, World, make_dossier

HOUR = timedelta(hours=1)
AFTER = {2: (1,), 3: (1,), 4: (2, 3)}


@dataclass(eq=False)
class Step:
    """A task of a process, by hours after noon."""

    step_no: int | None
    opened: int
    done: int | None = None
    outcome: str = "done"
    unit_id: int = 0
    asked_by_unit_id: int | None = None

    @property
    def opened_at(self) -> datetime:
        return NOON + self.opened * HOUR

    @property
    def done_at(self) -> datetime | None:
        return None if self.done is None else NOON + self.done * HOUR


def lines(*tasks: Step) -> list[tuple[int, int, int]]:
    """Place of the giver, place of the receiver, hours after noon."""
    found = find_hand_overs(tasks, AFTER)
    return [(tasks.index(one.giver), tasks.index(one.receiver), (one.at - NOON) // HOUR) for one in found]


def test_branches_begin_at_one_hand_and_end_at_one() -> None:
    tasks = Step(1, 0, 1), Step(2, 1, 5), Step(3, 1, 3), Step(4, 5)
    assert lines(*tasks) == [(0, 1, 1), (0, 2, 1), (2, 3, 3), (1, 3, 5)]


def test_a_branch_sent_back_comes_from_whoever_sent_it_and_the_other_gave_once() -> None:
    tasks = (
        Step(1, 0, 1), Step(2, 1, 5, "undone"), Step(3, 1, 3), Step(4, 5, 6, "redo"), Step(2, 6, 8), Step(4, 8),
    )  # fmt: skip
    assert lines(*tasks) == [(0, 1, 1), (0, 2, 1), (2, 3, 3), (1, 3, 5), (3, 4, 6), (4, 5, 8)]


def test_an_opinion_asked_besides_comes_from_whoever_asks_and_goes_on_working() -> None:
    tasks = Step(1, 0, 1), Step(2, 1, 9, unit_id=7), Step(None, 4, 6, asked_by_unit_id=7), Step(4, 9)
    assert lines(*tasks)[1] == (1, 2, 4)
    assert not find_hand_overs(tasks, AFTER)[1].is_done


def test_the_slip_names_each_hand_as_its_act_does(world: World, as_: SignIn, morning: None) -> None:
    actor, dossier = world.actors, make_dossier(world, code=BUILD)
    code = dossier.code
    actions.hand_over(actor=actor["p.intake"], dossier_code=code, at=NOON)
    actions.start(actor=actor["x.case"], dossier_code=code, at=NOON + HOUR)
    actions.answer_opinion(actor=actor["m.case"], dossier_code=code, answer="Phù hợp", at=NOON + 2 * HOUR)
    actions.propose(actor=actor["x.case"], dossier_code=code, outcome="approved", at=NOON + 3 * HOUR)
    printed = as_("p.intake").get(reverse("dossiers:print", args=[code, "control_slip"]))
    words = " ".join(read_pdf(b"".join(printed)).split())
    for name in ("p.intake", "x.case", "m.case"):
        assert actor[name].person_name in words, name
    assert words.count("1. Giao:") == 4
