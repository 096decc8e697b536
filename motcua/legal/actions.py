"""Laying down legal numbers: a new value is a new row, and the old one keeps its days."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.legal.access import Administrator, require_keeper
from motcua.legal.models import LegalDocument, Parameter
from motcua.legal.queries import get_row
from motcua.legal.rules import read_value

DATA = Path(__file__).parent / "data"


@transaction.atomic
def set_parameter(
    *,
    actor: Administrator,
    key: str,
    value: str,
    valid_from: date,
    basis: str,
    is_verified: bool,
    at: datetime,
) -> Parameter:
    """Give a key a new value from a day on; the value before it ends that day.

    :raises Refused: the key is unknown, no basis is given, the value is of another kind than the one before, or a later value is already laid down.
    """
    require_keeper(actor)
    latest = Parameter.objects.select_for_update().filter(key=key).order_by("-valid_from").first()
    if latest is None:
        raise Refused("not_found", _("Không có tham số này."), field="key")
    if not basis.strip():
        raise Refused("no_basis", _("Cần ghi căn cứ của giá trị mới."), field="basis")
    value = read_value(value, latest.value, say=_)
    if valid_from <= latest.valid_from:
        raise Refused(
            "not_later", _("Ngày áp dụng phải sau ngày áp dụng của giá trị hiện có."), field="valid_from"
        )
    if latest.valid_to is None or latest.valid_to > valid_from:
        Parameter.objects.filter(pk=latest.pk).update(valid_to=valid_from)
    return Parameter.objects.create(
        key=key,
        name=latest.name,
        value=value,
        valid_from=valid_from,
        basis=basis.strip(),
        is_verified=is_verified,
        changed_at=at,
        changed_by=_sign(actor),
    )


@transaction.atomic
def verify_parameter(*, actor: Administrator, parameter_id: int, basis: str, at: datetime) -> Parameter:
    """Say that a value was compared with the text of the law, and where it stands there.

    :raises Refused: no such row, or no basis.
    """
    require_keeper(actor)
    if not basis.strip():
        raise Refused("no_basis", _("Cần ghi căn cứ đã đối chiếu."), field="basis")
    row = get_row(parameter_id)
    row.basis, row.is_verified, row.changed_at, row.changed_by = basis.strip(), True, at, _sign(actor)
    row.save(update_fields=["basis", "is_verified", "changed_at", "changed_by"])
    return row


@transaction.atomic
def load_parameters() -> int:
    """Put in the shipped documents and numbers; what an installation has changed itself is left alone."""
    documents = [LegalDocument(**_document_of(row)) for row in _read("documents.csv")]
    LegalDocument.objects.bulk_create(documents, ignore_conflicts=True)
    by_number = dict(LegalDocument.objects.values_list("number", "pk"))
    known = set(Parameter.objects.values_list("key", flat=True))
    new = [_parameter_of(row, by_number) for row in _read("parameters.csv") if row["key"] not in known]
    return len(Parameter.objects.bulk_create(new))


def _sign(actor: Administrator) -> str:
    return f"{actor.person_name}, {actor.unit_name}"[:240]


def _read(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _document_of(row: dict[str, str]) -> dict[str, object]:
    days = {name: _day(row[name]) for name in ("issued_on", "valid_from", "valid_to")}
    return {**row, **days}


def _parameter_of(row: dict[str, str], documents: dict[str, int]) -> Parameter:
    return Parameter(
        key=row["key"],
        name=row["name"],
        value=row["value"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        basis=row["basis"],
        document_id=documents.get(row["document"]),
        is_verified=row["is_verified"] == "1",
    )
