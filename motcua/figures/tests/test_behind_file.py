"""The dossiers behind a figure as a file, opened again: the rows of its pages in their order, for whoever sees all or a part."""

import csv
import io
from datetime import datetime
from html import unescape
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html
from python_calamine import CalamineWorkbook

from motcua.accounts.models import User
from motcua.audit.queries import find_entries
from motcua.core.writing import moment
from motcua.dossiers.actions import PersonFacts
from motcua.dossiers.models import Dossier, Involvement
from motcua.dossiers.tests.factories import World, make_dossier, make_world
from motcua.dossiers.views import exports
from motcua.figures import actions
from motcua.figures.tests.lives import put_every_class
from motcua.figures.tests.test_counting import AT
from motcua.legal import actions as legal
from motcua.worktime.rules import ZONE
from tests.ground import begins_with, give

pytestmark = pytest.mark.django_db
QUERY = {"ky": "quarter", "so": "1", "nam": "2026"}
HOSTILE = "=cmd|' /C calc'!A0 \"Ấn\" & <b>Huế</b>"
HEAD = ["Mã hồ sơ", "Thủ tục", "Người nộp", "Nhận", "Hẹn trả", "Xong", "Trạng thái"]
NARROWED: dict[str, dict[str, str]] = {
    "one": {"so-lieu": "early"},
    "several": {"so-lieu": "late,pending_overdue"},
    "carried": {"so-lieu": "carried", "so": "2"},
    "days": {"so-lieu": "late,early", "ky": "days", "tu": "01/01/2026", "den": "20/04/2026"},
    "procedure": {"so-lieu": "new_online,new_counter", "thutuc": "9.999999"},
    "field": {"so-lieu": "new_online,new_counter", "linhvuc": "lạ"},
    "channel": {"so-lieu": "late", "kenh": "postal"},
    "level": {"so-lieu": "late,early", "cap": "commune"},
    "behalf": {"so-lieu": "new_online", "thay": "co"},
    "oneself": {"so-lieu": "new_online", "thay": "khong"},
}


def make_lived_in() -> World:
    """The small province with every class of life in it."""
    world = make_world()
    legal.load_parameters()
    _put_lives(world, make_dossier(world, applicant=PersonFacts(full_name=HOSTILE)))
    return world


@pytest.fixture
@begins_with(make_lived_in)
def world(db: None) -> World:
    return give(make_lived_in)


def _put_lives(world: World, like: Dossier) -> None:
    """Every class of life in three units; four of five concern the commune, whoever decides."""
    agencies = [world.units[name] for name in ("A", "B", "XD")]
    made = put_every_class(like, agencies, field_code="lạ", procedure_code="9.999999")
    Involvement.objects.bulk_create(
        Involvement(
            dossier=row,
            unit_id=world.units["A"],
            role="handler",
            received_at=row.received_at,
            applicant_folded=row.applicant_folded,
            initials=row.initials,
        )
        for n, row in enumerate(Dossier.objects.filter(pk__in=made).order_by("pk"))
        if n % 5 != 3
    )
    actions.recount_all(at=AT)


