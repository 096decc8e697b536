"""Which agency decides, and which place returns the result."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from motcua.catalogue.queries import IntakeSheet
from motcua.core.refusal import Refused
from motcua.core.text import sort_key
from motcua.organisations import queries as organisations
from motcua.organisations.queries import Tree, UnitView
from motcua.organisations.rules import Actor, Kind

AGENCY_KINDS = frozenset({Kind.COMMUNE, Kind.DISTRICT, Kind.DEPARTMENT, Kind.VERTICAL_AGENCY})
DECIDING_KINDS = frozenset({Kind.DEPARTMENT, Kind.VERTICAL_AGENCY})
RETURNING_KINDS = frozenset({Kind.CENTRE, Kind.BRANCH, Kind.POSTAL_PARTNER})


def find_competent(actor: Actor, sheet: IntakeSheet, chosen_id: int | None, on: date) -> UnitView:
    """The competent agency: the one chosen, else the actor's own, else the first the operation names.

    :raises Refused: none follows from the procedure and none was chosen, or the chosen one does not decide it.
    """
    units = organisations.get_tree(on).units
    if chosen_id is not None:
        chosen = units.get(chosen_id)
        if chosen is None or not _decides(chosen, sheet, on):
            message = _("Cơ quan đã chọn không giải quyết thủ tục này.")
            raise Refused("wrong_agency", message, field="competent_agency_id")
        return chosen
    own = units.get(actor.agency_id)
    if own is not None and _decides(own, sheet, on):
        return own
    if sheet.level != "commune" and (candidates := find_candidates(sheet, on)):
        return next(iter(candidates.values()))
    raise Refused("agency_needed", _("Chọn cơ quan giải quyết hồ sơ này."), field="competent_agency_id")


def find_near(actor: Actor, sheet: IntakeSheet, on: date) -> int | None:
    """The agency that follows from the place: the own one, the only one, or a vertical agency named after the commune.

    None where the officer has to choose.
    """
    candidates = find_candidates(sheet, on)
    if actor.agency_id in candidates:
        return actor.agency_id
    if len(candidates) == 1:
        return next(iter(candidates))
    place = organisations.get_agency_of(actor.unit_id, on).name.casefold()
    near = [unit.id for unit in candidates.values() if unit.name.casefold().endswith(place)]
    return near[0] if len(near) == 1 else None


def find_candidates(sheet: IntakeSheet, on: date) -> dict[int, UnitView]:
    """Agencies that may decide the procedure: those the operation names, in its order, else all of its level."""
    key = (on, organisations.get_tree(on).stamp, sheet.unit_codes or _kind_of(sheet))
    if key not in _candidates:
        if len(_candidates) > MOST_KEPT:
            _candidates.clear()
        _candidates[key] = _read_candidates(sheet, on)
    return _candidates[key]


# Every commune of the country is looked through for each answer, so answers are kept as long as the tree is the same.
MOST_KEPT = 500
_candidates: dict[tuple[object, ...], dict[int, UnitView]] = {}


def _read_candidates(sheet: IntakeSheet, on: date) -> dict[int, UnitView]:
    if sheet.unit_codes:
        named = (organisations.find_standing_by_code(code, on) for code in sheet.unit_codes)
        return {unit.id: unit for unit in named if unit}
    units = organisations.find_units(on=on, kind=_kind_of(sheet))
    found = (unit for unit in units if _decides(unit, sheet, on))
    return {unit.id: unit for unit in sorted(found, key=lambda unit: unit.name)}


def _find_heirs(codes: tuple[str, ...], on: date) -> set[str]:
    """Who stands on the day for agencies the operation names that are no more."""
    ended = [code for code in codes if organisations.find_unit_by_code(code, on) is None]
    return {unit.code for code in ended if (unit := organisations.find_standing_by_code(code, on))}


def _kind_of(sheet: IntakeSheet) -> str:
    return Kind.COMMUNE if sheet.level == "commune" else Kind.DEPARTMENT


def _decides(unit: UnitView, sheet: IntakeSheet, on: date) -> bool:
    """Named by the operation; else of its level and, for a commune, at work here and not known by name only."""
    if sheet.unit_codes:
        return unit.code in sheet.unit_codes or unit.code in _find_heirs(sheet.unit_codes, on)
    if unit.kind != _kind_of(sheet):
        return False
    rooms = organisations.get_tree(on).get_children(unit.id)
    return unit.kind != Kind.COMMUNE or any(room.kind == Kind.CENTRE for room in rooms)


def find_returning(actor: Actor, chosen_id: int | None, on: date) -> int:
    """The place that returns the result: the one chosen, else where it was received.

    :raises Refused: the chosen unit is no place of return.
    """
    if chosen_id is None or chosen_id == actor.unit_id:
        return actor.unit_id
    if organisations.get_unit(chosen_id, on).kind not in RETURNING_KINDS:
        raise Refused(
            "wrong_unit", _("Đơn vị đã chọn không phải nơi trả kết quả."), field="returning_unit_id"
        )
    return chosen_id


Choices = list[tuple[int, str]]
# Of the tree last asked: units change a few times a year, choices are asked on every page of a list.
_remembered: dict[str, tuple[Tree, Choices]] = {}


def find_deciding_agencies(on: date) -> Choices:
    """Agencies at work that decide anything, as choices of a filter, by name."""
    return _remember("agencies", organisations.get_tree(on), _find_deciding)


def find_former_agencies(on: date) -> Choices:
    """Agencies that are no more and had dossiers, by name, with the day until which they were: a past year is read by them."""
    return _remember("former", organisations.get_tree(on), lambda tree: _find_former(on))


_HAD_DOSSIERS = "SELECT u FROM unnest(%s::bigint[]) u WHERE EXISTS (SELECT 1 FROM dossiers_involvement i WHERE i.unit_id = u)"


def _find_former(on: date) -> Choices:
    gone = {
        unit_id: (name, until) for unit_id, name, until in organisations.find_ended(on, sorted(AGENCY_KINDS))
    }
    with connection.cursor() as cursor:
        cursor.execute(_HAD_DOSSIERS, [sorted(gone)])
        had = [row[0] for row in cursor.fetchall()]
    said = _("%(name)s (đến hết %(day)s)")
    return [
        (pk, said % {"name": gone[pk][0], "day": f"{gone[pk][1] - timedelta(days=1):%d/%m/%Y}"}) for pk in had
    ]


def find_places(on: date) -> Choices:
    """Places that receive and return, as choices, by name."""
    return _remember("places", organisations.get_tree(on), _find_places)


def _find_deciding(tree: Tree) -> Choices:
    works = {u.parent_id for u in tree.units.values() if u.kind == Kind.CENTRE}
    found = (
        u
        for u in tree.units.values()
        if u.kind in DECIDING_KINDS or (u.kind == Kind.COMMUNE and u.id in works)
    )
    return [(u.id, u.short_agency_name) for u in found]


def _find_places(tree: Tree) -> Choices:
    return [(u.id, u.name) for u in tree.units.values() if u.kind in RETURNING_KINDS]


def _remember(name: str, tree: Tree, make: Callable[[Tree], Choices]) -> Choices:
    held = _remembered.get(name)
    if held is None or held[0] is not tree:
        held = (tree, sorted(make(tree), key=lambda choice: sort_key(choice[1])))
        _remembered[name] = held
    return held[1]


def find_agency_choices(sheet: IntakeSheet, *, on: date) -> list[tuple[int, str]]:
    """Agencies that may decide, as choices of a form."""
    return [(unit.id, unit.short_agency_name) for unit in find_candidates(sheet, on).values()]
