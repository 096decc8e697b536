"""A reorganisation's share in units and people: what ends, what begins, who moves with which rights; and back again."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.accounts import actions as accounts
from motcua.core.refusal import Refused
from motcua.core.text import fold
from motcua.organisations.actions.reorganising import tell
from motcua.organisations.actions.units import mark_changed
from motcua.organisations.models import (
    Absence,
    ApiToken,
    Assignment,
    Reorganisation,
    SigningRight,
    Unit,
    UnitSuccession,
    UnitVersion,
)
from motcua.organisations.queries import get_tree
from motcua.organisations.queries.reorganisations import read_lines
from motcua.organisations.rules import Actor, MoveLine


@dataclass(slots=True)
class Carried:
    """What was done to units and people, told so that it can be undone."""

    lines: list[MoveLine]
    record: dict[str, list[Any]] = field(default_factory=dict)

    def note(self, what: str, *values: object) -> None:
        """Keep a row of the record."""
        self.record.setdefault(what, []).append(list(values))


def carry_out_units(*, actor: Actor, reorganisation: Reorganisation, at: datetime) -> Carried:
    """Units end, begin and are renamed on the first day, successions are written, people move with their rights.

    :raises Refused: a unit below one that ends has no place, or its rows say something else of that day.
    """
    on = reorganisation.first_day
    carried = Carried([])
    _set_up(reorganisation, carried)
    _require_no_orphans(reorganisation)
    for code in reorganisation.closes:
        _close(code, on, carried)
    carried.lines = read_lines(reorganisation)
    _write_successions(reorganisation, carried)
    if reorganisation.moves_people:
        _move_people(reorganisation, carried)
    mark_changed()
    tell(what="organisations.reorganised", actor=actor, row=reorganisation, at=at)
    return carried


def take_back_units(*, actor: Actor, reorganisation: Reorganisation, at: datetime) -> None:
    """Everything of units and people as it stood before."""
    record: dict[str, list[list[Any]]] = reorganisation.record.get("units", {})
    users: set[int] = set()
    for model_name, pk, name, old in reversed(record.get("pointed", [])):
        _POINTING[model_name].objects.filter(pk=pk).update(**{name: old})
    for (pk,) in reversed(record.get("new_assignments", [])):
        users.update(Assignment.objects.filter(pk=pk).values_list("user_id", flat=True))
        Assignment.objects.filter(pk=pk).delete()
    for pk, old in record.get("ended_assignments", []):
        Assignment.objects.filter(pk=pk).update(valid_to=old)
        users.update(Assignment.objects.filter(pk=pk).values_list("user_id", flat=True))
    UnitSuccession.objects.filter(pk__in=[pk for (pk,) in record.get("successions", [])]).delete()
    UnitVersion.objects.filter(pk__in=[pk for (pk,) in record.get("new_versions", [])]).delete()
    for pk, old in record.get("ended_versions", []):
        UnitVersion.objects.filter(pk=pk).update(valid_to=old)
    Unit.objects.filter(pk__in=[pk for (pk,) in record.get("new_units", [])]).delete()
    if users:
        accounts.note_postings_changed(user_ids=sorted(users))
    mark_changed()
    tell(what="organisations.reorganisation_undone", actor=actor, row=reorganisation, at=at)


_POINTING: dict[str, type[Absence] | type[ApiToken] | type[SigningRight]] = {
    "absence": Absence,
    "token": ApiToken,
    "right": SigningRight,
}


def _set_up(reorganisation: Reorganisation, carried: Carried) -> None:
    """Units to be set up, and those to be named otherwise."""
    on = reorganisation.first_day
    for told in reorganisation.units:
        unit = Unit.objects.filter(code=told["code"]).first()
        if unit is not None:
            _rename(unit, str(told["name"]), reorganisation, carried)
            continue
        parent = Unit.objects.filter(code=told["parent"]).first()
        if parent is None:
            raise Refused("not_found", _("Hãy chọn đơn vị cấp trên."), field="parent_code")
        unit = Unit.objects.create(code=told["code"], kind=told["kind"], province_code=parent.province_code)
        version = UnitVersion.objects.create(
            unit=unit,
            name=told["name"],
            name_folded=fold(str(told["name"]))[:200],
            parent=parent,
            agency_code=told["agency_code"],
            level=told["kind"] if told["kind"] in ("province", "district", "commune") else "",
            decision_number=reorganisation.decision_number[:100],
            valid_from=on,
        )
        carried.note("new_units", unit.pk)
        carried.note("new_versions", version.pk)


def _rename(unit: Unit, name: str, reorganisation: Reorganisation, carried: Carried) -> None:
    on = reorganisation.first_day
    version = UnitVersion.objects.filter(unit=unit).on(on).first()
    if version is None or version.valid_from >= on:
        raise Refused("invalid", _("Đơn vị đã có thay đổi từ ngày đó."), field="first_day")
    carried.note("ended_versions", version.pk, _iso(version.valid_to))
    until = version.valid_to
    UnitVersion.objects.filter(pk=version.pk).update(valid_to=on)
    version.pk, version._state.adding = None, True
    version.name, version.name_folded, version.short_name = name, fold(name)[:200], ""
    version.valid_from, version.valid_to = on, until
    version.decision_number = reorganisation.decision_number[:100]
    version.save(force_insert=True)
    carried.note("new_versions", version.pk)


def _require_no_orphans(reorganisation: Reorganisation) -> None:
    tree, closing = get_tree(reorganisation.first_day), set(reorganisation.closes)
    for code in closing:
        for child in tree.get_children(tree.by_code[code]) if code in tree.by_code else ():
            if child.code not in closing:
                message = _("%(unit)s trực thuộc đơn vị kết thúc mà chưa có nơi chuyển đến.")
                raise Refused("not_empty", message % {"unit": child.name})


def _close(code: str, on: date, carried: Carried) -> None:
    """End the unit's version on the day; one that ends there already stays as it is."""
    rows = UnitVersion.objects.select_for_update().filter(unit__code=code)
    if rows.filter(valid_from__gte=on).exists():
        message = _("Đơn vị %(code)s đã ghi thay đổi từ ngày đó trở đi.") % {"code": code}
        raise Refused("invalid", message, field="first_day")
    for version in rows.on(on):
        carried.note("ended_versions", version.pk, _iso(version.valid_to))
        UnitVersion.objects.filter(pk=version.pk).update(valid_to=on)


