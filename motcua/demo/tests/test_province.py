from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from motcua.accounts.models import User
from motcua.demo import places, province
from motcua.organisations import queries
from motcua.organisations.models import Assignment, UnitVersion
from motcua.organisations.rules import Post

AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
ON, BEFORE = date(2026, 11, 21), date(2025, 2, 1)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        queries.forget_trees()
        province.load(AT)
        yield
        transaction.set_rollback(True)
    queries.forget_trees()


@pytest.fixture
def demonstration(loaded, db):
    queries.forget_trees()


def _act(username, on=ON):
    return queries.get_actor(User.objects.get(username=username), None, on)


def test_loading_again_changes_nothing(demonstration):
    counts = User.objects.count(), Assignment.objects.count(), UnitVersion.objects.count()
    province.load(AT)
    assert counts == (User.objects.count(), Assignment.objects.count(), UnitVersion.objects.count())


def test_every_kind_of_unit_works_and_has_its_agency_and_centre(demonstration):
    top = queries.find_unit_by_code(places.PROVINCE, ON)
    assert (top.name, top.agency_code) == ("Tỉnh Quảng Trị", "H50")
    for code, *_rest in places.COMMUNES:
        commune = queries.find_unit_by_code(f"2025-X{code}", ON)
        assert queries.get_centre_of(commune.id, ON).parent_id == commune.id
    departments = [u for u in queries.find_units(on=ON, kind="department") if u.agency_code]
    assert len(departments) >= 6
    assert {queries.get_centre_of(u.id, ON).code for u in departments} == {"centre"}
    assert queries.find_unit_by_code("tax", ON).kind == "vertical_agency"
    assert queries.find_unit_by_code("postal", ON).kind == "postal_partner"


def test_agency_codes_are_borne_once(demonstration):
    codes = [u.agency_code for u in queries.find_units(on=ON) if u.agency_code]
    assert len(codes) == len(set(codes))


def test_every_post_is_held_and_named_as_a_sample(demonstration):
    held = set(Assignment.objects.on(ON).values_list("post", flat=True))
    assert held == set(Post)
    assert not User.objects.exclude(full_name__endswith="(mẫu)").exists()


def test_who_is_printed_can_work(demonstration):
    for username, _label, _unit in province.SIGN_INS:
        user = User.objects.get(username=username)
        assert user.check_password(province.PASSWORD) or user.password
        assert queries.find_assignments(user, ON), username


def test_one_person_has_two_posts_to_choose_from(demonstration):
    user = User.objects.get(username="kiemnhiem")
    assert queries.get_actor(user, None, ON) is None
    assert {one.post for one in queries.find_assignments(user, ON)} == {"case_officer", "intake_officer"}


def test_the_province_before_had_districts_and_departments_of_then(demonstration):
    district = queries.find_unit_by_code("2004-H465", BEFORE)
    assert district.agency_name == "Ủy ban nhân dân huyện Hướng Hóa"
    assert _act("huyen.tiepnhan1", BEFORE).agency_id == district.id
    assert _act("huyen.tiepnhan1") is None
    assert queries.find_unit_by_code("2004.resources", BEFORE)
    assert queries.find_unit_by_code("2004.resources", date(2025, 3, 1)) is None
    assert queries.find_successors(queries.find_unit_by_code("2004.resources", BEFORE).id)[0].unit_code == (
        "2004.agriculture_environment"
    )


def test_the_same_person_stood_at_another_counter_before(demonstration):
    assert _act("huongphung.tiepnhan1", BEFORE).agency_name == "Ủy ban nhân dân xã Hướng Phùng"
    assert _act("huongphung.tiepnhan1", BEFORE).agency_id != _act("huongphung.tiepnhan1").agency_id


def test_the_centre_of_the_province_keeps_its_own_hours(demonstration):
    assert _act("trungtam.tiepnhan1").calendar_code == province.SATURDAY
    assert _act("huongphung.tiepnhan1").calendar_code == "default"
