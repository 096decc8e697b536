"""One previewed operation: open work, books, processes, rights and people move; it can be undone until somebody acts."""

from datetime import timedelta
from typing import Any

import pytest

from motcua.audit.tests.settling import settle
from motcua.catalogue.models import Bundle
from motcua.core.refusal import Refused
from motcua.desk.actions import reorganising
from motcua.desk.tests.reorganisations import (
    AFTER,
    DAY,
    TOMORROW,
    carry_out,
    get_actor_of,
    merge_into_new,
    plan,
)
from motcua.dossiers import access, actions
from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import (
    Consignment,
    Dossier,
    Event,
    Joint,
    Reminder,
    Series,
    Task,
)
from motcua.dossiers.queries.history import find_difference, get_history
from motcua.dossiers.rules.states import State
from motcua.dossiers.tests.factories import (
    BUILD,
    NOON,
    TODAY,
    World,
    make_dossier,
    make_intake,
)
from motcua.dossiers.tests.joint_factories import finish_part, make_joint, make_joint_world
from motcua.figures import actions as figures
from motcua.figures.models import Stay
from motcua.figures.rules.stays import Enter, Leave
from motcua.organisations import actions as organisations
from motcua.organisations import queries as units
from motcua.organisations.actions import AbsenceFacts, NewUnit, ReorganisationFacts
from motcua.organisations.models import Assignment, Reorganisation, UnitSuccession, UnitVersion
from motcua.organisations.rules import SYSTEM
from motcua.processes.models import Process


def _snapshot() -> dict[str, Any]:
    """Everything a reorganisation may move, as it stands."""
    return {
        "dossiers": list(Dossier.objects.order_by("pk").values_list("pk", "receiving_unit_id", "competent_agency_id", "returning_unit_id", "state", "due_at", "code")),
        "tasks": list(Task.objects.order_by("pk").values_list("pk", "unit_id", "assignee_id", "taken_at", "done_at", "due_at")),
        "series": list(Series.objects.order_by("pk").values_list("pk", "agency_id", "valid_to")),
        "processes": list(Process.objects.order_by("pk").values_list("pk", "agency_id")),
        "postings": list(Assignment.objects.order_by("pk").values_list("user_id", "unit_id", "post", "valid_from", "valid_to")),
        "units": list(UnitVersion.objects.order_by("pk").values_list("unit__code", "name", "valid_from", "valid_to")),
        "successions": list(UnitSuccession.objects.values_list("from_unit_id", "to_unit_id")),
    }  # fmt: skip


def _follow(at: Any) -> None:
    settle()
    figures.follow(at=at)


def test_two_communes_become_one_with_the_parts_of_the_first(world: World) -> None:
    row = carry_out(merge_into_new(world))
    tree = units.get_tree(TOMORROW)
    assert "A" not in tree.by_code and "B.TT" not in tree.by_code
    assert tree.units[tree.by_code["N"]].name == "Xã Bình An"
    assert tree.units[tree.by_code["N.TT"]].name == "Trung tâm Phục vụ hành chính công xã Bình An"
    places = {(line["from"], line["to"]) for line in row.lines}
    assert places == {("A", "N"), ("A.TT", "N.TT"), ("A.VH", "N.VH"), ("B", "N"), ("B.TT", "N.TT")}
    assert units.find_standing(world.units["B.TT"], TOMORROW).code == "N.TT"  # type: ignore[union-attr]
    # Yesterday is as it was.
    assert units.get_tree(TODAY).units[world.units["A"]].name == "Xã An"


def test_open_work_goes_on_where_it_went_with_its_code_promise_and_people(world: World) -> None:
    made = {
        state: make_dossier(world, state) for state in (State.RECEIVED, State.PROCESSING, State.RESULT_READY)
    }
    promised = {d.pk: d.due_at for d in made.values()}
    carry_out(merge_into_new(world))
    for dossier in made.values():
        code = dossier.code
        dossier.refresh_from_db()
        assert dossier.code == code and dossier.due_at == promised[dossier.pk]
        for unit_id in (dossier.receiving_unit_id, dossier.competent_agency_id, dossier.returning_unit_id):
            assert unit_id in units.get_tree(TOMORROW).units
        assert find_difference(dossier) == ""
        assert "1/NQ" in get_history(dossier)[-1].sentence and "xã An" in get_history(dossier)[-1].sentence
    # The same people do the rest of it, in the new unit.
    processing = made[State.PROCESSING]
    actions.propose(actor=get_actor_of("a.case"), dossier_code=processing.code, outcome="approved", at=AFTER)
    actions.decide(actor=get_actor_of("a.leader"), dossier_code=processing.code, outcome="approved", at=AFTER)
    signed = actions.sign_result(
        actor=get_actor_of("a.clerk"), dossier_code=processing.code, signed_on=TOMORROW, signer_name="Nguyễn Văn Duyệt",
        title="Giấy khai sinh", file_id=world.make_file(get_actor_of("a.clerk")), at=AFTER,
    )  # fmt: skip
    assert signed.state == State.RESULT_READY
    actions.return_result(
        actor=get_actor_of("a.intake"), dossier_code=processing.code, collector_name="X", at=AFTER
    )


