"""One form, several agencies: what each act on a part means for the others, for the whole and for the applicant."""

from dataclasses import replace

import pytest

from motcua.core.refusal import Refused
from motcua.dossiers import actions, queries
from motcua.dossiers.models import Dossier, Joint, Transfer
from motcua.dossiers.rules.states import State
from motcua.dossiers.tests.factories import NOON, World
from motcua.dossiers.tests.joint_factories import (
    LAND_GROUP,
    bring_in,
    decide_part,
    find_part,
    finish_part,
    make_joint,
    make_joint_intake,
    make_joint_world,
    require_dossier,
)
from motcua.notifications.models import Message
from motcua.worktime.models import OfficeHours, WorkCalendar
from motcua.worktime.queries import forget_calendars
from motcua.worktime.tests.factories import moment
from tests.ground import begins_with, give

pytestmark = pytest.mark.django_db
LATER = moment("2026-03-11 10:00")
THIRD = moment("2026-03-12 10:00")


@pytest.fixture
@begins_with(make_joint_world)
def world(db: None) -> World:
    return give(make_joint_world)


def messages(joint: Joint) -> list[tuple[str, str]]:
    codes = [joint.code, *Dossier.objects.filter(joint=joint).values_list("code", flat=True)]
    rows = Message.objects.filter(reference__in=codes).order_by("pk")
    return [
        ("whole" if row.reference == joint.code else "part", row.template.removeprefix("dossiers/"))
        for row in rows
    ]


def test_one_form_begins_the_part_that_needs_nothing_and_promises_every_other(world: World) -> None:
    joint = make_joint(world, note="Mẹ đang nằm viện")
    assert [note.text for note in require_dossier(joint, 1).notes.all()] == ["Mẹ đang nằm viện"]
    assert joint.due_at == moment("2026-03-13 17:00") and joint.state == State.RECEIVED
    assert [p.dossier is not None for p in (find_part(joint, n) for n in (1, 2, 3))] == [True, False, False]
    assert [find_part(joint, n).planned_due_at for n in (1, 2, 3)] == [
        moment("2026-03-11 17:00"), moment("2026-03-13 17:00"), moment("2026-03-13 17:00"),
    ]  # fmt: skip
    first = require_dossier(joint, 1)
    assert (first.due_at, first.limit_amount, first.token) == (moment("2026-03-11 17:00"), 1, joint.token)
    assert messages(joint) == [("whole", "received")]


def test_after_fifteen_oclock_the_whole_and_its_first_part_count_from_the_next_day(world: World) -> None:
    joint = make_joint(world, at=moment("2026-03-10 15:01"))
    assert joint.due_at == moment("2026-03-16 17:00")
    assert require_dossier(joint, 1).due_at == moment("2026-03-12 17:00")


def test_what_has_to_be_verified_has_five_days(world: World) -> None:
    joint = make_joint(world, is_verified=True)
    assert joint.due_at == moment("2026-03-17 17:00")
    assert require_dossier(joint, 1).due_at == moment("2026-03-13 17:00")


def test_a_result_opens_the_parts_that_need_it_each_with_its_own_clock_and_slip(world: World) -> None:
    joint = make_joint(world)
    given = finish_part(world, joint, 1, LATER)
    police, card = require_dossier(joint, 2), require_dossier(joint, 3)
    assert (police.received_at, police.due_at) == (LATER, moment("2026-03-13 17:00"))
    assert police.competent_agency_id == world.units["CA"] and card.competent_agency_id == world.units["BH"]
    assert police.receiving_unit_id == police.returning_unit_id == world.units["A.TT"]
    slip = Transfer.objects.get(part__dossier=police)
    assert (slip.from_dossier, slip.handed_at, slip.received_at) == (given, LATER, None)
    assert slip.take_over_by == moment("2026-03-11 13:30")  # two working hours, the midday rest left out
    assert queries.get_dossier(world.actors["ca.case"], given.code) == given, "who builds on a part reads it"
    with pytest.raises(Refused):
        queries.get_dossier(world.actors["th.case"], given.code)


def test_the_receiving_side_records_its_time_and_how_the_giver_kept_his(world: World) -> None:
    joint = make_joint(world)
    finish_part(world, joint, 1, LATER)
    police = require_dossier(joint, 2)
    with pytest.raises(Refused) as no:
        actions.start(actor=world.actors["ca.case"], dossier_code=police.code, at=LATER)
    assert "take_over" in no.value.possible
    with pytest.raises(Refused) as no:
        actions.take_over(actor=world.actors["bh.case"], dossier_code=police.code, judged="on_time", at=LATER)
    assert no.value.code == "not_found"
    at = moment("2026-03-11 11:00")
    actions.take_over(actor=world.actors["ca.case"], dossier_code=police.code, judged="early", at=at)
    slip = Transfer.objects.get(part__dossier=police)
    assert (slip.received_at, slip.receiver_name, slip.judged) == (at, "Công Văn An", "early")
    (task,) = [t for t in queries.get_tasks(police) if t.done_at is None]
    assert (task.step_no, task.unit_id) == (2, world.units["CA"])


