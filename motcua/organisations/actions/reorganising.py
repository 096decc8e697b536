"""Planning a reorganisation, and its share in units and people: what ends, what begins, who moves; and back again."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.organisations import access
from motcua.organisations.models import (
    Reorganisation,
    UnitSuccession,
    UnitVersion,
)
from motcua.organisations.queries import Tree, get_tree
from motcua.organisations.queries.reorganisations import get_reorganisation, propose_lines
from motcua.organisations.rules import Actor, ReorganisationKind

State = Reorganisation.State


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit the decision sets up; with the code of one that exists, its new name."""

    code: str
    name: str
    kind: str = ""
    parent_code: str = ""
    agency_code: str = ""


@dataclass(frozen=True, slots=True)
class ReorganisationFacts:
    """What a decision says."""

    kind: str
    title: str
    decision_number: str
    first_day: date
    sources: tuple[str, ...]
    targets: tuple[str, ...] = ()
    new_units: tuple[NewUnit, ...] = ()
    fields: tuple[str, ...] = ()
    sources_stay: bool = False
    moves_people: bool = True


@transaction.atomic
def plan_reorganisation(*, actor: Actor, facts: ReorganisationFacts, at: datetime) -> Reorganisation:
    """Write down what a decision does; every unit below is given its place by kind and name, to be looked over.

    :raises Refused: not the actor's units, no decision, or nothing that could be done that day.
    """
    access.require_administrator(actor)
    _require_sound(actor, facts)
    facts = replace(facts, new_units=(*facts.new_units, *_draw_rooms(facts)))
    lines = _draw_lines(facts)
    closes = _find_closing(facts, lines)
    row = Reorganisation.objects.create(
        kind=facts.kind,
        title=clean_line(facts.title)[:300],
        decision_number=clean_line(facts.decision_number)[:120],
        first_day=facts.first_day,
        lines=lines,
        units=[_describe(one) for one in facts.new_units],
        closes=closes,
        moves_people=facts.moves_people,
        agency_id=_find_keeper(actor, facts),
        kept_at=at,
        kept_by=f"{actor.person_name}, {actor.unit_name}"[:240],
    )
    tell(what="organisations.reorganisation_planned", actor=actor, row=row, at=at)
    return row


@transaction.atomic
def plan_from_successions(
    *,
    actor: Actor,
    province_codes: Collection[str],
    first_day: date,
    title: str,
    decision_number: str,
    otherwise: Mapping[str, str],
    at: datetime,
) -> Reorganisation:
    """What a law did to many units on a day, as one operation: each unit that ends goes where the successions say.

    A unit without one (a district of before 1 July 2025) goes where `otherwise` says, by codes; what is below goes with it.

    :raises Refused: a unit that ends that day has no place to go.
    """
    access.require_administrator(actor)
    ending = UnitVersion.objects.filter(valid_to=first_day, unit__province_code__in=list(province_codes))
    codes = dict(ending.values_list("unit_id", "unit__code"))
    default = UnitSuccession.objects.filter(on=first_day, is_default=True, from_unit_id__in=codes)
    places = dict(default.values_list("from_unit__code", "to_unit__code")) | dict(otherwise)
    row = Reorganisation.objects.create(
        kind=ReorganisationKind.MERGE.value,
        title=clean_line(title)[:300],
        decision_number=clean_line(decision_number)[:120],
        first_day=first_day,
        lines=_draw_ending(set(codes.values()), places, first_day),
        closes=sorted(codes.values()),
        agency_id=actor.unit_id or min(codes),
        kept_at=at,
        kept_by=f"{actor.person_name}, {actor.unit_name}"[:240],
    )
    tell(what="organisations.reorganisation_planned", actor=actor, row=row, at=at)
    return row


