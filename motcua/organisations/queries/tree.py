"""The units of one day as a tree kept in memory: asked many times in every request, changed a few times a year."""

import threading
import time
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from motcua.core.text import fold
from motcua.organisations.models import TreeStamp, UnitSuccession, UnitVersion
from motcua.organisations.rules import (
    AGENCY_KINDS,
    KIND_LABELS,
    TERRITORY_KINDS,
    Kind,
    get_agency_name,
    get_short_agency_name,
)

SECONDS_BETWEEN_READINGS = 30.0
MOST_DAYS = 4


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit as it is on a day."""

    id: int
    code: str
    kind: str
    province_code: str
    name: str
    short_name: str
    parent_id: int | None
    agency_code: str
    calendar_code: str
    address: str
    phone: str
    territory_code: str
    level: str

    @property
    def agency_name(self) -> str:
        """As papers name it: `Ủy ban nhân dân xã Hướng Phùng`."""
        return get_agency_name(self.kind, self.name)

    @property
    def short_agency_name(self) -> str:
        """`UBND xã Hướng Phùng`, or the unit's own short name."""
        return self.short_name or get_short_agency_name(self.kind, self.name)

    @property
    def kind_label(self) -> str:
        """The kind in Vietnamese."""
        return KIND_LABELS.get(Kind(self.kind), self.kind)


