"""A reorganisation carried out as one operation: units and people, operations, processes, dossiers; and taken back."""

import time
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.catalogue import queries as catalogue
from motcua.catalogue.actions import handing_over
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.dossiers.actions import relocating as dossiers
from motcua.dossiers.actions.relocating_beside import Move
from motcua.organisations import actions as organisations
from motcua.organisations import queries as units
from motcua.organisations.queries import Reorganisation
from motcua.organisations.rules import Actor, MoveLine
from motcua.processes.actions import relocating as processes


@transaction.atomic
def carry_out(*, actor: Actor, reorganisation_id: int, at: datetime) -> Reorganisation:
    """Do everything a decision says, in one transaction: what is read meanwhile is as it was before.

    :raises Refused: not the actor's, done already, its day has not come, or a package below says no.
    """
    row = organisations.require_planned(actor=actor, reorganisation_id=reorganisation_id)
    if row.first_day > timezone.localdate(at):
        raise Refused("too_early", _("Chưa đến ngày đầu; hãy đặt lịch."), field="first_day")
    began = time.perf_counter()
    carried = organisations.carry_out_units(actor=actor, reorganisation=row, at=at)
    record: dict[str, Any] = {"units": carried.record}
    record |= _move_rules(actor, row, carried.lines, at)
    moved = dossiers.relocate(actor=actor, move=_make_move(row, carried.lines), at=at)
    tally = {
        **moved.pop("tally"),
        "people": len(carried.record.get("new_assignments", [])),
        "units_ended": len(row.closes),
        "units_begun": len(carried.record.get("new_units", [])),
        "processes": len(record["processes"]),
        "operations": len(record["operations"]),
        "seconds": round(time.perf_counter() - began, 1),
    }
    record["dossiers"] = moved
    organisations.mark_done(actor=actor, reorganisation=row, record=record, tally=tally, at=at)
    return row


@transaction.atomic
def undo(*, actor: Actor, reorganisation_id: int, reason: str, at: datetime) -> Reorganisation:
    """Take everything back, as long as nobody acted since.

    :raises Refused: no reason, not carried out, or somebody acted since; the refusal names the dossier.
    """
    row = organisations.require_done(actor=actor, reorganisation_id=reorganisation_id)
    if not clean_line(reason):
        raise Refused("reason_needed", _("Ghi lý do hoàn tác."), field="reason")
    move = _make_move(row, units.read_lines(row))
    assert row.done_at is not None
    dossiers.take_back(
        actor=actor, move=move, record=row.record.get("dossiers", {}), since=row.done_at, at=at
    )
    processes.move_processes_back(actor=actor, record=row.record.get("processes", []), at=at)
    handing_over.take_fields_back(actor=actor, record=row.record.get("operations", []), at=at)
    organisations.take_back_units(actor=actor, reorganisation=row, at=at)
    organisations.mark_undone(actor=actor, reorganisation=row, reason=clean_line(reason), at=at)
    return row


def carry_out_due(*, actor: Actor, reorganisation_id: int, at: datetime) -> bool:
    """One whose day has come; what cannot be done goes back to the administrator with the reason."""
    try:
        carry_out(actor=actor, reorganisation_id=reorganisation_id, at=at)
    except Refused as no:
        organisations.mark_failed(reorganisation_id=reorganisation_id, fault=no.message, at=at)
        subject = f"organisations.reorganisation:{reorganisation_id}"
        audit.record(
            "organisations.reorganisation_failed", actor="system", subject=subject, note=no.code, at=at
        )
        return False
    return True


def _move_rules(
    actor: Actor, row: Reorganisation, lines: list[MoveLine], at: datetime
) -> dict[str, list[list[Any]]]:
    """The agency's own processes with its work, and the operations that name who hands a field over."""
    whole: dict[int, int] = {}
    for line in lines:
        if not line.fields:
            whole.setdefault(line.from_id, line.to_id)
    moved = processes.move_processes(actor=actor, places=whole, at=at)
    operations: list[list[Any]] = []
    for told in row.lines:
        if told.get("fields"):
            moved += _move_field(actor, told, at)
            operations += handing_over.hand_over_fields(
                actor=actor,
                from_code=told["from"],
                to_code=told["to"],
                fields=told["fields"],
                on=row.first_day,
                at=at,
            )
    return {"processes": moved, "operations": operations}


def _move_field(actor: Actor, told: dict[str, Any], at: datetime) -> list[list[Any]]:
    ids = units.find_unit_ids([told["from"], told["to"]])
    codes = catalogue.find_codes_of_fields(told["fields"])
    places = {ids[told["from"]]: ids[told["to"]]}
    return processes.move_processes(actor=actor, places=places, procedure_codes=codes, at=at)


def _make_move(row: Reorganisation, lines: list[MoveLine]) -> Move:
    closing = frozenset(units.find_unit_ids(row.closes).values())
    return Move(row.pk, lines, closing, row.first_day, row.decision_number)
