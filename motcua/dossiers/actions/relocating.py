"""A reorganisation moves the work: running dossiers with their tasks and books. What ended is read by succession."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.dossiers.actions.relocating_beside import Move, move_beside, take_beside_back
from motcua.dossiers.models import Relocation, relocating
from motcua.dossiers.rules.states import ALIVE, Act, State
from motcua.organisations import access
from motcua.organisations import queries as organisations
from motcua.organisations.queries import PostingView
from motcua.organisations.rules import Actor, find_new_place

SHARE = 1000
RUNNING = sorted(state.value for state in ALIVE | {State.RESULT_READY})
Row = dict[str, Any]


@dataclass(slots=True)
class _Places:
    """Where work lands: the unit at or below the new one where somebody holds the post, read once for each unit."""

    move: Move
    names: dict[int, str] = field(default_factory=dict)
    postings: dict[int, list[PostingView]] = field(default_factory=dict)
    agencies: dict[int, int] = field(default_factory=dict)

    def place(self, to_id: int, post: str, field_code: str) -> int:
        """The unit whose people do it."""
        holders = [one for one in self.find_holders(to_id) if one.post == post]
        if not holders or any(one.unit_id == to_id for one in holders):
            return to_id
        named = [one for one in holders if field_code and field_code in one.field_codes]
        return min(named or holders, key=lambda one: (one.is_reserve, one.unit_id)).unit_id

    def find_holders(self, unit_id: int) -> list[PostingView]:
        """Who holds posts at or below a unit on the first day."""
        if unit_id not in self.postings:
            below = organisations.get_subtree(unit_id, self.move.on)
            self.postings[unit_id] = organisations.find_officers_of(below, on=self.move.on)
        return self.postings[unit_id]

    def is_there(self, user_id: int | None, unit_id: int) -> bool:
        """Whether the person works in the unit then."""
        return any(one.user_id == user_id and one.unit_id == unit_id for one in self.find_holders(unit_id))

    def name(self, unit_id: int) -> str:
        """The unit's name, for the history: of the day before, or the day itself."""
        if unit_id not in self.names:
            self.names[unit_id] = organisations.get_name(
                unit_id, date.fromordinal(self.move.on.toordinal() - 1)
            )
        return self.names[unit_id]

    def find_agency(self, unit_id: int) -> int:
        """The agency a unit belongs to on the first day, else itself."""
        if unit_id not in self.agencies:
            agency = organisations.get_tree(self.move.on).get_agency_of(unit_id)
            self.agencies[unit_id] = agency.id if agency else unit_id
        return self.agencies[unit_id]


@transaction.atomic
def relocate(*, actor: Actor, move: Move, at: datetime) -> dict[str, Any]:
    """Move every running dossier of the units with its open tasks, and the books.

    What ended stays where it was: whoever took over reads it by the successions of units (decision 26).

    The promise stays as it was made, the code stays, papers issued stay as they are. What was moved and what has to be
    known to take it back.

    :raises Refused: the units are not the actor's.
    """
    for unit_id in {line.from_id for line in move.lines}:
        access.require_administrator(actor, unit_id)
    places = _Places(move)
    moved = sum(_move_share(actor, places, share, at) for share in _shares(move))
    beside = move_beside(move=move)
    audit.record(
        "dossiers.relocated", actor=actor, subject=f"organisations.reorganisation:{move.reorganisation_id}",
        note=f"{moved}", at=at,
    )  # fmt: skip
    tally = {
        "dossiers": moved,
        "filings": len(beside["filings"]),
        "books": len(beside["opened"]),
    }
    return {"tally": tally, **beside}


