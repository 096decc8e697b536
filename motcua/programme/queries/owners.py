"""Whose plan it is, told by who issued it, as units were called on the plan's day."""

import re
from datetime import date

from motcua.core.text import fold
from motcua.organisations import queries as organisations
from motcua.organisations.queries import Tree, UnitView

_COMMITTEE = re.compile(r"^(?:uy ban nhan dan|ubnd|u\.b\.n\.d)\s+")


def find_issuers(words: str, on: date) -> list[tuple[UnitView, str]]:
    """The units an issuer's words may mean, each with the names of what it stands below; several share many a name."""
    wanted = _bare(words)
    if not wanted:
        return []
    tree = organisations.get_tree(on)
    return [(unit, _say_above(tree, unit)) for unit in tree.units.values() if wanted in _names(unit)]


def _names(unit: UnitView) -> set[str]:
    return {_bare(unit.name), _bare(unit.agency_name)}


def _bare(words: str) -> str:
    return _COMMITTEE.sub("", fold(words)).strip(" .,;")


def _say_above(tree: Tree, unit: UnitView) -> str:
    return ", ".join(above.name for above in list(tree.get_lineage(unit.id))[1:])
