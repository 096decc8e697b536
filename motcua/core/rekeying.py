"""Encrypted columns brought under the first key, a batch at a time, while the house goes on working."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction

from motcua.core import secret

BATCH = 500


@dataclass(frozen=True, slots=True)
class EncryptedColumn:
    """A column of :func:`motcua.core.secret.encrypt`, and its keyed index where it has one."""

    table: str
    column: str
    index: str = ""
    purpose: str = ""


@dataclass(slots=True)
class Rekeyed:
    """How many rows were written anew, and the ids of those that could not be: no key reads them, or a twin exists."""

    done: int
    left: list[int]


def rekey(column: EncryptedColumn, *, batch: int = BATCH) -> Rekeyed:
    """Write anew every value another key wrote; each batch is its own transaction, so it may be cut short and repeated."""
    result, last = Rekeyed(0, []), 0
    while True:
        with transaction.atomic():
            rows = _take(column, last, batch)
            for pk, kept in rows:
                if _write(column, pk, kept):
                    result.done += 1
                else:
                    result.left.append(pk)
        if len(rows) < batch:
            return result
        last = rows[-1][0]


def _take(column: EncryptedColumn, after: int, batch: int) -> Sequence[tuple[int, bytes]]:
    head = secret.current_head()
    sql = (
        f'SELECT id, "{column.column}" FROM "{column.table}" WHERE id > %s AND "{column.column}" IS NOT NULL'  # noqa: S608
        f' AND length("{column.column}") > 0 AND substring("{column.column}" FROM 1 FOR {len(head)}) <> %s'
        " ORDER BY id LIMIT %s FOR UPDATE"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [after, head, batch])
        rows: Sequence[tuple[int, bytes]] = cursor.fetchall()
    return rows


def _write(column: EncryptedColumn, pk: int, kept: bytes) -> bool:
    try:
        text = secret.decrypt(kept)
    except secret.SecretError:
        return False
    sets, values = f'"{column.column}" = %s', [secret.encrypt(text)]
    if column.index:
        sets += f', "{column.index}" = %s'
        values.append(secret.blind_index(text, column.purpose))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'UPDATE "{column.table}" SET {sets} WHERE id = %s', [*values, pk])  # noqa: S608
    except IntegrityError:
        return False
    return True
