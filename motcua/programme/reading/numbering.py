"""Numbers that Word writes by itself: they stand in no text, yet a plan's rows are known by them."""

import re
from dataclasses import dataclass, field

from lxml import etree

from motcua.core.text import read_count

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_BULLET = "-"
# A list of a plan does not begin beyond this; Roman numbers are written stroke by stroke.
MOST_COUNTED = 9_999


@dataclass
class _Level:
    shape: str = "decimal"
    pattern: str = "%1."
    start: int = 1


@dataclass
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document and where each of them stands."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._abstract = _read_abstract(numbering)
        self._lists = _read_lists(numbering)
        self._styles = _read_styles(styles)
        self._overrides = _read_overrides(numbering)
        self._begun: set[str] = set()

    def next_label(self, paragraph: etree._Element) -> str:
        """The number of a paragraph, or a dash for a bullet; empty when it has none. Counts on."""
        known = self._find(paragraph)
        if known is None:
            return ""
        number, depth = known
        kept = self._abstract.get(self._lists.get(number, ""))
        if kept is None or depth not in kept.levels:
            return ""
        self._begin(number, kept)
        level = kept.levels[depth]
        if level.shape == "bullet":
            return _BULLET
        if level.shape == "none":
            return ""
        kept.counts[depth] = kept.counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in kept.counts if d > depth]:
            del kept.counts[deeper]
        return _write(kept, depth)

    def _begin(self, number: str, kept: _List) -> None:
        """A list that starts anew does so once, at its first paragraph."""
        if number in self._begun:
            return
        self._begun.add(number)
        for depth, start in self._overrides.get(number, {}).items():
            kept.counts[depth] = start - 1

    def _find(self, paragraph: etree._Element) -> tuple[str, int] | None:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return None
        own = properties.find(f"{W}numPr")
        style = properties.find(f"{W}pStyle")
        inherited = self._styles.get(style.get(f"{W}val", "")) if style is not None else None
        if own is None:
            return inherited
        number, depth = _value(own.find(f"{W}numId")), _value(own.find(f"{W}ilvl"))
        number = number or (inherited[0] if inherited else "")
        return (number, _depth(depth)) if number not in {"", "0"} else None


def _value(node: etree._Element | None) -> str:
    return node.get(f"{W}val", "") if node is not None else ""


def _depth(text: str) -> int:
    """The level of a list, the outermost where none is told."""
    return read_count(text, 99) or 0


def _read_abstract(root: etree._Element | None) -> dict[str, _List]:
    lists: dict[str, _List] = {}
    for node in root.iter(f"{W}abstractNum") if root is not None else ():
        made = _List()
        for level in node.iter(f"{W}lvl"):
            start = _value(level.find(f"{W}start"))
            made.levels[_depth(level.get(f"{W}ilvl", "0"))] = _Level(
                _value(level.find(f"{W}numFmt")) or "decimal",
                _value(level.find(f"{W}lvlText")),
                1 if (begun := read_count(start, MOST_COUNTED)) is None else begun,
            )
        lists[node.get(f"{W}abstractNumId", "")] = made
    return lists


def _read_lists(root: etree._Element | None) -> dict[str, str]:
    nodes = root.iter(f"{W}num") if root is not None else ()
    return {node.get(f"{W}numId", ""): _value(node.find(f"{W}abstractNumId")) for node in nodes}


def _read_overrides(root: etree._Element | None) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = {}
    for node in root.iter(f"{W}num") if root is not None else ():
        for change in node.iter(f"{W}lvlOverride"):
            start = read_count(_value(change.find(f"{W}startOverride")), MOST_COUNTED)
            if start is not None:
                found.setdefault(node.get(f"{W}numId", ""), {})[_depth(change.get(f"{W}ilvl", "0"))] = start
    return found


def _read_styles(root: etree._Element | None) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for style in root.iter(f"{W}style") if root is not None else ():
        numbered = style.find(f"{W}pPr/{W}numPr")
        number = _value(numbered.find(f"{W}numId")) if numbered is not None else ""
        if numbered is not None and number:
            depth = _value(numbered.find(f"{W}ilvl"))
            found[style.get(f"{W}styleId", "")] = (number, _depth(depth))
    return found


def _write(kept: _List, depth: int) -> str:
    """The pattern of the level with the counts in place: `%1.%2` → `2.3`."""

    def count(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        level = kept.levels.get(place, _Level())
        return _shape(kept.counts.get(place, level.start), level.shape)

    return re.sub(r"%(\d)", count, kept.levels[depth].pattern)


def _shape(count: int, shape: str) -> str:
    if shape in {"upperRoman", "lowerRoman"}:
        roman = write_roman(count)
        return roman if shape == "upperRoman" else roman.lower()
    if shape in {"upperLetter", "lowerLetter"}:
        letter = chr(ord("A") + (count - 1) % 26)
        return letter if shape == "upperLetter" else letter.lower()
    return f"{count:02}" if shape == "decimalZero" else str(count)


def write_roman(count: int) -> str:
    """A number in Roman letters, up to 39."""
    text = ""
    for value, letters in _ROMAN:
        while count >= value:
            text, count = text + letters, count - value
    return text
