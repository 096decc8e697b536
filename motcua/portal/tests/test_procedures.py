"""What a visitor finds before coming: the procedures of the province first, and the day promised today."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from motcua.catalogue import queries as catalogue
from motcua.dossiers.tests.conftest import world
from motcua.dossiers.tests.factories import BIRTH, World

__all__ = ["world"]
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("hour", "promised"), [(9, "17:00 03/03/2026"), (15, "17:00 04/03/2026")], ids=["morning", "after three"]
)
def test_the_promise_is_that_of_papers_handed_in_now(world: World, hour: int, promised: str) -> None:
    """Birth registration: the same day, the next working day when received after 15:00 (Law 60/2014 art. 16)."""
    with time_machine.travel(datetime(2026, 3, 3, hour, 30, tzinfo=HANOI), tick=False):
        page = Client().get(reverse("portal:procedure", args=[BIRTH])).content.decode()
    assert promised in page
    assert "Vì sao là ngày này?" in page and "<li>Nhận hồ sơ lúc" in page and "ExplainedLine" not in page


def test_required_papers_are_told_apart(world: World) -> None:
    sheet = catalogue.get_public_sheet(BIRTH, on=datetime(2026, 3, 3, tzinfo=HANOI).date())
    page = Client().get(reverse("portal:procedure", args=[BIRTH])).content.decode()
    required = [c.label or c.name for c in sheet.cases[0].components if c.is_required]
    others = [c.label or c.name for c in sheet.cases[0].components if not c.is_required]
    assert required and all(name in page for name in required + others)
    assert page.index("Phải có") < page.index(required[0]) < page.index(others[0])


def test_what_is_received_here_comes_first(world: World) -> None:
    rows = catalogue.search_public("").rows
    operated = [row.is_operated for row in rows]
    assert operated == sorted(operated, reverse=True)


@pytest.mark.parametrize(
    ("code", "token"), [("H50.12/260303", "abc"), ("H50.12-260303-0001", "a/b"), ("..", "abc"), ("a", ".")]
)
def test_a_code_or_token_that_can_be_no_address_is_not_found(world: World, code: str, token: str) -> None:
    answer = Client().get(reverse("portal:track"), {"code": code, "token": token})
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "mã hồ sơ và mã tra cứu này" in page and f'value="{token}"' in page


def test_nothing_typed_is_asked_for(world: World) -> None:
    address = reverse("portal:track")
    assert "Ghi mã hồ sơ" in Client().get(address, {"code": "", "token": ""}).content.decode()
    assert "Ghi mã hồ sơ" not in Client().get(address).content.decode()


@pytest.mark.parametrize("address", ["/thu-tuc/?q=%00", "/thu-tuc/?field=%00", "/thu-tuc/%00/"])
def test_an_unreadable_character_is_said(world: World, address: str) -> None:
    answer = Client(raise_request_exception=False).get(address)
    assert answer.status_code == 400
    assert "ký tự không đọc được" in answer.content.decode()
