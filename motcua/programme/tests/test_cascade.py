"""A plan handed down: asked for, copied with its units, received or missing, rolled up; districts of old plans too."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from motcua.core.refusal import Refused
from motcua.organisations import actions as organisations
from motcua.organisations import queries as units
from motcua.organisations.rules import SYSTEM
from motcua.organisations.tests.factories import AT, FIRST_DAY, ON, make_unit
from motcua.programme import access, queries
from motcua.programme.actions import cascade, importing, keeping, reporting, writing
from motcua.programme.actions.reporting import Shown
from motcua.programme.models import Plan, PlanReading
from motcua.programme.rules.handing_down import Below, hand_down
from motcua.programme.rules.standing import Receipt

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(province: SimpleNamespace, plan_text: bytes) -> Plan:
    reading = importing.read_file(actor=province.control, content=plan_text, name="a.txt", at=AT)
    return keeping.confirm(actor=province.control, reading_id=reading.pk, revision=0, at=AT)


@pytest.fixture
def asked(province: SimpleNamespace, plan: Plan) -> Plan:
    ids = [province.units["A"].id, province.units["B"].id, province.units["S"].id]
    cascade.hand_down(
        actor=province.control, plan_id=plan.pk, unit_ids=ids, due_on=ON + timedelta(days=10), at=AT
    )
    return plan


def begin_at_commune(province: SimpleNamespace, plan: Plan) -> PlanReading:
    return writing.begin(actor=province.commune_head, year=2026, from_id=plan.pk, at=AT)


def issue(province: SimpleNamespace, draft: PlanReading, number: str = "03/KH-UBND") -> Plan:
    for row in draft.read["rows"]:
        row["product"] = row["product"] or "Báo cáo"
    draft.save()
    head = province.commune_head
    draft = writing.submit(actor=province.commune_clerk, reading_id=draft.pk, revision=draft.revision, at=AT)
    draft = writing.sign_draft(actor=head, reading_id=draft.pk, revision=draft.revision, at=AT)
    return writing.issue(
        actor=province.commune_clerk,
        reading_id=draft.pk,
        number=number,
        dated=ON,
        revision=draft.revision,
        at=AT,
    )


def test_a_commune_copies_down_what_it_has_to_do_in_its_own_words(
    province: SimpleNamespace, asked: Plan
) -> None:
    draft = begin_at_commune(province, asked)
    rows = draft.read["rows"]
    assert [row["content"] for row in rows] == ["Niêm yết thủ tục", "Báo cáo quý"]
    assert {row["lead"] for row in rows} == {"UBND xã An"}
    assert all("lead: mapped" in row["unsure"] for row in rows)
    assert rows[0]["above"]["lead"] == "UBND các xã, phường; Sở Xây dựng"
    assert "Kế hoạch số 07/KH-UBND ngày 12/01/2026" in draft.read["legal_bases"][-1]
    assert rows[1]["deadline"]["every"] == "quarter"


def test_the_board_tells_who_sent_theirs_and_who_is_late(province: SimpleNamespace, asked: Plan) -> None:
    draft = begin_at_commune(province, asked)

    def receipts(day: date) -> dict[str, Receipt]:
        return {row.name: row.receipt for row in queries.make_cascade(asked, day)}

    assert receipts(ON)["UBND xã An"] is Receipt.DRAFTED
    assert receipts(ON)["UBND phường Bình"] is Receipt.MISSING
    assert receipts(ON + timedelta(days=11))["UBND phường Bình"] is Receipt.LATE
    made = issue(province, draft)
    assert made.parent == asked and made.file is not None
    assert receipts(ON + timedelta(days=11))["UBND xã An"] is Receipt.RECEIVED
    assert not queries.find_open_calls(province.commune_head).exists()


def test_progress_below_rolls_up_to_the_plan_and_to_its_task(province: SimpleNamespace, asked: Plan) -> None:
    made = issue(province, begin_at_commune(province, asked))
    task = made.tasks.get(content="Báo cáo quý")
    occurrence = task.occurrences.first()
    assert occurrence is not None and task.source is not None and task.source.plan == asked
    written = reporting.report(
        actor=province.commune_case,
        occurrence_id=occurrence.pk,
        unit_id=province.units["A"].id,
        text="Đã gửi",
        evidence=[Shown("Sổ", address="/ho-so/")],
        at=AT,
    )
    reporting.accept(actor=province.commune_head, report_id=written.pk, answer="", at=AT)
    row = next(r for r in queries.make_cascade(asked, ON) if r.name == "UBND xã An")
    assert (row.progress.done, row.progress.total) == (1, 2)
    [(below, view)] = queries.find_copies(task.source, ON)
    assert below == made and view.done == 1
    sums = queries.sum_up([asked], ON)[asked.pk]
    assert sums[1] == row.progress


def test_a_difficulty_goes_up_once_to_the_plan_above(province: SimpleNamespace, asked: Plan) -> None:
    task = issue(province, begin_at_commune(province, asked)).tasks.get(content="Báo cáo quý")
    raised = reporting.raise_difficulty(actor=province.commune_case, task_id=task.pk, text="Thiếu máy", at=AT)
    with pytest.raises(Refused):
        reporting.pass_up(actor=province.commune_case, difficulty_id=raised.pk, at=AT)
    passed = reporting.pass_up(actor=province.commune_head, difficulty_id=raised.pk, at=AT).passed_up
    assert passed is not None and passed.task == task.source and passed.unit_id == province.units["A"].id
    with pytest.raises(Refused):
        reporting.pass_up(actor=province.commune_head, difficulty_id=raised.pk, at=AT)
    reporting.answer_difficulty(actor=province.control, difficulty_id=passed.pk, answer="Cấp máy", at=AT)
    with pytest.raises(Refused) as refused:
        reporting.pass_up(
            actor=province.control,
            difficulty_id=reporting.raise_difficulty(
                actor=province.control, task_id=asked.tasks.all()[0].pk, text="x", at=AT
            ).pk,
            at=AT,
        )
    assert refused.value.code == "no_source"


def test_a_plan_made_elsewhere_is_named_as_the_answer_once(province: SimpleNamespace, asked: Plan) -> None:
    text = "TT\tNội dung\tChủ trì\tThời gian\n1\tViệc\tVăn phòng\tQuý I/2026".encode()
    reading = importing.read_file(actor=province.commune_head, content=text, name="x.txt", year=2026, at=AT)
    own = keeping.confirm(actor=province.commune_head, reading_id=reading.pk, revision=0, at=AT)
    with pytest.raises(Refused) as refused:
        cascade.answer_with(actor=province.other_approver, plan_id=own.pk, parent_id=asked.pk, at=AT)
    assert refused.value.code == "forbidden"
    cascade.answer_with(actor=province.commune_clerk, plan_id=own.pk, parent_id=asked.pk, at=AT)
    draft = begin_at_commune_again(province, asked)
    assert draft.value.code == "exists"


def begin_at_commune_again(province: SimpleNamespace, asked: Plan) -> pytest.ExceptionInfo[Refused]:
    text = "TT\tNội dung\tChủ trì\tThời gian\n1\tViệc khác\tVăn phòng\tQuý I/2026".encode()
    reading = importing.read_file(actor=province.commune_head, content=text, name="y.txt", year=2026, at=AT)
    second = keeping.confirm(actor=province.commune_head, reading_id=reading.pk, revision=0, at=AT)
    with pytest.raises(Refused) as refused:
        cascade.answer_with(actor=province.commune_clerk, plan_id=second.pk, parent_id=asked.pk, at=AT)
    return refused


def test_who_was_not_asked_begins_nothing_from_above(province: SimpleNamespace, plan: Plan) -> None:
    with pytest.raises(Refused) as refused:
        begin_at_commune(province, plan)
    assert refused.value.code == "not_asked" and not PlanReading.objects.filter(file=None).exists()


def test_only_the_plans_agency_hands_down_and_only_to_its_own(province: SimpleNamespace, plan: Plan) -> None:
    for actor, ids in (
        (province.commune_head, [province.units["A"].id]),
        (province.control, []),
        (province.control, [province.units["P"].id]),
    ):
        with pytest.raises(Refused):
            cascade.hand_down(actor=actor, plan_id=plan.pk, unit_ids=ids, due_on=None, at=AT)
    assert not plan.calls.exists()


def test_a_second_handing_down_only_moves_the_day(province: SimpleNamespace, asked: Plan) -> None:
    day = ON + timedelta(days=30)
    ids = [province.units["A"].id]
    again = cascade.hand_down(actor=province.control, plan_id=asked.pk, unit_ids=ids, due_on=day, at=AT)
    assert again == 0 and asked.calls.get(unit_id=ids[0]).due_on == day and asked.calls.count() == 3


OLD_PLAN = """UBND TỈNH MẪU
Số: 05/KH-UBND
Mẫu, ngày 10 tháng 01 năm 2023
KẾ HOẠCH
Kiểm soát thủ tục hành chính năm 2023

