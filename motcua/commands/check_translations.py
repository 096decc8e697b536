"""Every Vietnamese sentence has its English one, and the compiled catalogues are those of the written ones."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from babel.messages.extract import extract_from_file

from motcua.commands.options import ROOT
from motcua.commands.speech import say

PACKAGE = ROOT / "motcua"
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
_KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "_lazy": None, "_mark": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip
# A template that cannot be read is a fault, not one without sentences.
_TEMPLATES = {"extensions": "jinja2.ext.do,jinja2.ext.i18n", "silent": "false"}
_PLACES = re.compile(r"%\((\w+)\)([sd])|%([sd])|\{(\w*)\}|(%%)")

# (context, sentence): its plural or nothing, and the files it stands in.
Marked = dict[tuple[str | None, str], tuple[str, list[str]]]


def find_marked() -> Marked:
    """Every sentence marked for translation, in Python and in page templates."""
    found: Marked = {}
    for path, method in _find_sources():
        place = str(path.relative_to(ROOT))
        for _line, message, _comments, context in extract_from_file(
            method, path, keywords=_KEYWORDS, options=_TEMPLATES if method == "jinja2" else None
        ):
            parts = [message] if isinstance(message, str) else [part for part in message if part]
            if not parts or not parts[0]:
                continue
            plural, places = found.setdefault((context, parts[0]), ("", []))
            found[context, parts[0]] = (plural or "".join(parts[1:2]), places)
            if place not in places:
                places.append(place)
    return found


def _find_sources() -> Iterator[tuple[Path, str]]:
    for path in sorted(PACKAGE.rglob("*")):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        if path.suffix == ".py":
            yield path, "python"
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            yield path, "jinja2"


def find_faults(marked: Marked) -> list[str]:
    """What is missing, differs in its places, or was not compiled."""
    catalogue = {
        (entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete
    }
    faults: list[str] = []
    for (context, sentence), (_plural, places) in marked.items():
        entry = catalogue.get((context, sentence))
        fault = _judge(entry) or (entry is not None and judge_on_pages(entry, places)) or ""
        faults += [f"{places[0]}: {fault} “{sentence}”"] if fault else []
    return faults + [
        f"{path}: not compiled from the present .po"
        for path in PACKAGE.rglob("*.po")
        if not is_compiled(path)
    ]


def _judge(entry: polib.POEntry | None) -> str:
    """What is wrong with the English of one sentence, or nothing."""
    if entry is None or entry.fuzzy:
        return "no English for"
    said = list(entry.msgstr_plural.values()) or [entry.msgstr]
    if not all(words.strip() for words in said):
        return "no English for"
    if any(find_places(words) != find_places(entry.msgid) for words in said):
        return "other places in the English of"
    return ""


def judge_on_pages(entry: polib.POEntry, places: list[str]) -> str:
    """A page fills in every sentence it says, so that a bare percent sign there stops the page."""
    if not any(place.endswith((".html", ".txt")) for place in places):
        return ""
    said = [entry.msgid, entry.msgstr, *entry.msgstr_plural.values()]
    bare = any("%" in _PLACES.sub("", words) for words in said)
    return "a percent sign that a page cannot say (write %% or a word) in" if bare else ""


def find_places(sentence: str) -> set[str]:
    """The places of a sentence where something is put in."""
    return {found.group() for found in _PLACES.finditer(sentence)}


def is_compiled(path: Path) -> bool:
    """Whether the .mo beside a .po says the same."""
    compiled = path.with_suffix(".mo")
    if not compiled.exists():
        return False
    written = {
        (entry.msgctxt, entry.msgid): entry.msgstr or entry.msgstr_plural
        for entry in polib.pofile(str(path)).translated_entries()
    }
    kept = {
        (entry.msgctxt, entry.msgid): entry.msgstr or entry.msgstr_plural
        for entry in polib.mofile(str(compiled))
    }
    return written == kept


def main() -> int:
    """Say what is missing; the status is 1 when something is."""
    if not CATALOGUE.exists():
        say(f"{CATALOGUE.relative_to(ROOT)} is missing.")
        return 1
    faults = find_faults(find_marked())
    for fault in faults:
        say(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
