"""Whoever takes over from a unit reads what ended there, and its head reopens it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from motcua.accounts.models import User
from motcua.core.refusal import Refused
from motcua.desk.actions import reorganising
from motcua.desk.tests.reorganisations import AFTER, DAY, TOMORROW, carry_out, get_actor_of, merge_into_new
from motcua.dossiers import access, actions
from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import Dossier, Event, Involvement, JointPart, Result, Task
from motcua.dossiers.queries.history import find_difference
from motcua.dossiers.rules.states import Act, State
from motcua.dossiers.tests.factories import FEE, NOON, TODAY, World, make_dossier
from motcua.dossiers.tests.joint_factories import finish_part, make_joint, make_joint_world, require_dossier
from motcua.figures import actions as figures
from motcua.figures import queries as figure_queries
from motcua.figures.models import store
from motcua.figures.rules import Counts, Period, find_break
from motcua.organisations import actions as organisations
from motcua.organisations import queries as units
from motcua.organisations.actions import NewUnit, ReorganisationFacts
from motcua.organisations.rules import SYSTEM


def test_what_ended_is_read_by_the_heir_and_not_copied_and_the_sight_goes_with_the_undoing(
    world: World,
) -> None:
    ended = make_dossier(world, State.RETURNED).code
    rows = set(Involvement.objects.values_list("dossier_id", "unit_id"))
    stranger = get_actor_of("b.leader", TODAY)
    assert not access.visible_to(stranger).exists()
    row = carry_out(merge_into_new(world))
    assert set(Involvement.objects.values_list("dossier_id", "unit_id")) == rows
    for name in ("a.leader", "b.leader", "a.intake"):
        actor = get_actor_of(name)
        assert [one.code for one in dossiers.find_register(actor).rows] == [ended], name
        assert access.require_visible(actor, ended).code == ended
        assert world.units["A"] not in actor.scope and not actor.covers(world.units["A"])
    reorganising.undo(actor=SYSTEM, reorganisation_id=row.pk, reason="nhầm", at=AFTER)
    assert not access.visible_to(get_actor_of("b.leader")).exists()
    assert access.visible_to(get_actor_of("a.leader")).exists()


def _reopen_by_page(code: str) -> str:
    """What the page of reopening says to the head of the commune that was merged, who then reopens."""
    client = Client()
    client.force_login(User.objects.get(username="b.leader"))
    address = f"/ho-so/{code}/mo-lai/"
    with time_machine.travel(AFTER + timedelta(hours=1), tick=False):
        page = client.get(address).content.decode()
        typed = {
            "reason": "Sai tên cha",
            "basis": "QĐ 7/QĐ-UBND",
            "revision": Dossier.objects.get(code=code).revision,
            "idempotency_key": "mo",
        }
        assert client.post(address, typed).status_code == 302
    return page


def test_the_head_of_the_heir_and_nobody_else_may_reopen_what_ended_before(world: World) -> None:
    ended = make_dossier(world, State.RETURNED)
    carry_out(merge_into_new(world))
    assert get_actor_of("x.leader").inherits == frozenset()
    assert Act.REOPEN in access.find_allowed(get_actor_of("b.leader"), ended, [])
    for name in ("a.case", "x.leader"):
        assert Act.REOPEN not in access.find_allowed(get_actor_of(name), ended, []), name


def test_what_the_heir_reopened_is_its_own_and_from_then_on_nothing_is_undone(world: World) -> None:
    kept = make_dossier(world, State.RETURNED)
    row = carry_out(merge_into_new(world))
    assert "kế tục" in _reopen_by_page(kept.code)
    tree = units.get_tree(TOMORROW)
    agency = tree.by_code["N"]
    kept.refresh_from_db()
    assert kept.state == State.PROCESSING and kept.competent_agency_id == agency
    assert {kept.receiving_unit_id, kept.returning_unit_id} <= set(tree.units)
    assert all(task.unit_id in tree.units for task in Task.objects.filter(dossier=kept, done_at=None))
    assert Event.objects.filter(dossier_id=kept.pk).latest("revision").agency_id == agency
    assert find_difference(kept) == ""
    with pytest.raises(Refused) as no:
        reorganising.undo(actor=SYSTEM, reorganisation_id=row.pk, reason="nhầm", at=AFTER + DAY)
    assert no.value.code == "acted_on" and kept.code in no.value.message


def test_what_the_heir_reopened_is_numbered_anew_in_its_own_book(world: World) -> None:
    code = make_dossier(world, State.RETURNED).code
    carry_out(merge_into_new(world))
    _reopen_by_page(code)
    at = AFTER + timedelta(hours=2)
    actions.propose(actor=get_actor_of("a.case"), dossier_code=code, outcome="approved", at=at)
    actions.decide(actor=get_actor_of("a.leader"), dossier_code=code, outcome="approved", at=at)
    clerk = get_actor_of("a.clerk")
    actions.sign_result(
        actor=clerk, dossier_code=code, signed_on=TOMORROW, signer_name="Nguyễn Văn Duyệt",
        title="Giấy khai sinh", file_id=world.make_file(clerk), at=at,
    )  # fmt: skip
    voided, given = Result.objects.filter(dossier__code=code).order_by("pk")
    assert voided.voided_at and voided.series.agency_id == world.units["A"]
    assert given.series.agency_id == units.get_tree(TOMORROW).by_code["N"]
    actions.return_result(actor=get_actor_of("a.intake"), dossier_code=code, collector_name="X", at=at)


def test_a_unit_of_a_unit_that_is_no_more_is_read_through_both(world: World) -> None:
    ended = make_dossier(world, State.RETURNED)
    carry_out(merge_into_new(world))
    again = organisations.plan_reorganisation(
        actor=SYSTEM,
        facts=ReorganisationFacts(
            kind="merge", title="Lần nữa", decision_number="2/NQ", first_day=TOMORROW + DAY,
            sources=("N", "MT"), targets=("M",), new_units=(NewUnit("M", "Xã Bình", "commune", "P", "H50.98"),),
        ),
        at=AFTER,
    )  # fmt: skip
    reorganising.carry_out(actor=SYSTEM, reorganisation_id=again.pk, at=AFTER + DAY)
    leader = get_actor_of("a.leader", TOMORROW + DAY)
    assert leader.unit_name == "Ủy ban nhân dân xã Bình"
    assert access.visible_to(leader).filter(pk=ended.pk).exists()


def test_the_register_is_narrowed_to_an_agency_that_is_no_more(world: World) -> None:
    codes = {make_dossier(world, state).code for state in (State.RECEIVED, State.RETURNED)}
    assert dossiers.find_former_agencies(TOMORROW) == []
    carry_out(merge_into_new(world))
    former = dict(dossiers.find_former_agencies(TOMORROW))
    assert "xã An (đến hết " in former[world.units["A"]]
    for agency_id, found in ((world.units["A"], codes), (world.units["B"], set())):
        asked = dossiers.Narrowing(former_id=agency_id)
        assert {row.code for row in dossiers.find_register(get_actor_of("a.leader"), asked).rows} == found


def _count(world: World) -> dict[str, Counts]:
    """What the old agency and the heir have in the year, summed over everything else."""
    names = {world.units["A"]: "A", units.get_tree(TOMORROW).by_code["N"]: "N"}
    figures._draw_stand_ins()
    store.retell(list(Dossier.objects.values_list("pk", flat=True)), 2**62)
    totals: dict[str, Counts] = {}
    for row in figure_queries.recount(Period(date(2026, 1, 1), date(2026, 12, 31))):
        assert not find_break(row.counts), row
        if name := names.get(row.agency_id):
            totals[name] = totals.get(name, Counts()) + row.counts
    return totals


def test_what_the_heir_reopened_is_counted_reopened_by_the_heir_and_stays_solved_by_the_old(
    world: World,
) -> None:
    ended, running = make_dossier(world, State.RETURNED), make_dossier(world, State.PROCESSING)
    carry_out(merge_into_new(world))
    _reopen_by_page(ended.code)
    counts = _count(world)
    old, new = counts["A"], counts["N"]
    assert (old.new, old.resolved, old.moved_out, old.pending) == (2, 1, 1, 0)
    assert (new.moved_in, new.reopened, new.resolved, new.pending) == (1, 1, 0, 2)
    actions.stop(
        actor=get_actor_of("a.leader"), dossier_code=ended.code, reason="Rút lại quyết định", at=AFTER + DAY
    )
    after = _count(world)
    assert after["A"] == old and (after["N"].stopped, after["N"].pending) == (1, 1)
    assert running.code in {row.code for row in dossiers.find_register(get_actor_of("a.leader")).rows}


@pytest.mark.django_db
def test_a_whole_whose_part_the_heir_reopens_goes_to_the_heirs_counters_and_lets_the_others_begin() -> None:
    world = make_joint_world()
    joint = make_joint(world)
    refused = finish_part(world, joint, 1, NOON, "refused")
    actions.return_whole(actor=world.actors["a.intake"], joint_code=joint.code, collector_name="Mẹ", at=NOON)
    # A part of the commune itself that never began, beside those of the vertical agencies.
    JointPart.objects.filter(joint=joint, no=2).update(procedure_code=FEE, competent_agency=world.units["A"])
    joint.refresh_from_db()
    assert joint.finished_at and joint.outcome == "refused"
    carry_out(merge_into_new(world))
    _reopen_by_page(refused.code)
    tree = units.get_tree(TOMORROW)
    joint.refresh_from_db()
    own = tree.by_code["N.TT"]
    assert (joint.receiving_unit_id, joint.returning_unit_id, joint.finished_at) == (own, own, None)
    at = AFTER + timedelta(hours=2)
    actions.propose(actor=get_actor_of("a.case"), dossier_code=refused.code, outcome="approved", at=at)
    actions.decide(actor=get_actor_of("a.leader"), dossier_code=refused.code, outcome="approved", at=at)
    clerk = get_actor_of("a.clerk")
    actions.sign_result(
        actor=clerk, dossier_code=refused.code, signed_on=TOMORROW, signer_name="N", title="K",
        file_id=world.make_file(clerk), at=at,
    )  # fmt: skip
    begun = {
        part.no: part.dossier for part in JointPart.objects.filter(joint=joint).select_related("dossier")
    }
    assert begun[2] is not None and begun[3] is not None
    assert (
        begun[2].competent_agency_id == tree.by_code["N"]
        and begun[3].competent_agency_id == world.units["BH"]
    )
    assert {one.returning_unit_id for one in begun.values() if one} == {own}
    assert actions.return_whole(
        actor=get_actor_of("a.intake"), joint_code=joint.code, collector_name="Mẹ", at=at
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "later", [timedelta(0), timedelta(hours=1)], ids=["that very moment", "an hour later"]
)
def test_a_part_another_agency_reopened_came_to_the_heirs_counter_and_holds_the_undoing(
    later: timedelta,
) -> None:
    world = make_joint_world()
    joint = make_joint(world)
    finish_part(world, joint, 1, NOON + timedelta(hours=1))
    actions.withdraw_whole(
        actor=world.actors["a.intake"], joint_code=joint.code, reason="Rút", at=NOON + timedelta(hours=2)
    )
    residence = require_dossier(joint, 2)
    row = carry_out(merge_into_new(world))
    actions.reopen(
        actor=get_actor_of("ca.leader"), dossier_code=residence.code, reason="Còn cần", basis="QĐ 9",
        revision=residence.revision, at=AFTER + later,
    )  # fmt: skip
    residence.refresh_from_db()
    assert residence.receiving_unit_id in units.get_tree(TOMORROW).units
    with pytest.raises(Refused) as no:
        reorganising.undo(actor=SYSTEM, reorganisation_id=row.pk, reason="nhầm", at=AFTER + DAY)
    assert no.value.code == "acted_on" and residence.code in no.value.message
