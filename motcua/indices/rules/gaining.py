"""What a point costs: what would be gained if some of what is lacking were mended, or lost if more came."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from motcua.indices.rules.reading import Figure
from motcua.indices.rules.scoring import HUNDRED, Band, Indicator, Score, get_points, score


@dataclass(frozen=True, slots=True)
class WhatIf:
    """So many mended (or, negative, lost): the points then, and the difference."""

    count: int
    points: Decimal
    difference: Decimal


def imagine(indicator: Indicator, figure: Figure, count: int) -> WhatIf:
    """The points of an indicator if `count` more of its denominator counted, within nothing and all."""
    now = _points(indicator, figure.numerator, figure.denominator)
    then = _points(
        indicator, min(max(figure.numerator + count, Decimal(0)), figure.denominator), figure.denominator
    )
    return WhatIf(count, then, then - now)


def find_steps(indicator: Indicator, figure: Figure) -> list[WhatIf]:
    """A few, a dozen, all: what each gains; steps beyond what is lacking are left out."""
    lacking = int(figure.denominator - figure.numerator)
    counts = [n for n in (1, 5, 12, 50) if n < lacking] + ([lacking] if lacking > 0 else [])
    return [imagine(indicator, figure, n) for n in counts]


def _points(indicator: Indicator, numerator: Decimal, denominator: Decimal) -> Decimal:
    return get_points(indicator, numerator * HUNDRED / denominator) if denominator else Decimal(0)


def imagine_all(
    indicators: Sequence[Indicator],
    figures: Mapping[str, Figure],
    more: Mapping[str, int],
    bands: Sequence[Band],
    spread: Collection[str] = (),
) -> Score:
    """The whole score if so many more of each denominator counted (or, negative, fewer), within nothing and all."""
    moved = [_move(figure, more.get(code, 0)) for code, figure in figures.items()]
    return score(indicators, moved, bands, spread)


def _move(figure: Figure, count: int) -> Figure:
    numerator = min(max(figure.numerator + count, Decimal(0)), figure.denominator)
    return Figure(figure.code, numerator, figure.denominator)
