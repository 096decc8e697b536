"""Every macro drawn in a real browser: no accessibility fault, nothing wider than the screen, nothing blocked."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings
from pytest_django.live_server_helper import LiveServer

from motcua.commands.chromium import FLAGS
from motcua.core.drawing import _drawings
from motcua.core.jinja import environment
from tests import axe

PACKAGE = Path(settings.BASE_DIR) / "motcua"
PLAIN = {
    "ROOT_URLCONF": "motcua.core.tests.gallery",
    "SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies",
    "MESSAGE_STORAGE": "django.contrib.messages.storage.cookie.CookieStorage",
    "MIDDLEWARE": [
        name
        for name in settings.MIDDLEWARE
        if not name.startswith(("motcua.organisations", "motcua.accounts", "django.contrib.auth"))
    ],
    "TEMPLATES": [
        {
            **settings.TEMPLATES[0],
            "DIRS": [*settings.TEMPLATES[0]["DIRS"], PACKAGE / "core" / "tests" / "templates"],
        },
        *settings.TEMPLATES[1:],
    ],
    "STORAGES": {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
    "WHITENOISE_USE_FINDERS": True,
    "WHITENOISE_AUTOREFRESH": True,
    "ALLOWED_HOSTS": ["*"],
}


@pytest.fixture
def plain() -> Iterator[None]:
    with override_settings(**PLAIN):
        yield


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def address_of(plain: None) -> Iterator[str]:
    """A server without a database: these pages ask it nothing."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


def test_pages_obey_the_content_policy(plain: None) -> None:
    for address in ("/", "/cong-dan/", "/hong/", "/khong-co/"):
        text = Client(HTTP_ACCEPT_LANGUAGE="vi").get(address).content.decode()
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:|<script(?![^>]*src=)", text), address
        assert '<html lang="vi">' in text
        assert "None" not in text


def test_the_broken_page_stands_alone(plain: None) -> None:
    answer = Client().get("/hong/")
    assert answer.status_code == 500
    assert "chờ một phút" in answer.content.decode()


def test_every_drawing_named_in_a_template_is_there() -> None:
    named = re.compile(r"""(?:icon(?:_drawing)?\(["']|icon=["'])([a-z0-9-]+)""")
    for page in PACKAGE.glob("*/templates/**/*.html"):
        missing = set(named.findall(page.read_text(encoding="utf-8"))) - set(_drawings())
        assert not missing, f"{page.name}: {missing}"


def test_every_template_of_the_house_compiles() -> None:
    env = environment()
    for page in PACKAGE.glob("*/templates/**/*.html"):
        env.parse(page.read_text(encoding="utf-8"), filename=str(page))


# Colours are all that a scheme changes and width changes none of them: each rule is asked where it may answer otherwise.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
SEEN = [(1440, "light", None), (1440, "dark", COLOURS), (390, "light", None), (320, "dark", None)]


@pytest.mark.browser
@pytest.mark.parametrize("address", ["/", "/cong-dan/"])
def test_axe_finds_nothing(browser, address_of: str, address: str) -> None:
    page = browser.new_page(locale="vi-VN")
    page.add_init_script(axe.SCRIPT)
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(address_of + address)
    page.wait_for_selector("html.has-script")
    for width, scheme, rules in SEEN:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        axe.require_sound(page, f"{address} at {width}, {scheme}", rules)
    assert not faults


@pytest.mark.browser
def test_the_keyboard_does_it_all(browser, address_of: str) -> None:
    page = browser.new_page(locale="vi-VN")
    page.goto(address_of + "/cong-dan/")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("tr[data-at] td.tick input").is_checked()
    assert page.locator("[data-bulk-count]").inner_text() == "1"
    page.keyboard.press("Shift+?")
    assert page.locator("dialog#keys").is_visible()
    assert "Ctrl+Enter" in page.locator("dialog#keys").inner_text()
    page.keyboard.press("Escape")
    page.keyboard.press("F3")
    page.keyboard.type("kha")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("input[name=procedure]").input_value() == "1"
    page.locator("#id_full_name").fill("")
    page.locator("#id_full_name").press_sequentially("jkx?")
    assert page.locator("#id_full_name").input_value() == "jkx?"


@pytest.mark.browser
def test_typed_text_survives_and_is_tidied(browser, address_of: str) -> None:
    context = browser.new_context(locale="vi-VN")
    page = context.new_page()
    page.goto(address_of + "/cong-dan/")
    page.locator("#id_birth_on").fill("5/9/2025")
    page.locator("#id_fee").fill("1234567")
    page.locator("#id_full_name").fill("Nguyễn Thị Thuỳ Dương")
    page.locator("#id_full_name").blur()
    assert page.locator("#id_birth_on").input_value() == "05/09/2025"
    assert page.locator("#id_fee").input_value() == "1.234.567"
    page.wait_for_selector(".saved >> text=Đã lưu nháp")
    page.goto(address_of + "/cong-dan/")
    assert page.locator("#id_full_name").input_value() == ""
    page.get_by_role("button", name="Lấy lại").click()
    assert page.locator("#id_full_name").input_value() == "Nguyễn Thị Thuỳ Dương"
    page.locator("#upload-papers").set_input_files(
        {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    )
    page.wait_for_selector(".upload-list li >> text=Đã nhận")
