import pytest

from motcua.organisations.rules import (
    POST_LABELS,
    SYSTEM,
    Post,
    find_overlap,
    get_agency_name,
    may_stand_under,
    parse_agency_code,
    sees_all,
)


@pytest.mark.parametrize(
    ("kind", "name", "agency"),
    [
        ("commune", "Xã Hướng Phùng", "Ủy ban nhân dân xã Hướng Phùng"),
        ("commune", "Đặc khu Cồn Cỏ", "Ủy ban nhân dân đặc khu Cồn Cỏ"),
        ("province", "Tỉnh Quảng Trị", "Ủy ban nhân dân tỉnh Quảng Trị"),
        ("department", "Sở Tư pháp", "Sở Tư pháp"),
    ],
)
def test_papers_name_a_territory_by_its_committee(kind, name, agency):
    assert get_agency_name(kind, name) == agency


@pytest.mark.parametrize("code", ["H50", "H50.12", "H50.101.01", "A01.1A", ""])
def test_an_agency_code_of_the_right_shape_is_taken(code):
    assert parse_agency_code(code) == code


@pytest.mark.parametrize(
    "code", ["Z50", "H5", "h50", "H50.", "H50..1", "H50-12", "H50.ab", "H50." + "1" * 40]
)
def test_an_agency_code_of_another_shape_is_not(code):
    with pytest.raises(ValueError):
        parse_agency_code(code)


@pytest.mark.parametrize(
    ("kind", "parent", "may"),
    [
        ("centre", "commune", True),
        ("centre", "office", True),
        ("commune", "province", True),
        ("commune", "department", False),
        ("province", "commune", False),
        ("section", "section", False),
        ("castle", "commune", False),
    ],
)
def test_a_unit_has_its_place(kind, parent, may):
    assert may_stand_under(kind, parent) is may


@pytest.mark.parametrize(
    ("post", "kind", "parent", "sees"),
    [
        ("control_officer", "office", "", True),
        ("control_officer", "section", "office", True),
        ("unit_head", "province", "", True),
        ("unit_head", "commune", "", False),
        ("control_officer", "department", "", False),
        ("administrator", "province", "", False),
        ("intake_officer", "office", "", False),
    ],
)
def test_who_sees_the_whole_province(post, kind, parent, sees):
    assert sees_all(post, kind, parent) is sees


def test_every_post_has_its_words_and_the_system_acts_as_administrator():
    assert set(POST_LABELS) == set(Post)
    assert SYSTEM.has(Post.ADMINISTRATOR) and SYSTEM.may_administer(7)


def test_periods_that_touch_do_not_overlap():
    assert not find_overlap([("2025-01-01", "2025-07-01"), ("2025-07-01", None)])
    assert find_overlap([("2025-01-01", "2025-07-02"), ("2025-07-01", None)])
    assert find_overlap([("2025-01-01", None), ("2025-07-01", None)])
