"""Somebody at a keyboard: no pointer, only keys, and what they see on the page."""

import io
from typing import Any
from urllib.parse import urlsplit

import pypdfium2
import zxingcpp

from motcua.demo.province import PASSWORD
from tests.office import Office

# Far more stops than any page of the house has.
STOPS = 150
_PLACE = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), look = getComputedStyle(at);
  const shown = look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2;
  const zone = at.closest('.upload:focus-within');
  return {seen: shown || Boolean(zone), inside: box.width > 0, what: at.outerHTML.slice(0, 160)};
}"""
# Asked of the page itself: a locator first brings its own three hundred thousand letters of script into every page.
_SHOWN = """wanted => [...document.querySelectorAll(wanted)].map(e =>
  e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length > 0)"""
# The browser puts the cursor where the page asks for it (autofocus) with the next picture it draws, often after loading.
_UNSET = """async () => {
  const unset = () => document.activeElement === document.body;
  if (unset() && document.querySelector('[autofocus]'))
    await new Promise(drawn => requestAnimationFrame(() => setTimeout(drawn)));
  return unset();
}"""
_WORDS = "wanted => document.querySelector(wanted)?.innerText ?? null"


class Person:
    """A person at a browser of their own (`context`); `name` is the sign-in name, or empty for a citizen."""

    def __init__(self, context: Any, office: Office, name: str = "") -> None:
        self.office = office
        self.name = name
        self.context = context
        self.context.set_default_timeout(10_000)
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        # Listened to from the start: a chooser that opens before anybody listens is lost.
        self.choosers: list[Any] = []
        self.page.on("filechooser", lambda opened: self.choosers.append(opened))

    # ---- keys ---------------------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        """Type into what has the focus, in place of what is there."""
        self.press("Control+a")
        self.page.keyboard.insert_text(text)

    def go_to(self, selector: str, *, back: bool = False) -> None:
        """Tab until the focus stands on it; each stop on the way must be visible."""
        for _stop in range(STOPS):
            if self.page.evaluate("wanted => Boolean(document.activeElement?.matches(wanted))", selector):
                return
            self.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"{selector} cannot be reached by Tab on {self.page.url}")

    def require_visible_focus(self) -> None:
        place = self.page.evaluate(_PLACE)
        assert place["seen"] and place["inside"], f"focus cannot be seen on {place['what']}"

    def fill(self, selector: str, text: str) -> None:
        self.go_to(selector)
        self.require_visible_focus()
        self.write(text)

    def choose(self, selector: str, words: str) -> None:
        """An option of a list by typing how it begins."""
        self.go_to(selector)
        self.page.keyboard.type(words)

    def pick(self, selector: str, value: str) -> None:
        """An option by its value, where its words are not on the keys; the list itself is reached by Tab."""
        self.go_to(selector)
        self.require_visible_focus()
        self.page.locator(selector).first.select_option(value)

    def tick(self, selector: str) -> None:
        self.go_to(selector)
        if not self.page.evaluate("document.activeElement.checked"):
            self.press("Space")

    def attach(self, selector: str, name: str, content: bytes, kind: str = "application/pdf") -> None:
        """Open the file chooser by keyboard and choose one file."""
        self.go_to(selector)
        self.choosers.clear()
        self.press("Space")
        for _moment in range(50):
            if self.choosers:
                break
            self.page.wait_for_timeout(50)
        assert self.choosers, f"no file chooser opened at {selector}"
        self.choosers.pop().set_files({"name": name, "mimeType": kind, "buffer": content})

    def follow(self, words: str) -> None:
        """Tab to a link or button by its words and press Enter; leads to another page."""
        for _stop in range(STOPS):
            said = self.page.evaluate(
                "() => document.activeElement?.matches('a, button, summary') ? document.activeElement.innerText.trim() : ''"
            )
            if said.startswith(words):
                self.require_visible_focus()
                self.go_on("Enter")
                return
            self.press("Tab")
        raise AssertionError(f"no link or button “{words}” can be reached by Tab on {self.page.url}")

    def go_on(self, *keys: str) -> None:
        """Keys that lead to another page."""
        with self.page.expect_event("domcontentloaded"):
            self.press(*keys)

    def send(self) -> None:
        """Ctrl+Enter, and the page that follows."""
        self.go_on("Control+Enter")

    # ---- places -------------------------------------------------------------------------------------

    def open(self, path: str) -> None:
        """Open an address and, unless the page puts the cursor somewhere, step over its head by the first stop."""
        self.page.goto(path)
        if self.page.evaluate(_UNSET):
            self.press("Tab", "Enter")

    def sign_in(self) -> "Person":
        self.open("/dang-nhap/")
        self.fill("#id_username", self.name)
        self.fill("#id_password", PASSWORD)
        self.go_on("Enter")
        return self

    def open_act(self, code: str, act: str) -> None:
        """From the dossier's page to one of its acts: the button, or the menu of the others."""
        self.open(f"/ho-so/{code}/")
        link = f'.act-menu a[href$="/{act}/"]'
        shown = self.page.evaluate(_SHOWN, link)
        assert len(shown) == 1, f"{self.name} is not offered {act}: {self.read()[:600]}"
        if not shown[0]:
            self.go_to(".act-menu summary")
            self.press("Enter")
        self.go_to(link)
        self.require_visible_focus()
        self.go_on("Enter")

    def do(self, code: str, act: str, **typed: str) -> None:
        """An act with its fields filled in, sent by Ctrl+Enter; it leads back to the dossier."""
        self.open_act(code, act)
        for name, text in typed.items():
            self.fill(f"#id_{name}", text)
        self.send()
        self.require_done(code)

    def require_done(self, code: str) -> None:
        assert urlsplit(self.page.url).path == f"/ho-so/{code}/", self.read("main")[:2000]
        assert len(self.page.evaluate(_SHOWN, ".flash-success")) == 1

    # ---- what is seen -------------------------------------------------------------------------------

    def read(self, selector: str = "main") -> str:
        """The words there; what comes only in a moment is waited for."""
        said = self.page.evaluate(_WORDS, selector)
        return str(self.page.locator(selector).first.inner_text() if said is None else said)

    def fetch(self, path: str) -> bytes:
        """A file of this person's session."""
        answer = self.context.request.get(path)
        assert answer.ok, f"{path}: {answer.status}"
        return bytes(answer.body())

    def leave(self) -> None:
        """Close all pages; what was typed and left there is forgotten."""
        if self.page.url.startswith(self.office.address):
            self.page.evaluate("localStorage.clear()")
        for page in self.context.pages:
            page.close()
        assert not self.faults, self.faults


def read_pdf(content: bytes) -> tuple[str, set[str]]:
    """The words of a printed form, and what the codes on its first page say to a scanner."""
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    words = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    picture = document[0].render(scale=3).to_pil()
    return words, {code.text for code in zxingcpp.read_barcodes(picture)}
