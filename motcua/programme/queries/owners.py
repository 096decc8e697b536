"""Whose plan it is, told by who issued it, as units were called on the plan's day."""

import re
from datetime import date

from motcua.core.text import fold
from motcua.organisations import queries as organisations
from motcua.organisations.queries import Tree, UnitView
from motcua.programme.queries.units import find_owner_on

_COMMITTEE = re.compile(r"^(?:uy ban nhan dan|ubnd|u\.b\.n\.d)\s+")


def find_issuers(words: str, on: date) -> list[tuple[UnitView, str]]:
    """The units an issuer's words may mean, each with the names of what it stands below; several share many a name."""
    wanted = _bare(words)
    if not wanted:
        return []
    tree = organisations.get_tree(on)
    return [(unit, _say_above(tree, unit)) for unit in tree.units.values() if wanted in _names(unit)]


def has_people(unit_id: int, on: date) -> bool:
    """Whether anybody with an account works at the unit, below it, or at whoever took over from it."""
    tree, heirs = organisations.get_tree(on), {unit_id}
    for before, after, _day in organisations.find_default_successions():
        if before in heirs:
            heirs.add(after)
    below = {held for heir in heirs if heir in tree.units for held in tree.get_subtree(heir)}
    return organisations.count_people(below, on) > 0


def say_other_owner(words: str, unit_id: int, on: date) -> str:
    """The unit's name where an issuer's words mean somebody else; empty when they agree or say nothing."""
    tree = organisations.get_tree(on)
    unit = tree.units.get(find_owner_on(unit_id, on))
    wanted = _bare(words)
    return "" if unit is None or not wanted or wanted in _names(unit) else unit.agency_name


def _names(unit: UnitView) -> set[str]:
    return {_bare(unit.name), _bare(unit.agency_name)}


def _bare(words: str) -> str:
    return _COMMITTEE.sub("", fold(words)).strip(" .,;")


def _say_above(tree: Tree, unit: UnitView) -> str:
    return ", ".join(above.name for above in list(tree.get_lineage(unit.id))[1:])
