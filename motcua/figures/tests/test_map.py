"""Communes on a grid and the colours of a figure: nothing is hidden by another, neighbours stay neighbours, worst is told."""

import random
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse

from motcua.accounts.models import User
from motcua.dossiers.tests.factories import World, make_dossier, make_world
from motcua.figures.maps import Said, draw_map
from motcua.figures.models import store
from motcua.figures.rules import Counts
from motcua.figures.rules.cartogram import lay
from motcua.figures.rules.shading import SHOWN, Tone, shade
from motcua.legal import actions as legal
from motcua.organisations import queries as organisations
from motcua.organisations.queries import Tree, UnitView


def test_every_commune_of_the_table_has_a_place() -> None:
    found = organisations.find_centres([f"2025-X{number}" for number in ("19441", "19742", "06978")])
    lat, lon = found["2025-X19441"]
    assert 16 < lat < 17.5 and 106 < lon < 107.5 and len(found) == 3
    assert organisations.find_centres(["2004-X19441", "office"]) == {}


@pytest.mark.parametrize("count", [1, 2, 3, 40, 168])
def test_no_two_places_share_a_cell_and_the_grid_begins_at_zero(count: int) -> None:
    drawn = random.Random(count)
    points = {str(one): (drawn.uniform(16, 18), drawn.uniform(106, 107.5)) for one in range(count)}
    cells = list(lay(points).values())
    assert len(set(cells)) == count
    assert min(x for x, _y in cells) == 0 and min(y for _x, y in cells) == 0
    assert lay(points) == lay(dict(reversed(points.items()))), "the order of asking changes nothing"


def test_north_is_up_and_east_is_right() -> None:
    row = {str(n): (17.0, 106 + n / 10) for n in range(8)}
    column = {str(n): (17 - n / 10, 106.0) for n in range(8)}
    assert all(one[0] < two[0] for one, two in pairwise([lay(row)[str(n)] for n in range(8)]))
    assert all(one[1] < two[1] for one, two in pairwise([lay(column)[str(n)] for n in range(8)]))


def test_an_island_far_out_does_not_take_the_room_of_the_land() -> None:
    land = {f"{x}{y}": (16 + y / 10, 107 + x / 10) for x in range(6) for y in range(6)}
    cells = lay({**land, "island": (8.6, 112.0)})
    assert max(x for x, _y in cells.values()) <= 14 and max(y for _x, y in cells.values()) <= 14


def test_four_classes_worst_first_whichever_end_is_bad() -> None:
    figures = {name: float(n) for n, name in enumerate("abcdefgh", start=1)}
    high = shade(figures, Tone.HIGH_IS_BAD)
    assert [one.number for one in high] == [0, 1, 2, 3] and set(high[0].members) == {"g", "h"}
    assert set(shade(figures, Tone.HIGH_IS_GOOD)[0].members) == {"a", "b"}
    assert sum(len(one.members) for one in high) == 8


def test_equal_figures_are_never_told_apart_and_nothing_is_a_class_of_its_own() -> None:
    assert len(shade(dict.fromkeys("abc", 5.0), Tone.PLAIN)) == 1
    told = shade({"a": 0.0, "b": 0.0, "c": 1.0, "d": 1.0, "e": 9.0}, Tone.HIGH_IS_BAD)
    assert [(one.low, one.high, len(one.members)) for one in told] == [(9, 9, 1), (1, 1, 2), (0, 0, 2)]
    assert told[-1].number == 3 and shade({"a": 0.0}, Tone.HIGH_IS_BAD)[0].number == 3, (
        "no overdue dossier is good"
    )
    assert (
        shade({"a": 7.0}, Tone.HIGH_IS_GOOD)[0].number == 3 and shade({"a": 7.0}, Tone.PLAIN)[0].number == 0
    )
    by_bounds = shade({"a": 80.0, "b": 79.9}, Tone.HIGH_IS_GOOD, (80, 90, 95))
    assert [(one.number, one.members) for one in by_bounds] == [(0, ("b",)), (1, ("a",))]


def test_a_rate_of_nothing_is_not_known() -> None:
    assert SHOWN["dung-han"].read(Counts()) is None
    assert SHOWN["dung-han"].read(Counts(early=1, late=2)) == 33.3 and SHOWN["moi-nhan"].read(Counts()) == 0


def _commune(unit_id: int, number: str, name: str) -> UnitView:
    return UnitView(
        unit_id, f"2025-X{number}", "commune", "44", name, "", 1, f"H50.{unit_id}", "", "", "", "", "commune"
    )


def _tree() -> Tree:
    province = UnitView(
        1, "2025-T44", "province", "44", "Tỉnh Quảng Trị", "", None, "H50", "", "", "", "", "province"
    )
    places = (
        ("19441", "Xã Hướng Phùng"),
        ("19429", "Xã Khe Sanh"),
        ("19333", "Phường Đông Hà"),
        ("19742", "Đặc khu Cồn Cỏ"),
    )
    units = [province, *(_commune(n, number, name) for n, (number, name) in enumerate(places, start=2))]
    return Tree({unit.id: unit for unit in units}, children={1: [2, 3, 4, 5]})


def test_the_map_tells_every_unit_and_draws_those_that_have_a_place() -> None:
    said = {2: Said("25", 25, "?donvi=2"), 3: Said("3", 3, "?donvi=3"), 9: Said("4", 4, "?donvi=9")}
    shades = shade({one: told.value or 0 for one, told in said.items()}, Tone.HIGH_IS_BAD)
    drawn = draw_map(
        _tree(), 1, said, {2: "UBND xã Hướng Phùng", 3: "UBND xã Khe Sanh", 9: "Sở Xây dựng"}, shades
    )
    assert drawn and len(drawn.spots) == 4 and drawn.empty == 2
    assert [spot.name for spot in drawn.others] == ["Sở Xây dựng"] and drawn.rows[0][
        0
    ] == "UBND xã Hướng Phùng"
    west, east = (
        next(spot for spot in drawn.spots if name in spot.name) for name in ("Hướng Phùng", "Đông Hà")
    )
    assert west.x < east.x and west.shade == 0 and west.lines == ("Hướng", "Phùng") and east.said is None
    assert draw_map(_tree(), 2, said, {2: "a", 3: "b", 9: "c"}, shades) is None, "one commune alone is no map"


@pytest.mark.django_db
def test_the_board_draws_the_communes_of_the_province() -> None:
    world: World = make_world()
    legal.load_parameters()
    made = make_dossier(world, "processing")
    store.retell([made.pk], 2**62)
    client = Client()
    client.force_login(User.objects.get(username="p.control"))
    day = f"{made.received_at:%d/%m/%Y}"
    query = {"ky": "days", "tu": day, "den": day, "to": "new_counter"}
    page = client.get(reverse("figures:overview"), query)
    assert page.status_code == 200, "a province whose communes have no place is shown without a map"
