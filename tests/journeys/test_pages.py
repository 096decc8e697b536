"""Every page in a real browser as its reader meets it: nothing axe objects to, nothing wider than the screen, a name."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from tests import axe
from tests.addresses import DOORS
from tests.doors import COUNTER, Door
from tests.office import Office
from tests.visiting import Visitor

pytestmark = pytest.mark.browser
WIDTHS, HEIGHT = (1440, 390, 320), 900
WIDEST, NARROWEST = WIDTHS[0], WIDTHS[-1]
PAGES = [door for door in DOORS if door.is_page and door.method == "GET" and door.own == 200]
# What stands wider than the screen, to be named when something does.
_WIDE = """() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1
  && !e.closest('.scroll, .rail, .tabs')).slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""

# Asked in one go, and no more told than is looked at: on the way from the browser the rest takes longer than to find.
_NAMES = """() => ({headings: [...document.querySelectorAll('h1')].map(e => e.innerText), title: document.title,
  language: document.documentElement.getAttribute('lang')})"""


@pytest.fixture(scope="module")
def readers(browser: Any, office: Office) -> Iterator[dict[str, Any]]:
    """An open page for each reader, signed in."""
    pages: dict[str, Any] = {}
    yield pages
    for page in pages.values():
        page.context.close()


def sit_down(browser: Any, office: Office, readers: dict[str, Any], name: str) -> Any:
    """The page of this reader; signing in needs no browser here."""
    if name not in readers:
        context = browser.new_context(base_url=office.address, locale="vi-VN")
        cookies = Visitor(office.address, name).cookies if name else {}
        context.add_cookies([{"name": n, "value": v, "url": office.address} for n, v in cookies.items()])
        context.add_init_script(axe.SCRIPT)
        readers[name] = context.new_page()
    return readers[name]


def require_sound(page: Any, address: str, width: int) -> None:
    """At this width: no fault of axe. What is narrower has the same colours, and they are half of the work."""
    rules = {} if width == WIDEST else {"color-contrast": {"enabled": False}}
    axe.require_sound(page, f"{address} at {width}", {"rules": rules})


def require_named(page: Any) -> None:
    """One heading, a title of its own, a language."""
    names = page.evaluate(_NAMES)
    assert len(names["headings"]) == 1, "one h1"
    assert names["headings"][0].strip()
    assert names["title"].split(" · ")[0].strip()
    assert names["language"] in {"vi", "en"}


def look(page: Any, address: str, status: int = 200) -> None:
    """At each width, beginning with the one at which the page before was left: that one need not be laid out again."""
    faults: list[str] = []
    page.on("pageerror", faults_heard := lambda fault: faults.append(str(fault)))
    widths = WIDTHS[::-1] if page.viewport_size["width"] == NARROWEST else WIDTHS
    set_width(page, widths[0])
    assert page.goto(address).status == status
    require_named(page)
    for width in widths:
        set_width(page, width)
        if width == NARROWEST:
            assert page.evaluate("document.scrollingElement.scrollWidth") <= width, page.evaluate(_WIDE)
        else:
            require_sound(page, address, width)
    page.remove_listener("pageerror", faults_heard)
    assert not faults


def set_width(page: Any, width: int) -> None:
    if page.viewport_size != (wanted := {"width": width, "height": HEIGHT}):
        page.set_viewport_size(wanted)


@pytest.mark.parametrize("door", PAGES, ids=lambda door: door.label)
def test_a_page_is_for_everybody(
    browser: Any, office: Office, furnished: None, readers: dict[str, Any], door: Door
) -> None:
    address = reverse(door.name, args=door.get_words(office)) + (f"?{door.query}" if door.query else "")
    look(sit_down(browser, office, readers, door.right), address)


@pytest.mark.parametrize("name", ["", COUNTER])
def test_a_page_that_is_not_there_is_for_everybody_too(
    browser: Any, office: Office, readers: dict[str, Any], name: str
) -> None:
    look(sit_down(browser, office, readers, name), "/khong-co-trang-nay/", 404)


@pytest.mark.parametrize("door", PAGES[:: len(PAGES) // 8], ids=lambda door: door.label)
def test_the_focus_is_always_to_be_seen(
    browser: Any, office: Office, furnished: None, readers: dict[str, Any], door: Door
) -> None:
    """Every stop of Tab shows itself and stands in the window."""
    page = sit_down(browser, office, readers, door.right)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(reverse(door.name, args=door.get_words(office)))
    for _stop in range(60):
        page.keyboard.press("Tab")
        place = page.evaluate(
            """() => { const at = document.activeElement; if (at === document.body) return null;
            const look = getComputedStyle(at), box = at.getBoundingClientRect(), zone = at.closest('.upload');
            return {what: at.outerHTML.slice(0, 120), seen: Boolean(zone) || look.outlineStyle !== 'none',
                    inside: box.bottom > 0 && box.top < innerHeight}; }"""
        )
        if place is None:
            break
        assert place["seen"] and place["inside"], place["what"]
