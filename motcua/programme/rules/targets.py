"""Figures a plan sets itself: `tối thiểu 80% hồ sơ …`, `đạt từ 85% trở lên`, `không quá 10 ngày`."""

import re
from dataclasses import dataclass
from decimal import Decimal

from motcua.core.text import clean_line
from motcua.programme.rules.words import flatten, strip_bullet

_NUMBER = r"(\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?)"
_FIGURE = re.compile(rf"(?<![\d/.,]){_NUMBER}\s*(%|phan tram\b)")
_COUNT = re.compile(
    rf"\b(toi thieu|it nhat|khong qua|toi da|duoi|muc toi thieu|dat)\s*(?:la\s*)?{_NUMBER}\s*"
    r"(ho so|ngay|lan|thu tuc|tthc|cuoc|lop|gio|dich vu|xa|don vi|sang kien|tin|bai)\b"
)
_AT_MOST = re.compile(r"(?:khong qua|toi da|khong vuot qua|nho hon|giam con)\W*(?:la\W*)?$")
_BELOW = re.compile(r"\bduoi\W*$")
_ABOVE = re.compile(r"\b(?:tren|vuot|hon)\W*$")
_AT_LEAST = re.compile(
    r"(?:toi thieu|it nhat|dat tu|tu|phan dau|phan [dđ]au|tro len|dat|dat ty le|tang)\W*(?:dat\W*|la\W*|tuong ung la\W*)?$"
)
_OR_MORE = re.compile(r"^\W*(?:\S+\W+){0,3}?tro len")


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to reach: the clause it stands in, the comparison, the value, its unit."""

    text: str
    op: str
    value: Decimal
    unit: str


def read_targets(text: str) -> list[Target]:
    """The figures of a paragraph, each with the clause it stands in."""
    return [target for clause in _split(text) for target in _read_clause(clause)]


def _split(text: str) -> list[str]:
    return [
        strip_bullet(part).rstrip(" .")
        for part in re.split(r";|(?<=[^\W\d])\.\s", clean_line(text))
        if part.strip()
    ]


def _read_clause(clause: str) -> list[Target]:
    flat = flatten(clause)
    found = []
    for match in _FIGURE.finditer(flat):
        op = _find_op(flat[: match.start()], flat[match.end() :], match[1])
        found.append((match.start(), Target(clause, op, read_number(match[1]), "%")))
    for match in _COUNT.finditer(flat):
        op = "<=" if match[1] in {"khong qua", "toi da"} else "<" if match[1] == "duoi" else ">="
        found.append(
            (match.start(2), Target(clause, op, read_number(match[2]), clause[slice(*match.span(3))]))
        )
    return [target for _, target in sorted(found, key=lambda pair: pair[0])]


def _find_op(before: str, after: str, value: str) -> str:
    """The comparison; a bare 100 % is all of it, any other bare figure is to be reached."""
    if _AT_MOST.search(before):
        return "<="
    if _BELOW.search(before):
        return "<"
    if _OR_MORE.match(after) or _AT_LEAST.search(before):
        return "=" if value == "100" else ">="
    if _ABOVE.search(before):
        return ">"
    return "=" if value == "100" else ">="


def read_number(text: str) -> Decimal:
    """`7.920` is seven thousand nine hundred and twenty, `82,5` has a decimal comma."""
    return Decimal(text.replace(".", "").replace(",", "."))
