"""Units as of a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.core.text import fold
from motcua.organisations.models import Unit, UnitSuccession, UnitVersion
from motcua.organisations.queries.tree import UnitView, get_tree
from motcua.organisations.rules import get_agency_name


def get_unit(unit_id: int, on: date) -> UnitView:
    """The unit as it is on a day.

    :raises Refused: it does not exist on that day.
    """
    unit = get_tree(on).units.get(unit_id)
    if unit is None:
        raise Refused("not_found", _("Không có đơn vị này vào ngày %(day)s.") % {"day": f"{on:%d/%m/%Y}"})
    return unit


def find_unit_by_code(code: str, on: date) -> UnitView | None:
    """The unit with this code on a day."""
    tree = get_tree(on)
    unit_id = tree.by_code.get(code)
    return tree.units[unit_id] if unit_id else None


def find_unit_by_agency_code(agency_code: str, on: date) -> UnitView | None:
    """The unit that bears this agency identifier (Decision 20/2020/QĐ-TTg) on a day."""
    return next(
        (unit for unit in get_tree(on).units.values() if agency_code and unit.agency_code == agency_code),
        None,
    )


def get_identity(code: str) -> Unit:
    """The unit with this code, whatever the day.

    :raises Refused: there never was one.
    """
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise Refused("not_found", _("Không có đơn vị mã %(code)s.") % {"code": code}, field="code")
    return unit


def find_units(
    *,
    on: date,
    kind: str | None = None,
    parent_id: int | None = None,
    text: str = "",
    province_code: str = "",
    limit: int = 5000,
) -> list[UnitView]:
    """Units of a day by kind, place and words of the name, without accents."""
    tree = get_tree(on)
    found = tree.get_children(parent_id) if parent_id else list(tree.units.values())
    if text:
        named = _find_named(on, text)
        found = [unit for unit in found if unit.id in named]
    if kind:
        found = [unit for unit in found if unit.kind == kind]
    if province_code:
        found = [unit for unit in found if unit.province_code == province_code]
    return found[:limit]


def _find_named(on: date, text: str) -> set[int]:
    words = fold(text).split()
    return {unit_id for name, unit_id in get_tree(on).folded if all(word in name for word in words)}


def get_subtree(unit_id: int, on: date) -> set[int]:
    """The unit and everything below it on a day."""
    return get_tree(on).get_subtree(unit_id)


def get_lineage(unit_id: int, on: date) -> list[UnitView]:
    """The unit and what stands above it, nearest first."""
    return list(get_tree(on).get_lineage(unit_id))


def get_agency_of(unit_id: int, on: date) -> UnitView:
    """The agency the unit belongs to.

    :raises Refused: the unit belongs to none.
    """
    agency = get_tree(on).get_agency_of(unit_id)
    if agency is None:
        raise Refused("not_found", _("Đơn vị này không thuộc cơ quan nào."))
    return agency


def get_centre_of(agency_id: int, on: date) -> UnitView:
    """The one-stop centre that receives and returns for the agency (Decree 118/2025 arts 7–8).

    :raises Refused: there is none.
    """
    centre = get_tree(on).get_centre_of(agency_id)
    if centre is None:
        raise Refused("not_found", _("Cơ quan này chưa có Trung tâm Phục vụ hành chính công."))
    return centre


def get_calendar_code(unit_id: int, on: date) -> str:
    """The working calendar that holds for the unit on a day."""
    return get_tree(on).get_calendar_code(unit_id)


@dataclass(frozen=True, slots=True)
class SuccessionView:
    """Where a unit went, and when."""

    unit_id: int
    unit_code: str
    name: str
    on: date
    decision_number: str
    was_split: bool
    is_default: bool


def _view_succession(row: UnitSuccession, unit: Unit, name: str) -> SuccessionView:
    return SuccessionView(
        unit.id, unit.code, name, row.on, row.decision_number, row.was_split, row.is_default
    )


def find_successors(unit_id: int) -> list[SuccessionView]:
    """The units that took over from this one, the likeliest first (a divided unit has several)."""
    rows = list(
        UnitSuccession.objects.filter(from_unit_id=unit_id)
        .select_related("to_unit")
        .order_by("-is_default", "to_unit__code")
    )
    names = _get_first_names([row.to_unit_id for row in rows])
    return [_view_succession(row, row.to_unit, names.get(row.to_unit_id, "")) for row in rows]


def find_predecessors(unit_id: int) -> list[SuccessionView]:
    """The units this one took over from."""
    rows = list(
        UnitSuccession.objects.filter(to_unit_id=unit_id)
        .select_related("from_unit")
        .order_by("from_unit__code")
    )
    names = _get_first_names([row.from_unit_id for row in rows])
    return [_view_succession(row, row.from_unit, names.get(row.from_unit_id, "")) for row in rows]


def find_default_successions() -> list[tuple[int, int, date]]:
    """Which unit took over from which on what day, the likeliest successor of each: (from, to, day), by day."""
    rows = UnitSuccession.objects.filter(is_default=True).order_by("on", "pk")
    return list(rows.values_list("from_unit_id", "to_unit_id", "on"))


def _get_first_names(unit_ids: list[int]) -> dict[int, str]:
    rows = (
        UnitVersion.objects.filter(unit_id__in=unit_ids)
        .order_by("-valid_from")
        .values_list("unit_id", "name")
    )
    return dict(rows)


def get_name(unit_id: int, on: date) -> str:
    """The agency name of a unit on a day, or its last known one; for histories."""
    version = UnitVersion.objects.filter(unit_id=unit_id).on(on).select_related("unit").first()
    version = (
        version
        or UnitVersion.objects.filter(unit_id=unit_id).select_related("unit").order_by("-valid_from").first()
    )
    return get_agency_name(version.unit.kind, version.name) if version else ""


def find_ended(on: date, kinds: Collection[str]) -> list[tuple[int, str, date]]:
    """Agencies of these kinds that are no more on a day: unit, last name, and the first day it was gone."""
    ended = (
        UnitVersion.objects.filter(unit__kind__in=kinds, valid_to__lte=on)
        .exclude(unit__in=UnitVersion.objects.on(on).values("unit"))
        .order_by("unit_id", "valid_to")
        .values_list("unit_id", "unit__kind", "name", "valid_to")
    )
    last = {
        unit_id: (unit_id, get_agency_name(kind, name), gone) for unit_id, kind, name, gone in ended if gone
    }
    return list(last.values())


def find_versions(unit_id: int) -> list[UnitVersion]:
    """Every version of a unit, newest first."""
    return list(
        UnitVersion.objects.filter(unit_id=unit_id)
        .select_related("parent", "calendar")
        .order_by("-valid_from")
    )
