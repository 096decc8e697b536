"""Vietnamese words of plans, compared without marks but always quoted as they are written."""

import re
import unicodedata
from typing import Generic, TypeVar

from motcua.core.text import clean_line

Key = TypeVar("Key")
_BULLET = re.compile(r"^[-–—•+*▪●○·]+\s*")


def flatten(text: str) -> str:
    """The text in small letters without marks, letter for letter: positions stay the same as in `text`."""
    return text.translate(_BARE)


class _Bare(dict[int, str]):
    """Letters with what stands for them, each asked about once; rare signs are asked again, so that it stays small."""

    def __missing__(self, code: int) -> str:
        bare = _bare(chr(code))
        if code < _RARE:
            self[code] = bare
        return bare


_BARE, _RARE = _Bare(), 0x2100


def _bare(letter: str) -> str:
    if letter in "đĐ":
        return "d"
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base if len(base) == 1 else letter


def squeeze(text: str) -> str:
    """What is compared when spaces and punctuation may differ: `Cơ quan\nchủ trì.` → `coquanchutri`."""
    return "".join(letter for letter in flatten(text) if letter.isalnum())


def strip_bullet(text: str) -> str:
    """The line without a leading dash or dot of a list."""
    return _BULLET.sub("", clean_line(text))


class Choices(Generic[Key]):
    """Patterns in order, each for a whole text; the first that fits decides."""

    def __init__(self, *lines: tuple[Key, str]) -> None:
        self._lines = tuple((key, re.compile(pattern)) for key, pattern in lines)

    def find(self, text: str) -> Key | None:
        """What the text is, or None when no pattern fits the whole of it."""
        return next((key for key, pattern in self._lines if pattern.fullmatch(text)), None)
