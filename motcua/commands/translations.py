"""`./run translations`: brings the English catalogue up to date with the sentences in the code, and compiles it."""

from pathlib import Path

import polib

from motcua.commands.check_translations import CATALOGUE, PACKAGE, find_marked
from motcua.commands.options import ROOT
from motcua.commands.speech import say

_HEAD = {
    "Project-Id-Version": "motcua",
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


def run(arguments: list[str]) -> int:
    """Write the catalogue anew, compile every catalogue, and say which sentences still wait for their English."""
    if arguments:
        say("./run translations")
        return 2
    catalogue = update(CATALOGUE)
    compile_all()
    waiting = [entry.msgid for entry in catalogue.untranslated_entries()]
    for sentence in waiting:
        say(sentence)
    say(
        "",
        f"{len(catalogue)} câu, {len(waiting)} câu chưa dịch / sentences, {len(waiting)} not yet translated",
    )
    return 1 if waiting else 0


def update(path: Path) -> polib.POFile:
    """Keep what is translated and still said, add what is new, drop what is said no more."""
    before = (
        {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    )
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = dict(_HEAD)
    for (context, sentence), (plural, places) in sorted(find_marked().items(), key=lambda row: row[0][1]):
        catalogue.append(_make_entry(context, sentence, plural, places, before.get((context, sentence))))
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    return catalogue


def _make_entry(
    context: str | None, sentence: str, plural: str, places: list[str], before: polib.POEntry | None
) -> polib.POEntry:
    """One sentence with the files it stands in (lines would change with every edit)."""
    entry = polib.POEntry(msgid=sentence, occurrences=[(place, "") for place in places])
    if context:
        entry.msgctxt = context
    if "%(" in sentence:
        entry.flags.append("python-format")
    if plural:
        entry.msgid_plural = plural
        entry.msgstr_plural = before.msgstr_plural if before and before.msgstr_plural else {0: "", 1: ""}
    else:
        entry.msgstr = before.msgstr if before else ""
    return entry


def compile_all() -> None:
    """Write the .mo beside every .po, so that no installation needs gettext's own tools."""
    for path in sorted(PACKAGE.rglob("*.po")):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
        say(str(path.relative_to(ROOT).with_suffix(".mo")))
