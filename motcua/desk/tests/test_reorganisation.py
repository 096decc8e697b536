"""One previewed operation: open work, books, processes, rights and people move; it can be undone until somebody acts."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from motcua.accounts.models import User
from motcua.audit.tests.settling import settle
from motcua.catalogue.models import Bundle
from motcua.core.refusal import Refused
from motcua.desk.actions import reorganising
from motcua.dossiers import access, actions
from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import (
    Consignment,
    Dossier,
    Event,
    Involvement,
    Joint,
    Reminder,
    Result,
    Series,
    Task,
)
from motcua.dossiers.queries.history import find_difference, get_history
from motcua.dossiers.rules.states import Act, State
from motcua.dossiers.tests.factories import (
    BIRTH,
    BUILD,
    NOON,
    TODAY,
    World,
    make_dossier,
    make_intake,
    make_world,
)
from motcua.figures import actions as figures
from motcua.figures.models import Stay
from motcua.organisations import actions as organisations
from motcua.organisations import queries as units
from motcua.organisations.actions import AbsenceFacts, NewUnit, ReorganisationFacts
from motcua.organisations.models import Absence, Assignment, Reorganisation, UnitSuccession, UnitVersion
from motcua.organisations.rules import SYSTEM, Actor
from motcua.processes.models import Process
from tests.ground import begins_with, give

DAY = timedelta(days=1)
TOMORROW = TODAY + DAY
AFTER = NOON + DAY


@pytest.fixture
@begins_with(make_world)
def world(db: None) -> World:
    return give(make_world)


def _plan(kind: str, sources: tuple[str, ...], targets: tuple[str, ...] = (), **more: Any) -> Reorganisation:
    facts = ReorganisationFacts(
        kind=kind, title="Sắp xếp thử", decision_number="1/NQ", first_day=TOMORROW, sources=sources, targets=targets, **more
    )  # fmt: skip
    return organisations.plan_reorganisation(actor=SYSTEM, facts=facts, at=NOON)


def _carry_out(row: Reorganisation) -> Reorganisation:
    return reorganising.carry_out(actor=SYSTEM, reorganisation_id=row.pk, at=AFTER)


def _actor(name: str, on: date = TOMORROW) -> Actor:
    actor = units.get_actor(User.objects.get(username=name), None, on)
    assert actor is not None, name
    return actor


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


def _merge_into_new(world: World) -> Reorganisation:
    new = NewUnit("N", "Xã Bình An", "commune", "P", "H50.99")
    return _plan("merge", ("A", "B"), ("N",), new_units=(new,))


def test_two_communes_become_one_with_the_parts_of_the_first(world: World) -> None:
    row = _carry_out(_merge_into_new(world))
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
    _carry_out(_merge_into_new(world))
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
    actions.propose(actor=_actor("a.case"), dossier_code=processing.code, outcome="approved", at=AFTER)
    actions.decide(actor=_actor("a.leader"), dossier_code=processing.code, outcome="approved", at=AFTER)
    signed = actions.sign_result(
        actor=_actor("a.clerk"), dossier_code=processing.code, signed_on=TOMORROW, signer_name="Nguyễn Văn Duyệt",
        title="Giấy khai sinh", file_id=world.make_file(_actor("a.clerk")), at=AFTER,
    )  # fmt: skip
    assert signed.state == State.RESULT_READY
    actions.return_result(
        actor=_actor("a.intake"), dossier_code=processing.code, collector_name="X", at=AFTER
    )


def test_none_is_lost_and_each_is_found_by_its_old_code(world: World) -> None:
    codes = [make_dossier(world, state).code for state in (State.RECEIVED, State.RETURNED, State.WITHDRAWN)]
    _carry_out(_merge_into_new(world))
    for name in ("a.intake", "b.intake", "a.leader"):
        seen = set(access.visible_to(_actor(name)).values_list("code", flat=True))
        assert seen == set(codes), name
        for code in codes:
            assert [row.code for row in dossiers.search(_actor(name), code).rows] == [code]


def test_what_ended_is_read_by_the_heir_and_not_copied_and_the_sight_goes_with_the_undoing(
    world: World,
) -> None:
    ended = make_dossier(world, State.RETURNED).code
    rows = set(Involvement.objects.values_list("dossier_id", "unit_id"))
    stranger = _actor("b.leader", TODAY)
    assert not access.visible_to(stranger).exists()
    row = _carry_out(_merge_into_new(world))
    assert set(Involvement.objects.values_list("dossier_id", "unit_id")) == rows
    for name in ("a.leader", "b.leader", "a.intake"):
        actor = _actor(name)
        assert [one.code for one in dossiers.find_register(actor).rows] == [ended], name
        assert access.require_visible(actor, ended).code == ended
        assert world.units["A"] not in actor.scope and not actor.covers(world.units["A"])
    reorganising.undo(actor=SYSTEM, reorganisation_id=row.pk, reason="nhầm", at=AFTER)
    assert not access.visible_to(_actor("b.leader")).exists()
    assert access.visible_to(_actor("a.leader")).exists()


def test_the_heir_reopens_what_ended_before_and_from_then_on_nothing_is_undone(world: World) -> None:
    code = make_dossier(world, State.RETURNED).code
    row = _carry_out(_merge_into_new(world))
    tree = units.get_tree(TOMORROW)
    agency = _actor("a.leader").agency_id
    assert tree.units[agency].code == "N" and _actor("x.leader").inherits == frozenset()
    kept = Dossier.objects.get(code=code)
    assert Act.REOPEN in access.find_allowed(_actor("b.leader"), kept, [])
    for name in ("a.case", "x.leader"):
        assert Act.REOPEN not in access.find_allowed(_actor(name), kept, []), name
    client = Client()
    client.force_login(User.objects.get(username="b.leader"))
    with time_machine.travel(AFTER + timedelta(hours=1), tick=False):
        page = client.get(f"/ho-so/{code}/mo-lai/").content.decode()
        assert "kế tục" in page
        typed = {
            "reason": "Sai tên cha",
            "basis": "QĐ 7/QĐ-UBND",
            "revision": kept.revision,
            "idempotency_key": "mo",
        }
        assert client.post(f"/ho-so/{code}/mo-lai/", typed).status_code == 302
    kept.refresh_from_db()
    assert kept.state == State.PROCESSING and kept.competent_agency_id == agency
    assert {kept.receiving_unit_id, kept.returning_unit_id} <= set(tree.units)
    assert all(task.unit_id in tree.units for task in Task.objects.filter(dossier=kept, done_at=None))
    assert Event.objects.filter(dossier_id=kept.pk).latest("revision").agency_id == agency
    assert find_difference(kept) == ""
    with pytest.raises(Refused) as no:
        reorganising.undo(actor=SYSTEM, reorganisation_id=row.pk, reason="nhầm", at=AFTER + DAY)
    assert no.value.code == "acted_on" and code in no.value.message
    at = AFTER + timedelta(hours=2)
    actions.propose(actor=_actor("a.case"), dossier_code=code, outcome="approved", at=at)
    actions.decide(actor=_actor("a.leader"), dossier_code=code, outcome="approved", at=at)
    actions.sign_result(
        actor=_actor("a.clerk"), dossier_code=code, signed_on=TOMORROW, signer_name="Nguyễn Văn Duyệt",
        title="Giấy khai sinh", file_id=world.make_file(_actor("a.clerk")), at=at,
    )  # fmt: skip
    voided, given = Result.objects.filter(dossier=kept).order_by("pk")
    assert (
        voided.voided_at and voided.series.agency_id == world.units["A"] and given.series.agency_id == agency
    )
    actions.return_result(actor=_actor("a.intake"), dossier_code=code, collector_name="X", at=at)


def test_a_unit_of_a_unit_that_is_no_more_is_read_through_both(world: World) -> None:
    ended = make_dossier(world, State.RETURNED)
    _carry_out(_merge_into_new(world))
    again = organisations.plan_reorganisation(
        actor=SYSTEM,
        facts=ReorganisationFacts(
            kind="merge", title="Lần nữa", decision_number="2/NQ", first_day=TOMORROW + DAY,
            sources=("N", "MT"), targets=("M",), new_units=(NewUnit("M", "Xã Bình", "commune", "P", "H50.98"),),
        ),
        at=AFTER,
    )  # fmt: skip
    reorganising.carry_out(actor=SYSTEM, reorganisation_id=again.pk, at=AFTER + DAY)
    leader = _actor("a.leader", TOMORROW + DAY)
    assert leader.unit_name == "Ủy ban nhân dân xã Bình"
    assert access.visible_to(leader).filter(pk=ended.pk).exists()


def test_the_register_is_narrowed_to_an_agency_that_is_no_more(world: World) -> None:
    codes = {make_dossier(world, state).code for state in (State.RECEIVED, State.RETURNED)}
    assert dossiers.find_former_agencies(TOMORROW) == []
    _carry_out(_merge_into_new(world))
    former = dict(dossiers.find_former_agencies(TOMORROW))
    assert "xã An (đến hết " in former[world.units["A"]]
    for agency_id, found in ((world.units["A"], codes), (world.units["B"], set())):
        asked = dossiers.Narrowing(former_id=agency_id)
        assert {row.code for row in dossiers.find_register(_actor("a.leader"), asked).rows} == found


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
    row = _carry_out(_merge_into_new(world))
    by_code = units.get_tree(TOMORROW).by_code
    joint.refresh_from_db()
    part.refresh_from_db()
    assert (joint.receiving_unit_id, joint.returning_unit_id) == (by_code["N.TT"], by_code["N.TT"])
    assert part.competent_agency_id == by_code["N"]
    reorganising.undo(actor=SYSTEM, reorganisation_id=row.pk, reason="Nhầm", at=AFTER)
    joint.refresh_from_db()
    part.refresh_from_db()
    assert (joint.returning_unit_id, part.competent_agency_id) == (world.units["A.TT"], world.units["A"])


def test_what_was_signed_before_keeps_the_old_name_and_book(world: World) -> None:
    dossier = make_dossier(world, State.RETURNED)
    before = Event.objects.filter(dossier_id=dossier.pk).values_list("unit_name", flat=True)
    names = list(before)
    _carry_out(_merge_into_new(world))
    assert list(Event.objects.filter(dossier_id=dossier.pk).values_list("unit_name", flat=True)) == names
    result = dossier.results.get()
    assert result.series.agency_id == world.units["A"] and result.series.valid_to == TOMORROW
    heir = Series.objects.get(agency__code="N")
    assert (heir.code, heir.valid_from, heir.valid_to) == ("KQ", TOMORROW, None)


def test_rights_keys_and_absences_go_with_the_people(world: World) -> None:
    held = world.actors["a.case"].assignment_id
    facts = AbsenceFacts(held, "leave", "9", TODAY, TODAY + 9 * DAY, "a.case2")
    absence = organisations.record_absence(actor=SYSTEM, absence=facts, at=NOON)
    _carry_out(_merge_into_new(world))
    absence.refresh_from_db()
    assert absence.assignment.unit.code == "N.VH" and absence.assignment.user.username == "a.case"
    assert _actor("a.clerk").agency_name == "Ủy ban nhân dân xã Bình An"
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
    row = _carry_out(_merge_into_new(world))
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
    row = _carry_out(_merge_into_new(world))
    assert _snapshot() != before
    reorganising.undo(actor=SYSTEM, reorganisation_id=row.pk, reason="Nhập nhầm ngày", at=AFTER)
    assert _snapshot() == before
    for dossier in Dossier.objects.all():
        assert find_difference(dossier) == ""
    assert not access.visible_to(_actor("b.intake", TOMORROW)).exists()
    # And it can be done again.
    again = _carry_out(_merge_into_new(world))
    assert again.tally["dossiers"] == 3


def test_it_can_no_longer_be_undone_once_somebody_acted(world: World) -> None:
    dossier = make_dossier(world, State.PROCESSING)
    row = _carry_out(_merge_into_new(world))
    actions.propose(actor=_actor("a.case"), dossier_code=dossier.code, outcome="approved", at=AFTER)
    with pytest.raises(Refused, match=dossier.code):
        reorganising.undo(actor=SYSTEM, reorganisation_id=row.pk, reason="x", at=AFTER)


def test_a_dossier_received_by_the_new_unit_ends_the_way_back_too(world: World) -> None:
    row = _carry_out(_merge_into_new(world))
    actions.receive(actor=_actor("b.intake"), intake=make_intake(world), at=AFTER + timedelta(minutes=1))
    with pytest.raises(Refused) as no:
        reorganising.undo(actor=SYSTEM, reorganisation_id=row.pk, reason="x", at=AFTER + DAY)
    assert no.value.code == "acted_on"


@pytest.mark.django_db(transaction=True)
def test_figures_add_up_under_the_old_unit_and_the_new(world: World) -> None:
    for state in (State.RECEIVED, State.PROCESSING, State.RETURNED):
        make_dossier(world, state)
    _follow(at=NOON)
    assert Stay.objects.filter(agency_id=world.units["A"]).count() == 3
    _carry_out(_merge_into_new(world))
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
    row = _plan("transfer", ("XD",), ("MT",), fields=(building.field_code,))
    assert row.closes == []
    _carry_out(row)
    building.refresh_from_db()
    birth.refresh_from_db()
    assert building.competent_agency_id == world.units["MT"] and birth.competent_agency_id == world.units["A"]
    own = Task.objects.get(dossier=building, done_at=None, step_no=2)
    assert own.unit_id == world.units["MT.DD"] and own.post == "case_officer"
    _follow(at=AFTER)
    assert Stay.objects.get(dossier_id=building.pk, agency_id=world.units["MT"]).enter == 3
    assert Stay.objects.get(dossier_id=building.pk, agency_id=world.units["XD"]).leave == 6
    actions.start(actor=_actor("m.case"), dossier_code=building.code, at=AFTER)


def test_a_commune_is_divided_by_field(world: World) -> None:
    dossier = make_dossier(world, State.PROCESSING)
    row = _plan("split", ("A",), ("B", "MT"), fields=("khác",))
    _carry_out(row)
    dossier.refresh_from_db()
    assert dossier.competent_agency_id == world.units["B"]
    successions = UnitSuccession.objects.filter(from_unit_id=world.units["A"])
    assert [one.to_unit_id for one in successions] == [world.units["B"]]


def test_a_renamed_unit_keeps_everything_and_its_papers_the_old_name(world: World) -> None:
    dossier = make_dossier(world)
    before = _snapshot()
    row = _plan("rename", ("A",), new_units=(NewUnit("A", "Phường An"),))
    _carry_out(row)
    assert _actor("a.leader").agency_name == "Ủy ban nhân dân phường An"
    assert Dossier.objects.get().competent_agency_id == dossier.competent_agency_id
    assert units.get_name(world.units["A"], TODAY) == "Ủy ban nhân dân xã An"
    reorganising.undo(actor=SYSTEM, reorganisation_id=row.pk, reason="Sai tên", at=AFTER)
    assert _snapshot() == before


def test_a_process_that_names_an_ended_unit_follows_it(world: World) -> None:
    """The table of the province asks MT for an opinion; MT was merged into XD before the dossier got there."""
    building = make_dossier(world, State.RECEIVED, BUILD)
    _carry_out(_plan("abolish", ("MT",), ("A",)))
    actions.hand_over(actor=_actor("p.intake"), dossier_code=building.code, at=AFTER)
    asked = Task.objects.get(dossier=building, kind="opinion")
    assert units.get_tree(TOMORROW).get_agency_of(asked.unit_id).code == "A"  # type: ignore[union-attr]


def test_what_is_planned_is_refused_in_words(world: World) -> None:
    with pytest.raises(Refused, match="số văn bản"):
        organisations.plan_reorganisation(
            actor=SYSTEM, at=NOON, facts=ReorganisationFacts("merge", "", " ", TOMORROW, ("A",), ("B",))
        )
    with pytest.raises(Refused, match="Không có đơn vị"):
        _plan("merge", ("KHONG",), ("B",))
    with pytest.raises(Refused, match="lĩnh vực"):
        _plan("transfer", ("XD",), ("MT",))
    row = _plan("merge", ("A",), ("B",))
    with pytest.raises(Refused, match="Chưa đến ngày"):
        reorganising.carry_out(actor=SYSTEM, reorganisation_id=row.pk, at=NOON)
    for name in ("a.leader", "p.control"):
        with pytest.raises(Refused):
            reorganising.carry_out(actor=world.actors[name], reorganisation_id=row.pk, at=AFTER)
    assert BIRTH and Absence.objects.count() == 0
