"""Units coloured by a figure: communes on a grid where they lie, the others in a row, a legend, and a table behind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from motcua.figures.rules.cartogram import Place, lay
from motcua.figures.rules.shading import Shade
from motcua.organisations import queries as organisations
from motcua.organisations.queries import Tree, UnitView
from motcua.organisations.rules import Kind

WIDE, HIGH, GAP = 96, 72, 4
MOST_LETTERS = 9  # of a line in a cell


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a unit: its figure in words, and where its name and figure lead; an empty address leads nowhere."""

    words: str
    value: float | None
    href: str
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A unit on the map, in the units of the drawing; `shade` is None where there is nothing to judge."""

    x: int
    y: int
    name: str
    lines: tuple[str, ...]
    said: Said | None
    shade: int | None


@dataclass(frozen=True, slots=True)
class Map:
    """Spots of a drawing, the units that have no place in it, and every unit by its figure for the table behind."""

    spots: tuple[Spot, ...]
    others: tuple[Spot, ...]
    rows: tuple[tuple[str, Said], ...]
    shades: tuple[Shade[int], ...]
    empty: int
    width: int
    height: int
    cell: tuple[int, int] = (WIDE - GAP, HIGH - GAP)


def draw_map(
    tree: Tree, unit_id: int, said: Mapping[int, Said], names: Mapping[int, str], shades: Sequence[Shade[int]]
) -> Map | None:
    """The communes below a unit in their places, coloured; None where fewer than three of them have one."""
    places = _find_places(tree, unit_id)
    if len(places) < 3:
        return None
    numbers = {one: shade.number for shade in shades for one in shade.members}
    spots = [
        _make_spot(tree.units[one], place, said.get(one), numbers.get(one), names)
        for one, place in sorted(places.items(), key=lambda pair: (pair[1][1], pair[1][0]))
    ]
    others = sorted((names[one], one) for one in said if one not in places)
    return Map(
        spots=tuple(spots),
        others=tuple(Spot(0, 0, name, (name,), said[one], numbers.get(one)) for name, one in others),
        rows=tuple(sorted(((names[one], told) for one, told in said.items()), key=_worst_first)),
        shades=tuple(shades),
        empty=sum(spot.said is None for spot in spots),
        width=(max(x for x, _y in places.values()) + 1) * WIDE,
        height=(max(y for _x, y in places.values()) + 1) * HIGH,
    )


def _worst_first(row: tuple[str, Said]) -> tuple[bool, float, str]:
    name, said = row
    return said.value is None, -(said.value or 0), name


def _find_places(tree: Tree, unit_id: int) -> dict[int, Place]:
    codes = {
        unit.code: unit.id
        for one in tree.get_subtree(unit_id)
        if (unit := tree.units[one]).kind == Kind.COMMUNE and one != unit_id
    }
    return {codes[code]: place for code, place in _lay(tuple(sorted(codes)))}


@lru_cache(maxsize=64)
def _lay(codes: tuple[str, ...]) -> tuple[tuple[str, Place], ...]:
    """Where communes stand on the grid: always the same for the same communes."""
    return tuple(lay(organisations.find_centres(codes)).items())


def _make_spot(
    unit: UnitView, place: Place, said: Said | None, shade: int | None, names: Mapping[int, str]
) -> Spot:
    bare = _strip_kind(unit.name)
    return Spot(place[0] * WIDE, place[1] * HIGH, names.get(unit.id, unit.name), _break(bare), said, shade)


def _strip_kind(name: str) -> str:
    """`Xã Hướng Phùng` is written `Hướng Phùng` on the map."""
    for kind in ("Xã ", "Phường ", "Đặc khu ", "Thị trấn "):
        if name.startswith(kind):
            return name.removeprefix(kind)
    return name


def _break(name: str) -> tuple[str, ...]:
    """A name in one or two lines, divided between words where both are shortest."""
    words = name.split()
    if len(name) <= MOST_LETTERS or len(words) < 2:
        return (name,)
    ways = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    return min(ways, key=lambda way: max(map(len, way)))