def test_none_is_lost_and_each_is_found_by_its_old_code(world: World) -> None:
    codes = [make_dossier(world, state).code for state in (State.RECEIVED, State.RETURNED, State.WITHDRAWN)]
    carry_out(merge_into_new(world))
    for name in ("a.intake", "b.intake", "a.leader"):
        seen = set(access.visible_to(get_actor_of(name)).values_list("code", flat=True))
        assert seen == set(codes), name
        for code in codes:
            assert [row.code for row in dossiers.search(get_actor_of(name), code).rows] == [code]


def test_an_open_whole_is_given_back_where_its_counter_went(world: World) -> None:
    joint = Joint.objects.create(
        code="H50.12-260310-9001", token="t", bundle=Bundle.objects.create(code="G", name="G", valid_from=NOON.date(), basis="x"),
        name="G", state="received", channel="counter", receiving_unit_id=world.units["A.TT"],
        returning_unit_id=world.units["A.TT"], applicant=make_dossier(world, State.RECEIVED).applicant, applicant_name="N",
        received_at=NOON, received_by_id=1, original_due_at=NOON, due_at=NOON, calendar_code="default", result_delivery="counter",
    )  # fmt: skip
    part = joint.parts.create(
        no=1, procedure_code="1", name="P", competent_agency_id=world.units["A"], days=1, start="result", basis="x",
        planned_start_at=NOON, planned_due_at=NOON,
    )  # fmt: skip
    row = carry_out(merge_into_new(world))
    by_code = units.get_tree(TOMORROW).by_code
    joint.refresh_from_db()
    part.refresh_from_db()
    assert (joint.receiving_unit_id, joint.returning_unit_id) == (by_code["N.TT"], by_code["N.TT"])
    assert part.competent_agency_id == by_code["N"]
    reorganising.undo(actor=SYSTEM, reorganisation_id=row.pk, reason="Nhầm", at=AFTER)
    joint.refresh_from_db()
    part.refresh_from_db()
    assert (joint.returning_unit_id, part.competent_agency_id) == (world.units["A.TT"], world.units["A"])


def test_a_whole_whose_results_wait_is_given_by_whoever_took_the_counter_over(db: None) -> None:
    world = make_joint_world()
    joint = make_joint(world)
    finish_part(
        world, joint, 1, NOON, "refused"
    )  # so that nothing else begins: the whole has ended, its answer waits
    joint.refresh_from_db()
    assert joint.finished_at is not None
    carry_out(merge_into_new(world))
    given = actions.return_whole(
        actor=get_actor_of("a.intake"), joint_code=joint.code, collector_name="Mẹ", at=AFTER
    )
    assert given.state == State.RETURNED


@pytest.mark.django_db(transaction=True)
def test_a_merger_is_counted_once_whatever_happens_after_it(world: World) -> None:
    """One move on the day of the merger; an act of the new agency days later is no second one."""
    dossier = make_dossier(world, State.PROCESSING)
    _follow(NOON)
    carry_out(merge_into_new(world))
    leader = get_actor_of("a.leader")
    actions.propose(actor=get_actor_of("a.case"), dossier_code=dossier.code, outcome="approved", at=AFTER)
    actions.request_supplement(
        actor=leader, dossier_code=dossier.code, items=["Ảnh"], reason="Thiếu", at=AFTER + DAY
    )
    _follow(AFTER + DAY)
    stays = Stay.objects.filter(dossier_id=dossier.pk).order_by("no")
    moves = [(s.entered_on, Enter(s.enter), s.leave and Leave(s.leave)) for s in stays]
    assert moves == [
        (TODAY, Enter.NEW, Leave.MOVED_OUT),
        (TOMORROW, Enter.MOVED_IN, Leave.CONTINUED),
        (TOMORROW + DAY, Enter.CONTINUED, None),
    ]


