"""A task from its report to its acceptance; who may, and what stands in the way."""

from datetime import date
from types import SimpleNamespace

import pytest

from motcua.core.refusal import Refused
from motcua.organisations.tests.factories import AT, ON
from motcua.programme import queries
from motcua.programme.actions import importing, keeping, reporting
from motcua.programme.actions.reporting import Shown
from motcua.programme.models import Occurrence, Plan, TaskReport
from motcua.programme.rules.standing import Days, Standing, find_standing

pytestmark = pytest.mark.django_db
PAGE = Shown("Sổ theo dõi", address="/ho-so/so-theo-doi/")


@pytest.fixture
def plan(province: SimpleNamespace, plan_text: bytes) -> Plan:
    reading = importing.read_file(actor=province.control, content=plan_text, name="a.txt", at=AT)
    return keeping.confirm(actor=province.control, reading_id=reading.pk, revision=0, at=AT)


def quarter(plan: Plan, number: int = 1) -> Occurrence:
    return plan.tasks.get(content="Báo cáo quý").occurrences.all()[number - 1]


def report(province: SimpleNamespace, plan: Plan, unit: str = "A", actor: str = "commune_head") -> TaskReport:
    return reporting.report(
        actor=getattr(province, actor),
        occurrence_id=quarter(plan).pk,
        unit_id=province.units[unit].id,
        text="Đã báo cáo",
        evidence=[PAGE],
        at=AT,
    )


def test_a_leading_unit_reports_and_the_plans_agency_accepts(province: SimpleNamespace, plan: Plan) -> None:
    made = report(province, plan)
    accepted = reporting.accept(actor=province.control, report_id=made.pk, answer="", at=AT)
    assert accepted.state == "accepted" and accepted.evidence.get().address == PAGE.address
    view = next(v for v in queries.view_tasks(plan, ON) if v.task.content == "Báo cáo quý")
    assert view.done == 1 and len(view.parts) == 12


def test_only_the_unit_itself_reports_and_only_if_it_leads(province: SimpleNamespace, plan: Plan) -> None:
    with pytest.raises(Refused) as refused:
        report(province, plan, unit="B")
    assert refused.value.code == "forbidden"
    with pytest.raises(Refused):
        report(province, plan, unit="T", actor="tax_case")


def test_a_result_needs_something_that_shows_it(province: SimpleNamespace, plan: Plan) -> None:
    with pytest.raises(Refused) as refused:
        reporting.report(
            actor=province.commune_head,
            occurrence_id=quarter(plan).pk,
            unit_id=province.units["A"].id,
            text="Đã xong",
            evidence=[],
            at=AT,
        )
    assert refused.value.code == "no_evidence" and not TaskReport.objects.exists()


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//evil.example/", "ftp://a/b", "x"])
def test_an_address_that_could_mislead_is_no_evidence(
    province: SimpleNamespace, plan: Plan, address: str
) -> None:
    with pytest.raises(Refused) as refused:
        reporting.report(
            actor=province.commune_head,
            occurrence_id=quarter(plan).pk,
            unit_id=province.units["A"].id,
            text="Đã xong",
            evidence=[Shown("x", address=address)],
            at=AT,
        )
    assert refused.value.code == "bad_address"


def test_a_returned_report_says_why_and_is_made_anew(province: SimpleNamespace, plan: Plan) -> None:
    made = report(province, plan)
    with pytest.raises(Refused):
        reporting.give_back(actor=province.control, report_id=made.pk, answer=" ", at=AT)
    reporting.give_back(actor=province.control, report_id=made.pk, answer="Thiếu số liệu", at=AT)
    assert report(province, plan).state == "reported" and TaskReport.objects.count() == 1


def test_nobody_accepts_their_own_lower_report(province: SimpleNamespace, plan: Plan) -> None:
    made = report(province, plan)
    with pytest.raises(Refused):
        reporting.accept(actor=province.commune_head, report_id=made.pk, answer="", at=AT)


def test_an_event_that_came_gives_a_period(province: SimpleNamespace, plan: Plan) -> None:
    task = plan.tasks.get(content="Xử lý phản ánh")
    made = reporting.note_event(
        actor=province.control, task_id=task.pk, event="Công văn 12", on=ON, due_on=date(2026, 3, 20), at=AT
    )
    assert [o.pk for o in task.occurrences.all()] == [made.pk]
    with pytest.raises(Refused):
        reporting.note_event(
            actor=province.control, task_id=task.pk, event="Công văn 12", on=ON, due_on=None, at=AT
        )


def test_a_difficulty_is_answered_by_the_plans_agency(province: SimpleNamespace, plan: Plan) -> None:
    raised = reporting.raise_difficulty(
        actor=province.commune_case, task_id=plan.tasks.first().pk, text="Thiếu máy quét", at=AT
    )
    with pytest.raises(Refused):
        reporting.answer_difficulty(
            actor=province.commune_head, difficulty_id=raised.pk, answer="Tự mua", at=AT
        )
    reporting.answer_difficulty(actor=province.control, difficulty_id=raised.pk, answer="Cấp máy", at=AT)
    raised.refresh_from_db()
    assert raised.answer == "Cấp máy"


def test_the_board_counts_each_unit(province: SimpleNamespace, plan: Plan) -> None:
    report(province, plan)
    rows = {row.name: row for row in queries.make_board(queries.view_tasks(plan, date(2026, 4, 2)))}
    assert rows["UBND xã An"].counts[Standing.REPORTED] == 1
    assert rows["UBND phường Bình"].counts[Standing.LATE] == 1


def test_plans_are_seen_by_their_agency_and_those_below(province: SimpleNamespace, plan: Plan) -> None:
    assert plan in queries.find_plans(province.commune_case, ON)
    own = importing.read_file(
        actor=province.commune_head, content="TT\tNội dung\tChủ trì\tThời gian\n1\tViệc\tVăn phòng\tQuý I/2026".encode(),
        name="x.txt", year=2026, at=AT,
    )  # fmt: skip
    lower = keeping.confirm(actor=province.commune_head, reading_id=own.pk, revision=0, at=AT)
    assert lower not in queries.find_plans(province.other_case, ON)
    assert lower in queries.find_plans(province.control, ON)


@pytest.mark.parametrize(
    ("today", "report_state", "expected"),
    [
        (date(2026, 1, 1), None, Standing.NOT_YET),
        (date(2026, 2, 1), None, Standing.OPEN),
        (date(2026, 3, 26), None, Standing.DUE_SOON),
        (date(2026, 3, 31), None, Standing.DUE_SOON),
        (date(2026, 4, 1), None, Standing.LATE),
        (date(2026, 4, 1), "returned", Standing.LATE),
        (date(2026, 4, 1), "reported", Standing.REPORTED),
        (date(2026, 4, 1), "accepted", Standing.ACCEPTED),
        (date(2026, 2, 1), "returned", Standing.RETURNED),
    ],
)
def test_a_standing_is_computed_from_the_day(
    today: date, report_state: str | None, expected: Standing
) -> None:
    days = Days(date(2026, 1, 15), date(2026, 3, 31), None)
    assert find_standing(days, report_state, today) is expected


def test_a_task_without_end_is_never_late() -> None:
    days = Days(date(2026, 1, 1), None, date(2026, 3, 31))
    assert find_standing(days, None, date(2026, 3, 30)) is Standing.DUE_SOON
    assert find_standing(days, None, date(2026, 9, 1)) is Standing.UNPROVEN
