"""Who stands for a unit that is no more: the name or number is kept, the unit of today is asked for."""

from datetime import date

from motcua.organisations.models import Unit, UnitSuccession, UnitVersion
from motcua.organisations.queries.tree import UnitView, get_tree

MOST_STEPS = 20


def find_standing(unit_id: int, on: date) -> UnitView | None:
    """The unit itself while it holds, else the one its dossiers and duties went to, however many steps away."""
    tree = get_tree(on)
    for _step in range(MOST_STEPS):
        if unit_id in tree.units:
            return tree.units[unit_id]
        went = UnitSuccession.objects.filter(from_unit_id=unit_id, is_default=True, on__lte=on)
        following = went.order_by("on", "pk").values_list("to_unit_id", flat=True).first()
        if following is None:
            return None
        unit_id = following
    return None


def find_standing_by_code(code: str, on: date) -> UnitView | None:
    """The same by the unit's code, which never changes."""
    tree = get_tree(on)
    if held := tree.by_code.get(code):
        return tree.units[held]
    unit_id = Unit.objects.filter(code=code).values_list("pk", flat=True).first() if code else None
    return find_standing(unit_id, on) if unit_id else None


def find_standing_by_agency_code(agency_code: str, on: date) -> UnitView | None:
    """The same by the agency identifier, the one in use before the one that was."""
    if not agency_code:
        return None
    for unit in get_tree(on).units.values():
        if unit.agency_code == agency_code:
            return unit
    before = UnitVersion.objects.filter(agency_code=agency_code, valid_from__lte=on).order_by("-valid_from")
    unit_id = before.values_list("unit_id", flat=True).first()
    return find_standing(unit_id, on) if unit_id else None


def find_province_centre(on: date) -> UnitView | None:
    """The centre of the province, where what names no agency of ours is looked at."""
    tree = get_tree(on)
    for unit in tree.units.values():
        above = tree.units.get(unit.parent_id) if unit.parent_id else None
        if unit.kind == "centre" and above is not None and above.kind in ("province", "office"):
            return unit
    return None
