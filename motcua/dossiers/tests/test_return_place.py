"""Where a receipt says the result will be, and whom it says the papers were taken from."""

from typing import Any

import pytest
from django.urls import reverse

from motcua.documents.tests.test_printing import read
from motcua.dossiers.forms_online import AcceptFiling
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import BIRTH, World
from motcua.dossiers.tests.test_pages import typed

pytestmark = pytest.mark.usefixtures("morning")


def receive(world: World, as_: SignIn, **changes: str) -> tuple[Dossier, str]:
    """Received at the counter's page; the dossier and the words of its receipt."""
    desk = as_("a.intake")
    answer = desk.post(reverse("dossiers:receive", args=[BIRTH]), typed(world, **changes))
    assert answer.status_code == 302, answer.content.decode()[:3000]
    dossier = Dossier.objects.get()
    printed = desk.get(reverse("dossiers:print", args=[dossier.code, "receipt"]))
    return dossier, " ".join(read(printed.content).split())


def test_what_another_counter_gives_back_is_registered_there(world: World, as_: SignIn) -> None:
    dossier, receipt = receive(world, as_, returning_unit_id=str(world.units["B.TT"]))
    assert dossier.return_place == ""
    assert "Đăng ký nhận kết quả tại: Trung tâm Phục vụ hành chính công xã Bình" in receipt


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({}, "Thôn 2, xã An"),
        ({"return_place": "Chợ Bình"}, "Chợ Bình"),
    ],
)
def test_by_post_it_goes_to_an_address(
    world: World, as_: SignIn, changes: dict[str, str], place: str
) -> None:
    facts: dict[str, Any] = {"result_delivery": "postal", "applicant_address": "Thôn 2, xã An"} | changes
    dossier, receipt = receive(world, as_, **facts)
    assert dossier.return_place == place and f"Đăng ký nhận kết quả tại: {place}" in receipt


def test_by_post_without_an_address_is_asked_for_one(world: World, as_: SignIn) -> None:
    desk = as_("a.intake")
    answer = desk.post(reverse("dossiers:receive", args=[BIRTH]), typed(world, result_delivery="postal"))
    assert answer.status_code == 422 and "Ghi địa chỉ để bưu chính phát kết quả" in answer.content.decode()
    assert not Dossier.objects.exists()


def test_received_of_whoever_was_authorised_for_the_applicant(world: World, as_: SignIn) -> None:
    _dossier, receipt = receive(
        world,
        as_,
        submitter_differs="on",
        submitter_name="Trần Được Ủy Quyền",
        submitter_id_number="045088000111",
        authorisation_paper="Giấy ủy quyền số 12",
    )
    taken, _colon, authorised = receipt.partition("Theo ủy quyền của: ")
    assert "Trần Được Ủy Quyền" in taken and "045088000111" in taken
    assert authorised.startswith("Nguyễn Thị Thuỳ Dương; số định danh: 045190001234")
    assert "Giấy ủy quyền số 12" in authorised


@pytest.mark.parametrize(("delivery", "kept"), [("electronic", "a@b.vn"), ("postal", ""), ("counter", "")])
def test_an_address_of_mail_is_no_place_for_papers(delivery: str, kept: str) -> None:
    sent = {"revision": 1, "idempotency_key": "k", "result_delivery": delivery, "return_place": "a@b.vn"}
    form = AcceptFiling(sent, agencies=[])
    assert form.is_valid() and form.cleaned_data["return_place"] == kept
