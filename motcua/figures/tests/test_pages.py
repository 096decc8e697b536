"""The pages of figures: every number a link to its dossiers, nobody sees another unit's."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from motcua.accounts.models import User
from motcua.dossiers.tests.factories import NOON, World, make_dossier, make_world
from motcua.figures import charts
from motcua.figures.models import store
from motcua.legal import actions as legal

pytestmark = pytest.mark.django_db
QUERY = {"ky": "quarter", "so": "2", "nam": "2026"}


@pytest.fixture
def world(db: None) -> World:
    world = make_world()
    legal.load_parameters()
    at = NOON + timedelta(days=7)
    made = [
        make_dossier(world, "result_ready", at=at),
        make_dossier(world, at=at),
        make_dossier(world, "withdrawn", at=at),
    ]
    store.retell([dossier.pk for dossier in made], 2**62)
    world.late = made[1]  # type: ignore[attr-defined]
    return world


def _client(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


def test_the_overview_counts_and_links(world: World) -> None:
    page = _client("a.leader").get(reverse("figures:overview"), QUERY).content.decode()
    assert (
        "so-lieu=pending_overdue" in page and "Ủy ban nhân dân xã An" in page and '<svg class="chart"' in page
    )
    assert "100%" in page


def test_behind_a_number_stand_its_dossiers(world: World) -> None:
    address = reverse("figures:behind")
    page = _client("a.leader").get(address, {**QUERY, "so-lieu": "pending_overdue"}).content.decode()
    assert world.late.code in page and page.count('class="code"') == 1  # type: ignore[attr-defined]
    assert _client("a.leader").get(address, {**QUERY, "so-lieu": "nonsense"}).status_code == 404
    assert _client("a.leader").get(address, QUERY).status_code == 404


@pytest.mark.parametrize("name", ["b.intake", "p.admin"])
def test_others_see_nothing(world: World, name: str) -> None:
    unit = {"donvi": world.units["A"]}
    assert _client(name).get(reverse("figures:overview"), {**QUERY, **unit}).status_code == 403
    assert (
        _client(name).get(reverse("figures:behind"), {**QUERY, **unit, "so-lieu": "late"}).status_code == 403
    )


@pytest.mark.parametrize(
    "query",
    [
        {"ky": "quarter", "so": "9"},
        {"ky": "x", "nam": "abc"},
        {"tu": "31/02/2026", "den": "1/1/2026"},
        {"donvi": "²"},
    ],
)
def test_an_address_that_says_nothing_shows_this_quarter(world: World, query: dict[str, str]) -> None:
    assert _client("a.leader").get(reverse("figures:overview"), query).status_code == 200


def test_bars_stand_on_a_scale_of_round_numbers() -> None:
    chart = charts.draw([charts.Group("1", (0, 37)), charts.Group("2", (9, 4))], ["a", "b"])
    assert [line.value for line in chart.grid] == [0, 10, 20, 30, 40]
    tallest = max(chart.bars, key=lambda bar: bar.height)
    assert tallest.said == "1: b 37" and tallest.y + tallest.height == chart.height - chart.foot
