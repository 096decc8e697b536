"""Which agency decides, and which place returns the result."""

from datetime import date

from django.utils.translation import gettext as _

from motcua.catalogue.queries import IntakeSheet
from motcua.core.refusal import Refused
from motcua.organisations import queries as organisations
from motcua.organisations.queries import UnitView
from motcua.organisations.rules import Actor, Kind

RETURNING_KINDS = frozenset({Kind.CENTRE, Kind.BRANCH, Kind.POSTAL_PARTNER})


def find_competent(actor: Actor, sheet: IntakeSheet, chosen_id: int | None, on: date) -> UnitView:
    """The competent agency: the commune chosen or the actor's own, else the agency the operation names.

    :raises Refused: none follows from the procedure and none was chosen, or the chosen one does not decide it.
    """
    candidates = find_candidates(sheet, on)
    if chosen_id is not None:
        return _require(candidates, chosen_id)
    if own := candidates.get(actor.agency_id):
        return own
    if sheet.level != "commune" and candidates:
        return next(iter(candidates.values()))
    raise Refused("agency_needed", _("Chọn cơ quan giải quyết hồ sơ này."), field="competent_agency_id")


def find_candidates(sheet: IntakeSheet, on: date) -> dict[int, UnitView]:
    """Agencies that may decide the procedure: those the operation names, in its order, else all of its level."""
    if sheet.unit_codes:
        named = (organisations.find_unit_by_code(code, on) for code in sheet.unit_codes)
        return {unit.id: unit for unit in named if unit}
    if sheet.level == "commune":
        return {unit.id: unit for unit in _find_communes_at_work(on)}
    return {unit.id: unit for unit in organisations.find_units(on=on, kind=Kind.DEPARTMENT)}


def _find_communes_at_work(on: date) -> list[UnitView]:
    """Communes with a place that receives; the other communes of the country are known by name only."""
    tree = organisations.get_tree(on)
    communes = (tree.units[u.parent_id] for u in tree.units.values() if u.kind == Kind.CENTRE and u.parent_id in tree.units)
    return sorted((unit for unit in communes if unit.kind == Kind.COMMUNE), key=lambda unit: unit.name)


def _require(candidates: dict[int, UnitView], chosen_id: int) -> UnitView:
    if chosen_id not in candidates:
        message = _("Cơ quan đã chọn không giải quyết thủ tục này.")
        raise Refused("wrong_agency", message, field="competent_agency_id")
    return candidates[chosen_id]


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


def find_agency_choices(sheet: IntakeSheet, *, on: date) -> list[tuple[int, str]]:
    """Agencies that may decide, as choices of a form."""
    return [(unit.id, unit.short_agency_name) for unit in find_candidates(sheet, on).values()]
