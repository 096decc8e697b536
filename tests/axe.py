"""axe as the tests ask it: the faults of a page as it stands, and no more told than is looked at."""

from typing import Any

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe

# axe reads the words of a colour anew for every element, and a page has some twenty colours: what they say is remembered.
_COLOURS = """{ const {Color} = axe.commons.color, read = Color.prototype.parseString, known = new Map();
  Color.prototype.parseString = function (words) {
    const told = known.get(words);
    if (told) return Object.assign(this, told);
    read.call(this, words);
    known.set(words, {r: this.r, g: this.g, b: this.b, alpha: this.alpha});
    return this; } }"""
# On the way from the browser the rest takes longer than to find.
_FAULTS = "async options => { const {violations} = await axe.run(document, options); return {violations}; }"
SCRIPT = f"if (self === top) {{ {Axe().axe_script}; {_COLOURS} }}"


def require_sound(page: Any, what: str, options: dict[str, Any] | None = None) -> None:
    """No fault of axe on a page into which :data:`SCRIPT` was put."""
    found = AxeResults(page.evaluate(_FAULTS, {"resultTypes": ["violations"], **(options or {})}))
    assert not found.violations_count, f"{what}\n{found.generate_report()}"
