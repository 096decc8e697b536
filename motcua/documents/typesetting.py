"""Setting a paper as PDF/A. A letter that no font has would refuse the whole paper: it becomes a box, a bullet a bullet."""

import re
import threading
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

import typst

_HERE = Path(__file__).resolve().parent
_FONTS = _HERE / "fonts"
_LETTER = _HERE / "letter.typ"
# Latin with every mark, dashes and quotes, the đồng: our fonts have them, nobody need look.
_USUAL = re.compile(r"[\n\t -~\u00a0-\u024f\u1e00-\u1eff\u200b\u2010-\u2027\u2030-\u205e\u20ab]*")
_BOX = "□"
# Word writes its bullets and ticks with letters of its own fonts; who copies them into a box copies these.
_OF_WORD = str.maketrans("\uf0b7\uf0a7\uf0d8\uf0fc\uf02d\uf0a8", "•▪➢✓–□")


def typeset(root: Path, source: Path, inputs: dict[str, str]) -> bytes:
    """The paper as PDF/A-2b; as a plain PDF where even then a letter is missing in its bold or slanted cut.

    :param root: the folder a layout may read
    :param inputs: texts as data, never read as markup
    """
    drawn = {name: make_printable(text) for name, text in inputs.items()}
    compiler, lock = _press(root)
    with lock:
        try:
            printed = compiler.compile(
                input=str(source), sys_inputs=drawn, format="pdf", pdf_standards="a-2b"
            )
        except typst.TypstError as fault:
            if "could not be displayed" not in str(fault):
                raise
            printed = compiler.compile(input=str(source), sys_inputs=drawn, format="pdf")
    return cast(bytes, printed)


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
    compiler, lock = _press(_HERE)
    with lock:
        try:
            compiler.compile(
                input=str(_LETTER), sys_inputs={"letter": letter}, format="pdf", pdf_standards="a-2b"
            )
        except typst.TypstError:
            return False
    return True


@cache
def _press(root: Path) -> tuple[typst.Compiler, threading.Lock]:
    """One warm compiler for each folder: fonts are read once, unchanged layouts stay parsed."""
    compiler = typst.Compiler(root=str(root), font_paths=[str(_FONTS)], ignore_system_fonts=True)
    return compiler, threading.Lock()
