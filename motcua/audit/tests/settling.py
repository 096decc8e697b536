"""Waiting until nothing written so far can still be joined: an open transaction of this database holds sealing back."""

import time

from django.db import connection

from motcua.audit import jobs
from motcua.core.chronology import get_horizon

_LONGEST_SECONDS = 20


def settle():
    """Until every transaction of this database begun before has ended, such as that of a thread that is being joined."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT motcua_xact()")
        (now,) = cursor.fetchone()
    until = time.monotonic() + _LONGEST_SECONDS
    while get_horizon() <= now:
        assert time.monotonic() < until, "a transaction of this database does not end"
        time.sleep(0.02)


def seal(at):
    """Seal everything written so far; how many rows.

    A transaction of another database that ends while the horizon is asked for counts as one of this for that moment, and
    everything waits for the next time: so once more.
    """
    settle()
    sealed = jobs.seal_written(at)
    settle()
    return sealed + jobs.seal_written(at)
