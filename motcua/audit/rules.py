"""How history is sealed: a fingerprint for each row, a chain of seals, a root for each day."""

import json
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

NOTHING = bytes(32)
"""What the first seal is chained to."""
_LEAF = struct.Struct(">qi32s")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One sealed row: its id, the day it tells of (Viet Nam), the SHA-256 of its columns."""

    id: int
    day: date
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class Span:
    """Which rows of a table a seal covers: after one place in the order of writing, up to another."""

    table: str
    columns: tuple[str, ...]
    after: tuple[int, int]
    upto: tuple[int, int]
    count: int
    at: datetime


def pack(leaves: Iterable[Leaf]) -> bytes:
    """The leaves as kept: 44 bytes each, in the order of writing."""
    return b"".join(_LEAF.pack(leaf.id, leaf.day.toordinal(), leaf.fingerprint) for leaf in leaves)


def unpack(kept: bytes) -> Iterator[Leaf]:
    """The leaves again.

    :raises ValueError: the bytes were cut or lengthened, or name a day that is none.
    """
    if len(kept) % _LEAF.size:
        raise ValueError("not a whole number of leaves")
    for number, ordinal, fingerprint in _LEAF.iter_unpack(kept):
        yield Leaf(number, date.fromordinal(ordinal), fingerprint)


def link(previous: bytes, span: Span, leaves: bytes) -> bytes:
    """The hash of a seal: of the seal before it, what it covers, and the leaves."""
    told = [
        span.table,
        list(span.columns),
        list(span.after),
        list(span.upto),
        span.count,
        span.at.astimezone(UTC).isoformat(),
    ]
    words = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return sha256(previous + sha256(words).digest() + sha256(leaves).digest()).digest()


def select_leaves(table: str, columns: Sequence[str]) -> str:
    """The statement that reads rows after a place with their fingerprints; the session's zone must be UTC.

    A fingerprint is the SHA-256 of the columns as a JSON array, in the text PostgreSQL gives a ``jsonb``.
    """
    listed = ", ".join(f'"{column}"' for column in columns)
    return f"""
        SELECT id, (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
               sha256(convert_to(jsonb_build_array({listed})::text, 'UTF8')), xact_id
        FROM "{table}" WHERE (xact_id, id) > (%s, %s)
    """