@transaction.atomic
def take_back(*, actor: Actor, move: Move, record: Mapping[str, Any], since: datetime, at: datetime) -> int:
    """Everything where it was, as long as nobody acted since; how many dossiers.

    :raises Refused: somebody acted on a dossier that was moved, or in one of the new units.
    """
    targets = sorted({line.to_id for line in move.lines})
    if code := relocating.find_acted_on(move.reorganisation_id, targets, since):
        message = _("Không hoàn tác được: hồ sơ %(code)s đã có việc làm sau khi sắp xếp.")
        raise Refused("acted_on", message % {"code": code})
    rows = Relocation.objects.select_for_update().filter(
        reorganisation_id=move.reorganisation_id, undone_at=None
    )
    kept = list(rows.order_by("pk"))
    for start in range(0, len(kept), SHARE):
        _restore_share(actor, move, kept[start : start + SHARE], at)
    rows.update(undone_at=at)
    units = sorted(
        set(targets) | {i for target in targets for i in organisations.get_subtree(target, move.on)}
    )
    relocating.disinherit(units, move.role)
    take_beside_back(record=record)
    return len(kept)


def _shares(move: Move) -> Iterator[list[tuple[Any, ...]]]:
    """Running dossiers of the units and of what is below units that hand a field over."""
    units = {line.from_id for line in move.lines}
    found = relocating.find_concerned(sorted(units), RUNNING)
    for start in range(0, len(found), SHARE):
        yield found[start : start + SHARE]


def _move_share(actor: Actor, places: _Places, share: list[tuple[Any, ...]], at: datetime) -> int:
    move = places.move
    rows = {row[0]: row for row in share}
    tasks = _group(relocating.find_open_tasks(list(rows)))
    opinions = _group(relocating.find_open_opinions(list(rows)))
    written = _Written()
    for pk, row in rows.items():
        _move_one(places, row, tasks.get(pk, []), opinions.get(pk, []), written)
    if not written.dossiers:
        return 0
    return relocating.move_many(_parameters(actor, move, written, at, keeps=True))


@dataclass(slots=True)
class _Written:
    """The rows of one statement."""

    dossiers: list[Row] = field(default_factory=list)
    tasks: list[Row] = field(default_factory=list)
    opinions: list[Row] = field(default_factory=list)
    involved: list[Row] = field(default_factory=list)


def _move_one(
    places: _Places,
    row: tuple[Any, ...],
    tasks: list[tuple[Any, ...]],
    opinions: list[tuple[Any, ...]],
    written: _Written,
) -> None:
    pk, _code, _revision, receiving, competent, returning, field_code = row
    whole, lines = places.move.whole, places.move.lines
    new_competent = find_new_place(lines, competent, field_code) or competent
    new_receiving, new_returning = whole.get(receiving, receiving), whole.get(returning, returning)
    left = {} if new_competent == whole.get(competent, competent) else {competent: new_competent}
    moved_tasks = [done for task in tasks if (done := _move_task(places, task, field_code, left))]
    moved_opinions = [
        {
            "id": one[0],
            "asked_unit_id": whole.get(one[2], one[2]),
            "asking_unit_id": whole.get(one[3], one[3]),
        }
        for one in opinions
    ]
    is_moved = (new_receiving, new_competent, new_returning) != (receiving, competent, returning)
    if not is_moved and not moved_tasks:
        return
    before = {
        "receiving": receiving, "competent": competent, "returning": returning,
        "tasks": [_describe_task(task) for task in tasks],
        "opinions": [{"id": o[0], "asked_unit_id": o[2], "asking_unit_id": o[3]} for o in opinions],
        "went_to": new_competent, "by_field": bool(left),
    }  # fmt: skip
    pair = _principal(
        (competent, new_competent), (receiving, new_receiving), (returning, new_returning), tasks, moved_tasks
    )
    data = {
        "from_unit": pair[0], "to_unit": pair[1], "from_name": places.name(pair[0]), "to_name": places.name(pair[1]),
        "reason": places.move.decision_number, "reorganisation": places.move.reorganisation_id,
    }  # fmt: skip
    if left:
        data["old_agency_id"] = competent
    written.dossiers.append(
        {"id": pk, "receiving": new_receiving, "competent": new_competent, "returning_id": new_returning, "data": data, "before": before}
    )  # fmt: skip
    written.tasks += moved_tasks
    written.opinions += moved_opinions
    units = {new_receiving, new_competent, new_returning, *(task["unit_id"] for task in moved_tasks)}
    units |= {places.find_agency(unit_id) for unit_id in units}
    written.involved += [{"dossier_id": pk, "unit_id": unit_id} for unit_id in sorted(units)]


