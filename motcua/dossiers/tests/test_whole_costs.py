"""Acts on a whole cost the same number of statements however many parts they are done on."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.audit.models import Entry
from motcua.catalogue.models import BundlePart
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Event, Joint, Transfer
from motcua.dossiers.rules.states import State
from motcua.dossiers.tests.factories import World
from motcua.dossiers.tests.joint_factories import GROUP, bring_in, finish_part, make_joint, make_joint_world
from motcua.integrations.models import Dispatch, Outgoing
from motcua.worktime.tests.factories import moment
from tests import ground

pytestmark = pytest.mark.django_db
LATER, THIRD = moment("2026-03-11 10:00"), moment("2026-03-12 10:00")
NOT_THE_ACTS = ("SAVEPOINT", "RELEASE")


@pytest.fixture
@ground.begins_with(make_joint_world)
def world(db: None) -> World:
    return ground.give(make_joint_world)


def count(run: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as spent:
        run()
    # A stamp is read every few seconds, whatever the act: has anything kept in memory changed?
    asked = [
        q["sql"] for q in spent if not q["sql"].startswith(NOT_THE_ACTS) and "stamp" not in q["sql"][:60]
    ]
    return len(asked)


def give(world: World, joint: Joint) -> int:
    counter = world.actors["a.intake"]
    return count(
        lambda: actions.return_whole(actor=counter, joint_code=joint.code, collector_name="Mẹ", at=THIRD)
    )


def take_back(world: World, joint: Joint) -> int:
    counter = world.actors["a.intake"]
    return count(
        lambda: actions.withdraw_whole(actor=counter, joint_code=joint.code, reason="Đổi ý", at=THIRD)
    )


def test_a_whole_is_received_in_four_statements(world: World) -> None:
    make_joint(world)
    assert count(lambda: make_joint(world)) <= 4


def test_parts_that_begin_together_have_each_their_papers_and_all_the_people(world: World) -> None:
    BundlePart.objects.filter(bundle__code=GROUP, no=3).update(needs=[])
    make_joint(world)
    made: list[Joint] = []
    assert count(lambda: made.append(make_joint(world))) <= 4
    birth, card = Dossier.objects.filter(joint=made[0]).order_by("pk")
    assert [part.dossier_id for part in made[0].parts.order_by("no")] == [birth.pk, None, card.pk]
    serials = [int(code[-4:]) for code in (made[0].code, birth.code, card.code)]
    assert serials == [serials[0], serials[0] + 1, serials[0] + 2]
    assert not {p.component_id for p in birth.parts.all()} & {p.component_id for p in card.parts.all()}
    assert [one.parties.get(role="applicant").person_id for one in (birth, card)] == [birth.applicant_id] * 2
    told = Event.objects.filter(dossier_id__in=[birth.pk, card.pk]).order_by("pk")
    assert [(e.dossier_id, e.data["part"]) for e in told] == [(birth.pk, 1), (card.pk, 3)]


def test_three_results_are_given_in_as_many_statements_as_one(world: World) -> None:
    one, three = make_joint(world), make_joint(world)
    finish_part(world, one, 1, LATER, "refused")
    for no in (1, 2, 3):
        finish_part(world, three, no, LATER)
    assert give(world, one) == give(world, three) <= 7
    parts = list(Dossier.objects.filter(joint=three).order_by("pk"))
    assert [part.state for part in parts] == [State.RETURNED] * 3
    told = Event.objects.filter(act="return_result", dossier_id__in=[part.pk for part in parts]).order_by(
        "pk"
    )
    assert [(e.dossier_id, e.from_state, e.revision) for e in told] == [
        (part.pk, State.RESULT_READY, part.revision) for part in parts
    ]
    subjects = [*(f"dossiers.dossier:{part.pk}" for part in parts), f"dossiers.joint:{three.pk}"]
    assert list(Entry.objects.order_by("pk").values_list("subject", flat=True))[-4:] == subjects
    words = Outgoing.objects.filter(reference__in=[part.code for part in parts]).order_by("-pk")[:3]
    assert [(w.reference, w.sequence, w.payload["act"]) for w in reversed(words)] == [
        (part.code, part.revision, "return_result") for part in parts
    ]
    assert Dispatch.objects.filter(outgoing_id__in=[w.pk for w in words]).count() == 3


def test_two_parts_are_taken_back_in_as_many_statements_as_one(world: World) -> None:
    one, two = make_joint(world), make_joint(world)
    finish_part(world, two, 1, LATER)
    bring_in(world, two, 2, LATER)
    assert take_back(world, one) <= 7 and take_back(world, two) <= 8
    parts = Dossier.objects.filter(joint=two, state=State.WITHDRAWN).order_by("pk")
    ended = Event.objects.filter(act="withdraw", dossier_id__in=parts.values("pk")).order_by("pk")
    assert [(e.from_state, e.to_state) for e in ended] == [
        (State.PROCESSING, State.WITHDRAWN), (State.RECEIVED, State.WITHDRAWN),
    ]  # fmt: skip
    assert [part.notes.get(text="Đổi ý").revision for part in parts] == [part.revision for part in parts]


def test_signing_hands_two_parts_over_with_few_more_statements_than_none(world: World) -> None:
    finish_part(world, make_joint(world), 1, LATER)
    joint = make_joint(world)
    birth = bring_in(world, joint, 1, LATER)
    case, leader, clerk = (world.actors[name] for name in ("a.case", "a.leader", "a.clerk"))
    actions.propose(actor=case, dossier_code=birth.code, outcome="approved", at=LATER)
    actions.decide(actor=leader, dossier_code=birth.code, outcome="approved", at=LATER)
    file_id = world.make_file(clerk)
    spent = count(
        lambda: actions.sign_result(
            actor=clerk, dossier_code=birth.code, signed_on=LATER.date(), signer_name="N", title="Kết quả",
            file_id=file_id, at=LATER,
        )
    )  # fmt: skip
    slips = list(Transfer.objects.filter(joint=joint).order_by("part__no").values_list("number", flat=True))
    assert [slip.split("/")[0] for slip in slips] == ["03", "04"]
    kept = Entry.objects.filter(what="dossiers.transferred", subject=f"dossiers.joint:{joint.pk}")
    assert list(kept.order_by("pk").values_list("note", flat=True)) == slips
    assert spent <= 10, spent


def test_taking_over_costs_five_statements(world: World) -> None:
    joint = make_joint(world)
    finish_part(world, joint, 1, LATER)
    code = Dossier.objects.get(joint=joint, joint_part__no=2).code
    taken = {"actor": world.actors["ca.case"], "dossier_code": code, "judged": "on_time", "at": LATER}
    assert count(lambda: actions.take_over(**taken)) <= 5
