"""Bars drawn on the server: geometry for an SVG that can be read on paper; the numbers stand in a table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, FOOT, LEFT = 720, 240, 28, 52
GAP = 0.28  # of a group's width
STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar in the units of the drawing."""

    x: float
    y: float
    width: float
    height: float
    series: int
    said: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A line across, and the number it stands for."""

    y: float
    value: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart: groups side by side along time, a bar for each series."""

    bars: tuple[Bar, ...]
    grid: tuple[Grid, ...]
    labels: tuple[tuple[float, str], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    foot: int = FOOT


@dataclass(frozen=True, slots=True)
class Group:
    """What stands over one label: a value and an address for each series."""

    label: str
    values: tuple[int, ...]
    hrefs: tuple[str, ...] = ()


def draw(groups: Sequence[Group], names: Sequence[str]) -> Chart:
    """Bars of the groups on a scale of round numbers."""
    step, most = _scale(max((value for group in groups for value in group.values), default=0))
    room = HEIGHT - FOOT - 10
    bars: list[Bar] = []
    labels: list[tuple[float, str]] = []
    share = (WIDTH - LEFT) / max(len(groups), 1)
    thick = share * (1 - GAP) / max(len(names), 1)
    for place, group in enumerate(groups):
        left = LEFT + place * share + share * GAP / 2
        labels.append((round(left + share * (1 - GAP) / 2, 1), group.label))
        for series, value in enumerate(group.values):
            tall = round(room * value / most, 1)
            href = group.hrefs[series] if series < len(group.hrefs) else ""
            said = f"{group.label}: {names[series]} {value}"
            top = round(HEIGHT - FOOT - tall, 1)
            bars.append(Bar(round(left + series * thick, 1), top, round(thick, 1), tall, series, said, href))
    grid = [Grid(round(HEIGHT - FOOT - room * value / most, 1), value) for value in range(0, most + 1, step)]
    return Chart(tuple(bars), tuple(grid), tuple(labels))


def _scale(highest: int) -> tuple[int, int]:
    """A round step and the top of the scale, three to six steps above zero."""
    power = 1
    while True:
        for digit in STEPS:
            step = digit * power
            if highest <= step * 5:
                return step, step * max(-(-highest // step), 1)
        power *= 10
