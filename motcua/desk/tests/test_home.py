"""Where each post lands after signing in."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from motcua.desk.views.home import FIRST_ROOM
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import NOON, World, make_dossier


@pytest.mark.parametrize(
    ("days_later", "tab"), [(0, "near_due"), (3, "overdue")], ids=["still in time", "gone by"]
)
def test_an_officer_lands_on_the_most_pressing_work(
    world: World, as_: SignIn, days_later: int, tab: str
) -> None:
    make_dossier(world, "processing")
    with time_machine.travel(NOON + timedelta(days=days_later, hours=1), tick=False):
        answer = as_("a.case").get(reverse("home"))
    assert answer.url == reverse("dossiers:inbox_tab", args=[tab])


def test_with_nothing_to_do_the_inbox_says_so(world: World, as_: SignIn) -> None:
    with time_machine.travel(NOON, tick=False):
        assert as_("a.case").get(reverse("home")).url == reverse("dossiers:inbox_tab", args=["new"])


def test_the_counter_lands_where_it_receives(world: World, as_: SignIn) -> None:
    assert as_("a.intake").get(reverse("home")).url == reverse("dossiers:choose")


def test_administration_begins_at_the_first_page_a_post_may_open(world: World, as_: SignIn) -> None:
    address = reverse("administration")
    assert as_("a.clerk").get(address).url == reverse("dossiers:series")
    assert as_("a.leader").get(address).url == reverse("organisations:absences")
    assert as_("a.intake").get(address).status_code == 403
    for name in FIRST_ROOM.values():
        assert reverse(name).startswith(("/quan-tri/", "/ho-so/"))
