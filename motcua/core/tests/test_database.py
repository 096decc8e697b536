"""A connection kept from the last request: alive without being asked, and left once the server ended it."""

import time
from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from motcua.core.database.base import DatabaseWrapper
from motcua.core.prepared import FixedCursor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept() -> Iterator[BaseDatabaseWrapper]:
    """A second connection to the database of the test, as a worker keeps one."""
    settings = {**connection.settings_dict, "CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": None}
    made = DatabaseWrapper(settings, "kept")
    made.ensure_connection()
    yield made
    made.close()


def begin_request(kept: BaseDatabaseWrapper) -> None:
    """What Django does at the beginning of each request, and before its first question."""
    kept.close_if_unusable_or_obsolete()
    kept.close_if_health_check_failed()


def end_session(kept: BaseDatabaseWrapper) -> None:
    """The server ends the session; its word is on the way."""
    pid = kept.connection.info.backend_pid
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    time.sleep(0.1)


def test_a_living_connection_is_kept_and_asked_nothing(kept: BaseDatabaseWrapper) -> None:
    held = kept.connection
    asked = []
    held.cursor = lambda *rest, **named: asked.append(rest)
    begin_request(kept)
    assert kept.connection is held and not asked


def test_a_session_the_server_ended_is_left_before_the_first_question(kept: BaseDatabaseWrapper) -> None:
    held = kept.connection
    end_session(kept)
    begin_request(kept)
    assert kept.connection is None
    with kept.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert kept.connection is not held


def test_after_an_error_the_server_is_asked(kept: BaseDatabaseWrapper) -> None:
    end_session(kept)
    with pytest.raises(OperationalError), kept.cursor() as cursor:
        cursor.execute("SELECT 1")
    begin_request(kept)
    assert kept.connection is None


def test_a_word_from_the_server_is_no_end(kept: BaseDatabaseWrapper) -> None:
    held = kept.connection
    with kept.cursor() as cursor:
        cursor.execute("LISTEN news")
    with connection.cursor() as cursor:
        cursor.execute("NOTIFY news")
    time.sleep(0.1)
    begin_request(kept)
    assert kept.connection is held


def test_the_plans_of_a_whole_day_are_kept(kept: BaseDatabaseWrapper) -> None:
    """More fixed texts than the driver keeps by itself: none is let go and made again."""
    with FixedCursor(kept.connection) as cursor:
        for _time in range(2):
            for number in range(150):
                cursor.execute(f"SELECT {number}, %s::int", [number], prepare=True)  # noqa: S608
        plans = cursor.execute("SELECT count(*) FROM pg_prepared_statements").fetchone()
    assert plans is not None and plans[0] >= 150
