"""Reorganisations as planned and done, and what a plan would propose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.core.text import fold
from motcua.organisations.models import Assignment, Unit
from motcua.organisations.models import Reorganisation as Reorganisation
from motcua.organisations.queries.tree import Tree, UnitView, get_tree
from motcua.organisations.rules import Actor, MoveLine, may_follow


@dataclass(frozen=True, slots=True)
class LineView:
    """A line as it is shown: from which unit to which, by name."""

    from_code: str
    from_name: str
    to_code: str
    to_name: str
    fields: tuple[str, ...]


def find_reorganisations(actor: Actor, limit: int = 100) -> list[Reorganisation]:
    """Those of the agencies the actor looks after, the latest first."""
    mine = Reorganisation.objects.filter(agency_id__in=list(actor.administers))
    return list(mine.order_by("-first_day", "-pk")[:limit])


def get_reorganisation(reorganisation_id: int) -> Reorganisation:
    """One of them. :raises Refused: there is none."""
    row = Reorganisation.objects.filter(pk=reorganisation_id).first()
    if row is None:
        raise Refused("not_found", _("Không có lần sắp xếp này."))
    return row


def find_due_reorganisations(on: date) -> list[int]:
    """Those whose first day has come."""
    due = Reorganisation.objects.filter(state=Reorganisation.State.SCHEDULED, first_day__lte=on)
    return list(due.order_by("first_day", "pk").values_list("pk", flat=True))


def find_unit_ids(codes: Iterable[str]) -> dict[str, int]:
    """Units by their codes, whatever the day; a code that is nobody's is left out."""
    return dict(Unit.objects.filter(code__in=list(codes)).values_list("code", "pk"))


def read_lines(reorganisation: Reorganisation) -> list[MoveLine]:
    """The lines by numbers; units that are not set up yet have none, and their lines are left out."""
    codes = {line[end] for line in reorganisation.lines for end in ("from", "to")}
    ids = find_unit_ids(codes)
    return [
        MoveLine(ids[line["from"]], ids[line["to"]], tuple(line.get("fields", ())))
        for line in reorganisation.lines
        if line["from"] in ids and line["to"] in ids
    ]


def view_lines(reorganisation: Reorganisation) -> list[LineView]:
    """The lines by names, as they were the day before and will be on the first day."""
    names = {unit["code"]: str(unit["name"]) for unit in reorganisation.units}
    before, after = (
        get_tree(date.fromordinal(reorganisation.first_day.toordinal() - 1)),
        get_tree(reorganisation.first_day),
    )
    return [
        LineView(
            line["from"],
            _name(line["from"], before, {}),
            line["to"],
            _name(line["to"], after, names),
            tuple(line.get("fields", ())),
        )
        for line in reorganisation.lines
    ]


def find_target_choices(reorganisation: Reorganisation) -> list[tuple[str, str]]:
    """Units work may go to: those to be set up, and those below the targets named."""
    tree = get_tree(reorganisation.first_day)
    codes = {line["to"] for line in reorganisation.lines}
    known = [tree.by_code[code] for code in codes if code in tree.by_code]
    below = {i for unit_id in known for i in tree.get_subtree(unit_id)}
    agencies = {a.id for unit_id in known if (a := tree.get_agency_of(unit_id))}
    below |= {i for unit_id in agencies for i in tree.get_subtree(unit_id)}
    closing = set(reorganisation.closes)
    found = [(u.code, _say(tree, u.id)) for i in below if (u := tree.units[i]).code not in closing]
    fresh = [(unit["code"], str(unit["name"])) for unit in reorganisation.units]
    return sorted({*found, *fresh}, key=lambda choice: fold(choice[1]))


def propose_lines(
    source_code: str, target_code: str, on: date, fresh: Sequence[tuple[str, str, str]] = ()
) -> list[dict[str, Any]]:
    """The unit and everything below it to the target and the units below that take over by kind and name.

    `fresh` are parts to be set up with the target: (code, kind, name).
    """
    before, after = get_tree(date.fromordinal(on.toordinal() - 1)), get_tree(on)
    source_id = before.by_code.get(source_code)
    lines: list[dict[str, Any]] = [{"from": source_code, "to": target_code, "fields": []}]
    if source_id is None:
        return lines
    target_id = after.by_code.get(target_code)
    below = sorted(after.get_subtree(target_id) - {target_id}) if target_id else []
    rooms = [*fresh, *((after.units[i].code, after.units[i].kind, after.units[i].name) for i in below)]
    for unit_id in sorted(before.get_subtree(source_id) - {source_id}):
        unit = before.units[unit_id]
        scored = [
            (*_fit(unit, kind, name), -number, code)
            for number, (code, kind, name) in enumerate(rooms)
            if code != unit.code
        ]
        best = max(scored, default=(0, 0, 0, target_code))
        lines.append({"from": unit.code, "to": best[3] if best[0] else target_code, "fields": []})
    return lines


def count_people(unit_ids: Iterable[int], on: date) -> int:
    """Postings in these units that hold on the day or later."""
    rows = Assignment.objects.filter(unit_id__in=list(unit_ids))
    return rows.exclude(valid_to__lte=on).count()


def _fit(unit: UnitView, kind: str, name: str) -> tuple[int, int]:
    """How well a part takes over another: by its kind, then by the words both names have."""
    words = set(fold(unit.name).split()) & set(fold(name).split())
    return may_follow(unit.kind, kind), len(words)


def _name(code: str, tree: Tree, new: dict[str, str]) -> str:
    unit_id = tree.by_code.get(code)
    return _say(tree, unit_id) if unit_id else new.get(code, code)


def _say(tree: Tree, unit_id: int) -> str:
    unit = tree.units[unit_id]
    agency = tree.get_agency_of(unit_id)
    return (
        unit.agency_name
        if agency is None or agency.id == unit_id
        else f"{unit.name}, {agency.short_agency_name}"
    )
