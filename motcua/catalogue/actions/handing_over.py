"""A field handed over to another agency: the procedures of it that name the one name the other from the first day."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from motcua.audit import actions as audit
from motcua.catalogue.actions.stamping import touch
from motcua.catalogue.models import Operation
from motcua.organisations.rules import Actor


@transaction.atomic
def hand_over_fields(
    *, actor: Actor, from_code: str, to_code: str, fields: Sequence[str], on: date, at: datetime
) -> list[list[Any]]:
    """Operations of these fields that name the agency end and go on with the other; what stood before: [ended, until, new]."""
    rows = (
        Operation.objects.select_for_update(of=("self",))
        .on(on)
        .filter(procedure__field__code__in=list(fields))
    )
    record: list[list[Any]] = []
    for operation in rows.select_related("procedure").order_by("pk"):
        if from_code in operation.unit_codes and operation.valid_from < on:
            record.append(_go_on(operation, from_code, to_code, on))
    if record:
        touch()
        audit.record(
            "catalogue.fields_handed_over", actor=actor, ids=[row[0] for row in record], note=to_code, at=at
        )
    return record


@transaction.atomic
def take_fields_back(*, actor: Actor, record: Sequence[Sequence[Any]], at: datetime) -> None:
    """As it was before."""
    for ended, until, fresh in record:
        Operation.objects.filter(pk=fresh).delete()
        Operation.objects.filter(pk=ended).update(valid_to=until)
    if record:
        touch()
        audit.record("catalogue.fields_taken_back", actor=actor, ids=[row[0] for row in record], at=at)


def _go_on(operation: Operation, from_code: str, to_code: str, on: date) -> list[Any]:
    ended, until = operation.pk, operation.valid_to
    papers, fees = list(operation.required_papers.all()), list(operation.fees.all())
    Operation.objects.filter(pk=ended).update(valid_to=on)
    codes = [to_code if code == from_code else code for code in operation.unit_codes]
    fresh = _copy(operation, valid_from=on, valid_to=until, unit_codes=list(dict.fromkeys(codes)))
    for part in (*papers, *fees):
        _copy(part, operation_id=fresh.pk)
    return [ended, until.isoformat() if until else None, fresh.pk]


def _copy(row: Any, **changes: Any) -> Any:
    values: Mapping[str, Any] = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    return type(row).objects.create(**{**values, **changes})
