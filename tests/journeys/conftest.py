"""People of the office, each at a browser of their own; all of them go home after the test."""

import threading
from collections.abc import Callable, Iterator
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


@pytest.fixture(scope="session")
def signed_in() -> dict[str, Any]:
    """What the browsers of those who signed in today remember, by sign-in name."""
    return {}


@pytest.fixture
def enter(browser: Any, office: Office, signed_in: dict[str, Any]) -> Iterator[Enter]:
    """`enter("huongphung.tiepnhan1")` signs in by keyboard, once a day; `enter()` is a citizen."""
    present: dict[str, Person] = {}

    def come_in(name: str = "", **context: Any) -> Person:
        key = f"{name}{context}"
        if key not in present:
            person = Person(browser, office, name, storage_state=signed_in.get(name), **context)
            present[key] = person
            if name and name not in signed_in:
                signed_in[name] = person.sign_in().context.storage_state()
        return present[key]

    yield come_in
    for person in present.values():
        person.close()


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
