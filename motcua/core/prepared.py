"""A cursor for statements whose text never changes: the server plans them once for each connection, not each time.

Planning the inbox costs three times what reading it does. The values travel beside the text and rows come back in the
form of the wire, so the driver also spends less. Django's own cursor stays for the mapper, which composes its statements
anew each time. Behind a pooler that hands out connections by transaction and does not know prepared statements
(pgbouncer before 1.21), `MOTCUA_PREPARED=0` leaves only the planning ahead.
"""

from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper
from psycopg import Cursor
from psycopg._queries import PostgresQuery, _query2pg
from psycopg.abc import Params, Query
from psycopg.pq import Format


class FixedQuery(PostgresQuery):
    """Where the values stand in a fixed text is found once, however long the text: the driver remembers short ones only."""

    def convert(self, query: Query, vars: Params | None) -> None:
        """The text and its values in the form of the wire. Anything else is the driver's to say."""
        if not isinstance(query, str) or vars is None:
            super().convert(query, vars)
            return
        self.query, self._want_formats, self._order, self._parts = _read_query(query, self._tx.encoding)
        self.dump(vars)


@lru_cache(maxsize=1024)
def _read_query(query: str, encoding: str) -> Any:
    """A text knows its own hash, its bytes would be hashed anew each time: here, and where the driver looks for its plan."""
    return _query2pg(query.encode(encoding), encoding)


class FixedCursor(Cursor[tuple[Any, ...]]):
    """The driver's own; what it sends by the name of a plan is still said in words to logs and tests."""

    _query_cls = FixedQuery

    def _send_query_prepared(self, name: bytes, pgq: PostgresQuery, *, binary: bool | None = None) -> None:
        self._query = pgq
        super()._send_query_prepared(name, pgq, binary=binary)


class _Answered(CursorWrapper):
    """Django's own, except that rows which have arrived are handed on as they are: reading them cannot fail."""

    def fetchone(self) -> Any:
        return self.cursor.fetchone()

    def fetchall(self) -> Any:
        return self.cursor.fetchall()


def open_cursor() -> CursorWrapper:
    """As `connection.cursor()`: counted, logged and refused in the same words; for one fixed statement after another."""
    here = connections[DEFAULT_DB_ALIAS]  # once: `connection` looks it up for each word
    here.close_if_health_check_failed()
    if here.connection is None:
        here.ensure_connection()
    cursor = FixedCursor(here.connection)
    cursor.format = Format.BINARY
    if here.queries_logged:
        return here._prepare_cursor(cursor)  # type: ignore[attr-defined]
    return _Answered(cursor, here)