PHỤ LỤC

TT	Nội dung	Cơ quan chủ trì	Cơ quan phối hợp	Thời gian	Sản phẩm
1	Rà soát thủ tục	UBND cấp huyện	UBND cấp xã	Trước ngày 30/7/2023	Báo cáo
"""


@pytest.fixture
def district(province: SimpleNamespace) -> int:
    """A district of the old days under the province, and a commune under it that became the commune of today."""
    first = date(2004, 7, 8)
    make_unit("OP", "province", "", "Tỉnh Mẫu", first_day=first)
    make_unit("H", "district", "OP", "Huyện Cũ", first_day=first)
    make_unit("HX", "commune", "H", "Xã Cũ", first_day=first)
    for code, successors in (("HX", ["A"]), ("H", []), ("OP", ["P"])):
        organisations.close_unit(
            actor=SYSTEM,
            code=code,
            successor_codes=successors,
            decision_number="202/2025/QH15",
            last_day=FIRST_DAY - timedelta(days=1),
            at=AT,
        )
    return units.get_identity("H").pk


def test_a_district_of_an_old_plan_is_asked_and_its_plan_entered_by_the_province(
    province: SimpleNamespace, district: int
) -> None:
    reading = importing.read_file(actor=province.control, content=OLD_PLAN.encode(), name="cu.txt", at=AT)
    old = keeping.confirm(actor=province.control, reading_id=reading.pk, revision=0, at=AT)
    groups = queries.group_callable(old)
    assert [(str(kind), [u.name for u in found]) for kind, found in groups] == [
        ("commune", ["Xã Cũ"]),
        ("district", ["Huyện Cũ"]),
    ]
    cascade.hand_down(actor=province.control, plan_id=old.pk, unit_ids=[district], due_on=None, at=AT)
    assert [u.id for u in queries.find_ended_called(province.control, ON)] == [district]
    assert not access.may_keep(province.commune_head, district)
    draft = writing.begin(actor=province.control, year=2023, from_id=old.pk, unit_id=district, at=AT)
    assert [row["lead"] for row in draft.read["rows"]] == ["UBND huyện Cũ"]
    assert draft.read["issuer"] == "Ủy ban nhân dân huyện Cũ"


def test_who_has_no_counterpart_below_is_pointed_out() -> None:
    below = Below("commune", "UBND xã An", "Văn phòng HĐND và UBND", "Các phòng, đơn vị thuộc UBND xã An")
    row = {
        "lead": "UBND các xã, phường",
        "coordinating": "Văn phòng UBND tỉnh; các sở, ban, ngành; Công an tỉnh",
    }
    mapped, doubts = hand_down(row, below)
    assert mapped == {"lead": below.office, "coordinating": below.sections}
    assert doubts == ["lead: mapped", "coordinating: not mapped"]