def _draw_ending(ending: set[str], places: Mapping[str, str], first_day: date) -> list[dict[str, Any]]:
    """Those with a place of their own first, from the top; what is below them and has none goes where theirs fits."""
    before = get_tree(date.fromordinal(first_day.toordinal() - 1))
    lines: dict[str, dict[str, Any]] = {}
    for code in sorted(
        ending & set(before.by_code), key=lambda c: len(list(before.get_lineage(before.by_code[c])))
    ):
        to = places.get(code)
        if to is None:
            continue
        for line in propose_lines(code, to, first_day):
            if line["from"] in ending and (line["from"] == code or line["from"] not in places):
                lines[line["from"]] = line
    if lost := sorted(ending & set(before.by_code) - set(lines)):
        message = _("Chưa có nơi chuyển đến cho: %(codes)s.")
        raise Refused("not_found", message % {"codes": ", ".join(lost[:10])}, field="otherwise")
    return list(lines.values())


@transaction.atomic
def place_lines(
    *, actor: Actor, reorganisation_id: int, places: dict[str, str], at: datetime
) -> Reorganisation:
    """Say otherwise where the work of a unit goes; {unit code: unit code}.

    :raises Refused: it is done already, or a unit that is not there on the first day.
    """
    row = require_planned(actor=actor, reorganisation_id=reorganisation_id)
    tree = get_tree(row.first_day)
    allowed = (set(tree.by_code) | {unit["code"] for unit in row.units}) - set(row.closes)
    for line in row.lines:
        to = places.get(line["from"]) if not line.get("fields") else None
        if to and to not in allowed:
            raise Refused("not_found", _("Không có đơn vị mã %(code)s vào ngày đó.") % {"code": to})
        line["to"] = to or line["to"]
    row.save(update_fields=["lines"])
    tell(what="organisations.reorganisation_changed", actor=actor, row=row, at=at)
    return row


@transaction.atomic
def schedule_reorganisation(*, actor: Actor, reorganisation_id: int, at: datetime) -> Reorganisation:
    """It is carried out by itself when its first day comes.

    :raises Refused: it is done already.
    """
    row = require_planned(actor=actor, reorganisation_id=reorganisation_id)
    row.state = State.SCHEDULED
    row.save(update_fields=["state"])
    tell(what="organisations.reorganisation_scheduled", actor=actor, row=row, at=at)
    return row


@transaction.atomic
def drop_reorganisation(*, actor: Actor, reorganisation_id: int, at: datetime) -> None:
    """A plan nobody carries out goes away.

    :raises Refused: it is done already.
    """
    row = require_planned(actor=actor, reorganisation_id=reorganisation_id)
    tell(what="organisations.reorganisation_dropped", actor=actor, row=row, at=at)
    row.delete()


def require_planned(*, actor: Actor, reorganisation_id: int) -> Reorganisation:
    """The plan, locked, if it is the actor's and not carried out yet.

    :raises Refused: another's, or done already.
    """
    get_reorganisation(reorganisation_id)
    row = Reorganisation.objects.select_for_update().get(pk=reorganisation_id)
    access.require_administrator(actor, row.agency_id)
    if row.state not in (State.PLANNED, State.SCHEDULED):
        raise Refused("not_possible_now", _("Việc sắp xếp này đã thực hiện."))
    return row


def require_done(*, actor: Actor, reorganisation_id: int) -> Reorganisation:
    """What was carried out, locked, if it is the actor's and not undone.

    :raises Refused: another's, or not carried out.
    """
    get_reorganisation(reorganisation_id)
    row = Reorganisation.objects.select_for_update().get(pk=reorganisation_id)
    access.require_administrator(actor, row.agency_id)
    if row.state != State.DONE:
        raise Refused("not_possible_now", _("Việc sắp xếp này chưa thực hiện hoặc đã hoàn tác."))
    return row


def mark_done(
    *,
    actor: Actor,
    reorganisation: Reorganisation,
    record: dict[str, Any],
    tally: dict[str, Any],
    at: datetime,
) -> None:
    """Keep what was done and what stood before."""
    reorganisation.state, reorganisation.done_at = State.DONE, at
    reorganisation.done_by = f"{actor.person_name}, {actor.unit_name}"[:240]
    reorganisation.record, reorganisation.tally, reorganisation.fault = record, tally, ""
    reorganisation.save()


