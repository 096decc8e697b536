"""Months of the permanent tables: made ahead of time, so that the partition for the rest stays empty."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from motcua.core.models import PermanentModel
from motcua.core.permanent import refuse_truncate

_CHILDREN = """
SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
WHERE i.inhparent = to_regclass(%s)
"""
_IS_PARTITIONED = "SELECT 1 FROM pg_class WHERE oid = to_regclass(%s) AND relkind = 'p'"
_STRAY = 'SELECT EXISTS (SELECT FROM "{table}_default" WHERE at >= %s AND at < %s)'


def permanent_tables() -> list[str]:
    """The tables of all permanent models."""
    return sorted(m._meta.db_table for m in apps.get_models() if issubclass(m, PermanentModel))


def ensure_partitions(first: date, months: int) -> list[str]:
    """Make the missing monthly partitions of every permanent table; the names of those made.

    A month whose rows already lie in the partition for the rest is brought over with its rows.
    """
    return [made for table in permanent_tables() for made in _ensure(table, first, months)]


def _ensure(table: str, first: date, months: int) -> Iterator[str]:
    if not _is_partitioned(table):
        return
    known = _children(table)
    for start, end in _months(first, months):
        name = f"{table}_{start:%Y_%m}"
        if name not in known:
            _make(table, name, _edge(start), _edge(end))
            yield name


@transaction.atomic
def _make(table: str, name: str, start: datetime, end: datetime) -> None:
    """Make one month aside, fill it with rows that came before it, and attach it."""
    with connection.cursor() as cursor:
        cursor.execute(_STRAY.format(table=table), [start, end])
        row = cursor.fetchone()
        if row and row[0]:
            _bring_over(cursor, table, name, start, end)
        else:
            bounds = f"FROM ('{start.isoformat()}') TO ('{end.isoformat()}')"
            cursor.execute(f'CREATE TABLE "{name}" PARTITION OF "{table}" FOR VALUES {bounds}')
        if _keeps_rows(cursor, table):
            cursor.execute(refuse_truncate(name))


def _bring_over(cursor: object, table: str, name: str, start: datetime, end: datetime) -> None:
    rest, bounds = f"{table}_default", [start, end]
    execute = cursor.execute  # type: ignore[attr-defined]
    execute(f'ALTER TABLE "{table}" DETACH PARTITION "{rest}"')
    execute(
        f"CREATE TABLE \"{name}\" PARTITION OF \"{table}\" FOR VALUES FROM ('{start.isoformat()}') TO ('{end.isoformat()}')"
    )
    execute(f'INSERT INTO "{name}" SELECT * FROM "{rest}" WHERE at >= %s AND at < %s', bounds)
    # Detached, the old partition has lost the triggers it had from its parent; only then may rows leave it.
    execute(f'DELETE FROM "{rest}" WHERE at >= %s AND at < %s', bounds)
    execute(f'ALTER TABLE "{table}" ATTACH PARTITION "{rest}" DEFAULT')


def _keeps_rows(cursor: object, table: str) -> bool:
    cursor.execute("SELECT 1 FROM pg_trigger WHERE tgname = %s", [f"{table}_is_kept"])  # type: ignore[attr-defined]
    return cursor.fetchone() is not None  # type: ignore[attr-defined]


def _is_partitioned(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_IS_PARTITIONED, [f'"{table}"'])
        return cursor.fetchone() is not None


def _children(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_CHILDREN, [f'"{table}"'])
        return {name for (name,) in cursor.fetchall()}


def _months(first: date, months: int) -> Iterator[tuple[date, date]]:
    start = first.replace(day=1)
    for _ in range(months):
        end = date(start.year + start.month // 12, start.month % 12 + 1, 1)
        yield start, end
        start = end


def _edge(day: date) -> datetime:
    """A month begins at midnight in Viet Nam."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())
