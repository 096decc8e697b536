"""What stands in the number column: `I`, `1.`, `2.3`, `1.a`, `a)`, `NV1`, `-`."""

import re
from dataclasses import dataclass
from enum import StrEnum

from motcua.core.text import clean_line


class Level(StrEnum):
    """How a numeral is written; capital letters and Roman numerals head groups."""

    LETTER = "letter"
    ROMAN = "roman"
    NUMBER = "number"
    DECIMAL = "decimal"
    SMALL_LETTER = "small_letter"
    SMALL_ROMAN = "small_roman"
    CODE = "code"


_ROMAN = r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3})"
_SHAPES = (
    (Level.DECIMAL, re.compile(rf"(?:\d{{1,3}}|{_ROMAN}|[A-HĐ])(?:(?:\.\d{{1,3}})+(?:\.[a-hđ])?|\.[a-hđ])")),
    (Level.ROMAN, re.compile(_ROMAN)),
    (Level.NUMBER, re.compile(r"\d{1,3}")),
    (Level.LETTER, re.compile(r"[A-HĐ]")),
    (Level.SMALL_LETTER, re.compile(r"[a-hđ]")),
    (
        Level.CODE,
        re.compile(r"(?!(?:UBND|HĐND|QĐ|KH|NQ|CT|TT|CV|Q|T)\W?\d)[A-ZĐ]{1,4}[ .-]?\d{1,3}(?:\.\d{1,3})*"),
    ),
)
_SMALL_ROMAN = re.compile(r"\(?(x?(?:ix|iv|v?i{1,3}|v)|x)\)")
_SLIP = re.compile(r"[IVXJl|!ivHĨÌÍÏ]{2,5}|[J|!lĨÌÍÏ]")
_EDGES = " .)(:/-–*"
_LEADING = re.compile(
    rf"^\(?((?:\d{{1,3}}|{_ROMAN}|[A-HĐ])(?:\.\d{{1,3}})+|{_ROMAN}|\d{{1,3}}|[A-HĐ]|[a-hđ])\s*([.):/-]*)\s+(?=\S)"
)
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral as printed, without the sign that ends it; `is_slip` when a scan had to be read kindly (`ll` for II)."""

    text: str
    level: Level
    is_slip: bool = False

    @property
    def parent(self) -> str:
        """`2` of `2.3`; empty for numerals without parts."""
        return self.text.rpartition(".")[0]

    @property
    def value(self) -> int:
        """Its place in a row of numerals: 4 for `IV`, `4`, `2.4`, `d`."""
        last = self.text.rpartition(".")[2]
        if last.isdigit():
            return int(last)
        if self.level is Level.CODE:
            return int(re.findall(r"\d+", last)[-1])
        if self.level is Level.ROMAN:
            return read_roman(last)
        if self.level is Level.SMALL_ROMAN:
            return read_roman(last.upper())
        return "abcdđefgh".index(last.lower()) + 1 if last.lower() in "abcdđefgh" else 0


def read_numeral(text: str) -> Numeral | None:
    """The numeral a cell holds, or None when it holds anything else."""
    bare = clean_line(text).strip(_EDGES)
    for level, shape in _SHAPES:
        if shape.fullmatch(bare):
            return Numeral(bare, level)
    if small := _SMALL_ROMAN.fullmatch(clean_line(text)):
        return Numeral(small[1], Level.SMALL_ROMAN)
    mended = re.sub(r"[Jl|!ĨÌÍÏ]", "I", bare).replace("H", "II")
    if _SLIP.fullmatch(bare) and re.fullmatch(_ROMAN, mended.upper()):
        return Numeral(mended.upper(), Level.ROMAN, is_slip=True)
    return None


def split_leading_numeral(text: str) -> tuple[Numeral | None, str]:
    """`IV Tham gia ý kiến` → `IV` and the rest; a plain number or letter needs its dot or bracket."""
    line = clean_line(text)
    match = _LEADING.match(line)
    if not match:
        return None, line
    numeral = read_numeral(match[1])
    needs_sign = numeral is not None and numeral.level in {Level.NUMBER, Level.LETTER, Level.SMALL_LETTER}
    if numeral is None or (needs_sign and not match[2]) or match[1] in {"C", "D"} and not match[2]:
        return None, line
    rest = line[match.end() :]
    if numeral.level is Level.ROMAN and not match[2] and not rest[:1].isupper():
        return None, line
    return numeral, rest


def read_roman(text: str) -> int:
    """The value of a Roman numeral of the letters I, V, X."""
    values = [_ROMAN_VALUES.get(letter, 0) for letter in text]
    return sum(-v if v < following else v for v, following in zip(values, [*values[1:], 0], strict=True))
