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
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "_lazy": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip
_PLACES = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def find_sentences() -> dict[str, str]:
    """Every sentence marked for translation, with the place it was found."""
    found: dict[str, str] = {}
    for path, method in _find_sources():
        for line, message, _comments, _context in extract_from_file(method, path, keywords=_KEYWORDS):
            sentence = message if isinstance(message, str) else next(part for part in message if part)
            found.setdefault(sentence, f"{path.relative_to(ROOT)}:{line}")
    found.pop("", None)
    return found


def _find_sources() -> Iterator[tuple[Path, str]]:
    for path in sorted(PACKAGE.rglob("*")):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        if path.suffix == ".py":
            yield path, "python"
        elif path.suffix == ".html" and "templates" in path.parts:
            yield path, "jinja2"


def find_faults() -> list[str]:
    """What is missing, differs in its places, or was not compiled."""
    catalogue = {entry.msgid: entry for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete}
    faults: list[str] = []
    for sentence, place in find_sentences().items():
        entry = catalogue.get(sentence)
        if entry is None or entry.fuzzy or not (entry.msgstr or any(entry.msgstr_plural.values())):
            faults.append(f"{place}: no English for “{sentence}”")
        elif entry.msgstr and _places(entry.msgid) != _places(entry.msgstr):
            faults.append(f"{place}: other places in the English of “{sentence}”")
    return faults + [
        f"{path}: not compiled from the present .po"
        for path in PACKAGE.rglob("*.po")
        if not is_compiled(path)
    ]


def _places(sentence: str) -> set[str]:
    return {named or braced for named, braced in _PLACES.findall(sentence)}


def is_compiled(path: Path) -> bool:
    """Whether the .mo beside a .po says the same."""
    compiled = path.with_suffix(".mo")
    if not compiled.exists():
        return False
    written = {
        entry.msgid: entry.msgstr or entry.msgstr_plural
        for entry in polib.pofile(str(path)).translated_entries()
    }
    kept = {entry.msgid: entry.msgstr or entry.msgstr_plural for entry in polib.mofile(str(compiled))}
    return written == kept


def main(words: list[str]) -> int:
    """`compile` writes the .mo files; without a word, say what is missing."""
    if words == ["compile"]:
        for path in PACKAGE.rglob("*.po"):
            polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
        return 0
    if not CATALOGUE.exists():
        say(f"{CATALOGUE.relative_to(ROOT)} is missing.")
        return 1
    faults = find_faults()
    for fault in faults:
        say(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
