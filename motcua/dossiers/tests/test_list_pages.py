"""Lists at their addresses: columns, filters, how they were left, and the same as a file."""

import csv
import io
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from motcua.audit.queries import find_entries
from motcua.core.paging import Page
from motcua.dossiers import queries
from motcua.dossiers.actions import PersonFacts
from motcua.dossiers.actions.exporting import ask_export
from motcua.dossiers.forms_lists import ListFilters
from motcua.dossiers.models import SavedList
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import FEE, NOON, World, make_dossier
from motcua.dossiers.views import exports, sheets

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
REGISTER = "/ho-so/so-theo-doi/"
EXPORT = f"{REGISTER}xuat/"


def see(client: Client, address: str, **query: Any) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def fetch(client: Client, **query: Any) -> bytes:
    answer: Any = client.get(EXPORT, query)
    if answer.status_code == 302:
        page = client.get(answer.url).content.decode()
        answer = client.get(unescape(page.split('<iframe src="')[1].split('"')[0]))
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def read_workbook(content: bytes) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]


def test_a_filtered_address_shows_the_same_to_whoever_may_see(world: World, as_: SignIn) -> None:
    birth, copy = make_dossier(world), make_dossier(world, code=FEE)
    for name in ("a.intake", "a.leader"):
        page = see(as_(name), REGISTER, procedure=FEE, columns=["agency"])
        assert copy.code in page and birth.code not in page
        assert "Cơ quan giải quyết" in page and ">Người đề nghị<" not in page
    assert copy.code not in see(as_("b.intake"), REGISTER, procedure=FEE)


def test_a_list_is_kept_as_left_and_let_go_again(world: World, as_: SignIn) -> None:
    birth, copy, client = make_dossier(world), make_dossier(world, code=FEE), as_("a.intake")
    address = reverse("dossiers:save_list", args=["register"])
    query = "procedure=trich+luc&columns=state&columns=applicant"
    assert client.post(address, {"query": query, "back": REGISTER}).headers["Location"] == REGISTER
    for visitor in (client, as_("a.intake")):  # the same person elsewhere
        page = see(visitor, REGISTER)
        assert copy.code in page and birth.code not in page and ">Ngày nhận<" not in page
    assert birth.code in see(client, REGISTER, all="1")
    assert birth.code in see(as_("a.intake2"), REGISTER)
    client.post(address, {"query": query, "reset": "1"})
    assert birth.code in see(client, REGISTER)
    assert not SavedList.objects.exists()


def test_saving_leads_to_no_other_site_and_to_no_unknown_list(world: World, as_: SignIn) -> None:
    client = as_("a.intake")
    address = reverse("dossiers:save_list", args=["inbox"])
    answer = client.post(address, {"query": "q=x", "back": "https://example.org/"})
    assert answer.headers["Location"] == reverse("dossiers:inbox")
    assert client.post(reverse("dossiers:save_list", args=["nothing"]), {}).status_code == 404
    many = client.post(reverse("dossiers:hand_over_many"), {"back": "//example.org"})
    assert many.headers["Location"] == reverse("dossiers:inbox")


def test_what_cannot_be_read_is_said_at_its_field_and_the_rest_still_narrows(
    world: World, as_: SignIn
) -> None:
    birth, copy = make_dossier(world), make_dossier(world, code=FEE)
    page = see(as_("a.intake"), REGISTER, due_from="31/02/2026", state="flying", procedure=FEE, columns="x")
    assert "id_due_from_error" in page and "id_state_error" in page
    assert copy.code in page and birth.code not in page
    see(as_("a.intake"), reverse("dossiers:inbox_tab", args=["new"]), q="\x00%_\\" * 30, agency="9" * 30)
    see(as_("a.intake"), REGISTER, procedure="x" * 10_000)


def test_chips_say_the_filters_and_lead_back(world: World, as_: SignIn) -> None:
    page = see(as_("a.intake"), REGISTER, state="received", since="1/3/2026", agency=str(world.units["A"]))
    assert "Trạng thái: Đã tiếp nhận" in page
    assert "Nhận từ ngày: 01/03/2026" in page
    assert "UBND xã An" in page


def test_the_inbox_is_called_by_its_tab_and_costs_five_statements(
    world: World, as_: SignIn, django_assert_max_num_queries: Any
) -> None:
    make_dossier(world)
    client, address = as_("a.intake"), reverse("dossiers:inbox_tab", args=["new"])
    assert "<h1>Mới đến" in see(client, address)
    with django_assert_max_num_queries(5):
        page = see(client, address)
    assert 'class="tabs"' not in page
    assert client.get(reverse("dossiers:inbox_tab", args=["nothing"])).status_code == 404


@pytest.mark.parametrize(
    "address", [REGISTER, "/ho-so/tim/?q=nguyen", "/ho-so/tim/?q=nguyen+van", "/ho-so/viec/new/"]
)
def test_a_list_of_many_costs_no_more_statements_than_one_of_few(
    world: World, as_: SignIn, address: str
) -> None:
    client, made, spent = as_("a.intake"), [], []
    for many in (2, 9):
        made += [make_dossier(world).code for _ in range(many)]
        see(client, address)
        with CaptureQueriesContext(connection) as asked:
            page = see(client, address)
        assert all(code in page for code in made)
        spent.append(len(asked))
    assert spent[0] == spent[1]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_file_holds_exactly_what_the_list_shows(
    world: World, as_: SignIn, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 2)  # so that it takes several pages
    made = [make_dossier(world, code=FEE, at=NOON + timedelta(minutes=n)) for n in range(5)]
    make_dossier(world)
    asked = {"procedure": FEE, "columns": ["applicant", "received", "sets"], "dang": form}
    content = fetch(as_("a.intake"), **asked)
    if form == "csv":
        assert content.startswith(b"\xef\xbb\xbf")
        rows: list[list[Any]] = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        received: Any = "2026-03-10 09:04"
    else:
        rows, received = read_workbook(content), datetime(2026, 3, 10, 9, 4)  # noqa: DTZ001
    assert rows[0] == ["Mã hồ sơ", "Người đề nghị", "Số bộ", "Ngày nhận"]
    assert [row[0] for row in rows[1:]] == [d.code for d in reversed(made)]
    assert rows[1][1] == made[-1].applicant_name
    assert rows[1][3] == received
    kept = [e for e in find_entries().rows if e.what == "dossiers.register_exported"]
    assert sorted(pk for entry in kept for pk in entry.ids) == [d.pk for d in made]