def _write_successions(reorganisation: Reorganisation, carried: Carried) -> None:
    whole = [line for line in carried.lines if not line.fields]
    closing = set(Unit.objects.filter(code__in=reorganisation.closes).values_list("pk", flat=True))
    known = set(
        UnitSuccession.objects.filter(from_unit_id__in=closing, on=reorganisation.first_day).values_list(
            "from_unit_id", "to_unit_id"
        )
    )
    has_default = {pair[0] for pair in known}
    for line in whole:
        if line.from_id not in closing or (line.from_id, line.to_id) in known:
            continue
        row = UnitSuccession.objects.create(
            from_unit_id=line.from_id,
            to_unit_id=line.to_id,
            on=reorganisation.first_day,
            decision_number=reorganisation.decision_number,
            was_split=sum(other.from_id == line.from_id for other in whole) > 1,
            is_default=line.from_id not in has_default,
        )
        has_default.add(line.from_id)
        carried.note("successions", row.pk)


def _move_people(reorganisation: Reorganisation, carried: Carried) -> None:
    """Whoever held a post in a unit that ends holds it where its work went; keys, absences and rights go along."""
    on = reorganisation.first_day
    closing = set(Unit.objects.filter(code__in=reorganisation.closes).values_list("pk", flat=True))
    places: dict[int, int] = {}
    for line in carried.lines:
        if not line.fields and line.from_id in closing:
            places.setdefault(line.from_id, line.to_id)
    rows = Assignment.objects.select_for_update().filter(unit_id__in=places).exclude(valid_to__lte=on)
    users = set()
    for held in rows.order_by("pk"):
        _move_posting(held, places[held.unit_id], reorganisation, carried)
        users.add(held.user_id)
    if users:
        accounts.note_postings_changed(user_ids=sorted(users))


def _move_posting(held: Assignment, to_id: int, reorganisation: Reorganisation, carried: Carried) -> None:
    on = reorganisation.first_day
    old_pk, until, began = held.pk, held.valid_to, held.valid_from
    there = Assignment.objects.filter(user_id=held.user_id, unit_id=to_id, post=held.post)
    same = there.exclude(valid_to__lte=on).first()
    if began < on:
        carried.note("ended_assignments", old_pk, _iso(until))
        Assignment.objects.filter(pk=old_pk).update(valid_to=on)
    if same is None:
        same = Assignment(
            user_id=held.user_id, unit_id=to_id, post=held.post, position=held.position,
            decision_number=reorganisation.decision_number[:100], field_codes=held.field_codes,
            is_reserve=held.is_reserve, valid_from=max(on, began), valid_to=until,
        )  # fmt: skip
        same.save()
        carried.note("new_assignments", same.pk)
    for token in ApiToken.objects.filter(assignment_id=old_pk).exclude(valid_to__lte=on):
        _point("token", token.pk, "assignment_id", old_pk, same.pk, carried)
    for absence in Absence.objects.filter(assignment_id=old_pk).exclude(valid_to__lte=on):
        _point("absence", absence.pk, "assignment_id", old_pk, same.pk, carried)
    for name in ("principal_id", "signer_id"):
        for right in SigningRight.objects.filter(**{name: old_pk}).exclude(valid_to__lte=on):
            _point("right", right.pk, name, old_pk, same.pk, carried)


def _point(model_name: str, pk: int, name: str, old: int, new: int, carried: Carried) -> None:
    _POINTING[model_name].objects.filter(pk=pk).update(**{name: new})
    carried.note("pointed", model_name, pk, name, old)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
