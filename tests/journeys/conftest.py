"""People of the office, each at a browser of their own; all of them go home after the test."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from motcua.commands.chromium import FLAGS
from motcua.pretend.portal import NationalPortal
from motcua.pretend.serving import Server
from tests.journeys.person import Person
from tests.office import Office

Enter = Callable[..., Person]


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Any]:
    """A Chromium without a window, for the journeys alone: while it is open its thread counts as asynchronous for Django."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@dataclass(slots=True)
class Desk:
    """The browser somebody signed in at this morning, and what it remembered then."""

    context: Any
    cookies: list[Any]

    def tidy(self) -> None:
        """As it was when they had just signed in; what it fetched once it need not fetch again."""
        self.context.clear_cookies()
        self.context.add_cookies(self.cookies)


@pytest.fixture(scope="package")
def desks(browser: Any) -> Iterator[dict[str, Desk]]:
    """The desks of those who signed in today, by sign-in name."""
    taken: dict[str, Desk] = {}
    yield taken
    for desk in taken.values():
        desk.context.close()


@pytest.fixture
def enter(browser: Any, office: Office, desks: dict[str, Desk]) -> Iterator[Enter]:
    """`enter("huongphung.tiepnhan1")` signs in by keyboard, once a day; `enter()` is a citizen."""
    present: dict[str, Person] = {}

    def come_in(name: str = "", **context: Any) -> Person:
        key = f"{name}{context}"
        if key not in present:
            present[key] = sit_down(browser, office, desks, name, context)
        return present[key]

    yield come_in
    for person in present.values():
        person.leave()
        desk = desks.get(person.name)
        if desk and desk.context is person.context:
            desk.tidy()
        else:
            person.context.close()


def sit_down(
    browser: Any, office: Office, desks: dict[str, Desk], name: str, otherwise: dict[str, Any]
) -> Person:
    """At one's own desk; a citizen, and whoever wants another browser, at a new one."""
    if name in desks and not otherwise:
        return Person(desks[name].context, office, name)
    if name in desks:
        otherwise = {**otherwise, "storage_state": {"cookies": desks[name].cookies, "origins": []}}
    context = browser.new_context(base_url=office.address, locale="vi-VN", **otherwise)
    person = Person(context, office, name)
    if name and name not in desks:
        person.sign_in()
        if not otherwise:
            desks[name] = Desk(context, context.cookies())
    return person


@pytest.fixture
def portal(portal_of_the_day: NationalPortal) -> Iterator[NationalPortal]:
    """The national portal in good weather, which a test may spoil for itself alone."""
    portal_of_the_day.weather.clear()
    yield portal_of_the_day
    portal_of_the_day.weather.clear()


@pytest.fixture(scope="session")
def portal_of_the_day(office: Office) -> Iterator[NationalPortal]:
    """One for the whole day: another would count its forms from one again, and the office would know them already."""
    if not office.portal_port:
        pytest.skip("an office that was open already names no portal of this test (MOTCUA_OFFICE)")
    neighbour = NationalPortal(url=f"http://127.0.0.1:{office.portal_port}")
    with Server(neighbour, "127.0.0.1", office.portal_port) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield neighbour
        server.shutdown()
