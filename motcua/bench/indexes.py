"""Indexes and constraints put aside while tables are filled, and built again from what the catalogue said of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import Connection, sql

_CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, contype, pg_get_constraintdef(oid)
FROM pg_constraint
WHERE contype IN ('f', 'u', 'p') AND conparentid = 0
  AND (conrelid = ANY(%(tables)s::regclass[]) OR confrelid = ANY(%(tables)s::regclass[]))
ORDER BY contype = 'f' DESC, contype
"""
_INDEXES = """
SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = ANY(%(tables)s::regclass[]) AND NOT c.relispartition
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('u', 'p', 'x'))
"""


@dataclass(frozen=True, slots=True)
class Put:
    """One thing put aside: the table it belongs to, whether another table must be whole first, and how to make it."""

    table: str
    is_reference: bool
    statement: str


def put_aside(connection: Connection, tables: Sequence[str]) -> list[Put]:
    """Drop every index, key and reference of these tables; what was dropped, in the order to make it again."""
    names = {"tables": list(tables)}
    constraints = connection.execute(_CONSTRAINTS, names).fetchall()
    indexes = connection.execute(_INDEXES, names).fetchall()
    aside = []
    for table, name, kind, definition in constraints:
        _execute(connection, f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        aside.append(Put(table, kind == "f", f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}'))
    for table, name, definition in indexes:
        _execute(connection, f"DROP INDEX {name}")
        aside.append(Put(table, False, definition.replace(" ON ONLY ", " ON ")))
    return aside


def build(connection: Connection, aside: Sequence[Put], table: str) -> None:
    """Make the indexes and keys of one table again."""
    for put in aside:
        if put.table == table and not put.is_reference:
            _execute(connection, put.statement)


def refer(connection: Connection, aside: Sequence[Put], *, is_checked: bool) -> None:
    """Make the references again, each checked against every row or only against rows to come."""
    for put in aside:
        if put.is_reference:
            _execute(connection, put.statement + ("" if is_checked else " NOT VALID"))


def _execute(connection: Connection, statement: str) -> None:
    connection.execute(sql.SQL(statement))
