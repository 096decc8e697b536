"""A task closes by itself when its product comes into being: a unit's plan, an approved process, what another package says."""

from datetime import date
from types import SimpleNamespace

import pytest

from motcua.core.refusal import Refused
from motcua.organisations.tests.factories import AT
from motcua.programme import jobs, queries
from motcua.programme.actions import importing, keeping, products
from motcua.programme.models import Plan, PlanTask, TaskReport
from motcua.programme.rules.products import Product, choose_occurrence, suggest_product
from motcua.programme.rules.standing import Days

TEXT = """UBND TỈNH MẪU
Số: 07/KH-UBND
Mẫu, ngày 12 tháng 01 năm 2026
KẾ HOẠCH
Kiểm soát thủ tục hành chính năm 2026

PHỤ LỤC

TT	Nội dung	Cơ quan chủ trì	Thời gian	Sản phẩm
1	Xây dựng kế hoạch của đơn vị	UBND các xã, phường	Trong quý I/2026	Kế hoạch
2	Báo cáo định kỳ	UBND các xã, phường	Hàng quý	Báo cáo
"""
OWN = "Số: 03/KH-UBND\nAn, ngày 10 tháng 3 năm 2026\nKẾ HOẠCH\nTT\tNội dung\tChủ trì\tThời gian\n1\tViệc\tVăn phòng\tQuý I/2026"


@pytest.fixture
def plan(province: SimpleNamespace) -> Plan:
    reading = importing.read_file(actor=province.control, content=TEXT.encode(), name="a.txt", at=AT)
    return keeping.confirm(actor=province.control, reading_id=reading.pk, revision=0, at=AT)


def ask(province: SimpleNamespace, plan: Plan, place: int, product: str) -> PlanTask:
    task = plan.tasks.all()[place]
    return products.set_product(actor=province.control, task_id=task.pk, product=product, at=AT)


@pytest.mark.django_db
def test_a_units_own_plan_closes_its_part_once_with_the_link(province: SimpleNamespace, plan: Plan) -> None:
    task = ask(province, plan, 0, Product.UNIT_PLAN)
    reading = importing.read_file(
        actor=province.commune_head, content=OWN.encode(), name="x.txt", year=2026, at=AT
    )
    own = keeping.confirm(actor=province.commune_head, reading_id=reading.pk, revision=0, at=AT)
    assert own.dated == date(2026, 3, 10)
    assert jobs.close_on_products(AT) == 1 and jobs.close_on_products(AT) == 0
    report = TaskReport.objects.get()
    assert report.state == "accepted" and report.unit_id == province.units["A"].id
    assert report.evidence.get().address == f"/ke-hoach/{own.pk}/"
    view = next(v for v in queries.view_tasks(plan, date(2026, 3, 12)) if v.task == task)
    assert view.done == 1 and len(view.parts) == 2


@pytest.mark.django_db
def test_what_a_package_above_proves_closes_the_period_it_belongs_to(
    province: SimpleNamespace, plan: Plan
) -> None:
    ask(province, plan, 1, Product.STATUTORY_REPORT)
    facts = {
        "product": Product.STATUTORY_REPORT,
        "unit_id": province.units["B"].id,
        "words": "Báo cáo quý",
        "at": AT,
    }
    assert products.prove(**facts, on=date(2026, 4, 10), address="/bao-cao/2/") == 1  # type: ignore[arg-type]
    assert products.prove(**facts, on=date(2026, 4, 12), address="/bao-cao/2/") == 0  # type: ignore[arg-type]
    assert TaskReport.objects.get().occurrence.due_on == date(2026, 6, 30)


@pytest.mark.django_db
def test_a_product_of_who_does_not_lead_closes_nothing(province: SimpleNamespace, plan: Plan) -> None:
    ask(province, plan, 1, Product.STATUTORY_REPORT)
    made = products.prove(
        product=Product.STATUTORY_REPORT,
        unit_id=province.units["S"].id,
        on=date(2026, 2, 2),
        words="x",
        address="/x/",
        at=AT,
    )
    assert made == 0 and not TaskReport.objects.exists()


@pytest.mark.django_db
def test_only_the_plans_agency_says_what_closes_a_task(province: SimpleNamespace, plan: Plan) -> None:
    task = plan.tasks.all()[0]
    for actor, product in ((province.commune_head, "unit_plan"), (province.control, "luck")):
        with pytest.raises(Refused):
            products.set_product(actor=actor, task_id=task.pk, product=product, at=AT)


@pytest.mark.parametrize(
    ("content", "product", "expected"),
    [
        ("Phê duyệt quy trình nội bộ", "Quyết định", Product.PROCESS),
        ("Rà soát, công bố danh sách cán bộ đầu mối", "Quyết định", Product.OFFICER_LIST),
        ("Báo cáo định kỳ hàng quý", "Báo cáo", Product.STATUTORY_REPORT),
        ("Rà soát", "Kế hoạch của đơn vị", Product.UNIT_PLAN),
        ("Tuyên truyền", "Tin, bài", None),
    ],
)
def test_words_of_a_task_propose_its_product(content: str, product: str, expected: Product | None) -> None:
    assert suggest_product(content, product) is expected


def test_a_product_belongs_to_its_period_or_to_the_last_that_was_missed() -> None:
    quarters = [
        (1, Days(date(2026, 1, 1), date(2026, 3, 31), None)),
        (2, Days(date(2026, 4, 1), date(2026, 6, 30), None)),
    ]
    assert choose_occurrence(quarters, date(2026, 5, 1)) == 2
    assert choose_occurrence(quarters, date(2026, 8, 1)) == 2
    assert choose_occurrence(quarters, date(2025, 12, 1)) is None