@dataclass
class Tree:
    """All units that hold on a day."""

    units: dict[int, UnitView]
    stamp: str = ""
    children: dict[int | None, list[int]] = field(default_factory=dict)
    # Units that are no more, by the one that took over from each.
    ended: dict[int, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for unit in self.units.values():
            self.children.setdefault(unit.parent_id, []).append(unit.id)

    @cached_property
    def by_code(self) -> dict[str, int]:
        """Unit code → id."""
        return {unit.code: unit.id for unit in self.units.values()}

    @cached_property
    def folded(self) -> list[tuple[str, int]]:
        """Folded names for search."""
        return [(fold(unit.name), unit.id) for unit in self.units.values()]

    def get_children(self, unit_id: int | None) -> list[UnitView]:
        """Units directly below: those that work (with an agency code) first, then by kind and name."""
        return [self.units[i] for i in self.children.get(unit_id, [])]

    def get_lineage(self, unit_id: int) -> Iterator[UnitView]:
        """The unit, then what stands above it, up to the top."""
        seen: set[int] = set()
        unit = self.units.get(unit_id)
        while unit and unit.id not in seen:
            seen.add(unit.id)
            yield unit
            unit = self.units.get(unit.parent_id) if unit.parent_id else None

    def get_subtree(self, unit_id: int) -> set[int]:
        """The unit and everything below it."""
        found: set[int] = set()
        waiting = [unit_id]
        while waiting:
            one = waiting.pop()
            if one not in found and one in self.units:
                found.add(one)
                waiting += self.children.get(one, [])
        return found

    def find_taken_over(self, unit_ids: Iterable[int]) -> set[int]:
        """The units that are no more and whose place these have taken, however many steps ago; without these."""
        found: set[int] = set()
        waiting = list(unit_ids)
        while waiting:
            for one in self.ended.get(waiting.pop(), ()):
                if one not in found:
                    found.add(one)
                    waiting.append(one)
        return found

    def get_agency_of(self, unit_id: int) -> UnitView | None:
        """The agency a unit belongs to: itself or the nearest above it."""
        return next((unit for unit in self.get_lineage(unit_id) if unit.kind in AGENCY_KINDS), None)

    def get_calendar_code(self, unit_id: int) -> str:
        """The calendar of the unit, or of the nearest unit above that names one."""
        return next(
            (unit.calendar_code for unit in self.get_lineage(unit_id) if unit.calendar_code), "default"
        )

    def get_centre_of(self, agency_id: int) -> UnitView | None:
        """The one-stop centre that receives for an agency: its own, else the nearest above it."""
        for unit in self.get_lineage(agency_id):
            below = self.get_children(unit.id)
            rooms = below + [
                room for one in below if one.kind == Kind.OFFICE for room in self.get_children(one.id)
            ]
            if centre := next((one for one in rooms if one.kind == Kind.CENTRE), None):
                return centre
        return None


_FIELDS = (
    "unit_id",
    "unit__code",
    "unit__kind",
    "unit__province_code",
    "name",
    "short_name",
    "parent_id",
    "agency_code",
    "calendar__code",
    "address",
    "phone",
    "territory_code",
    "level",
)
_kept: dict[date, Tree] = {}
_changes: dict[str, list[date]] = {}
_lock = threading.Lock()
_read: dict[str, Any] = {"stamp": "", "at": 0.0}


def _view(row: tuple[Any, ...]) -> UnitView:
    # The parent's number is the one field that may be missing; a missing calendar is an empty code.
    return UnitView(*(row[:8] + (row[8] or "",) + row[9:]))


# Offices first, territories last: the order in which a province lists what works in it.
_ORDER = (
    "province",
    "office",
    "centre",
    "branch",
    "department",
    "vertical_agency",
    "postal_partner",
    "section",
)


def _place(unit: UnitView) -> tuple[bool, int, str, str]:
    rank = _ORDER.index(unit.kind) if unit.kind in _ORDER else len(_ORDER)
    return not unit.agency_code and unit.kind in TERRITORY_KINDS, rank, unit.agency_code, unit.name


def _load(on: date, stamp: str) -> Tree:
    views = [_view(row) for row in UnitVersion.objects.on(on).values_list(*_FIELDS)]
    units = {unit.id: unit for unit in sorted(views, key=_place)}
    return Tree(units, stamp, ended=_find_ended(on, units))


def _find_ended(on: date, units: Container[int]) -> dict[int, list[int]]:
    """Each unit that is no more goes to the first default successor it had, as `find_standing` follows it."""
    went = UnitSuccession.objects.filter(is_default=True, on__lte=on).order_by("on", "pk")
    first: dict[int, int] = {}
    for before, after in went.values_list("from_unit_id", "to_unit_id"):
        if before not in units:
            first.setdefault(before, after)
    ended: dict[int, list[int]] = {}
    for before, after in first.items():
        ended.setdefault(after, []).append(before)
    return ended


def get_stamp() -> str:
    """The stamp of the tree, read at most every thirty seconds (at once in the process that changed it)."""
    now = time.monotonic()
    if not _read["at"] or now - _read["at"] > SECONDS_BETWEEN_READINGS:
        _read["stamp"] = TreeStamp.objects.values_list("value", flat=True).first() or ""
        _read["at"] = now
    return str(_read["stamp"])


def get_tree(on: date) -> Tree:
    """The units of a day; usually from memory, without a statement."""
    stamp = get_stamp()
    since = _find_change(on, stamp)
    tree = _kept.get(since)
    if tree is None or tree.stamp != stamp:
        tree = _load(on, stamp)
        with _lock:
            while len(_kept) >= MOST_DAYS:
                _kept.pop(next(iter(_kept)))
            _kept[since] = tree
    return tree


def _find_change(on: date, stamp: str) -> date:
    """The last day up to `on` on which any unit began or ended: until the next one every day has the same tree."""
    kept = _changes.get(stamp)
    if kept is None:
        kept = sorted(
            {
                day
                for name in ("valid_from", "valid_to")
                for day in UnitVersion.objects.values_list(name, flat=True).distinct()
                if day
            }
        )
        with _lock:
            _changes.clear()
            _changes[stamp] = kept
    place = bisect_right(kept, on)
    return kept[place - 1] if place else date.min


def forget_trees() -> None:
    """Believe nothing kept: the next question reads the database."""
    with _lock:
        _kept.clear()
        _changes.clear()
        _read["at"] = 0.0
