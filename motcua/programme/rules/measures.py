"""What a target counts: figures of dossiers, an indicator of Decision 766, or nothing the house knows, to be typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from motcua.core.marking import _
from motcua.figures.rules import Measure
from motcua.figures.rules.counts import NEW, RESOLVED
from motcua.programme.rules.words import flatten


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many of how many: measures added up above and below the line, and their words."""

    words: str
    above: tuple[Measure, ...]
    below: tuple[Measure, ...]
    above_words: str
    below_words: str


M = Measure
RATIOS: Mapping[str, Ratio] = {
    "figures:on_time": Ratio(
        _("Hồ sơ giải quyết trước hạn, đúng hạn"),
        (M.EARLY, M.ON_TIME),
        RESOLVED,
        _("đã giải quyết trước hạn, đúng hạn"),
        _("đã giải quyết"),
    ),
    "figures:online": Ratio(
        _("Hồ sơ nhận trực tuyến"),
        (M.NEW_ONLINE, M.NEW_ASSISTED),
        NEW,
        _("mới nhận trực tuyến"),
        _("mới nhận"),
    ),
    "figures:postal": Ratio(
        _("Hồ sơ nhận qua bưu chính"), (M.NEW_POSTAL,), NEW, _("mới nhận qua bưu chính"), _("mới nhận")
    ),
    "figures:late": Ratio(
        _("Hồ sơ giải quyết quá hạn"), (M.LATE,), RESOLVED, _("đã giải quyết quá hạn"), _("đã giải quyết")
    ),
}
INDEX = "index:"
# The first that fits is proposed; a person decides.
_HINTS: tuple[tuple[str, str], ...] = (
    ("phan anh", "index:5.2"),
    ("hai long", "index:5.4"),
    ("tai su dung|khai thac, su dung lai|cung cap lai", "index:4.3"),
    ("thanh toan truc tuyen", "index:3.6"),
    ("ket qua.*dien tu", "index:4.1"),
    ("so hoa", "index:4.2"),
    ("dung han", "figures:on_time"),
    ("qua han|tre han", "figures:late"),
    ("buu chinh", "figures:postal"),
    ("truc tuyen", "figures:online"),
)


def suggest(text: str) -> str:
    """What the words of a target seem to count; empty when none of what the house knows."""
    flat = flatten(text)
    return next((binding for words, binding in _HINTS if re.search(words, flat)), "")


def compute(numerator: Decimal, denominator: Decimal | None, unit: str) -> Decimal | None:
    """The value of a target: percent where there is a denominator; None when nothing was there to divide by."""
    if denominator is None:
        return numerator
    if not denominator:
        return None
    share = numerator / denominator
    value = share * 100 if unit == "%" else share
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def say_level(op: str, value: Decimal, unit: str) -> str:
    """`>= 90 %`: comparison, level and unit, the same however the number is written."""
    return f"{op} {value.normalize():f} {unit}"[:80]


def is_reached(op: str, wanted: Decimal, value: Decimal | None) -> bool | None:
    """Whether the value is what the plan wants; None while there is none."""
    if value is None:
        return None
    return {
        ">=": value >= wanted,
        "=": value >= wanted,
        ">": value > wanted,
        "<=": value <= wanted,
        "<": value < wanted,
    }[op]