def _client(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


def _ask(world: World, who: str, narrowed: str) -> dict[str, str]:
    unit = {"donvi": str(world.units["P"])} if who == "p.control" else {}
    return {**QUERY, **unit, **NARROWED[narrowed]}


def _read_pages(client: Client, query: dict[str, str]) -> list[list[str]]:
    """The rows from the first page to the last."""
    rows, address = [], f"{reverse('figures:behind')}?"
    answer: Any = client.get(address, query)
    while True:
        page = html.fromstring(answer.content.decode())
        rows += [
            [" ".join(cell.text_content().split()) for cell in row.iter("td")]
            for row in page.xpath("//tr[td/a[@class='code']]")
        ]
        if not (further := page.xpath("//nav[@class='pager']/a[@rel='next']/@href")):
            return rows
        answer = client.get(address + further[0].removeprefix("?"))


def _fetch(client: Client, query: dict[str, str], form: str) -> list[list[Any]]:
    answer: Any = client.get(reverse("figures:export_behind"), {**query, "dang": form})
    if answer.status_code == 302:  # a long one has a page of its own that starts it
        page = client.get(answer.url).content.decode()
        answer = client.get(unescape(page.split('<iframe src="')[1].split('"')[0]))
    assert answer.status_code == 200 and "ho-so-theo-so-lieu-" in answer["Content-Disposition"]
    content = b"".join(answer.streaming_content)
    if form == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def _say(cell: object, column: int) -> str:
    """As the page writes it: moments in its way, and no sign before a formula's."""
    text = str(cell).removeprefix("'")
    if column in (3, 4, 5) and text:
        told = cell if isinstance(cell, datetime) else datetime.fromisoformat(text)
        return moment(told.replace(tzinfo=ZONE))
    return " ".join(text.split())


@pytest.mark.parametrize("at_once", [2, 1000])
@pytest.mark.parametrize(("who", "narrowed"), [*product(("p.control", "a.leader"), NARROWED)])
def test_a_file_holds_the_rows_of_its_pages_in_their_order(
    world: World, who: str, narrowed: str, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", at_once)
    query, client = _ask(world, who, narrowed), _client(who)
    shown = _read_pages(client, query)
    assert shown and {row[2] for row in shown} == {HOSTILE}
    for form in ("csv", "xlsx"):
        head, *lines = _fetch(client, query, form)
        assert head == HEAD
        assert [[_say(cell, n) for n, cell in enumerate(line)] for line in lines] == shown
        assert form != "csv" or {line[2] for line in lines} == {f"'{HOSTILE}"}


def test_who_sees_a_part_takes_along_that_part(world: World) -> None:
    narrowed = {**QUERY, "so-lieu": "late,on_time,early", "donvi": str(world.units["A"])}
    whole, mine = (_fetch(_client(who), narrowed, "csv")[1:] for who in ("p.control", "a.leader"))
    codes = [line[0] for line in mine]
    assert codes and len(mine) < len(whole) and codes == [line[0] for line in whole if line[0] in codes]
    entry = next(e for e in find_entries().rows if e.what == "figures.behind_exported")
    assert sorted(Dossier.objects.filter(pk__in=entry.ids).values_list("code", flat=True)) == sorted(codes)


def test_every_page_of_a_long_file_is_kept_as_a_reading(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 2)
    lines = _fetch(_client("p.control"), _ask(world, "p.control", "several"), "xlsx")[1:]
    kept = [e for e in find_entries().rows if e.what == "figures.behind_exported"]
    assert sum(len(entry.ids) for entry in kept) == len(lines) > 2 == max(len(entry.ids) for entry in kept)


@pytest.mark.parametrize("narrowed", NARROWED)
def test_the_page_leads_to_its_own_file(world: World, narrowed: str) -> None:
    client, query = _client("p.control"), _ask(world, "p.control", narrowed)
    page = html.fromstring(client.get(reverse("figures:behind"), query).content.decode())
    links = page.xpath("//div[contains(@class, 'page-head')]//a/@href")
    assert len(links) == 2 and all(link.startswith(reverse("figures:export_behind")) for link in links)
    for link, form in zip(links, ("xlsx", "csv"), strict=True):
        answer: Any = client.get(link)
        assert f'.{form}"' in answer["Content-Disposition"]
    lines = csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    assert [line[0] for line in lines][1:] == [row[0] for row in _read_pages(client, query)]


def test_where_nothing_is_listed_nothing_is_offered(world: World) -> None:
    query = _ask(world, "a.leader", "channel") | {"thutuc": "0.000000"}
    client = _client("a.leader")
    assert (
        reverse("figures:export_behind") not in client.get(reverse("figures:behind"), query).content.decode()
    )
    assert _fetch(client, query, "csv") == [HEAD]


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        ({"so-lieu": "nonsense"}, 404, "Không có số liệu này."),
        ({"so-lieu": ""}, 404, "Không có số liệu này."),
        ({"dang": "exe"}, 409, "Chọn tệp Excel (.xlsx) hoặc CSV (.csv)."),
        ({"khoa": "của-ai"}, 404, "Hãy xuất lại từ danh sách."),
    ],
)
def test_what_cannot_be_asked_for_gets_a_sentence(
    world: World, wrong: dict[str, str], status: int, said: str
) -> None:
    query = _ask(world, "a.leader", "one") | wrong
    answer = _client("a.leader").get(reverse("figures:export_behind"), query)
    assert answer.status_code == status and said in answer.content.decode()


@pytest.mark.parametrize("who", ["a.leader", "b.intake", "p.admin"])
def test_figures_of_others_are_no_file_either(world: World, who: str) -> None:
    for other in {"A", "B", "XD", "P"} - {who[0].upper()}:
        asked = {**QUERY, "so-lieu": "late", "donvi": str(world.units[other])}
        assert _client(who).get(reverse("figures:export_behind"), asked).status_code == 403, other


def test_a_file_asks_the_same_of_the_database_however_long_it_is(world: World) -> None:
    client, query = _client("p.control"), _ask(world, "p.control", "several")

    def cost() -> tuple[int, int]:
        _fetch(client, query, "csv")
        with CaptureQueriesContext(connection) as asked:
            lines = _fetch(client, query, "csv")
        return len(asked), len(lines)

    few, short = cost()
    _put_lives(world, Dossier.objects.latest("pk"))
    many, long = cost()
    assert many == few and long > short


def test_a_measure_named_twice_is_one(world: World) -> None:
    client = _client("p.control")
    once, twice = (
        client.get(
            reverse("figures:behind"), {**_ask(world, "p.control", "one"), "so-lieu": measures}
        ).content
        for measures in ("late", "late,late")
    )
    titles = [html.fromstring(page.decode()).findtext(".//h1") for page in (once, twice)]
    assert titles[0] and titles[0] == titles[1]
