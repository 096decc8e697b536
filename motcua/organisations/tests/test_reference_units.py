import gzip
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

from motcua.organisations import actions, queries
from motcua.organisations.models import Unit, UnitSuccession

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    # Once for all tests here: fourteen thousand units take a few seconds.
    with django_db_blocker.unblock(), transaction.atomic():
        queries.forget_trees()
        actions.load_reference_units()
        yield
        transaction.set_rollback(True)
    queries.forget_trees()


@pytest.fixture
def country(loaded, db):
    queries.forget_trees()


def test_the_country_before_and_after_and_loading_again_changes_nothing(country):
    def count(on):
        return [
            len(queries.find_units(on=on, kind=kind, limit=20000))
            for kind in ("province", "district", "commune")
        ]

    assert count(AFTER) == [34, 0, 3321]
    assert count(BEFORE) == [63, 696, 10035]
    assert UnitSuccession.objects.count() == 10665
    assert actions.load_reference_units() == 0
    assert Unit.objects.count() == 63 + 696 + 10035 + 34 + 3321


def test_a_unit_is_looked_up_as_of_a_day(country):
    old = queries.find_units(on=BEFORE, text="phuong phuc xa", province_code="01")
    assert [unit.name for unit in old] == ["Phường Phúc Xá"]
    assert queries.find_units(on=AFTER, text="phuong phuc xa", province_code="01") == []
    assert [one.name for one in queries.find_successors(old[0].id)] == ["Phường Hồng Hà"]
    assert [unit.name for unit in queries.get_lineage(old[0].id, BEFORE)] == [
        "Phường Phúc Xá",
        "Quận Ba Đình",
        "Thành phố Hà Nội",
    ]


def test_the_same_number_in_two_tables_is_two_units(country):
    assert queries.find_unit_by_code("2004-T44", BEFORE).name == "Tỉnh Quảng Bình"
    assert queries.find_unit_by_code("2025-T44", AFTER).name == "Tỉnh Quảng Trị"
    assert {
        one.name for one in queries.find_predecessors(queries.find_unit_by_code("2025-T44", AFTER).id)
    } == {
        "Tỉnh Quảng Bình",
        "Tỉnh Quảng Trị",
    }


def test_an_island_district_without_communes_became_a_special_zone(country):
    island = queries.find_unit_by_code("2004-H471", BEFORE)
    assert [one.name for one in queries.find_successors(island.id)] == ["Đặc khu Cồn Cỏ"]


def test_dong_nai_is_a_city_from_its_day(country):
    assert queries.find_unit_by_code("2025-T75", date(2026, 4, 29)).name == "Tỉnh Đồng Nai"
    assert queries.find_unit_by_code("2025-T75", date(2026, 4, 30)).name == "Thành phố Đồng Nai"


def test_the_shipped_file_has_every_unit_once():
    path = Path(actions.__file__).resolve().parent.parent / "data" / "units.csv.gz"
    lines = gzip.decompress(path.read_bytes()).decode().splitlines()
    assert len({line.split(",")[0] for line in lines[1:]}) == 14149
