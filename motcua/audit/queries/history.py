"""Whether history is still what was sealed: every row, every seal and every root is counted anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from motcua.audit import authority, rules
from motcua.audit.models import DayRoot, RootStamp, Seal
from motcua.audit.queries.seals import FIRST

_LATE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Fault:
    """The place where history is not what was sealed; ``kind`` says how.

    altered | deleted | inserted: a row of a table. seal | root | stamp: the evidence itself.
    """

    kind: str
    table: str
    id: int
    day: date


@dataclass(slots=True)
class _Chain:
    head: bytes
    places: dict[str, tuple[int, int]]
    seal_id: int | None = None


def find_faults() -> Iterator[Fault]:
    """Every fault, the earliest sealed first; the first is the one to name. Reads only."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('TimeZone', 'UTC', true)")
        yield from _check_all()


def _check_all() -> Iterator[Fault]:
    chain = _Chain(rules.NOTHING, {})
    roots = list(DayRoot.objects.order_by("id"))
    yield from _check_roots(_take(roots, None), chain)
    for seal in _walk(Seal.objects.all()):
        yield from _check_seal(seal, chain)
        yield from _check_rows(seal)
        chain.head, chain.seal_id = bytes(seal.hash), seal.pk
        chain.places[seal.table_name] = (seal.upto_xact, seal.upto_id)
        yield from _check_roots(_take(roots, seal.pk), chain)
    for root in roots:  # what is left names a seal that is not there
        yield Fault("root", "audit_dayroot", root.pk, root.day)


def find_late_rows() -> Iterator[Fault]:
    """Rows that tell of a day long before they were written: no proof of anything, but worth asking about.

    The first stretch of a table is left out: it is what was there when sealing began.
    """
    for seal in _walk(Seal.objects.filter(after_xact__gte=0)):
        oldest = timezone.localdate(seal.at - _LATE)
        for leaf in rules.unpack(bytes(seal.leaves)):
            if leaf.day < oldest:
                yield Fault("late", seal.table_name, leaf.id, leaf.day)


def _walk(seals: QuerySet[Seal]) -> Iterator[Seal]:
    """One seal at a time: each carries its leaves, and all together do not fit in memory."""
    for number in list(seals.order_by("id").values_list("pk", flat=True)):
        yield Seal.objects.get(pk=number)


def _take(roots: list[DayRoot], seal_id: int | None) -> list[DayRoot]:
    """The roots that were closed on this seal; they leave the list."""
    taken = [root for root in roots if root.last_seal_id == seal_id]
    roots[:] = [root for root in roots if root.last_seal_id != seal_id]
    return taken


def _check_seal(seal: Seal, chain: _Chain) -> Iterator[Fault]:
    span = rules.Span(
        seal.table_name,
        tuple(seal.columns),
        (seal.after_xact, seal.after_id),
        (seal.upto_xact, seal.upto_id),
        seal.row_count,
        seal.at,
    )
    is_linked = bytes(seal.previous) == chain.head and span.after == chain.places.get(seal.table_name, FIRST)
    if not is_linked or bytes(seal.hash) != rules.link(bytes(seal.previous), span, bytes(seal.leaves)):
        yield Fault("seal", "audit_seal", seal.pk, timezone.localdate(seal.at))


def _check_rows(seal: Seal) -> Iterator[Fault]:
    try:
        leaves = list(rules.unpack(bytes(seal.leaves)))
    except ValueError:
        return  # the seal itself was named already
    found = _read_span(seal)
    for leaf in leaves:
        now = found.pop(leaf.id, None)
        if now is None:
            kind = "altered" if _exists(seal.table_name, leaf.id) else "deleted"
            yield Fault(kind, seal.table_name, leaf.id, leaf.day)
        elif now.fingerprint != leaf.fingerprint:
            yield Fault("altered", seal.table_name, leaf.id, leaf.day)
    yield from (Fault("inserted", seal.table_name, extra.id, extra.day) for extra in found.values())


def _read_span(seal: Seal) -> dict[int, rules.Leaf]:
    question = rules.select_leaves(seal.table_name, seal.columns) + " AND (xact_id, id) <= (%s, %s)"
    with connection.cursor() as cursor:
        cursor.execute(question, [seal.after_xact, seal.after_id, seal.upto_xact, seal.upto_id])
        return {row[0]: rules.Leaf(row[0], row[1], bytes(row[2])) for row in cursor.fetchall()}


def _exists(table: str, number: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT 1 FROM "{table}" WHERE id = %s', [number])
        return cursor.fetchone() is not None


def _check_roots(roots: list[DayRoot], chain: _Chain) -> Iterator[Fault]:
    for root in roots:
        if bytes(root.hash) != chain.head:
            yield Fault("root", "audit_dayroot", root.pk, root.day)
        for stamp in RootStamp.objects.filter(root_id=root.pk).order_by("id"):
            if not authority.is_answer_for(bytes(stamp.answer), bytes(root.hash)):
                yield Fault("stamp", "audit_rootstamp", stamp.pk, stamp.day)