def _move_task(
    places: _Places, task: tuple[Any, ...], field_code: str, left: Mapping[int, int]
) -> Row | None:
    """An open task at its new place; it stays with its person only where that person works then."""
    pk, _dossier, unit_id, post, assignee_id, taken_at, asked_by = task
    whole = places.move.whole
    to_id = whole.get(unit_id)
    for old, new in left.items():
        if unit_id == old or _is_below(unit_id, old, places.move.on):
            to_id = new
    new_asked_by = whole.get(asked_by, asked_by)
    if to_id is None:
        return (
            None if new_asked_by == asked_by else _task_row(pk, unit_id, assignee_id, taken_at, new_asked_by)
        )
    place = places.place(to_id, post, field_code)
    stays = places.is_there(assignee_id, place)
    return _task_row(pk, place, assignee_id if stays else None, taken_at if stays else None, new_asked_by)


def _is_below(unit_id: int, above_id: int, on: date) -> bool:
    day_before = date.fromordinal(on.toordinal() - 1)
    return unit_id in organisations.get_subtree(above_id, day_before)


def _task_row(pk: int, unit_id: int, assignee_id: int | None, taken_at: Any, asked_by: int | None) -> Row:
    taken = taken_at.isoformat() if taken_at else None
    return {
        "id": pk,
        "unit_id": unit_id,
        "assignee_id": assignee_id,
        "taken_at": taken,
        "asked_by_unit_id": asked_by,
    }


def _describe_task(task: tuple[Any, ...]) -> Row:
    return _task_row(task[0], task[2], task[4], task[5], task[6])


def _principal(*pairs: Any) -> tuple[int, int]:
    """The move the history tells of: the agency that decides, else the counter, else the first task."""
    *units, tasks, moved = pairs
    for old, new in units:
        if old != new:
            return old, new
    old_units = {task[0]: task[2] for task in tasks}
    return old_units[moved[0]["id"]], moved[0]["unit_id"]


def _parameters(actor: Actor, move: Move, written: _Written, at: datetime, *, keeps: bool) -> dict[str, Any]:
    return {
        "dossiers": json.dumps(written.dossiers, ensure_ascii=False),
        "tasks": json.dumps(written.tasks),
        "opinions": json.dumps(written.opinions),
        "involved": json.dumps(written.involved),
        "role": move.role,
        "at": at,
        "act": str(Act.RELOCATE),
        "user_id": actor.user_id,
        "person_name": actor.person_name[:120],
        "post": str(actor.post),
        "unit_id": actor.unit_id,
        "unit_name": actor.unit_name[:200],
        "reorganisation_id": move.reorganisation_id,
        "keeps": keeps,
    }


def _restore_share(actor: Actor, move: Move, kept: Sequence[Relocation], at: datetime) -> None:
    written = _Written()
    names = _Places(move)
    for row in kept:
        before = row.before
        old, new = before["competent"], before["went_to"]
        data: Row = {
            "from_unit": new, "to_unit": old, "from_name": names.name(new), "to_name": names.name(old),
            "reason": _("hoàn tác %(number)s") % {"number": move.decision_number}, "reorganisation": move.reorganisation_id,
        }  # fmt: skip
        if before["by_field"]:
            data["old_agency_id"] = new
        written.dossiers.append(
            {"id": row.dossier_id, "receiving": before["receiving"], "competent": old, "returning_id": before["returning"], "data": data, "before": {}}
        )  # fmt: skip
        written.tasks += before["tasks"]
        written.opinions += before["opinions"]
    relocating.move_many(_parameters(actor, move, written, at, keeps=False))


def _group(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    grouped: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows:
        grouped.setdefault(row[1], []).append(row)
    return grouped