def mark_undone(*, actor: Actor, reorganisation: Reorganisation, reason: str, at: datetime) -> None:
    """Keep that it was taken back, and why."""
    reorganisation.state, reorganisation.undone_at = State.UNDONE, at
    reorganisation.undone_by = f"{actor.person_name}, {actor.unit_name}"[:240]
    reorganisation.undo_reason = reason[:500]
    reorganisation.save()


def mark_failed(*, reorganisation_id: int, fault: str, at: datetime) -> None:
    """It could not be carried out on its day: back to the administrator, with the reason."""
    Reorganisation.objects.filter(pk=reorganisation_id, state=State.SCHEDULED).update(
        state=State.PLANNED, fault=fault[:300]
    )


def _require_sound(actor: Actor, facts: ReorganisationFacts) -> None:
    if facts.kind not in set(ReorganisationKind):
        raise Refused("invalid", _("Chọn loại sắp xếp."), field="kind")
    if not clean_line(facts.decision_number):
        raise Refused("invalid", _("Ghi số văn bản."), field="decision_number")
    before = get_tree(date.fromordinal(facts.first_day.toordinal() - 1))
    after = get_tree(facts.first_day)
    fresh = {one.code for one in facts.new_units}
    for code in facts.sources:
        if code not in before.by_code:
            message = _("Không có đơn vị mã %(code)s vào ngày trước đó.") % {"code": code}
            raise Refused("not_found", message, field="sources")
        access.require_administrator(actor, before.by_code[code])
    if facts.kind != ReorganisationKind.TRANSFER:
        _require_apart(facts.sources, before)
    for code in facts.targets:
        if code not in after.by_code and code not in fresh:
            raise Refused(
                "not_found", _("Không có đơn vị mã %(code)s vào ngày đó.") % {"code": code}, field="targets"
            )
    _require_enough(facts)


def _require_apart(sources: Sequence[str], tree: Tree) -> None:
    """What is below a unit goes along with it: named once more it would go to two places.

    :raises Refused: a unit is named twice, or together with one it belongs to.
    """
    for place, code in enumerate(sources):
        above = {unit.code: unit.name for unit in tree.get_lineage(tree.by_code[code]) if unit.code != code}
        outer = next((name for one, name in above.items() if one in sources), "")
        if not outer and code not in sources[:place]:
            continue
        name = tree.units[tree.by_code[code]].name
        message = _(
            "“%(name)s” đã có trong danh sách, hoặc đi theo đơn vị trên nó (%(outer)s): bỏ bớt một dòng."
        )
        raise Refused("invalid", message % {"name": name, "outer": outer or name}, field="sources")


def _require_enough(facts: ReorganisationFacts) -> None:
    if not facts.sources:
        raise Refused("invalid", _("Chọn đơn vị được sắp xếp."), field="sources")
    if facts.kind == ReorganisationKind.RENAME:
        if not facts.new_units:
            raise Refused("invalid", _("Ghi tên mới."), field="new_name")
        return
    if not facts.targets:
        raise Refused("invalid", _("Chọn đơn vị nhận việc."), field="targets")
    if set(facts.targets) & set(facts.sources) and facts.kind != ReorganisationKind.MERGE:
        raise Refused("invalid", _("Đơn vị nhận việc phải khác đơn vị được sắp xếp."), field="targets")
    if facts.kind == ReorganisationKind.TRANSFER and not facts.fields:
        raise Refused("invalid", _("Ghi mã lĩnh vực được chuyển."), field="field_codes")


def _find_keeper(actor: Actor, facts: ReorganisationFacts) -> int:
    """Whose operation it is: the unit of the administrator; what the house itself plans is of what stands highest."""
    if actor.unit_id:
        return actor.unit_id
    tree = get_tree(date.fromordinal(facts.first_day.toordinal() - 1))
    return list(tree.get_lineage(tree.by_code[facts.sources[0]]))[-1].id


