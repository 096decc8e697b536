"""Which units are counted under which, as of a day."""

from datetime import date

from motcua.organisations import queries as organisations
from motcua.organisations.queries import Tree, UnitView
from motcua.organisations.rules import Kind

LEVELS = ("province", "district", "commune")
_KINDS = {Kind.DISTRICT: "district", Kind.COMMUNE: "commune"}


def get_level(unit: UnitView | None) -> str:
    """The level a unit's figures are printed under: its own, or of the territory it belongs to."""
    return _KINDS.get(Kind(unit.kind), "province") if unit else "province"


def find_level(tree: Tree, agency_id: int) -> str:
    """The level of an agency, looked for upwards."""
    for unit in tree.get_lineage(agency_id):
        if Kind(unit.kind) in _KINDS:
            return _KINDS[Kind(unit.kind)]
    return "province"


def find_above(agency_id: int, on: date) -> list[int]:
    """The unit and what stands above it on a day; a unit that is gone stands alone."""
    return [unit.id for unit in organisations.get_tree(on).get_lineage(agency_id)] or [agency_id]


def find_agencies(unit_id: int, on: date) -> list[int] | None:
    """The units counted together under one: it and all below it as of the day, and those it stands for; None: all.

    A province counts everything, so that work of units that are gone is not lost to it.
    """
    tree = organisations.get_tree(on)
    unit = tree.units.get(unit_id)
    if unit is not None and unit.kind == Kind.PROVINCE:
        return None
    return sorted(tree.get_subtree(unit_id)) or [unit_id]
