"""Communes on a grid, each in a cell of its own size beside its neighbours: a map that claims no borders. Pure.

A cell stands as near as it can to where the commune lies. Empty stretches (the sea before an island) are shortened, so that the
land keeps its room.
"""

import math
from collections.abc import Iterable, Mapping, Sequence

Place = tuple[int, int]  # column, row
_ROOM = 1.45  # cells for each commune
_WIDER = 1.3  # how much wider than high a cell is
_PASSES = 8


def lay(points: Mapping[str, tuple[float, float]]) -> dict[str, Place]:
    """A cell of its own for each place, north up, none of them left of column 0 or above row 0.

    :param points: latitude and longitude in degrees
    """
    if not points:
        return {}
    names = sorted(points)
    ideal = _scale([points[name] for name in names])
    taken = _place(ideal)
    _improve(ideal, taken)
    left, top = min(x for x, _y in taken), min(y for _x, y in taken)
    return {name: (x - left, y - top) for name, (x, y) in zip(names, taken, strict=True)}


def _scale(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Where each place would stand on the grid if two could share a cell."""
    flat = math.cos(math.radians(sum(lat for lat, _lon in points) / len(points)))
    across = [lon * flat for _lat, lon in points]
    down = [-lat for lat, _lon in points]
    wide, high = (_spread(values) for values in (across, down))
    cell = math.sqrt(wide * high / (len(points) * _ROOM)) or max(wide, high, 0.01) / len(points)
    width, height = cell * math.sqrt(_WIDER), cell / math.sqrt(_WIDER)
    columns = _close_up([value / width for value in across])
    rows = _close_up([value / height for value in down])
    return list(zip(columns, rows, strict=True))


def _spread(values: Sequence[float]) -> float:
    """How far most of the values lie apart: one in twenty at each end does not count."""
    told = sorted(values)
    cut = len(told) // 20
    return max(told[-1 - cut] - told[cut], 1e-6)


def _close_up(values: Sequence[float]) -> list[float]:
    """The same with every empty stretch of more than two cells made two."""
    moved: dict[float, float] = {}
    last, at = min(values), 0.0
    for value in sorted(set(values)):
        at += min(value - last, 2.0)
        moved[value], last = at, value
    return [moved[value] for value in values]


def _place(ideal: Sequence[tuple[float, float]]) -> list[Place]:
    """Each place in turn into the nearest free cell, from the middle outwards."""
    middle = (sum(x for x, _y in ideal) / len(ideal), sum(y for _x, y in ideal) / len(ideal))
    taken: dict[int, Place] = {}
    used: set[Place] = set()
    for number in sorted(range(len(ideal)), key=lambda one: (_far(ideal[one], middle), one)):
        cell = min(_around(ideal[number], used), key=lambda one: (_far(ideal[number], one), one))
        taken[number] = cell
        used.add(cell)
    return [taken[number] for number in range(len(ideal))]


def _around(at: tuple[float, float], used: set[Place]) -> Iterable[Place]:
    """Free cells about a place, from a square that grows until it holds some."""
    x, y = round(at[0]), round(at[1])
    reach = 1
    while True:
        free = [
            (x + dx, y + dy)
            for dx in range(-reach, reach + 1)
            for dy in range(-reach, reach + 1)
            if (x + dx, y + dy) not in used
        ]
        if free:
            return free
        reach += 1


def _improve(ideal: Sequence[tuple[float, float]], taken: list[Place]) -> None:
    """Change two places, or go to a free cell, wherever both together come nearer to where they lie."""
    for _pass in range(_PASSES):
        moved = _swap(ideal, taken)
        used = set(taken)
        for one, at in enumerate(ideal):
            free = [*_around(at, used), taken[one]]
            best = min(free, key=lambda cell: (_far(at, cell), cell))
            if _far(at, best) < _far(at, taken[one]) - 1e-9:
                used.discard(taken[one])
                used.add(best)
                taken[one], moved = best, True
        if not moved:
            return


def _swap(ideal: Sequence[tuple[float, float]], taken: list[Place]) -> bool:
    moved = False
    for one in range(len(ideal)):
        for other in range(one + 1, len(ideal)):
            now = _far(ideal[one], taken[one]) + _far(ideal[other], taken[other])
            then = _far(ideal[one], taken[other]) + _far(ideal[other], taken[one])
            if then < now - 1e-9:
                taken[one], taken[other] = taken[other], taken[one]
                moved = True
    return moved


def _far(one: tuple[float, float], other: tuple[float, float]) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2
