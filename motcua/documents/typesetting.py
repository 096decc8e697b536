"""Setting a paper as PDF/A. A letter that no font has would refuse the whole paper: it becomes a box, a bullet a bullet."""

import re
import threading
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast

import typst

_HERE = Path(__file__).resolve().parent
_FONTS = _HERE / "fonts"
_LETTER = '#set text(font: "Tinos")\n#read("/letter.txt")'
# Latin with every mark, dashes and quotes, the đồng: our fonts have them, nobody need look.
_USUAL = re.compile(r"[\n\t -~\u00a0-\u024f\u1e00-\u1eff\u200b\u2010-\u2027\u2030-\u205e\u20ab]*")
_BOX = "□"
# Word writes its bullets and ticks with letters of its own fonts; who copies them into a box copies these.
_OF_WORD = str.maketrans("\uf0b7\uf0a7\uf0d8\uf0fc\uf02d\uf0a8", "•▪➢✓–□")


def typeset(root: Path, paper: str, told: Mapping[str, str]) -> bytes:
    """The paper as PDF/A-2b; as a plain PDF where even then a letter is missing in its bold or slanted cut.

    What is told lies beside the layouts as files of this one paper. Told as `sys.inputs` it would make the whole
    language anew for each paper, and every layout would be read again.

    :param root: the folder a layout may read
    :param paper: the few words that call a layout in this folder
    :param told: name of a file → its text, read as data and never as markup
    """
    drawn = {name: make_printable(text) for name, text in told.items()}
    try:
        return _press(root, paper, drawn, "a-2b")
    except typst.TypstError as fault:
        if "could not be displayed" not in str(fault):
            raise
        return _press(root, paper, drawn, "1.7")


def make_printable(text: str) -> str:
    """The text with a box for each letter the fonts lack: a name in another script, a drawing, a letter of Word's own."""
    if _USUAL.fullmatch(text):
        return text
    text = text.translate(_OF_WORD)
    lacking = {letter for letter in set(text) if not _USUAL.fullmatch(letter) and not _is_drawn(letter)}
    return text.translate({ord(letter): _BOX for letter in lacking}) if lacking else text


@lru_cache(maxsize=4096)
def _is_drawn(letter: str) -> bool:
    """A few thousandths of a second, once for each letter out of the usual."""
    try:
        _press(_HERE, _LETTER, {"letter.txt": letter}, "a-2b")
    except typst.TypstError:
        return False
    return True


def _press(root: Path, paper: str, told: Mapping[str, str], standard: str) -> bytes:
    files = {"main.typ": paper.encode()} | {name: text.encode() for name, text in told.items()}
    compiler, lock = _warm(root)
    with lock:
        try:
            return cast(bytes, compiler.compile(input=files, format="pdf", pdf_standards=standard))
        finally:
            # The typesetter forgets what ten runs did not ask for. An empty one after each paper makes that five papers,
            # a third of what it holds; what layouts have in common is asked for by each.
            compiler.compile(input=b"", format="svg")


@cache
def _warm(root: Path) -> tuple[Any, threading.Lock]:
    """One compiler for each folder: unchanged layouts stay parsed and run. That it takes files by name its types do not say."""
    return typst.Compiler(root=str(root), font_paths=_read_fonts()), threading.Lock()


@cache
def _read_fonts() -> typst.Fonts:
    """Once for all folders; each cut lies in memory from the first paper that needs it."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(_FONTS)])
