"""Tables found by their lines: strokes that cross make a grid, missing pieces of a stroke merge cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_NEAR = 3.0
_SHORTEST = 6.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line, horizontal (`y0 == y1`) or vertical (`x0 == x1`)."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def is_horizontal(self) -> bool:
        """Whether it runs from left to right."""
        return abs(self.x1 - self.x0) >= abs(self.y1 - self.y0)


@dataclass(frozen=True, slots=True)
class Box:
    """A cell's box. A cell merged downwards appears again below, marked."""

    x0: float
    y0: float
    x1: float
    y1: float
    merged_up: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Boxes row by row."""

    bands: tuple[tuple[Box, ...], ...]

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.bands[0][0].y0

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(box.y1 for box in self.bands[-1])

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.top <= y < self.bottom and self.bands[0][0].x0 <= x < self.bands[0][-1].x1


def find_tables(strokes: Iterable[Stroke]) -> list[Table]:
    """The tables the strokes draw, from top to bottom. A lone line or frame is none."""
    long = [s for s in strokes if max(abs(s.x1 - s.x0), abs(s.y1 - s.y0)) >= _SHORTEST]
    groups = _connect([s for s in long if s.is_horizontal], [s for s in long if not s.is_horizontal])
    tables = [table for group in groups if (table := _build(*group)) is not None]
    return sorted(tables, key=lambda table: table.top)


def _connect(across: Sequence[Stroke], down: Sequence[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Groups of strokes that touch one another."""
    parent = list(range(len(across) + len(down)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for n, one in enumerate(across):
        for m, other in enumerate(down):
            if _touch(one, other):
                parent[root(n)] = root(len(across) + m)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for n, stroke in enumerate([*across, *down]):
        groups.setdefault(root(n), ([], []))[0 if n < len(across) else 1].append(stroke)
    return [group for group in groups.values() if len(group[0]) > 1 and len(group[1]) > 1]


def _touch(across: Stroke, down: Stroke) -> bool:
    left, right = sorted((across.x0, across.x1))
    top, bottom = sorted((down.y0, down.y1))
    return left - _NEAR <= down.x0 <= right + _NEAR and top - _NEAR <= across.y0 <= bottom + _NEAR


def _build(across: Sequence[Stroke], down: Sequence[Stroke]) -> Table | None:
    levels = _cluster([s.y0 for s in across])
    edges = _cluster([s.x0 for s in down])
    if len(levels) < 3 and len(edges) < 4 or len(levels) < 2 or len(edges) < 3:
        return None
    bands: list[tuple[Box, ...]] = []
    for top, bottom in zip(levels, levels[1:], strict=False):
        present = [x for x in edges if _covers_down(down, x, (top + bottom) / 2)]
        if len(present) < 2:
            continue
        bands.append(
            tuple(
                Box(
                    left,
                    top,
                    right,
                    bottom,
                    bool(bands) and not _covers_across(across, top, (left + right) / 2),
                )
                for left, right in zip(present, present[1:], strict=False)
            )
        )
    return Table(tuple(_stretch(bands))) if bands else None


def _stretch(bands: Sequence[tuple[Box, ...]]) -> list[tuple[Box, ...]]:
    """A cell merged downwards holds the words of all its rows."""
    stretched: list[tuple[Box, ...]] = []
    for order, band in enumerate(bands):
        boxes = []
        for box in band:
            bottom = box.y1
            for below in bands[order + 1 :]:
                twin = next((b for b in below if abs(b.x0 - box.x0) < _NEAR and b.merged_up), None)
                if twin is None:
                    break
                bottom = twin.y1
            boxes.append(Box(box.x0, box.y0, box.x1, bottom, box.merged_up))
        stretched.append(tuple(boxes))
    return stretched


def _cluster(values: Iterable[float]) -> list[float]:
    """Values that nearly agree, as one."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _NEAR:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _covers_down(strokes: Iterable[Stroke], x: float, y: float) -> bool:
    return any(
        abs(s.x0 - x) <= _NEAR * 1.5 and min(s.y0, s.y1) - 1 <= y <= max(s.y0, s.y1) + 1 for s in strokes
    )


def _covers_across(strokes: Iterable[Stroke], y: float, x: float) -> bool:
    return any(
        abs(s.y0 - y) <= _NEAR * 1.5 and min(s.x0, s.x1) - 1 <= x <= max(s.x0, s.x1) + 1 for s in strokes
    )
