"""Processes of an agency that ends, or hands a field over, are those of the agency that takes over."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.audit import actions as audit
from motcua.organisations.rules import Actor
from motcua.processes.actions.publishing import touch
from motcua.processes.models import Process


@transaction.atomic
def move_processes(
    *, actor: Actor, places: Mapping[int, int], procedure_codes: Sequence[str] | None = None, at: datetime
) -> list[list[Any]]:
    """An agency's own processes go with its work, where the other has none of its own; [process, agency before].

    :param procedure_codes: of these procedures only; None is of all
    """
    rows = Process.objects.select_for_update(of=("self",)).filter(agency_id__in=list(places))
    if procedure_codes is not None:
        rows = rows.filter(procedure_code__in=list(procedure_codes))
    record: list[list[Any]] = []
    for process in rows.order_by("pk"):
        to_id = places[process.agency_id or 0]
        if Process.objects.filter(procedure_code=process.procedure_code, agency_id=to_id).exists():
            continue
        record.append([process.pk, process.agency_id])
        Process.objects.filter(pk=process.pk).update(agency_id=to_id)
    if record:
        touch()
        audit.record("processes.moved", actor=actor, ids=[row[0] for row in record], at=at)
    return record


@transaction.atomic
def move_processes_back(*, actor: Actor, record: Sequence[Sequence[Any]], at: datetime) -> None:
    """As it was before."""
    for pk, agency_id in record:
        Process.objects.filter(pk=pk).update(agency_id=agency_id)
    if record:
        touch()
        audit.record("processes.moved_back", actor=actor, ids=[row[0] for row in record], at=at)