def test_a_file_of_the_inbox_and_in_english(world: World, as_: SignIn) -> None:
    dossier, client = make_dossier(world), as_("a.intake")
    client.cookies["django_language"] = "en"
    answer: Any = client.get(reverse("dossiers:export_inbox", args=["new"]), {"dang": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert dossier.code in text
    assert "Mã hồ sơ" not in text and "còn" not in text


def test_nobody_exports_through_another_door(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world)
    assert dossier.code.encode() not in fetch(as_("b.intake"), dang="csv")
    assert as_("a.intake").get(EXPORT, {"dang": "exe"}).status_code == 409
    assert Client().get(EXPORT).status_code == 302


def test_a_name_is_never_a_formula_nor_broken_xml(world: World, as_: SignIn) -> None:
    make_dossier(world, applicant=PersonFacts(full_name="=HYPERLINK(1) <b>&"))
    assert "'=HYPERLINK" in fetch(as_("a.intake"), dang="csv").decode()
    assert read_workbook(fetch(as_("a.intake"), dang="xlsx"))[1][1] == "=HYPERLINK(1) <b>&"


def test_marks_of_the_machine_and_endless_texts_leave_the_workbook_whole() -> None:
    lines = [["a\x0b\uffff\ufffe\u202eb", "dài " * 20_000]]
    first, second = read_workbook(b"".join(sheets.stream_workbook("Sổ", ["a", "b"], lines)))[1]
    assert first == "a\u202eb" and len(str(second)) == sheets.MOST_LETTERS


def test_a_long_list_goes_on_in_a_second_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    content = b"".join(sheets.stream_workbook("Sổ: [a]/b", ["n"], ([n] for n in range(7))))
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert len(book.sheet_names) == 3
    assert [row for row in read_workbook(content) if row != ["n"]] == [[float(n)] for n in range(7)]


def test_an_empty_list_is_a_file_with_its_head() -> None:
    assert read_workbook(b"".join(sheets.stream_workbook("Sổ", ["Mã hồ sơ"], []))) == [["Mã hồ sơ"]]


def test_the_first_rows_leave_before_the_last_are_read(
    world: World, as_: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [make_dossier(world, at=NOON + timedelta(minutes=n)) for n in range(3)]
    monkeypatch.setattr(exports, "AT_ONCE", 1)
    read: list[str | None] = []
    whole = queries.find_register

    def count(actor: Any, asked: Any, *, cursor: str | None, size: int) -> Page:
        read.append(cursor)
        return whole(actor, asked, cursor=cursor, size=size)

    monkeypatch.setattr(queries, "find_register", count)
    client = as_("a.intake")
    to_page = client.get(EXPORT, {"dang": "csv"})
    page = client.get(to_page.url)  # type: ignore[attr-defined]
    file = page.content.decode().split('<iframe src="')[1].split('"')[0]
    del read[:]
    answer: HttpResponse = client.get(unescape(file))
    assert len(read) == 1
    assert made[0].code.encode() in b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert len(read) == 3
    done = client.get(to_page.url).content.decode()  # type: ignore[attr-defined]
    assert "Xong: 3 dòng" in done and "<iframe" not in done
    assert as_("a.intake2").get(to_page.url).status_code == 404  # type: ignore[attr-defined]


def test_a_file_cut_short_says_so(world: World, as_: SignIn) -> None:
    client, actor = as_("a.intake"), world.actors["a.intake"]
    export = ask_export(actor=actor, title="Sổ theo dõi", address=EXPORT, at=NOON)
    pages = exports._told(export, iter([[1, 2], [3], [4]]))
    next(pages), next(pages)
    address = reverse("dossiers:export_progress", args=[export.key])
    said = client.get(address).content.decode()
    assert "Đã ghi 2 dòng" in said and "<iframe" not in said and "hx-get" in said
    pages.close()  # type: ignore[attr-defined]
    assert "dừng sau 2 dòng; tệp chưa đủ" in client.get(address).content.decode()
    ask_export(actor=actor, title="Sổ", address=EXPORT, at=NOON + timedelta(days=2))
    assert client.get(address).status_code == 404


def test_a_span_that_ends_before_it_begins_is_said_at_its_field(world: World, as_: SignIn) -> None:
    address = reverse("dossiers:register")
    page = as_("a.intake").get(address, {"since": "02/03/2026", "until": "01/03/2026"}).content.decode()
    assert "Ngày đến sớm hơn ngày từ" in page


def test_fields_of_one_name_are_told_apart_by_their_codes() -> None:
    fields = [("G10-1", "An toàn thực phẩm"), ("G13-2", "An toàn thực phẩm"), ("G15-1", "Hộ tịch")]
    names = ListFilters({}, agencies=(), fields=fields).field_names
    assert list(names.values()) == ["An toàn thực phẩm (G10-1)", "An toàn thực phẩm (G13-2)", "Hộ tịch"]