def _draw_lines(facts: ReorganisationFacts) -> list[dict[str, Any]]:
    """A field goes alone; a unit goes with everything below it, in a division to the first target."""
    if facts.kind == ReorganisationKind.RENAME:
        return []
    if facts.kind == ReorganisationKind.TRANSFER:
        return [
            {"from": code, "to": facts.targets[0], "fields": list(facts.fields)} for code in facts.sources
        ]
    lines: list[dict[str, Any]] = []
    for code in facts.sources:
        if code == facts.targets[0]:
            continue
        if facts.sources_stay and facts.kind == ReorganisationKind.SPLIT:
            lines += [{"from": code, "to": to, "fields": list(facts.fields)} for to in facts.targets]
            continue
        if facts.kind == ReorganisationKind.SPLIT and facts.fields:
            rest = [{"from": code, "to": to, "fields": list(facts.fields)} for to in facts.targets[1:]]
            lines += [*rest, *propose_lines(code, facts.targets[0], facts.first_day)]
            continue
        lines += propose_lines(code, facts.targets[0], facts.first_day, _list_rooms(facts))
        if facts.kind == ReorganisationKind.SPLIT:
            lines += [{"from": code, "to": to, "fields": []} for to in facts.targets[1:]]
    return lines


def _draw_rooms(facts: ReorganisationFacts) -> list[NewUnit]:
    """A unit set up in the place of others has the parts the first of them had, under its own name."""
    fresh = {one.code: one for one in facts.new_units if one.kind}
    target = fresh.get(facts.targets[0]) if facts.targets else None
    tree = get_tree(date.fromordinal(facts.first_day.toordinal() - 1))
    if target is None or facts.kind == ReorganisationKind.TRANSFER:
        return []
    source = tree.units[tree.by_code[facts.sources[0]]]
    codes = {source.code: target.code}
    rooms = []
    for unit_id in _walk(tree, source.id):
        unit = tree.units[unit_id]
        above = tree.units[unit.parent_id].code if unit.parent_id else ""
        codes[unit.code] = f"{codes[above]}.{unit.code.rsplit('.', 1)[-1]}"[:40]
        rooms.append(
            NewUnit(
                codes[unit.code], _rename_part(unit.name, source.name, target.name), unit.kind, codes[above]
            )
        )
    return rooms


def _list_rooms(facts: ReorganisationFacts) -> list[tuple[str, str, str]]:
    return [
        (one.code, one.kind, one.name)
        for one in facts.new_units
        if one.kind and one.code not in facts.targets
    ]


def _walk(tree: Tree, unit_id: int) -> Iterator[int]:
    """What is below a unit, each after what it stands under."""
    for child in tree.get_children(unit_id):
        yield child.id
        yield from _walk(tree, child.id)


def _rename_part(name: str, old: str, new: str) -> str:
    """`Trung tâm … xã An` under its new territory: `Trung tâm … xã Bình An`."""
    for before, after in ((old, new), (old[0].lower() + old[1:], new[0].lower() + new[1:])):
        if before in name:
            return name.replace(before, after)
    return name


def _find_closing(facts: ReorganisationFacts, lines: list[dict[str, Any]]) -> list[str]:
    if facts.kind in (ReorganisationKind.RENAME, ReorganisationKind.TRANSFER) or facts.sources_stay:
        return []
    whole = dict.fromkeys(str(line["from"]) for line in lines if not line["fields"])
    return [code for code in whole if code not in facts.targets]


def _describe(one: NewUnit) -> dict[str, str]:
    return {
        "code": clean_line(one.code)[:40],
        "name": clean_line(one.name)[:200],
        "kind": one.kind,
        "parent": one.parent_code,
        "agency_code": one.agency_code,
    }


def tell(*, what: str, actor: Actor, row: Reorganisation, at: datetime) -> None:
    """Keep who did what with a reorganisation."""
    audit.record(
        what, actor=actor, subject=f"organisations.reorganisation:{row.pk}", note=row.decision_number, at=at
    )
