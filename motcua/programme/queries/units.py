"""Units named in words: real units and sets of units, as of the plan's day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from motcua.core.text import fold
from motcua.organisations import queries as organisations
from motcua.organisations.queries import Tree, UnitView
from motcua.organisations.rules import Kind
from motcua.programme.rules.naming import Group, Phrase, read_phrases

_LEVEL_WORDS = ("tinh", "huyen", "xa", "phuong", "thanh pho", "thi xa")
_KINDS = {Group.DEPARTMENTS: Kind.DEPARTMENT, Group.DISTRICTS: Kind.DISTRICT, Group.COMMUNES: Kind.COMMUNE}


@dataclass(frozen=True, slots=True)
class Named:
    """An actor of a cell with the units it means; none when nobody in particular is meant or none was found."""

    words: str
    units: tuple[int, ...]
    is_set: bool
    is_open: bool = False


class Naming:
    """Whom cells of an owner's plan name, as of a day; made once for all cells of a plan."""

    def __init__(self, owner_id: int, on: date) -> None:
        self._tree = organisations.get_tree(on)
        self._lineage = list(self._tree.get_lineage(find_owner_on(owner_id, on)))
        self._known: dict[str, list[Named]] = {}

    def name(self, text: str) -> list[Named]:
        """The actors of a cell, as units of that day. Most cells of a plan say the same few things."""
        if text not in self._known:
            self._known[text] = self._name(text)
        return self._known[text]

    def _name(self, text: str) -> list[Named]:
        phrases = read_phrases(text)
        if not self._lineage:
            return [Named(phrase.words, (), is_set=phrase.group is not None) for phrase in phrases]
        return [_name(phrase, self._tree, self._lineage) for phrase in phrases]


def name_units(text: str, owner_id: int, on: date) -> list[Named]:
    """The actors of one cell of the owner's plan, as units of that day."""
    return Naming(owner_id, on).name(text)


def find_owner_on(owner_id: int, on: date) -> int:
    """The unit itself, or on a day before it was the one it took over from: of the same name where there are several."""
    tree = organisations.get_tree(on)
    if owner_id in tree.units:
        return owner_id
    before = [s for s in organisations.find_predecessors(owner_id) if s.unit_id in tree.units]
    names = {fold(version.name) for version in organisations.find_versions(owner_id)}
    same = [s.unit_id for s in before if fold(tree.units[s.unit_id].name) in names]
    return (same or [s.unit_id for s in before] or [owner_id])[0]


def _name(phrase: Phrase, tree: Tree, lineage: list[UnitView]) -> Named:
    if phrase.group is Group.CONCERNED:
        return Named(phrase.words, (), is_set=True, is_open=True)
    if phrase.group is not None:
        return Named(phrase.words, tuple(_members(phrase.group, tree, lineage)), is_set=True)
    found = _find_by_name(phrase.words, tree, lineage)
    return Named(phrase.words, (found,) if found else (), is_set=False)


def _members(group: Group, tree: Tree, lineage: list[UnitView]) -> list[int]:
    owner, top = lineage[0], lineage[-1]
    if group in _KINDS:
        return _of_kind(tree, top.id if owner.kind != Kind.DISTRICT else owner.id, _KINDS[group])
    if group is Group.SECTIONS:
        return [u.id for u in tree.get_children(owner.id) if u.kind in {Kind.SECTION, Kind.DEPARTMENT}]
    if group is Group.CENTRES:
        return _of_kind(tree, owner.id, Kind.CENTRE)
    if group is Group.OFFICE:
        return [u.id for u in tree.get_children(owner.id) if fold(u.name).startswith("van phong")][:1]
    if group is Group.PROVINCE_OFFICE:
        return [u.id for u in tree.get_children(top.id) if u.kind == Kind.OFFICE][:1]
    return [top.id] if group is Group.PROVINCE else [owner.id]


def _of_kind(tree: Tree, root: int, kind: Kind) -> list[int]:
    """Units of a kind below a unit; when some of them work here (have an agency code), only these."""
    found = [tree.units[i] for i in tree.get_subtree(root) if i != root and tree.units[i].kind == kind]
    working = [unit for unit in found if unit.agency_code]
    return sorted(unit.id for unit in (working or found))


def _find_by_name(words: str, tree: Tree, lineage: list[UnitView]) -> int | None:
    """The unit of this name: in the owner first, then in the whole province. Two of the same name are none."""
    wanted = _bare(words)
    for root in (lineage[0].id, lineage[-1].id):
        units = [tree.units[i] for i in tree.get_subtree(root)]
        for fits in (_is_equal, _begins):
            found = [unit.id for unit in units if fits(unit, wanted)]
            if len(found) == 1:
                return found[0]
    return None


def _bare(words: str) -> str:
    """The name without the level behind it: `Công an tỉnh` → `cong an`."""
    folded = fold(words.split("(")[0]).replace("ubnd", "uy ban nhan dan")
    for level in _LEVEL_WORDS:
        folded = folded.removesuffix(f" {level}")
    return folded.strip(" .,;")


def _is_equal(unit: UnitView, wanted: str) -> bool:
    return wanted in {_bare(unit.name), fold(unit.name), fold(unit.agency_name), fold(unit.short_name)}


def _begins(unit: UnitView, wanted: str) -> bool:
    return len(wanted.split()) >= 2 and fold(unit.name).startswith(wanted)


def get_names(unit_ids: Iterable[int | None], on: date) -> dict[int, str]:
    """Names of units for pages: as of that day, else as they are called now."""
    tree = organisations.get_tree(on)
    return {i: tree.units[i].short_agency_name for i in unit_ids if i is not None and i in tree.units}