def test_a_slip_that_lacks_something_goes_back_to_who_gave_it_and_comes_again(world: World) -> None:
    joint = make_joint(world)
    finish_part(world, joint, 1, LATER)
    police = require_dossier(joint, 2)
    promised = (joint.due_at, police.due_at)
    with pytest.raises(Refused) as no:
        actions.send_back(actor=world.actors["ca.case"], dossier_code=police.code, reason=" ", at=LATER)
    assert no.value.field == "reason"
    at = moment("2026-03-11 11:00")
    actions.send_back(
        actor=world.actors["ca.case"], dossier_code=police.code, reason="Thiếu bản sao khai sinh", at=at
    )
    (task,) = [t for t in queries.get_tasks(police) if t.done_at is None]
    giver = world.actors["a.case"]
    assert (task.kind, task.unit_id, task.assignee_id) == ("resend", giver.unit_id, giver.user_id)
    assert task.due_at == moment("2026-03-11 14:30"), "two working hours, the midday rest left out"
    (row,) = queries.find_inbox(giver, "new", at=at).rows
    assert (row.code, row.kind) == (police.code, "resend")
    for act, who in (("take_over", "ca.case"), ("resend", "ca.case"), ("start", "a.case")):
        with pytest.raises(Refused):
            typed = {"take_over": {"judged": "early"}, "resend": {"answer": "x"}}.get(act, {})
            getattr(actions, act)(actor=world.actors[who], dossier_code=police.code, at=at, **typed)
    again = moment("2026-03-11 14:00")
    actions.resend(actor=giver, dossier_code=police.code, answer="Đã gửi bản sao", at=again)
    slip = Transfer.objects.get(part__dossier=police)
    assert slip.take_over_by == moment("2026-03-11 16:00")
    back = slip.returns.get()
    assert (back.sent_back_by, back.reason, back.answered_by, back.answer, back.answered_at) == (
        "Công Văn An", "Thiếu bản sao khai sinh", giver.person_name, "Đã gửi bản sao", again,
    )  # fmt: skip
    actions.take_over(actor=world.actors["ca.case"], dossier_code=police.code, judged="on_time", at=again)
    joint.refresh_from_db()
    police.refresh_from_db()
    assert (joint.due_at, police.due_at) == promised, "an agency's fault moves no date"
    assert "trả lại phiếu chuyển xử lý" in queries.get_history(police)[1].sentence


def test_the_whole_ends_with_its_last_part_and_is_given_at_one_place(world: World) -> None:
    joint = make_joint(world)
    for no in (1, 2, 3):
        finish_part(world, joint, no, LATER)
    joint.refresh_from_db()
    assert (joint.state, joint.outcome, joint.finished_at) == (State.RESULT_READY, "approved", LATER)
    with pytest.raises(Refused):
        actions.return_whole(
            actor=world.actors["b.intake"], joint_code=joint.code, collector_name="Mẹ", at=THIRD
        )
    actions.return_whole(actor=world.actors["a.intake"], joint_code=joint.code, collector_name="Mẹ", at=THIRD)
    joint.refresh_from_db()
    assert joint.state == State.RETURNED
    assert {d.state for d in Dossier.objects.filter(joint=joint)} == {State.RETURNED}
    assert messages(joint) == [("whole", "received"), ("whole", "result_ready"), ("whole", "returned")]


def test_a_refused_birth_leaves_out_what_needs_it_and_says_so(world: World) -> None:
    joint = make_joint(world)
    finish_part(world, joint, 1, LATER, "refused")
    joint.refresh_from_db()
    assert [find_part(joint, n).dropped_at for n in (2, 3)] == [LATER, LATER]
    assert (joint.state, joint.outcome, joint.finished_at) == (State.RESULT_READY, "refused", LATER)
    assert messages(joint).count(("whole", "part_left_out")) == 2


def test_what_was_left_out_begins_when_the_part_before_is_reopened_and_approved(world: World) -> None:
    joint = make_joint(world)
    refused = finish_part(world, joint, 1, LATER, "refused")
    actions.reopen(
        actor=world.actors["a.leader"], dossier_code=refused.code, reason="Sai", basis="QĐ 7", at=LATER
    )
    joint.refresh_from_db()
    assert joint.finished_at is None
    decide_part(world, joint, 1, THIRD)
    assert require_dossier(joint, 2).received_at == THIRD and find_part(joint, 3).dropped_at is None