def test_what_was_signed_before_keeps_the_old_name_and_book(world: World) -> None:
    dossier = make_dossier(world, State.RETURNED)
    before = Event.objects.filter(dossier_id=dossier.pk).values_list("unit_name", flat=True)
    names = list(before)
    carry_out(merge_into_new(world))
    assert list(Event.objects.filter(dossier_id=dossier.pk).values_list("unit_name", flat=True)) == names
    result = dossier.results.get()
    assert result.series.agency_id == world.units["A"] and result.series.valid_to == TOMORROW
    heir = Series.objects.get(agency__code="N")
    assert (heir.code, heir.valid_from, heir.valid_to) == ("KQ", TOMORROW, None)


def test_rights_keys_and_absences_go_with_the_people(world: World) -> None:
    held = world.actors["a.case"].assignment_id
    facts = AbsenceFacts(held, "leave", "9", TODAY, TODAY + 9 * DAY, "a.case2")
    absence = organisations.record_absence(actor=SYSTEM, absence=facts, at=NOON)
    carry_out(merge_into_new(world))
    absence.refresh_from_db()
    assert absence.assignment.unit.code == "N.VH" and absence.assignment.user.username == "a.case"
    assert get_actor_of("a.clerk").agency_name == "Ủy ban nhân dân xã Bình An"
    assert not Assignment.objects.on(TOMORROW).filter(unit_id=world.units["A.VH"]).exists()


def test_what_waits_beside_the_dossiers_goes_along_and_comes_back(world: World) -> None:
    dossier = make_dossier(world, State.PROCESSING)
    reminder = Reminder.objects.create(
        dossier=dossier, reference=dossier.code, kind="due", to="head", due_at=NOON, at=NOON, unit_id=world.units["A.VH"]
    )  # fmt: skip
    waiting = Consignment.objects.create(
        number="BK-1", content="papers", state="handed", from_unit_id=world.units["P.TT"], to_unit_id=world.units["A.TT"], made_at=NOON
    )  # fmt: skip
    waiting.items.create(dossier=dossier)
    row = carry_out(merge_into_new(world))
    reminder.refresh_from_db()
    waiting.refresh_from_db()
    by_code = units.get_tree(TOMORROW).by_code
    assert (reminder.unit_id, waiting.to_unit_id) == (by_code["N.VH"], by_code["N.TT"])
    assert waiting.from_unit_id == world.units["P.TT"]
    reorganising.undo(actor=SYSTEM, reorganisation_id=row.pk, reason="Nhầm", at=AFTER)
    reminder.refresh_from_db()
    waiting.refresh_from_db()
    assert (reminder.unit_id, waiting.to_unit_id) == (world.units["A.VH"], world.units["A.TT"])


def test_undone_everything_stands_as_before(world: World) -> None:
    for state in (State.RECEIVED, State.PROCESSING, State.RESULT_READY, State.RETURNED):
        make_dossier(world, state)
    make_dossier(world, State.RECEIVED, BUILD)
    before = _snapshot()
    row = carry_out(merge_into_new(world))
    assert _snapshot() != before
    reorganising.undo(actor=SYSTEM, reorganisation_id=row.pk, reason="Nhập nhầm ngày", at=AFTER)
    assert _snapshot() == before
    for dossier in Dossier.objects.all():
        assert find_difference(dossier) == ""
    assert not access.visible_to(get_actor_of("b.intake", TOMORROW)).exists()
    # And it can be done again.
    again = carry_out(merge_into_new(world))
    assert again.tally["dossiers"] == 3


def test_it_can_no_longer_be_undone_once_somebody_acted(world: World) -> None:
    dossier = make_dossier(world, State.PROCESSING)
    row = carry_out(merge_into_new(world))
    actions.propose(actor=get_actor_of("a.case"), dossier_code=dossier.code, outcome="approved", at=AFTER)
    with pytest.raises(Refused, match=dossier.code):
        reorganising.undo(actor=SYSTEM, reorganisation_id=row.pk, reason="x", at=AFTER)


def test_a_dossier_received_by_the_new_unit_ends_the_way_back_too(world: World) -> None:
    row = carry_out(merge_into_new(world))
    actions.receive(
        actor=get_actor_of("b.intake"), intake=make_intake(world), at=AFTER + timedelta(minutes=1)
    )
    with pytest.raises(Refused) as no:
        reorganising.undo(actor=SYSTEM, reorganisation_id=row.pk, reason="x", at=AFTER + DAY)
    assert no.value.code == "acted_on"


