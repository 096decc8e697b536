"""Vietnamese text: one form to keep, one to search by, one to sort by."""

import re
import unicodedata
from functools import lru_cache

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Order of the tones as Vietnamese dictionaries and CLDR have it: ngang, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
# One sign of plain ASCII for each letter; 0 ends the letters, 1 leads what comes before them, z what comes after.
_SIGNS = dict(zip(_ALPHABET, "23456789abcdefghijklmnopqrstuvwxy", strict=True))
_SPACE, _END = "10", "0"
# Every mark a Vietnamese letter can bear, and more; whatever bears others is looked at letter by letter.
_MARKS = re.compile("[\u0300-\u036f]")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}


def nfc(text: str) -> str:
    """The composed form every stored text has."""
    return unicodedata.normalize("NFC", text)


def read_count(text: str, most: int = 10**18 - 1) -> int | None:
    """A whole number written in digits alone and no larger than it may be; None for anything else somebody typed.

    Python calls `²` a digit and refuses four thousand of them: neither is a number here.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(most))):
        return None
    number = int(text)
    return number if number <= most else None


def clean_line(text: str) -> str:
    """One line as typed, without invisible characters and needless spaces."""
    composed = text if text.isascii() else nfc(text)
    if composed.isprintable():  # so are nearly all: nothing invisible, no space but the plain one
        return " ".join(composed.split())
    seen = "".join(" " if c.isspace() else c for c in composed)
    visible = "".join(c for c in seen if unicodedata.category(c) not in _INVISIBLE)
    return nfc(" ".join(visible.split()))


def fold(text: str) -> str:
    """What is compared when people search without accents: ``Nguyễn  Đức`` → ``nguyen duc``."""
    apart = unicodedata.normalize("NFD", nfc(text).lower())
    plain = _MARKS.sub("", apart).replace("đ", "d")
    if plain.isascii():
        return " ".join(plain.split())
    bare = "".join(c for c in apart if not unicodedata.combining(c) and unicodedata.category(c) != "Mn")
    return nfc(" ".join(bare.replace("đ", "d").split()))


@lru_cache(maxsize=4096)
def _weigh(character: str) -> tuple[str, str]:
    """Letter and tone of one composed character, as text that sorts by bytes."""
    parts = unicodedata.normalize("NFD", character.lower())
    tone = next((_TONES[mark] for mark in parts if mark in _TONES), "0")
    letter = nfc("".join(mark for mark in parts if mark not in _TONES))
    if sign := _SIGNS.get(letter):
        return sign, tone
    if letter.isspace():
        return _SPACE, "0"
    if letter.isdigit() and letter.isascii():
        return f"12{letter}", "0"
    # Signs come before digits; letters of other alphabets after z; both by code point.
    group = "z" if letter[:1].isalpha() else "11"
    return group + "".join(f"{ord(c):06x}" for c in letter), tone


def sort_key(text: str) -> str:
    """A key whose plain byte order is the Vietnamese order, under any collation of the database.

    Letters decide first (a ă â … d đ … o ô ơ …), then tones, as in ICU's ``vi``; case does not count.
    """
    weights = [_weigh(c) for c in " ".join(nfc(text).split())]
    return "".join(w[0] for w in weights) + _END + "".join(w[1] for w in weights).rstrip("0")