def test_the_whole_is_taken_back_in_one_act_and_said_once(world: World) -> None:
    joint = make_joint(world)
    finish_part(world, joint, 1, LATER)
    bring_in(world, joint, 2, LATER)
    counter = world.actors["a.intake"]
    for who, reason in (("a.intake", " "), ("ca.case", "Đổi ý")):
        with pytest.raises(Refused):
            actions.withdraw_whole(actor=world.actors[who], joint_code=joint.code, reason=reason, at=THIRD)
    for _time in range(2):
        joint = actions.withdraw_whole(
            actor=counter, joint_code=joint.code, reason="Đổi ý", key="rut-1", at=THIRD
        )
    assert [require_dossier(joint, n).state for n in (1, 2, 3)] == ["result_ready", "withdrawn", "withdrawn"]
    assert (joint.withdrawn_at, joint.outcome, joint.state) == (THIRD, "partly", State.RESULT_READY)
    assert [told for told in messages(joint) if told[1] == "withdrawn"] == [("whole", "withdrawn")]
    with pytest.raises(Refused):
        actions.withdraw_whole(actor=counter, joint_code=joint.code, reason="Nữa", at=THIRD)


def test_of_a_whole_that_was_taken_back_nothing_begins_until_a_part_is_reopened(world: World) -> None:
    joint = make_joint(world)
    bring_in(world, joint, 1, LATER)
    actions.withdraw_whole(actor=world.actors["a.intake"], joint_code=joint.code, reason="Đổi ý", at=LATER)
    joint.refresh_from_db()
    assert (joint.state, joint.outcome, joint.finished_at) == (State.WITHDRAWN, "refused", LATER)
    assert [find_part(joint, n).dropped_at for n in (2, 3)] == [LATER, LATER]
    assert messages(joint) == [("whole", "received"), ("whole", "withdrawn")]
    birth = require_dossier(joint, 1)
    actions.reopen(
        actor=world.actors["a.leader"], dossier_code=birth.code, reason="Đề nghị lại", basis="QĐ 7", at=THIRD
    )
    joint.refresh_from_db()
    assert joint.withdrawn_at is None and find_part(joint, 2).dropped_at is None
    decide_part(world, joint, 1, THIRD)
    assert require_dossier(joint, 2).received_at == THIRD


def test_what_was_decided_goes_on_and_opens_nothing(world: World) -> None:
    joint = make_joint(world)
    birth = bring_in(world, joint, 1, LATER)
    case, leader = world.actors["a.case"], world.actors["a.leader"]
    actions.propose(actor=case, dossier_code=birth.code, outcome="approved", at=LATER)
    actions.decide(actor=leader, dossier_code=birth.code, outcome="approved", at=LATER)
    actions.withdraw_whole(actor=world.actors["a.intake"], joint_code=joint.code, reason="Đổi ý", at=LATER)
    clerk = world.actors["a.clerk"]
    signed = actions.sign_result(
        actor=clerk, dossier_code=birth.code, signed_on=LATER.date(), signer_name="N", title="Kết quả",
        file_id=world.make_file(clerk), at=LATER,
    )  # fmt: skip
    joint.refresh_from_db()
    assert signed.state == State.RESULT_READY and find_part(joint, 2).dossier is None
    assert (joint.state, joint.outcome) == (State.RESULT_READY, "partly")


def test_a_stopped_part_stops_no_other(world: World) -> None:
    joint = make_joint(world)
    finish_part(world, joint, 1, LATER)
    police = require_dossier(joint, 2)
    actions.stop(actor=world.actors["a.intake"], dossier_code=police.code, reason="Theo đề nghị", at=THIRD)
    joint.refresh_from_db()
    assert joint.finished_at is None and require_dossier(joint, 3).state == State.RECEIVED
    finish_part(world, joint, 3, THIRD)
    joint.refresh_from_db()
    assert (joint.state, joint.outcome) == (State.RESULT_READY, "partly")


