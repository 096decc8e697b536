"""Up to which number nothing more can come: what holds it back, and what does not."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection, transaction

from motcua.core import chronology
from motcua.embedded.server import APP

pytestmark = pytest.mark.django_db(transaction=True)
_NUMBER = "SELECT pg_current_xact_id()::text::bigint"


def _connect(**otherwise: str) -> psycopg.Connection:
    return psycopg.connect(**{**connection.get_connection_params(), **otherwise})


@contextmanager
def _open(**otherwise: str) -> Iterator[int]:
    """The number of a transaction that has written and stays open."""
    with _connect(**otherwise) as writing:
        yield _read(writing, _NUMBER)
        writing.rollback()


def _read(asked: psycopg.Connection, question: str) -> int:
    row = asked.execute(question.encode()).fetchone()
    assert row
    return int(row[0])


def _pass_one() -> int:
    """A transaction begun now, and ended."""
    with _connect() as passing:
        return _read(passing, _NUMBER)


def _ask_horizon() -> int:
    """The highest of several answers: a transaction of other tests that ends while one asks counts as open for that answer."""
    return max(_each_answer(chronology.get_horizon))


def _each_answer(ask: Callable[[], int], times: int = 10) -> Iterator[int]:
    for _ in range(times):
        yield ask()
        time.sleep(0.01)


def test_with_nothing_open_all_that_was_written_is_below() -> None:
    assert _pass_one() < _ask_horizon()


def test_an_open_transaction_of_this_database_holds_back_what_came_after() -> None:
    with _open() as open_one:
        assert _pass_one() > open_one
        assert _ask_horizon() == open_one
    assert _ask_horizon() > open_one


def test_the_oldest_of_several_holds_back() -> None:
    with _open() as oldest, _open(), _open(dbname="postgres"):
        _pass_one()
        assert _ask_horizon() == oldest


def test_an_open_transaction_of_another_database_holds_nothing_back() -> None:
    with _open(dbname="postgres") as elsewhere:
        assert elsewhere < _pass_one() < _ask_horizon()


def test_between_those_of_another_database_this_one_is_found() -> None:
    with _open(dbname="postgres") as first, _open() as here, _open(dbname="postgres") as last:
        assert first < here < last < _pass_one()
        assert _ask_horizon() == here


def test_the_transaction_that_asks_counts_itself() -> None:
    with _open(dbname="postgres"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_NUMBER)
        (own,) = cursor.fetchone()
        _pass_one()
        assert _ask_horizon() == own


def test_what_a_part_of_a_transaction_writes_counts_with_the_whole() -> None:
    with _connect() as writing, _open(dbname="postgres"), writing.transaction(), writing.transaction():
        whole = _read(writing, _NUMBER)
        writing.execute("CREATE TEMPORARY TABLE passing ()")
        _pass_one()
        assert _ask_horizon() == whole


def test_the_role_of_the_application_sees_of_which_database_a_transaction_is() -> None:
    """It owns nothing and may not read what others do, but where they are."""
    with _connect() as asking, _open(dbname="postgres") as elsewhere:
        if not asking.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP]).fetchone():
            pytest.skip("this server has none of the embedded server's roles")
        asking.execute(f"SET ROLE {APP}")
        assert asking.execute("SELECT pg_has_role(session_user, 'MEMBER')").fetchone() == (False,)
        _pass_one()
        assert max(_each_answer(lambda: _read(asking, "SELECT motcua_horizon()"))) > elsewhere


def test_made_anew_the_horizon_keeps_its_offset() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for function in (chronology._XACT, chronology._HORIZON):
            cursor.execute(function.format(offset=5_000))
        cursor.execute(chronology.horizon_sql().sql)
        cursor.execute(_NUMBER)
        (own,) = cursor.fetchone()
        _pass_one()
        assert _ask_horizon() == own + 5_000
        transaction.set_rollback(True)
