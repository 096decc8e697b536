"""Targets: counted by the house, taken from the index, or typed with evidence; as a whole and unit by unit."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from motcua.core.refusal import Refused
from motcua.figures.models import Category, DayCount, FieldCount, UnitCount
from motcua.legal import actions as legal
from motcua.organisations.tests.factories import AT, ON
from motcua.programme.actions import importing, keeping, targets
from motcua.programme.actions.reporting import Shown
from motcua.programme.actions.targets import TargetFacts
from motcua.programme.models import Plan, PlanTarget, TargetValue
from motcua.programme.queries import targets as queries
from motcua.programme.rules.measures import compute, is_reached, suggest

PAGE = Shown("Biên bản", address="/ho-so/")
FACTS = TargetFacts(
    formula="",
    numerator_words="",
    denominator_words="",
    scope="",
    period_kind="year",
    period_number=1,
    excluded=(),
    exclusion_reason="",
)


@pytest.fixture
def plan(province: SimpleNamespace, plan_text: bytes) -> Plan:
    reading = importing.read_file(actor=province.control, content=plan_text, name="a.txt", at=AT)
    return keeping.confirm(actor=province.control, reading_id=reading.pk, revision=0, at=AT)


@pytest.fixture
def target(plan: Plan) -> PlanTarget:
    legal.load_parameters()
    return plan.targets.get()


def set_to(
    province: SimpleNamespace, target: PlanTarget, actor: str = "control", **changes: Any
) -> PlanTarget:
    facts = {name: getattr(FACTS, name) for name in TargetFacts.__slots__} | changes
    return targets.set_formula(
        actor=getattr(province, actor), target_id=target.pk, facts=TargetFacts(**facts), at=AT
    )


def count_dossiers(agency: int, **counts: int) -> None:
    zeros = {f.name: 0 for f in DayCount._meta.fields if f.get_internal_type() == "IntegerField"}
    del zeros["category_id"]
    for kept, procedure in ((DayCount, "1"), (FieldCount, ""), (UnitCount, "")):
        category, _new = Category.objects.get_or_create(
            procedure_code=procedure, field_code="A", channel="counter"
        )
        kept.objects.create(
            day=date(2026, 2, 3), agency_id=agency, category_id=category.pk, **(zeros | counts)
        )


@pytest.fixture
def counted(province: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    count_dossiers(province.units["A"].id, received=10, on_time=9, late=1)
    count_dossiers(province.units["B"].id, received=10, on_time=5, late=5)


def type_value(province: SimpleNamespace, target: PlanTarget, **changes: Any) -> TargetValue:
    given: dict[str, Any] = {
        "actor": province.control,
        "unit_id": province.units["P"].id,
        "as_of": ON,
        "numerator": Decimal(8),
        "denominator": Decimal(10),
        "shown": PAGE,
    }
    return targets.type_value(target_id=target.pk, **(given | changes), at=AT)


@pytest.mark.django_db
def test_a_target_is_counted_for_the_whole_and_for_each_unit(
    province: SimpleNamespace, target: PlanTarget, counted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.figures.queries.counting.get_kept_from", lambda: date(2020, 1, 1))
    whole = queries.view_target(set_to(province, target, formula="figures:on_time"), date(2026, 6, 1))
    assert (whole.whole.numerator, whole.whole.denominator, whole.whole.value) == (14, 20, Decimal("70.0"))
    assert whole.whole.reached is False and "so-lieu=early,on_time" in whole.whole.address
    each = queries.view_target(
        set_to(province, target, formula="figures:on_time", scope="commune"), date(2026, 6, 1)
    )
    assert [(a.name, a.value, a.reached) for a in each.units] == [
        ("UBND phường Bình", Decimal("50.0"), False),
        ("UBND xã An", Decimal("90.0"), True),
    ]
    assert each.reached_count == 1 and each.source == "figures"


@pytest.mark.django_db
def test_a_unit_that_is_left_out_counts_nowhere_and_needs_a_reason(
    province: SimpleNamespace, target: PlanTarget, counted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.figures.queries.counting.get_kept_from", lambda: date(2020, 1, 1))
    left_out = {"formula": "figures:on_time", "scope": "commune", "excluded": [province.units["B"].id]}
    with pytest.raises(Refused) as refused:
        set_to(province, target, **left_out)
    assert refused.value.code == "no_reason"
    view = queries.view_target(
        set_to(province, target, **left_out, exclusion_reason="Không thu phí"), date(2026, 6, 1)
    )
    assert [a.name for a in view.units] == ["UBND xã An"] and view.whole.value == Decimal("90.0")


@pytest.mark.django_db
def test_an_indicator_of_the_index_says_its_own_figure(province: SimpleNamespace, target: PlanTarget) -> None:
    found = set_to(province, target, formula="index:5.2", scope="commune")
    view = queries.view_target(found, date(2026, 6, 1))
    assert view.source == "index" and {a.reached for a in view.units} == {None}
    assert all("/5.2/?" in a.address for a in view.units)
    assert ("index:5.2" in dict(queries.find_formulas(found.plan))) is True


@pytest.mark.django_db
def test_a_typed_value_needs_evidence_and_the_last_one_stands(
    province: SimpleNamespace, target: PlanTarget
) -> None:
    with pytest.raises(Refused) as refused:
        type_value(province, target, shown=Shown("x"))
    assert refused.value.code == "no_evidence"
    type_value(province, target)
    type_value(province, target, as_of=date(2026, 3, 9), numerator=Decimal(1))
    view = queries.view_target(target, ON)
    assert view.whole.value == Decimal("80.0") and view.whole.typed is not None and view.source == "typed"
    type_value(province, target, numerator=Decimal(95), denominator=Decimal(100), as_of=date(2026, 3, 11))
    fresh = PlanTarget.objects.get(pk=target.pk)
    assert queries.view_target(fresh, ON).whole.reached is True and TargetValue.objects.count() == 3


@pytest.mark.django_db
def test_each_unit_types_its_own_and_nobody_types_what_is_counted(
    province: SimpleNamespace, target: PlanTarget
) -> None:
    set_to(province, target, scope="commune")
    own, other = province.units["A"].id, province.units["B"].id
    type_value(province, target, actor=province.commune_head, unit_id=own)
    for actor, unit, changes, code in (
        (province.commune_head, other, {}, "forbidden"),
        (province.commune_case, own, {}, "forbidden"),
        (province.control, province.units["S"].id, {}, "not_bound"),
        (province.control, own, {"numerator": Decimal(11)}, "too_many"),
    ):
        with pytest.raises(Refused) as refused:
            type_value(province, target, actor=actor, unit_id=unit, **changes)
        assert refused.value.code == code
    set_to(province, target, formula="figures:late", scope="commune")
    with pytest.raises(Refused) as refused:
        type_value(province, target, unit_id=own)
    assert refused.value.code == "counted"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "actor"),
    [
        ({"formula": "figures:luck"}, "control"),
        ({"period_kind": "quarter", "period_number": 5}, "control"),
        ({"within": 999_999}, "control"),
        ({}, "commune_head"),
    ],
)
def test_a_formula_that_means_nothing_is_refused(
    province: SimpleNamespace, target: PlanTarget, changes: dict[str, Any], actor: str
) -> None:
    with pytest.raises(Refused):
        set_to(province, target, actor, **changes)


@pytest.mark.django_db
def test_a_second_import_keeps_what_a_target_counts_and_what_was_typed(
    province: SimpleNamespace, plan: Plan, target: PlanTarget, plan_text: bytes
) -> None:
    type_value(province, target)
    more = plan_text.replace("Tối thiểu 90%".encode(), "Trên 50% thủ tục trực tuyến; tối thiểu 90%".encode())
    reading = importing.read_file(actor=province.control, content=more, name="a.txt", at=AT)
    again = keeping.confirm(actor=province.control, reading_id=reading.pk, revision=0, at=AT)
    assert again.pk == plan.pk and again.targets.count() == 2
    kept = again.targets.exclude(values=None)
    assert kept.count() in {0, 1} and TargetValue.objects.count() == kept.count()


@pytest.mark.parametrize(
    ("text", "binding"),
    [
        ("100% phản ánh, kiến nghị được trả lời đúng hạn", "index:5.2"),
        ("tối thiểu 90% hồ sơ được giải quyết đúng hạn", "figures:on_time"),
        ("ít nhất 60% hồ sơ nhận trực tuyến", "figures:online"),
        ("tỷ lệ thanh toán trực tuyến đạt 55%", "index:3.6"),
        ("100% hồ sơ được số hóa", "index:4.2"),
        ("mức độ hài lòng đạt 90%", "index:5.4"),
        ("mỗi cán bộ một tuyên truyền viên", ""),
    ],
)
def test_words_of_a_target_propose_what_it_counts(text: str, binding: str) -> None:
    assert suggest(text) == binding


def test_a_value_is_a_share_a_count_or_nothing() -> None:
    assert compute(Decimal(1), Decimal(3), "%") == Decimal("33.3")
    assert compute(Decimal(7920), None, "hồ sơ") == 7920 and compute(Decimal(1), Decimal(0), "%") is None
    assert (
        is_reached("<=", Decimal(10), Decimal(10)) is True
        and is_reached("<", Decimal(10), Decimal(10)) is False
    )
    assert is_reached(">=", Decimal(1), None) is None


@pytest.mark.django_db
def test_the_pages_of_targets(sign_in: Any, province: SimpleNamespace, target: PlanTarget) -> None:
    client = sign_in("control")
    page = client.get(f"/ke-hoach/chi-tieu/{target.pk}/").content.decode()
    assert "có thể đếm bằng: Hồ sơ giải quyết trước hạn, đúng hạn" in page
    fields = {"formula": "figures:on_time", "period_kind": "year", "period_number": 1, "scope": ""}
    assert (
        client.post(
            f"/ke-hoach/chi-tieu/{target.pk}/cach-tinh/", fields | {"period_number": 4, "period_kind": "half"}
        ).status_code
        == 422
    )
    assert client.post(f"/ke-hoach/chi-tieu/{target.pk}/cach-tinh/", fields).status_code == 302
    assert "Hồ sơ giải quyết trước hạn" in client.get(f"/ke-hoach/chi-tieu/{target.pk}/").content.decode()
    client.post(f"/ke-hoach/chi-tieu/{target.pk}/cach-tinh/", fields | {"formula": ""})
    value = {"unit": province.units["P"].id, "as_of": "10/03/2026", "numerator": "8", "denominator": "10"}
    wrong = client.post(f"/ke-hoach/chi-tieu/{target.pk}/so-lieu/", value)
    assert wrong.status_code == 422 and "Cần một minh chứng" in wrong.content.decode()
    client.post(f"/ke-hoach/chi-tieu/{target.pk}/so-lieu/", value | {"address": "/ho-so/", "words": "Sổ"})
    assert "chưa đạt" in client.get(f"/ke-hoach/{target.plan_id}/chi-tieu/").content.decode()
    assert sign_in("tax_case").post(f"/ke-hoach/chi-tieu/{target.pk}/cach-tinh/", fields).status_code == 403
