"""The side of a page says where one stands: at a place, or somewhere below it; and is drawn once for all who stand there."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from motcua.core.pages import _draw_rail
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import BIRTH, World, make_dossier

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def find_marked(client: Client, address: str) -> list[tuple[str, str]]:
    """What the rail marks as current on a page, and how."""
    page = client.get(address).content.decode()
    (rail,) = re.findall(r'<nav class="rail".*?</nav>', page, re.DOTALL)
    return re.findall(r'<a id="rail-([^"]+)"[^>]* aria-current="([^"]+)"', rail)


def test_a_place_and_what_lies_below_it(world: World, as_: SignIn) -> None:
    desk, dossier = as_("a.intake"), make_dossier(world)
    assert find_marked(desk, reverse("dossiers:choose")) == [("receive", "page")]
    assert find_marked(desk, reverse("dossiers:receive", args=[BIRTH])) == [("receive", "true")]
    assert find_marked(desk, reverse("dossiers:register")) == [("dossiers-register", "page")]
    assert find_marked(desk, reverse("dossiers:detail", args=[dossier.code])) == []
    assert find_marked(desk, reverse("dossiers:inbox")) == [("new", "page")]
    assert find_marked(desk, reverse("dossiers:inbox_tab", args=["doing"])) == [("doing", "page")]


def test_the_rooms_of_the_administrator(world: World, as_: SignIn) -> None:
    desk = as_("p.admin")
    assert find_marked(desk, reverse("catalogue:procedures")) == [("catalogue-procedures", "page")]
    below = reverse("catalogue:procedure", args=[BIRTH])
    assert find_marked(desk, below) == [("catalogue-procedures", "true")]
    assert find_marked(desk, reverse("organisations:unit", args=["A"]))[0][1] == "true"


def test_what_somebody_types_is_never_kept(world: World, as_: SignIn) -> None:
    desk = as_("a.intake")
    find_marked(desk, reverse("dossiers:choose"))
    _draw_rail.cache_clear()
    for text in ("9.999999", "abc", "xin-chao", "%C4%91", "a/b/c/d", "x" * 500):
        desk.get(f"/ho-so/tiep-nhan/{text}/")
    assert _draw_rail.cache_info().currsize <= 2, "one for the place, one without a place"
    desk.get("/khong-co/" * 300)
    assert _draw_rail.cache_info().currsize <= 2