def test_a_late_agency_moves_no_promise_but_a_supplement_does(world: World) -> None:
    joint = make_joint(world)
    late = moment("2026-03-16 10:00")
    finish_part(world, joint, 1, late)
    joint.refresh_from_db()
    assert joint.due_at == joint.original_due_at
    assert require_dossier(joint, 2).due_at == moment("2026-03-18 17:00"), (
        "its own two days, whoever was late"
    )
    police = bring_in(world, joint, 2, late)
    actions.request_supplement(
        actor=world.actors["ca.case"], dossier_code=police.code, items=["Ảnh"], reason="Thiếu",
        at=late,
    )  # fmt: skip
    joint.refresh_from_db()
    assert joint.state == State.AWAITING_SUPPLEMENT
    actions.accept_supplement(
        actor=world.actors["a.intake"], dossier_code=police.code, at=moment("2026-03-18 10:00")
    )
    joint.refresh_from_db()
    assert joint.due_at == moment("2026-03-17 17:00"), (
        "as much later as the law moved the part: two working days"
    )


def test_a_paper_missing_for_any_part_is_missed_at_the_counter(world: World) -> None:
    intake = make_joint_intake(world)
    needed = next(c.id for c in world.sheet("1.014137").cases[0].components if c.is_required)
    parts = tuple(p for p in intake.parts if p.component_id != needed)
    with pytest.raises(Refused) as no:
        actions.receive_joint(
            actor=world.actors["a.intake"], intake=make_joint_intake(world, parts=parts), at=NOON
        )
    assert no.value.field == "parts" and not Joint.objects.exists() and not Dossier.objects.exists()


def test_the_same_form_sent_twice_is_one_whole(world: World) -> None:
    intake = make_joint_intake(world)
    made = [
        actions.receive_joint(actor=world.actors["a.intake"], intake=intake, key="k-1", at=NOON)
        for _n in range(2)
    ]
    assert made[0].pk == made[1].pk and Dossier.objects.count() == 1


def test_land_has_two_appointments_and_the_wait_belongs_to_neither(world: World) -> None:
    joint = make_joint(world, LAND_GROUP)
    land = bring_in(world, joint, 1, LATER)
    assert land.due_at == moment("2026-03-17 17:00"), "five days to the slip for the tax office"
    told = moment("2026-03-16 10:00")
    actions.request_payment(
        actor=world.actors["m.case"],
        dossier_code=land.code,
        paper="PC 15",
        review_at=moment("2026-04-20 17:00"),
        at=told,
    )
    tax = require_dossier(joint, 2)
    assert (tax.received_at, tax.competent_agency_id) == (told, world.units["TH"])
    finish_part(world, joint, 2, moment("2026-03-18 10:00"))
    assert ("part", "result_ready") in messages(joint), "what is to be paid is told at once"
    paid = moment("2026-04-15 10:00")
    land = actions.confirm_payment(
        actor=world.actors["a.intake"], dossier_code=land.code, proof="GNT 1", at=paid
    )
    assert land.due_at == moment("2026-04-20 17:00"), (
        "three days from the proof, whatever was left of the five"
    )
    due = queries.recompute_due(land)
    assert due is not None and due.at == land.due_at
    line = queries.find_part_lines(joint, NOON.date(), paid)[0]
    assert line.first_appointment is not None
    assert (line.first_appointment.kept_at, line.first_appointment.judged) == (told, "early")
    joint.refresh_from_db()
    assert joint.due_at == land.due_at and joint.state == State.PROCESSING


def test_a_counter_open_on_saturdays_promises_no_earlier_than_the_agency_that_decides(world: World) -> None:
    week = WorkCalendar.objects.create(code="six_days", name="Cả thứ bảy")
    for day in range(6):
        OfficeHours.objects.create(
            calendar=week,
            weekday=day,
            segments=[["07:30", "11:30"], ["13:30", "17:30"]],
            valid_from=NOON.date(),
        )
    forget_calendars()
    world.actors["a.intake"] = replace(world.actors["a.intake"], calendar_code=week.code)
    joint = make_joint(world, LAND_GROUP)
    land = find_part(joint, 1)
    assert land.dossier is not None and joint.calendar_code == land.dossier.calendar_code != week.code
    assert land.planned_due_at == land.dossier.original_due_at == moment("2026-03-17 17:00"), (
        "not one day less"
    )


def test_a_part_nobody_takes_over_is_forgotten_by_the_receiver_and_seen_by_the_counter(world: World) -> None:
    joint = make_joint(world)
    finish_part(world, joint, 1, LATER)
    police = require_dossier(joint, 2)
    (row,) = queries.find_inbox(world.actors["ca.case"], "new", at=LATER).rows
    assert (row.code, row.is_part, row.kind) == (police.code, True, "transfer")
    at = moment("2026-03-11 14:00")
    for who in ("ca.leader", "a.head"):
        stalled = {one.code: one for one in queries.find_stalled(world.actors[who], at=at).rows}
        assert stalled[police.code].owner_unit_id == world.units["CA"]
    assert police.code not in {
        one.code for one in queries.find_stalled(world.actors["bh.leader"], at=at).rows
    }
