"""Fixing what was written: rows are sealed in the order of writing, and each day gets a root. Acts never wait for it."""

from datetime import date, datetime

from django.db import connection, transaction

from motcua.audit import rules
from motcua.audit.models import DayRoot, RootStamp, Seal
from motcua.audit.queries import seals

# One sealer at a time: a second waits for the first and goes on after it.
_LOCK = 2_018_061_18


@transaction.atomic
def seal_next(table: str, *, limit: int, at: datetime) -> int:
    """Seal the next rows of a table, those no open transaction can still slip in before; how many."""
    _hold()
    before = seals.get_place(table)
    columns = seals.find_columns(table)
    rows = seals.read_rows(table, columns, after=before, limit=limit)
    if not rows:
        return 0
    leaves = rules.pack(row.leaf for row in rows)
    span = rules.Span(table, columns, before, rows[-1].place, len(rows), at)
    head = seals.get_head()
    Seal.objects.create(
        at=at,
        table_name=table,
        columns=list(columns),
        after_xact=span.after[0],
        after_id=span.after[1],
        upto_xact=span.upto[0],
        upto_id=span.upto[1],
        row_count=span.count,
        leaves=leaves,
        previous=head.hash,
        hash=rules.link(head.hash, span, leaves),
    )
    return len(rows)


@transaction.atomic
def close_day(day: date, *, at: datetime) -> DayRoot:
    """Keep the head of the chain as the root of a day; a day closed already keeps the root it has."""
    _hold()
    if (known := DayRoot.objects.filter(day=day).order_by("id").first()) is not None:
        return known
    head = seals.get_head()
    return DayRoot.objects.create(at=at, day=day, last_seal_id=head.seal_id, hash=head.hash)


def keep_stamp(*, root: DayRoot, authority: str, stamped_at: datetime, answer: bytes, at: datetime) -> None:
    """Keep what the authority answered for a root, whole, so that others can verify it with their own tools."""
    RootStamp.objects.create(
        at=at, day=root.day, root_id=root.pk, authority=authority[:200], stamped_at=stamped_at, answer=answer
    )


def _hold() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s), set_config('TimeZone', 'UTC', true)", [_LOCK])
