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
# axe keeps the private parts of a colour and of much else in weak maps, dear to make and dearer to let go: on a page of seven
# thousand elements two fifths of its work. Here what belongs to an object stands in the object, under a name nobody else has.
_PRIVATE = """
const WeakMap = class {
  constructor() { this.at = Symbol(); }
  has(one) { return this.at in one; }
  get(one) { return one[this.at]; }
  set(one, kept) { one[this.at] = kept; return this; }
  add(one) { return this.set(one, true); }
  delete(one) { return delete one[this.at]; } };
const WeakSet = WeakMap;"""
# On the way from the browser the rest takes longer than to find.
_FAULTS = "async options => { const {violations} = await axe.run(document, options); return {violations}; }"
SCRIPT = f"if (self === top) {{ {_PRIVATE} {Axe().axe_script}; {_COLOURS} }}"


def require_sound(page: Any, what: str, options: dict[str, Any] | None = None) -> None:
    """No fault of axe on a page into which :data:`SCRIPT` was put."""
    found = AxeResults(page.evaluate(_FAULTS, {"resultTypes": ["violations"], **(options or {})}))
    assert not found.violations_count, f"{what}\n{found.generate_report()}"
