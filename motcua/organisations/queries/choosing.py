"""Units offered in a list of choices, from the top down, named so that two sections of one name are told apart."""

from collections.abc import Callable
from datetime import date

from motcua.organisations.queries.tree import Tree, UnitView, get_tree
from motcua.organisations.rules import Actor

# Communes that only stand in the reference, without a code to work under, are nobody's choice.
_TERRITORIES = frozenset({"commune", "district"})
Offered = Callable[[UnitView], bool]


def find_administered(actor: Actor, on: date) -> list[UnitView]:
    """The units an administrator looks after on a day, from the top down."""
    return _walk(get_tree(on), actor.unit_id, lambda unit: unit.id in actor.administers)


def get_unit_choices(actor: Actor, on: date) -> list[tuple[str, str]]:
    """The units an administrator looks after as code and name; sections named with their agencies."""
    return _name(get_tree(on), find_administered(actor, on))


def get_working_choices(unit_id: int, on: date, *, agencies_only: bool = False) -> list[tuple[str, str]]:
    """Everything that works in the province of a unit, as code and name."""
    tree = get_tree(on)
    while unit_id in tree.units and (above := tree.units[unit_id].parent_id) in tree.units:
        unit_id = above
    found = _walk(tree, unit_id, lambda unit: True)
    return _name(tree, [unit for unit in found if unit.agency_code or not agencies_only])


def get_beside_choices(codes: tuple[str, ...], on: date) -> list[tuple[str, str]]:
    """The named units and those under the same unit as they: what a reorganisation of sections chooses among."""
    tree = get_tree(on)
    named = [tree.units[tree.by_code[code]] for code in codes if code in tree.by_code]
    parents = dict.fromkeys(unit.parent_id for unit in named if unit.parent_id and not unit.agency_code)
    beside = [unit for parent in parents for unit in tree.get_children(parent)]
    return _name(tree, list({unit.id: unit for unit in [*named, *beside]}.values()))


def _walk(tree: Tree, top_id: int, offered: Offered) -> list[UnitView]:
    if top_id not in tree.units:
        return []
    found = [tree.units[top_id]]
    for child in tree.get_children(top_id):
        if offered(child) and (child.agency_code or child.kind not in _TERRITORIES):
            found += _walk(tree, child.id, offered)
    return found


def _name(tree: Tree, units: list[UnitView]) -> list[tuple[str, str]]:
    choices = []
    for unit in units:
        agency = tree.get_agency_of(unit.id)
        place = f" – {agency.short_agency_name}" if agency and agency.id != unit.id else ""
        choices.append((unit.code, f"{unit.agency_name}{place}"))
    return choices