@pytest.mark.django_db(transaction=True)
def test_figures_add_up_under_the_old_unit_and_the_new(world: World) -> None:
    for state in (State.RECEIVED, State.PROCESSING, State.RETURNED):
        make_dossier(world, state)
    _follow(at=NOON)
    assert Stay.objects.filter(agency_id=world.units["A"]).count() == 3
    carry_out(merge_into_new(world))
    _follow(at=AFTER)
    new = units.get_tree(TOMORROW).by_code["N"]
    old = Stay.objects.filter(agency_id=world.units["A"])
    # Three came in under the old name; one was solved there, two moved out on the day; the new unit took two in.
    assert old.count() == 3 and old.filter(leave=6, left_on=TOMORROW).count() == 2
    assert Stay.objects.filter(agency_id=new, entered_on=TOMORROW, enter=3, left_on=None).count() == 2
    figures.recount_all(at=AFTER)
    assert Stay.objects.filter(agency_id=new, left_on=None).count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_field_handed_over_moves_its_dossiers_and_procedures_alone(world: World) -> None:
    building = make_dossier(world, State.RECEIVED, BUILD)
    actions.hand_over(actor=world.actors["p.intake"], dossier_code=building.code, at=NOON)
    _follow(at=NOON)
    birth = make_dossier(world)
    row = plan("transfer", ("XD",), ("MT",), fields=(building.field_code,))
    assert row.closes == []
    carry_out(row)
    building.refresh_from_db()
    birth.refresh_from_db()
    assert building.competent_agency_id == world.units["MT"] and birth.competent_agency_id == world.units["A"]
    own = Task.objects.get(dossier=building, done_at=None, step_no=2)
    assert own.unit_id == world.units["MT.DD"] and own.post == "case_officer"
    _follow(at=AFTER)
    assert Stay.objects.get(dossier_id=building.pk, agency_id=world.units["MT"]).enter == 3
    assert Stay.objects.get(dossier_id=building.pk, agency_id=world.units["XD"]).leave == 6
    actions.start(actor=get_actor_of("m.case"), dossier_code=building.code, at=AFTER)


def test_a_commune_is_divided_by_field(world: World) -> None:
    dossier = make_dossier(world, State.PROCESSING)
    row = plan("split", ("A",), ("B", "MT"), fields=("khác",))
    carry_out(row)
    dossier.refresh_from_db()
    assert dossier.competent_agency_id == world.units["B"]
    successions = UnitSuccession.objects.filter(from_unit_id=world.units["A"])
    assert [one.to_unit_id for one in successions] == [world.units["B"]]


def test_a_renamed_unit_keeps_everything_and_its_papers_the_old_name(world: World) -> None:
    dossier = make_dossier(world)
    before = _snapshot()
    row = plan("rename", ("A",), new_units=(NewUnit("A", "Phường An"),))
    carry_out(row)
    assert get_actor_of("a.leader").agency_name == "Ủy ban nhân dân phường An"
    assert Dossier.objects.get().competent_agency_id == dossier.competent_agency_id
    assert units.get_name(world.units["A"], TODAY) == "Ủy ban nhân dân xã An"
    reorganising.undo(actor=SYSTEM, reorganisation_id=row.pk, reason="Sai tên", at=AFTER)
    assert _snapshot() == before


def test_a_process_that_names_an_ended_unit_follows_it(world: World) -> None:
    """The table of the province asks MT for an opinion; MT was merged into XD before the dossier got there."""
    building = make_dossier(world, State.RECEIVED, BUILD)
    carry_out(plan("abolish", ("MT",), ("A",)))
    actions.hand_over(actor=get_actor_of("p.intake"), dossier_code=building.code, at=AFTER)
    asked = Task.objects.get(dossier=building, kind="opinion")
    assert units.get_tree(TOMORROW).get_agency_of(asked.unit_id).code == "A"  # type: ignore[union-attr]


def test_what_is_planned_is_refused_in_words(world: World) -> None:
    with pytest.raises(Refused, match="số văn bản"):
        organisations.plan_reorganisation(
            actor=SYSTEM, at=NOON, facts=ReorganisationFacts("merge", "", " ", TOMORROW, ("A",), ("B",))
        )
    with pytest.raises(Refused, match="Không có đơn vị"):
        plan("merge", ("KHONG",), ("B",))
    with pytest.raises(Refused, match="bỏ bớt một dòng"):
        plan("merge", ("A", "A"), ("B",))
    with pytest.raises(Refused, match="lĩnh vực"):
        plan("transfer", ("XD",), ("MT",))
    row = plan("merge", ("A",), ("B",))
    with pytest.raises(Refused, match="Chưa đến ngày"):
        reorganising.carry_out(actor=SYSTEM, reorganisation_id=row.pk, at=NOON)
    for name in ("a.leader", "p.control"):
        with pytest.raises(Refused):
            reorganising.carry_out(actor=world.actors[name], reorganisation_id=row.pk, at=AFTER)
    assert list(Reorganisation.objects.all()) == [row]
