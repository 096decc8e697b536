"""How a figure is shaded among others: four classes, worst to best or few to many, and what each class holds. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from motcua.core.marking import _
from motcua.figures.rules.counts import LABELS, NEW, PENDING, RESOLVED, Counts, Measure

CLASSES = 4
K = TypeVar("K")


class Tone(StrEnum):
    """Which end of a figure is the bad one, or that neither is."""

    HIGH_IS_GOOD = "good"
    HIGH_IS_BAD = "bad"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure units may be coloured by: a word for the address, its name, its measures; of a rate also what it is a share of
    and the bounds of its classes in percent."""

    word: str
    name: str
    measures: tuple[Measure, ...]
    tone: Tone = Tone.PLAIN
    of: tuple[Measure, ...] = ()
    bounds: tuple[float, ...] = ()

    @property
    def is_rate(self) -> bool:
        """Whether the figure is a percentage."""
        return bool(self.of)

    def read(self, counts: Counts) -> float | None:
        """The figure of a unit: a number, or percent with one decimal; None where there is nothing to take a share of."""
        value = counts.sum_of(self.measures)
        if not self.of:
            return value
        whole = counts.sum_of(self.of)
        return round(value * 100 / whole, 1) if whole else None


M = Measure
_BAD = frozenset({M.LATE, M.PENDING_OVERDUE, M.STOPPED, M.REFUSED})
SHOWN: Mapping[str, Shown] = {
    one.word: one
    for one in (
        Shown("dung-han", _("Tỷ lệ xong đúng hạn"), (M.EARLY, M.ON_TIME), Tone.HIGH_IS_GOOD, RESOLVED, (80, 90, 95)),
        Shown("qua-han", _("Hồ sơ còn quá hạn"), (M.PENDING_OVERDUE,), Tone.HIGH_IS_BAD),
        Shown("truc-tuyen", _("Tỷ lệ nộp trực tuyến"), (M.NEW_ONLINE, M.NEW_ASSISTED), Tone.HIGH_IS_GOOD, NEW, (25, 50, 75)),
        Shown("moi-nhan", _("Mới nhận, mọi cách nộp"), NEW),
        Shown("da-xong", _("Đã giải quyết"), RESOLVED),
        Shown("dang-lam", _("Đang giải quyết"), PENDING),
        *(Shown(str(one), LABELS[one], (one,), Tone.HIGH_IS_BAD if one in _BAD else Tone.PLAIN) for one in Measure if one != M.PENDING_OVERDUE),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shade(Generic[K]):
    """A class: its number (0 the worst, or the fewest), the lowest and highest figure found in it, and whose they are."""

    number: int
    low: float
    high: float
    members: tuple[K, ...]


def shade(figures: Mapping[K, float], tone: Tone, bounds: Sequence[float] = ()) -> list[Shade[K]]:
    """The classes that have members, 0 first. Without bounds, each class takes as many units as the others, and units with
    the same figure are never told apart."""
    steps = bounds or _find_bounds(figures.values())
    told: dict[int, list[K]] = {}
    for key, value in figures.items():
        told.setdefault(_classify(value, tone, steps), []).append(key)
    return [
        Shade(number, min(figures[key] for key in keys), max(figures[key] for key in keys), tuple(keys))
        for number, keys in sorted(told.items())
    ]


def _classify(value: float, tone: Tone, steps: Sequence[float]) -> int:
    """The class of a figure: of what is bad when high, the highest is 0 and nothing at all is the best."""
    above = sum(value < step for step in steps)
    if tone == Tone.HIGH_IS_BAD:
        return above if value else CLASSES - 1
    return CLASSES - 1 - above if tone == Tone.HIGH_IS_GOOD else len(steps) - above


def _find_bounds(values: Iterable[float]) -> list[float]:
    """Where the second, third and fourth class begin: quarters of the units. Nothing at all is a class of its own."""
    told = sorted(values)
    some = [value for value in told if value > 0]
    if len(some) < len(told) and some:
        thirds = [some[len(some) * part // 3] for part in range(3)]
        return sorted({some[0], *thirds})
    quarters = [told[len(told) * part // 4] for part in range(1, 4)] if told else []
    return sorted(set(quarters) - set(told[:1]))
