from datetime import date

import pytest
from django.db import IntegrityError, transaction

from motcua.core.refusal import Refused
from motcua.organisations import actions, queries
from motcua.organisations.actions import UnitFacts
from motcua.organisations.models import Assignment, Unit, UnitVersion
from motcua.organisations.rules import SYSTEM
from motcua.organisations.tests.factories import AT, ON

MOVE = date(2026, 1, 1)


def test_the_agency_and_the_centre_of_a_unit(province):
    unit = province.units
    assert queries.get_agency_of(unit["A.vhxh"].id, ON).code == "A"
    assert queries.get_centre_of(unit["A"].id, ON).code == "A.tt"
    assert queries.get_centre_of(unit["S"].id, ON).code == "P.TT"
    assert queries.get_subtree(unit["A"].id, ON) == {unit[code].id for code in ("A", "A.tt", "A.vhxh")}
    assert queries.get_calendar_code(unit["A.tt"].id, ON) == "default"


def test_a_unit_is_found_by_words_without_accents(province):
    assert [unit.code for unit in queries.find_units(on=ON, text="binh phuong", kind="commune")] == ["B"]


def test_before_its_first_day_a_unit_is_not_there(province):
    assert queries.find_unit_by_code("A", date(2025, 6, 30)) is None
    with pytest.raises(Refused) as refused:
        queries.get_unit(province.units["A"].id, date(2025, 6, 30))
    assert refused.value.code == "not_found"


def test_a_renamed_unit_keeps_its_old_name_for_the_days_before(province):
    actions.rename_unit(
        actor=province.administrator,
        code="A",
        name="Phường An",
        decision_number="5/QĐ",
        first_day=MOVE,
        at=AT,
    )
    assert queries.find_unit_by_code("A", date(2025, 12, 31)).name == "Xã An"
    assert queries.find_unit_by_code("A", MOVE).agency_name == "Ủy ban nhân dân phường An"
    assert queries.find_unit_by_code("A", MOVE).agency_code == "H50.101"


def test_a_moved_unit_stands_elsewhere_from_its_day(province):
    actions.move_unit(
        actor=province.administrator,
        code="A.vhxh",
        parent_code="B",
        decision_number="6/QĐ",
        first_day=MOVE,
        at=AT,
    )
    assert queries.get_agency_of(province.units["A.vhxh"].id, date(2025, 12, 31)).code == "A"
    assert queries.get_agency_of(province.units["A.vhxh"].id, MOVE).code == "B"


def test_a_unit_never_stands_under_itself(province):
    actions.create_unit(
        actor=SYSTEM, code="P.TT.x", kind="branch", facts=UnitFacts(name="Điểm", parent_code="P.TT"),
        decision_number="1", first_day=MOVE, at=AT,
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        actions.move_unit(
            actor=SYSTEM, code="P.VP", parent_code="P.TT", decision_number="1", first_day=ON, at=AT
        )
    assert refused.value.field == "parent_code"


def test_a_closed_unit_is_gone_and_its_successor_known(province):
    Assignment.objects.filter(unit__code="B.vhxh").update(valid_to=date(2026, 1, 1))
    actions.close_unit(
        actor=SYSTEM,
        code="B.vhxh",
        successor_codes=["A.vhxh"],
        decision_number="9/QĐ",
        last_day=date(2025, 12, 31),
        at=AT,
    )
    assert queries.find_unit_by_code("B.vhxh", MOVE) is None
    assert queries.find_unit_by_code("B.vhxh", date(2025, 12, 31))
    assert [one.unit_code for one in queries.find_successors(province.units["B.vhxh"].id)] == ["A.vhxh"]
    with pytest.raises(Refused):
        actions.close_unit(
            actor=SYSTEM, code="A", successor_codes=[], decision_number="9", last_day=MOVE, at=AT
        )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "A"}, "code"),
        ({"kind": "castle"}, "kind"),
        ({"kind": "department"}, "parent_code"),
        ({"name": " "}, "name"),
        ({"agency_code": "khong dung"}, "agency_code"),
        ({"parent_code": ""}, "parent_code"),
        ({"parent_code": "không có"}, "parent_code"),
    ],
)
def test_a_wrong_new_unit_is_refused_at_its_field(province, changes, field):
    typed = {
        "code": "A.moi",
        "kind": "section",
        "name": "Phòng mới",
        "parent_code": "A",
        "agency_code": "",
    } | changes
    facts = UnitFacts(name=typed["name"], parent_code=typed["parent_code"], agency_code=typed["agency_code"])
    with pytest.raises(Refused) as refused:
        actions.create_unit(
            actor=SYSTEM,
            code=typed["code"],
            kind=typed["kind"],
            facts=facts,
            decision_number="1",
            first_day=MOVE,
            at=AT,
        )
    assert refused.value.field == field
    assert not Unit.objects.filter(code="A.moi").exists()


def test_the_database_itself_refuses_two_versions_on_one_day(province):
    unit_id = province.units["A"].id
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitVersion.objects.create(unit_id=unit_id, name="X", name_folded="x", valid_from=MOVE)


def test_the_database_itself_refuses_the_same_post_twice(province):
    posting = Assignment.objects.get(user=province.users["commune_intake"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(
            user_id=posting.user_id,
            unit_id=posting.unit_id,
            post=posting.post,
            decision_number="x",
            valid_from=MOVE,
        )
    with transaction.atomic():
        Assignment.objects.create(
            user_id=posting.user_id,
            unit_id=posting.unit_id,
            post="clerk",
            decision_number="x",
            valid_from=MOVE,
        )


def test_asking_again_costs_no_statement(province, django_assert_num_queries):
    queries.get_tree(ON)
    with django_assert_num_queries(0):
        queries.get_unit(province.units["A"].id, ON)
        queries.get_centre_of(province.units["S"].id, ON)
        queries.find_units(on=ON, text="an")
