"""Charging a dossier at intake, and collecting at the counter."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core import idempotency
from motcua.core.drafts import Draft, write
from motcua.core.prepared import open_cursor
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.organisations.rules import Actor
from motcua.payments import access
from motcua.payments.models import Charge, ChargeKind, Collection, Method

_CHARGES = """
INSERT INTO payments_charge (agency_id, reference, no, name, kind, amount_vnd, charged_at, charged_by_id) VALUES
"""
_LINE = "(%s, %s, %s, %s, %s, %s, %s, %s)"
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('payments:' || %s, 0))"


class Owed(NamedTuple):
    """What is to be paid for a dossier: lines of (name, amount in đồng, kind)."""

    reference: str
    agency_id: int
    lines: Sequence[tuple[str, int, str]]


def charge(
    *,
    actor: Actor,
    reference: str,
    agency_id: int,
    lines: Iterable[tuple[str, int, str]],
    at: datetime,
) -> int:
    """Fix what is to be paid for the dossier: lines of (name, amount in đồng, kind). The sum; one statement or none."""
    owed = Owed(reference, agency_id, tuple(lines))
    write(draft_charges(actor=actor, owed=[owed], at=at))
    return sum(int(amount) for _name, amount, _kind in owed.lines)


def draft_charges(*, actor: Actor, owed: Sequence[Owed], at: datetime) -> list[Draft]:
    """As `charge`, for several dossiers, to be written with what else the act leaves; nothing where nothing is owed."""
    rows: list[tuple[Any, ...]] = [
        (one.agency_id, one.reference, no, (name or str(ChargeKind(kind).label))[:500], str(kind), int(amount), at, actor.user_id)
        for one in owed
        for no, (name, amount, kind) in enumerate(one.lines, start=1)
    ]  # fmt: skip
    return [Draft(_open(len(rows)), [value for row in rows for value in row])] if rows else []


@cache
def _open(count: int) -> str:
    return f"charged AS ({_CHARGES}{', '.join([_LINE] * count)})"


@transaction.atomic
def collect(
    *,
    actor: Actor,
    reference: str,
    amount: int,
    method: str,
    receipt_number: str = "",
    key: str = "",
    at: datetime,
) -> Collection:
    """Take money for a dossier at the counter. The printed receipt has its own number, set by its issuer.

    :raises Refused: another post, nothing is charged, the amount is not one that is still owed, or the method is unknown.
    """
    access.require_collector(actor)
    receipt_number = clean_line(receipt_number)[:60]
    asked = {"reference": reference, "amount": amount, "method": method, "receipt": receipt_number}
    if key and (earlier := _remember(actor, key, "payments.collect", asked)):
        return Collection.objects.get(pk=earlier)
    if method not in Method.values:
        raise Refused(
            "unknown_method",
            _("Chọn tiền mặt hoặc chuyển khoản."),
            field="method",
            possible=tuple(Method.values),
        )
    _lock(reference)
    first = _require_owed(reference, amount)
    taken = Collection.objects.create(
        agency_id=first.agency_id,
        reference=reference,
        amount_vnd=amount,
        method=method,
        receipt_number=receipt_number,
        collected_at=at,
        collected_by_id=actor.user_id,
        collector_name=actor.person_name,
        unit_name=actor.unit_name,
    )
    audit.record("payments.collect", actor=actor, subject=f"payments.collection:{taken.pk}", at=at)
    if key:
        idempotency.complete(key, f"user:{actor.user_id}", str(taken.pk))
    return taken


@transaction.atomic
def void(*, actor: Actor, reference: str, collection_id: int, reason: str, at: datetime) -> Collection:
    """Void money written down in error; the row and its reason stay, the sum is owed again.

    :raises Refused: another post, no reason, no such collection of the dossier, or it is void already.
    """
    access.require_collector(actor)
    reason = _require_reason(reason)
    _lock(reference)
    taken = Collection.objects.filter(reference=reference, pk=collection_id).first()
    if taken is None:
        raise Refused("not_found", _("Hồ sơ này không có lần thu đó."))
    if taken.voided_at is not None:
        raise Refused("already_voided", _("Lần thu này đã hủy rồi."))
    taken.voided_at, taken.voided_by_id, taken.void_reason = at, actor.user_id, reason
    taken.save(update_fields=["voided_at", "voided_by_id", "void_reason"])
    audit.record("payments.void", actor=actor, subject=f"payments.collection:{taken.pk}", at=at)
    return taken


@transaction.atomic
def waive(*, actor: Actor, reference: str, no: int, reason: str, at: datetime) -> Charge:
    """Exempt the payer from one line (Law 97/2015/QH13 art. 10); the line stays with its reason.

    :raises Refused: another post, no reason, no such line, waived already, or paid for already.
    """
    access.require_collector(actor)
    reason = _require_reason(reason)
    _lock(reference)
    line = Charge.objects.filter(reference=reference, no=no).first()
    if line is None:
        raise Refused("not_found", _("Hồ sơ này không có khoản phải thu đó."))
    if line.waived_at is not None:
        raise Refused("already_waived", _("Khoản này đã được miễn."))
    if _count_owed(reference) < line.amount_vnd:
        raise Refused("already_collected", _("Khoản này đã thu; hủy lần thu trước khi miễn."))
    line.waived_at, line.waived_by_id, line.waive_reason = at, actor.user_id, reason
    line.save(update_fields=["waived_at", "waived_by_id", "waive_reason"])
    audit.record("payments.waive", actor=actor, subject=f"payments.charge:{line.pk}", at=at)
    return line


def _remember(actor: Actor, key: str, act: str, asked: dict[str, object]) -> str | None:
    return idempotency.remember(key, f"user:{actor.user_id}", act, idempotency.fingerprint(asked))


def _lock(reference: str) -> None:
    """Two counters at once must not take the same money twice."""
    with open_cursor() as cursor:
        cursor.execute(_LOCK, [reference])


def _require_reason(reason: str) -> str:
    cleaned = clean_line(reason)[:500]
    if not cleaned:
        raise Refused("reason_missing", _("Ghi lý do."), field="reason")
    return cleaned


def _require_owed(reference: str, amount: int) -> Charge:
    first = Charge.objects.filter(reference=reference).order_by("no").first()
    if first is None:
        raise Refused("nothing_charged", _("Hồ sơ này không có khoản phải thu."), field="amount")
    owed = _count_owed(reference)
    if owed <= 0:
        raise Refused("already_collected", _("Hồ sơ này đã thu đủ."), field="amount")
    if not 0 < amount <= owed:
        text = _("Số tiền phải lớn hơn 0 và không quá số còn phải thu.")
        raise Refused("amount_out_of_range", text, field="amount")
    return first


def _count_owed(reference: str) -> int:
    """What is still to be paid, in đồng, read under the lock."""
    charged = Charge.objects.filter(reference=reference, waived_at=None).aggregate(sum=Sum("amount_vnd"))
    taken = Collection.objects.filter(reference=reference, voided_at=None).aggregate(sum=Sum("amount_vnd"))
    return (charged["sum"] or 0) - (taken["sum"] or 0)
