"""Every address knocked at by a stranger, by somebody without a post, by another unit and by the right one."""

import json
import re
from functools import cache

import pytest
from django.urls import reverse

from tests.addresses import DOORS, find_names
from tests.doors import CHOOSE, IN, NO_POST, Door
from tests.office import Office
from tests.visiting import Answer, Visitor


@cache
def visit(address: str, name: str) -> Visitor:
    """One visitor of each name for the whole matrix."""
    return Visitor(address, name)


def knock(office: Office, door: Door, address: str, name: str) -> Answer:
    """What the address says to this visitor, who signs in anew where signing out is tried."""
    visitor = (
        Visitor(office.address, name) if door.name == "accounts:sign_out" else visit(office.address, name)
    )
    return visitor.post(address) if door.method == "POST" else visitor.get(address)


def say(answer: Answer) -> int | str:
    """The answer in the words of the table."""
    if answer.status == 302 and answer.location.startswith("/dang-nhap/?next="):
        return IN
    if answer.status == 302 and answer.location.startswith("/chon-chuc-danh/"):
        return CHOOSE
    return answer.status


def test_every_address_is_in_the_table() -> None:
    missing = set(find_names()) - {door.name for door in DOORS}
    assert not missing, f"give these a line in tests/addresses.py: {sorted(missing)}"


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.label)
def test_who_is_let_in(office: Office, furnished: None, door: Door) -> None:
    expected = {"": door.stranger, NO_POST: door.no_post, door.wrong: door.elsewhere, door.right: door.own}
    address = reverse(door.name, args=door.get_words(office)) + (f"?{door.query}" if door.query else "")
    found = {name: say(knock(office, door, address, name)) for name in expected}
    assert found == expected


def test_the_interface_answers_nobody_without_a_token(office: Office) -> None:
    stranger = visit(office.address, "")
    described = json.loads(stranger.get("/api/v1/openapi.json").body)["paths"]
    calls = [(path, method) for path, methods in described.items() for method in methods]
    assert calls
    for path, method in calls:
        plain = re.sub(r"\{[^}]+\}", "1", path)
        answer = stranger.post(plain) if method == "post" else stranger.get(plain)
        assert answer.status == 401, f"{method} {path}"


def test_whoever_signed_in_at_the_desk_is_a_stranger_to_the_interface(office: Office) -> None:
    assert visit(office.address, "huongphung.tiepnhan1").get("/api/v1/dossiers").status == 401
