"""How far history is sealed, and what comes next."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Exists, OuterRef

from motcua.audit import rules
from motcua.audit.models import DayRoot, RootStamp, Seal

_COLUMNS = """
SELECT attname FROM pg_attribute
WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped ORDER BY attnum
"""
FIRST = (-1, 0)
"""The place before every row."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row read for sealing, with its place in the order of writing."""

    leaf: rules.Leaf
    place: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain."""

    seal_id: int | None
    hash: bytes


@dataclass(frozen=True, slots=True)
class Sealing:
    """How the evidence stands, for the operator."""

    sealed_at: datetime | None
    last_day: date | None
    last_root: str
    stamped_by: str
    unstamped: int


def find_columns(table: str) -> tuple[str, ...]:
    """The columns of a table in the order they were made."""
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS, [f'"{table}"'])
        return tuple(name for (name,) in cursor.fetchall())


def get_place(table: str) -> tuple[int, int]:
    """Up to where a table is sealed."""
    last = Seal.objects.filter(table_name=table).order_by("-id").values_list("upto_xact", "upto_id").first()
    return last or FIRST


def get_head() -> Head:
    """The last seal of the chain, over all tables."""
    last = Seal.objects.order_by("-id").values_list("id", "hash").first()
    return Head(last[0], bytes(last[1])) if last else Head(None, rules.NOTHING)


def read_rows(table: str, columns: tuple[str, ...], *, after: tuple[int, int], limit: int) -> list[Row]:
    """The next rows in the order of writing, none above the horizon; the session's zone must be UTC."""
    question = (
        rules.select_leaves(table, columns) + " AND xact_id < motcua_horizon() ORDER BY xact_id, id LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(question, [*after, limit])
        return [
            Row(rules.Leaf(number, day, bytes(fingerprint)), (xact, number))
            for number, day, fingerprint, xact in cursor.fetchall()
        ]


def find_unstamped(limit: int = 40) -> list[DayRoot]:
    """Roots no authority has answered for, the oldest first."""
    answered = RootStamp.objects.filter(root_id=OuterRef("pk"))
    return list(DayRoot.objects.filter(~Exists(answered)).order_by("id")[:limit])


def get_sealing() -> Sealing:
    """When the last seal was made, the last root, and who stamped it."""
    root = DayRoot.objects.order_by("-id").first()
    stamp = RootStamp.objects.filter(root_id=root.pk).order_by("id").first() if root else None
    return Sealing(
        sealed_at=Seal.objects.order_by("-id").values_list("at", flat=True).first(),
        last_day=root.day if root else None,
        last_root=bytes(root.hash).hex() if root else "",
        stamped_by=stamp.authority if stamp else "",
        unstamped=len(find_unstamped()),
    )
