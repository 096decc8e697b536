"""Fees at the counter, at their address."""

from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from motcua.audit.queries import find_entries
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import FEE, World, make_dossier
from motcua.payments import queries as payments

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def send(client: Client, code: str, **changes: Any) -> Any:
    sent = {"idempotency_key": "k1", "amount": "8.000", "method": "cash", "receipt_number": "AA/26-0007"}
    return client.post(reverse("dossiers:fees", args=[code]), sent | changes)


def test_the_counter_collects_and_the_receipt_says_its_number(world: World, as_: SignIn) -> None:
    dossier, client = make_dossier(world, code=FEE), as_("a.intake")
    page = client.get(reverse("dossiers:detail", args=[dossier.code])).content.decode()
    assert "8.000" in page and reverse("dossiers:fees", args=[dossier.code]) in page
    assert "8.000" in client.get(reverse("dossiers:fees", args=[dossier.code])).content.decode()
    answers = [send(client, dossier.code) for _n in range(2)]
    assert {a.status_code for a in answers} == {302}
    account = payments.get_account(dossier.code)
    assert [c.receipt_number for c in account.collections] == ["AA/26-0007"]
    assert account.is_settled
    assert "AA/26-0007" in client.get(reverse("dossiers:detail", args=[dossier.code])).content.decode()
    paper = client.get(reverse("dossiers:print", args=[dossier.code, "receipt"])).content
    words = pypdfium2.PdfDocument(BytesIO(paper))[0].get_textpage().get_text_range()
    assert "AA/26-0007" in words
    assert "payments.collect" in {entry.what for entry in find_entries().rows}


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"amount": "9.000"}, "amount"), ({"amount": "tám nghìn"}, "amount"), ({"method": "gold"}, "method")],
)
def test_a_wrong_sum_is_said_at_its_field_and_nothing_is_taken(
    world: World, as_: SignIn, changes: dict[str, str], field: str
) -> None:
    dossier = make_dossier(world, code=FEE)
    answer = send(as_("a.intake"), dossier.code, **changes)
    assert answer.status_code in (409, 422)
    assert f"id_{field}" in answer.content.decode()
    assert "AA/26-0007" in answer.content.decode()
    assert not payments.get_account(dossier.code).collections


def test_only_the_counter_of_the_dossier_takes_its_money(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world, code=FEE)
    assert send(as_("b.intake"), dossier.code).status_code == 404
    assert send(as_("a.leader"), dossier.code).status_code == 403
    assert (
        "Đã nhận tiền"
        not in as_("a.leader").get(reverse("dossiers:fees", args=[dossier.code])).content.decode()
    )
    for name, number in (("void_collection", 1), ("waive_charge", 1)):
        address = reverse(f"dossiers:{name}", args=[dossier.code, number])
        assert as_("a.leader").post(address, {"reason": "x"}).status_code == 403
    assert not payments.get_account(dossier.code).collections


def test_a_counter_that_only_helped_takes_no_money(world: World, as_: SignIn) -> None:
    dossier = make_dossier(world, code=FEE, supported_unit_id=world.units["B.TT"])
    client = as_("b.intake")
    assert client.get(reverse("dossiers:detail", args=[dossier.code])).status_code == 200
    answer = send(client, dossier.code)
    assert answer.status_code == 409
    assert "do nơi tiếp nhận hoặc nơi trả kết quả thu" in answer.content.decode()
    assert not payments.get_account(dossier.code).collections


def test_a_wrong_collection_is_voided_and_a_line_is_waived(world: World, as_: SignIn) -> None:
    dossier, client = make_dossier(world, code=FEE), as_("a.intake")
    send(client, dossier.code)
    taken = payments.get_account(dossier.code).collections[0]
    address = reverse("dossiers:void_collection", args=[dossier.code, taken.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Gõ nhầm"}).status_code == 302
    assert payments.get_account(dossier.code).owed_vnd == 8000
    client.post(reverse("dossiers:waive_charge", args=[dossier.code, 1]), {"reason": "Hộ nghèo"})
    account = payments.get_account(dossier.code)
    assert account.is_settled and account.charges[0].waive_reason == "Hộ nghèo"
    page = client.get(reverse("dossiers:fees", args=[dossier.code])).content.decode()
    assert "Gõ nhầm" in page and "Hộ nghèo" in page
