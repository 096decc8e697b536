"""Charging a dossier at intake, and collecting at the counter."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.organisations.rules import Actor
from motcua.payments import access
from motcua.payments.models import Charge, ChargeKind, Collection, Method

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('payments:' || %s, 0))"


def charge(
    *,
    actor: Actor,
    reference: str,
    agency_id: int,
    lines: Iterable[tuple[str, int, str]],
    at: datetime,
) -> int:
    """Fix what is to be paid for the dossier: lines of (name, amount in đồng, kind). The sum; one statement or none."""
    charges = [
        Charge(
            agency_id=agency_id,
            reference=reference,
            no=no,
            name=(name or str(ChargeKind(kind).label))[:500],
            kind=kind,
            amount_vnd=int(amount),
            charged_at=at,
            charged_by_id=actor.user_id,
        )
        for no, (name, amount, kind) in enumerate(lines, start=1)
    ]
    Charge.objects.bulk_create(charges)
    return sum(line.amount_vnd for line in charges)


@transaction.atomic
def collect(
    *,
    actor: Actor,
    reference: str,
    amount: int,
    method: str,
    receipt_number: str = "",
    at: datetime,
) -> Collection:
    """Take money for a dossier at the counter. The printed receipt has its own number, set by its issuer.

    :raises Refused: another post, nothing is charged, the amount is not one that is still owed, or the method is unknown.
    """
    access.require_collector(actor)
    if method not in Method.values:
        raise Refused(
            "unknown_method",
            _("Chọn tiền mặt hoặc chuyển khoản."),
            field="method",
            possible=tuple(Method.values),
        )
    with connection.cursor() as cursor:
        # Two counters at once must not take the same money twice.
        cursor.execute(_LOCK, [reference])
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
    return taken


def _require_owed(reference: str, amount: int) -> Charge:
    charges = list(Charge.objects.filter(reference=reference).order_by("no"))
    if not charges:
        raise Refused("nothing_charged", _("Hồ sơ này không có khoản phải thu."), field="amount")
    taken = Collection.objects.filter(reference=reference).aggregate(sum=Sum("amount_vnd"))["sum"] or 0
    owed = sum(line.amount_vnd for line in charges) - taken
    if owed <= 0:
        raise Refused("already_collected", _("Hồ sơ này đã thu đủ."), field="amount")
    if not 0 < amount <= owed:
        text = _("Số tiền phải lớn hơn 0 và không quá số còn phải thu.")
        raise Refused("amount_out_of_range", text, field="amount")
    return charges[0]
