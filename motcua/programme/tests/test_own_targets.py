"""Targets added and put right by a person: kept over a second import, counted or typed like any other, made once."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from motcua.core.refusal import Refused
from motcua.legal import actions as legal
from motcua.organisations.tests.factories import AT, ON
from motcua.programme.actions import importing, keeping, own_targets, targets
from motcua.programme.actions.own_targets import LevelFacts
from motcua.programme.actions.targets import TargetFacts
from motcua.programme.models import Plan, PlanTarget, RegisterEntry
from motcua.programme.queries import targets as queries
from motcua.programme.tests.test_targets import FACTS, PAGE

LEVEL = LevelFacts("Mỗi xã có một mô hình một cửa thân thiện", ">=", Decimal(1), "mô hình")


@pytest.fixture
def plan(province: SimpleNamespace, plan_text: bytes) -> Plan:
    legal.load_parameters()
    reading = importing.read_file(actor=province.control, content=plan_text, name="a.txt", at=AT)
    return keeping.confirm(actor=province.control, reading_id=reading.pk, revision=0, at=AT)


def add(province: SimpleNamespace, plan: Plan, actor: str = "control", **more: Any) -> PlanTarget:
    facts = TargetFacts(
        **{name: getattr(FACTS, name) for name in TargetFacts.__slots__} | more.pop("facts", {})
    )
    return own_targets.add_target(
        actor=getattr(province, actor), plan_id=plan.pk, level=LEVEL, facts=facts, at=AT, **more
    )


def renew(province: SimpleNamespace, text: bytes) -> None:
    again = importing.read_file(actor=province.control, content=text, name="b.txt", at=AT)
    keeping.confirm(actor=province.control, reading_id=again.pk, revision=0, at=AT)


def test_an_added_target_is_made_once_and_stays_over_a_second_import(
    province: SimpleNamespace, plan: Plan, plan_text: bytes
) -> None:
    made = add(province, plan, key="k1")
    assert add(province, plan, key="k1").pk == made.pk
    assert [t.is_own for t in plan.targets.all()] == [False, True]
    renew(province, plan_text.replace(b"90%", b"95%"))
    assert [(t.is_own, t.value) for t in plan.targets.all()] == [(False, 95), (True, 1)]


def test_it_is_typed_and_shown_like_any_other(province: SimpleNamespace, plan: Plan) -> None:
    made = add(province, plan, facts={"numerator_words": "mô hình"})
    given: dict[str, Any] = {"actor": province.control, "target_id": made.pk, "as_of": ON, "at": AT}
    given |= {"unit_id": province.units["P"].id, "numerator": Decimal(3), "denominator": None, "shown": PAGE}
    first = targets.type_value(key="v1", **given)
    assert targets.type_value(key="v1", **given).pk == first.pk and made.values.count() == 1
    view = queries.view_target(made, ON)
    assert view.whole.numerator == 3 and view.whole.reached
    with pytest.raises(Refused) as refused:
        own_targets.remove_target(actor=province.control, target_id=made.pk, at=AT)
    assert refused.value.code == "has_values"


def test_a_corrected_level_holds_although_the_file_says_otherwise(
    province: SimpleNamespace, plan: Plan, plan_text: bytes
) -> None:
    target = plan.targets.get()
    level = LevelFacts("khác", "<=", Decimal("9.5"), "%")
    own_targets.correct_target(actor=province.control, target_id=target.pk, level=level, at=AT)
    renew(province, plan_text)
    kept = plan.targets.get()
    assert (kept.pk, kept.op, kept.value, kept.said) == (target.pk, "<=", Decimal("9.5"), ">= 90 %")
    assert kept.text == target.text
    with pytest.raises(Refused) as refused:
        own_targets.remove_target(actor=province.control, target_id=target.pk, at=AT)
    assert refused.value.code == "in_the_plan"


def test_only_keepers_of_the_plan_add_and_nothing_unsound_is_kept(
    province: SimpleNamespace, plan: Plan
) -> None:
    with pytest.raises(Refused):
        add(province, plan, "commune_head")
    with pytest.raises(Refused), transaction.atomic():
        add(province, plan, facts={"formula": "khong-co"})
    assert plan.targets.count() == 1


def test_the_page_adds_corrects_and_removes(sign_in: Any, province: SimpleNamespace, plan: Plan) -> None:
    client = sign_in("control")
    address = f"/ke-hoach/{plan.pk}/chi-tieu/them/"
    assert client.get(address).status_code == 200
    given = {"text": "Mô hình", "op": ">=", "value": "2,5", "unit_name": "", "period_kind": "year"}
    wrong = client.post(address, given | {"period_number": "1"})
    assert wrong.status_code == 422 and "Mô hình" in wrong.content.decode()
    given |= {"unit_name": "mô hình", "period_number": "1", "idempotency_key": "p1"}
    there = [client.post(address, given).headers["Location"] for _twice in range(2)]
    made = plan.targets.get(is_own=True)
    assert there == [f"/ke-hoach/chi-tieu/{made.pk}/"] * 2 and made.value == Decimal("2.5")
    client.post(f"/ke-hoach/chi-tieu/{made.pk}/sua/", given | {"value": "3"})
    made.refresh_from_db()
    assert made.value == 3
    client.post(f"/ke-hoach/chi-tieu/{made.pk}/bo/")
    assert not plan.targets.filter(is_own=True).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"register": "khong-co"},
        {"state": "approved"},
        {"values": []},
        {"values": {"day": "2026-02-01", "last_day": "2026-01-01"}},
        {"register": "kinh-phi", "state": "estimated", "values": {"estimate": "-5"}},
        {"register": "kinh-phi", "state": "settled", "values": {"estimate": "5", "settled": ""}},
        {"register": "kinh-phi", "state": "settled", "values": {"estimate": "5"}},
    ],
)
def test_the_database_refuses_wrong_entries_of_registers(
    province: SimpleNamespace, wrong: dict[str, Any]
) -> None:
    facts = {"register": "tap-huan", "state": "planned", "unit_id": province.units["A"].id, "kept_at": AT}
    RegisterEntry.objects.create(**facts, values={"day": "2026-02-01", "last_day": ""})
    with pytest.raises(IntegrityError), transaction.atomic():
        RegisterEntry.objects.create(**facts | wrong)


def test_the_database_refuses_a_target_that_compares_with_nothing(plan: Plan) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanTarget.objects.create(plan=plan, order=9, text="x", op="~", value=1, unit_name="%")
