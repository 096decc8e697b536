"""What a reorganisation moves beside the dossiers: filings that wait, books, lists on their way, reminders."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from motcua.dossiers.models import (
    Consignment,
    Explanation,
    Filing,
    Joint,
    JointPart,
    Relocation,
    Reminder,
    Series,
)
from motcua.dossiers.rules.consigning import IN_TRANSIT
from motcua.dossiers.rules.states import ALIVE, State
from motcua.organisations.rules import MoveLine

RUNNING = sorted(state.value for state in ALIVE | {State.RESULT_READY})


@dataclass(slots=True)
class Move:
    """A reorganisation as dossiers meet it: which lines, from which day, by which decision."""

    reorganisation_id: int
    lines: Sequence[MoveLine]
    closing: frozenset[int]
    on: date
    decision_number: str

    @property
    def role(self) -> str:
        """Under which role involvements are added, so that they can be told from the others."""
        return f"heir:{self.reorganisation_id}"[:12]

    @property
    def whole(self) -> dict[int, int]:
        """Units that go with everything, and where to."""
        places: dict[int, int] = {}
        for line in self.lines:
            if not line.fields:
                places.setdefault(line.from_id, line.to_id)
        return places


def move_beside(*, move: Move) -> dict[str, list[Any]]:
    """Move all of it; what stood before, for the way back."""
    return {
        "filings": _move_filings(move),
        "joints": _move_joints(move),
        "joint_parts": _move_joint_parts(move),
        "consignments": _move_consignments(move),
        "reminders": _move_reminders(move),
        "explanations": _move_explanations(move),
        **_move_books(move),
    }


def take_beside_back(*, record: Mapping[str, Any]) -> None:
    """All of it as it stood before."""
    for pk, unit_id, agency_id in record.get("filings", []):
        Filing.objects.filter(pk=pk).update(unit_id=unit_id, agency_id=agency_id)
    for pk, receiving_id, returning_id in record.get("joints", []):
        Joint.objects.filter(pk=pk).update(receiving_unit_id=receiving_id, returning_unit_id=returning_id)
    for pk, agency_id in record.get("joint_parts", []):
        JointPart.objects.filter(pk=pk).update(competent_agency_id=agency_id)
    for pk, from_id, to_id in record.get("consignments", []):
        Consignment.objects.filter(pk=pk).update(from_unit_id=from_id, to_unit_id=to_id)
    for unit_id, ids in record.get("reminders", []):
        Reminder.objects.filter(pk__in=ids).update(unit_id=unit_id)
    for pk, agency_id, unit_id in record.get("explanations", []):
        Explanation.objects.filter(pk=pk).update(agency_id=agency_id, unit_id=unit_id)
    Series.objects.filter(pk__in=record.get("opened", [])).delete()
    for pk, until in record.get("ended", []):
        Series.objects.filter(pk=pk).update(valid_to=until)


def _move_joints(move: Move) -> list[list[int]]:
    """Wholes that are open, or whose results still wait, are given back by whoever took the counter over."""
    whole, before = move.whole, []
    # Asked of the work that moves, not of every whole there ever was.
    moved = Relocation.objects.filter(reorganisation_id=move.reorganisation_id, dossier__joint__isnull=False)
    waiting = set(moved.values_list("dossier__joint_id", flat=True))
    for row in Joint.objects.select_for_update().filter(Q(finished_at=None) | Q(pk__in=waiting)):
        pair = (
            whole.get(row.receiving_unit_id, row.receiving_unit_id),
            whole.get(row.returning_unit_id, row.returning_unit_id),
        )
        if pair != (row.receiving_unit_id, row.returning_unit_id):
            before.append([row.pk, row.receiving_unit_id, row.returning_unit_id])
            Joint.objects.filter(pk=row.pk).update(receiving_unit_id=pair[0], returning_unit_id=pair[1])
    return before


def _move_joint_parts(move: Move) -> list[list[int]]:
    """Parts not begun yet will begin at the agency that took over; as they stood before."""
    whole, before = move.whole, []
    for row in JointPart.objects.select_for_update().filter(dossier=None, competent_agency_id__in=whole):
        before.append([row.pk, row.competent_agency_id])
        JointPart.objects.filter(pk=row.pk).update(competent_agency_id=whole[row.competent_agency_id])
    return before


def _move_consignments(move: Move) -> list[list[int]]:
    """Lists with something still on its way are signed and settled by whoever took over; as they stood before."""
    whole, before = move.whole, []
    moving = Consignment.objects.filter(items__state__in=[state.value for state in IN_TRANSIT]).distinct()
    for row in moving.order_by("pk"):
        pair = (whole.get(row.from_unit_id, row.from_unit_id), whole.get(row.to_unit_id, row.to_unit_id))
        if pair != (row.from_unit_id, row.to_unit_id):
            before.append([row.pk, row.from_unit_id, row.to_unit_id])
            Consignment.objects.filter(pk=row.pk).update(from_unit_id=pair[0], to_unit_id=pair[1])
    return before


def _move_reminders(move: Move) -> list[list[Any]]:
    """What a unit was reminded of and still waits presses whoever took over; the rows by the unit they had."""
    before: list[list[Any]] = []
    for old, new in move.whole.items():
        waiting = Reminder.objects.filter(unit_id=old, dossier__state__in=RUNNING)
        if ids := list(waiting.values_list("pk", flat=True)):
            before.append([old, ids])
            Reminder.objects.filter(pk__in=ids).update(unit_id=new)
    return before


def _move_explanations(move: Move) -> list[list[int]]:
    """What a unit that ends still owes its head is owed by whoever took over; as it stood before."""
    whole, before = move.whole, []
    for row in Explanation.objects.select_for_update().filter(explained_at=None, agency_id__in=whole):
        before.append([row.pk, row.agency_id, row.unit_id])
        row.agency_id, row.unit_id = whole[row.agency_id], whole.get(row.unit_id, row.unit_id)
        row.save(update_fields=["agency_id", "unit_id"])
    return before


def _move_filings(move: Move) -> list[list[int | None]]:
    """Filings that wait at a counter that ends wait at the one that takes over; as they stood before."""
    whole = move.whole
    before = []
    for filing in Filing.objects.select_for_update().filter(ended_at=None, unit_id__in=whole):
        before.append([filing.pk, filing.unit_id, filing.agency_id])
        filing.unit_id = whole[filing.unit_id]
        filing.agency_id = whole.get(filing.agency_id or 0, filing.agency_id)
        filing.save(update_fields=["unit_id", "agency_id"])
    return before


def _move_books(move: Move) -> dict[str, list[Any]]:
    """Books of an agency that ends are closed, and their like opened where none is; numbers given stay in the old ones."""
    ended: list[list[Any]] = []
    opened: list[int] = []
    for book in _find_books(move.closing, move.on):
        ended.append([book.pk, book.valid_to.isoformat() if book.valid_to else None])
        Series.objects.filter(pk=book.pk).update(valid_to=move.on)
        heir = move.whole.get(book.agency_id)
        if heir is None or Series.objects.on(move.on).filter(agency_id=heir, code=book.code).exists():
            continue
        made = Series.objects.create(
            agency_id=heir, code=book.code, name=book.name, pattern=book.pattern,
            procedure_codes=book.procedure_codes, valid_from=move.on, valid_to=book.valid_to,
        )  # fmt: skip
        opened.append(made.pk)
    return {"ended": ended, "opened": opened}


def _find_books(agencies: Iterable[int], on: date) -> list[Series]:
    rows = Series.objects.select_for_update().filter(agency_id__in=list(agencies), valid_from__lt=on)
    return list(rows.exclude(valid_to__lte=on).order_by("pk"))
