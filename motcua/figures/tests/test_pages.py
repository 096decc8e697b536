"""The pages of figures: every number a link to its dossiers, nobody sees another unit's."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from motcua.accounts.models import User
from motcua.dossiers.models import Party
from motcua.dossiers.tests.factories import NOON, World, make_dossier, make_world
from motcua.figures import actions, charts, queries
from motcua.figures.models import Cursor, SavedTable, Stay, store
from motcua.figures.rules import PeriodKind, make_period
from motcua.legal import actions as legal
from tests.ground import begins_with, give

pytestmark = pytest.mark.django_db
QUERY = {"ky": "quarter", "so": "2", "nam": "2026"}


def make_busy() -> World:
    """The small province with a dossier done, one running late and one taken back."""
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


@pytest.fixture
@begins_with(make_busy)
def world(db: None) -> World:
    return give(make_busy)


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


def test_a_table_by_procedure_links_to_the_dossiers_of_that_procedure(world: World) -> None:
    page = _client("a.leader").get(reverse("figures:statistics"), {**QUERY, "theo": "thu-tuc"})
    address = re.search(r'href="([^"]+thutuc[^"]+so-lieu=pending_overdue)"', page.content.decode())
    assert address
    listed = _client("a.leader").get(address[1].replace("&amp;", "&")).content.decode()
    assert world.late.code in listed and listed.count('class="code"') == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("theo", ["don-vi", "linh-vuc", "don-vi-linh-vuc", "khong-co", "cap", "kenh"])
def test_every_kind_of_table_adds_up_to_the_same(world: World, theo: str) -> None:
    page = _client("p.control").get(
        reverse("figures:statistics"), {**QUERY, "theo": theo, "donvi": world.units["P"]}
    )
    total = re.search(r'<tr class="sum">(.*?)</tr>', page.content.decode(), re.S)
    assert total and re.findall(r">(\d+)</a>", total[1]) == ["3", "1", "1", "1"]


@pytest.mark.parametrize(
    ("theo", "word", "key"), [("kenh", "Trực tiếp · tự nộp", "kenh"), ("cap", "Cấp xã", "cap")]
)
def test_tables_by_way_and_level_open_the_dossiers_behind(
    world: World, theo: str, word: str, key: str
) -> None:
    client = _client("p.control")
    page = client.get(reverse("figures:statistics"), {**QUERY, "theo": theo}).content.decode()
    assert f'<th scope="row">{word}</th>' in page
    address = next(
        found for found in re.findall(r'href="([^"]+so-lieu=pending_overdue)"', page) if f"{key}=" in found
    )
    behind = client.get(address.replace("&amp;", "&")).content.decode()
    assert world.late.code in behind and word in behind  # type: ignore[attr-defined]
    none = client.get(
        reverse("figures:behind"),
        {**QUERY, "so-lieu": "pending_overdue", key: "postal" if key == "kenh" else "district"},
    )
    assert world.late.code not in none.content.decode()  # type: ignore[attr-defined]


def test_what_somebody_else_filed_is_kept_apart(world: World) -> None:
    late = world.late  # type: ignore[attr-defined]
    Party.objects.create(
        dossier=late, role="authorised", person_id=late.applicant_id, kind="citizen", full_name="Người nộp"
    )
    store.retell([late.pk], 2**62)
    client = _client("p.control")
    page = client.get(reverse("figures:statistics"), {**QUERY, "theo": "kenh"}).content.decode()
    assert '<th scope="row">Trực tiếp · người khác nộp thay</th>' in page
    addresses = re.findall(r'href="([^"]+)"', page)
    of_behalf = next(one for one in addresses if "thay=co" in one and "pending_overdue" in one)
    of_others = next(one for one in addresses if "thay=khong" in one and "so-lieu=new_counter" in one)
    assert late.code in client.get(of_behalf.replace("&amp;", "&")).content.decode()
    assert late.code not in client.get(of_others.replace("&amp;", "&")).content.decode()
    behind = client.get(reverse("figures:behind"), {**QUERY, "so-lieu": "new_behalf"}).content.decode()
    assert late.code in behind and behind.count('class="code"') == 1


def test_a_table_leaves_as_csv_with_all_its_rows(world: World) -> None:
    answer = _client("a.leader").get(reverse("figures:export"), {**QUERY, "dang": "csv"})
    lines = b"".join(answer).decode("utf-8-sig").splitlines()  # type: ignore[arg-type]
    assert len(lines) == 2 and lines[1].endswith('"100,0"')
    assert _client("a.leader").get(reverse("figures:export"), {**QUERY, "dang": "exe"}).status_code == 409


def test_a_table_is_kept_by_name_and_only_its_owner_forgets_it(world: World) -> None:
    mine, other = _client("a.leader"), _client("b.leader")
    address = f"{reverse('figures:keep')}?ky=quarter&so=2&nam=2026&theo=thu-tuc"
    for _twice in range(2):
        assert mine.post(address, {"name": " Quý hai "}).status_code == 302
    [kept] = SavedTable.objects.all()
    assert kept.name == "Quý hai" and "theo=thu-tuc" in kept.query
    assert "Quý hai" in mine.get(reverse("figures:statistics")).content.decode()
    assert "Quý hai" not in other.get(reverse("figures:statistics")).content.decode()
    assert other.post(reverse("figures:forget", args=[kept.pk])).status_code == 404
    assert mine.post(reverse("figures:forget", args=[kept.pk])).status_code == 302
    assert not SavedTable.objects.exists()


def test_a_period_is_closed_on_its_page(world: World) -> None:
    Cursor.objects.create(name=actions.EVENTS, xact_id=1, at=NOON)
    address = reverse("figures:closing")
    assert _client("a.leader").get(address).status_code == 403
    told = {"kind": "quarter", "number": "2", "year": "2026"}
    with time_machine.travel(NOON + timedelta(days=200), tick=False):
        assert _client("p.control").post(address, told).status_code == 302
        page = _client("p.control").get(address).content.decode()
        assert "Quý 2/2026" in page
        assert "đã chốt" in _client("p.control").post(address, told).content.decode()


def test_a_break_is_shown_with_its_dossier(world: World) -> None:
    Cursor.objects.create(name=actions.EVENTS, xact_id=1, at=NOON)
    late = world.late  # type: ignore[attr-defined]
    Stay.objects.filter(dossier_id=late.pk).delete()
    told = {"kind": "quarter", "number": "2", "year": "2026"}
    with time_machine.travel(NOON + timedelta(days=200), tick=False):
        answer = _client("p.control").post(reverse("figures:closing"), told)
    assert answer.status_code == 422 and late.code in answer.content.decode()


def test_a_board_is_counted_once_until_the_counting_goes_on(world: World) -> None:
    months = (NOON.date() - timedelta(days=300), NOON.date() + timedelta(days=60))
    period = make_period(PeriodKind.QUARTER, 2026, 2)
    assert queries.get_board(period, months).total.new == 3
    cursor = Cursor.objects.create(name=actions.EVENTS, xact_id=1, at=NOON)
    kept = queries.get_board(period, months)
    Stay.objects.all().delete()
    assert queries.get_board(period, months) is kept and queries.get_total(period).new == 0
    cursor.xact_id = 2
    cursor.save()
    assert queries.get_board(period, months).total.new == 0


def test_the_first_column_says_what_its_rows_are(world: World) -> None:
    page = _client("a.leader").get(reverse("figures:statistics"), {**QUERY, "theo": "thu-tuc"})
    assert re.search(r"<th[^>]*>\s*Thủ tục\s*</th>", page.content.decode())
