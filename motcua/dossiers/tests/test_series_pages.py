"""Books of numbers at their addresses."""

import pytest
from django.urls import reverse

from motcua.core.tests.sheets import read_list
from motcua.dossiers import actions
from motcua.dossiers.models import Result, Series
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import NOON, World, make_dossier

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def test_the_clerk_sees_where_the_books_of_the_agency_stand(world: World, as_: SignIn) -> None:
    ready = make_dossier(world, "result_ready")
    make_dossier(world, "result_ready")
    actions.void_number(
        actor=world.actors["a.clerk"], dossier_code=ready.code, reason="Sai tên người được cấp", at=NOON
    )
    client = as_("a.clerk")
    page = client.get(reverse("dossiers:series")).content.decode()
    assert page.count("<tr data-href") == 1 and "{n}/{year}/KQ" in page
    _head, line = read_list(client.get(reverse("dossiers:series"), {"dang": "xlsx"}).content)
    assert "{n}/{year}/KQ" in line and line[-3:] == [2, 1, 0]
    book = Series.objects.get(agency_id=world.units["A"])
    page = client.get(reverse("dossiers:book", args=[book.pk])).content.decode()
    assert "không thiếu số nào" in page
    assert "Sai tên người được cấp" in page and "1/2026/KQ" in page and "2/2026/KQ" in page
    assert page.count("Hủy số…") == 1
    assert (
        "chưa cấp số nào"
        in client.get(reverse("dossiers:book", args=[book.pk]), {"nam": "2020"}).content.decode()
    )


def test_a_missing_number_is_told(world: World, as_: SignIn) -> None:
    for _n in range(3):
        make_dossier(world, "result_ready")
    Result.objects.filter(serial=2).update(serial=9, number="9/2026/KQ")
    book = Series.objects.get(agency_id=world.units["A"])
    page = as_("a.clerk").get(reverse("dossiers:book", args=[book.pk])).content.decode()
    assert "Có 6 số" in page and "2, 4, 5, 6, 7, 8" in page
    assert ">6</span>" in as_("p.admin").get(reverse("dossiers:series")).content.decode()


def test_a_clerk_opens_and_closes_a_book_and_an_error_keeps_what_was_typed(world: World, as_: SignIn) -> None:
    client, address = as_("a.clerk"), reverse("dossiers:open_series")
    assert client.get(address).status_code == 200
    sent = {
        "agency_id": str(world.units["A"]), "code": "QD", "name": "Quyết định", "pattern": "không số",
        "first_day": "01/03/2026", "procedure_codes": "1.001193, 2.000635",
    }  # fmt: skip
    answer = client.post(address, sent)
    assert answer.status_code == 409
    assert "id_pattern_error" in answer.content.decode() and "Quyết định" in answer.content.decode()
    unknown = client.post(address, sent | {"pattern": "{n}/QĐ-UBND", "procedure_codes": "9.999999"})
    assert unknown.status_code == 422 and "id_procedure_codes_error" in unknown.content.decode()
    assert client.post(address, sent | {"pattern": "{n}/QĐ-UBND"}).status_code == 302
    book = Series.objects.get(code="QD")
    assert book.procedure_codes == ["1.001193", "2.000635"]
    close = reverse("dossiers:close_series", args=[book.pk])
    assert client.post(close, {"last_day": "01/02/2026"}).status_code == 409
    assert client.post(close, {"last_day": "10/03/2026"}).status_code == 302
    book.refresh_from_db()
    assert f"{book.valid_to}" == "2026-03-11"


def test_nobody_else_keeps_the_books(world: World, as_: SignIn) -> None:
    book = Series.objects.get(agency_id=world.units["A"])
    for name, status in (("a.intake", 403), ("a.leader", 403), ("x.clerk", 404)):
        client = as_(name)
        assert client.get(reverse("dossiers:book", args=[book.pk])).status_code == status
        close = reverse("dossiers:close_series", args=[book.pk])
        assert client.post(close, {"last_day": "10/03/2026"}).status_code == status
    foreign = {
        "agency_id": str(world.units["A"]),
        "code": "X",
        "name": "X",
        "pattern": "{n}",
        "first_day": "01/03/2026",
    }
    assert as_("x.clerk").post(reverse("dossiers:open_series"), foreign).status_code == 422
    assert not Series.objects.filter(code="X").exists()


def test_the_administrator_sees_numbers_but_opens_no_dossier(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world, "result_ready")
    book = Series.objects.get(agency_id=world.units["A"])
    page = as_("p.admin").get(reverse("dossiers:book", args=[book.pk])).content.decode()
    assert dossier.code in page and reverse("dossiers:detail", args=[dossier.code]) not in page
    assert "Hủy số…" not in page
