"""How dear an instruction is just now: an empty view of Django, asked in turn with whatever is measured.

A machine may change its pace by half within minutes, by itself or by other work on it. What was promised was promised as
ratios to floors of one run; so the floor is asked in the same moments, not in another part of the run.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from motcua.bench.client import Client
from motcua.bench.machine import read_cpu
from motcua.supervisor import Household

HOST = "127.0.0.1"
# CPU ms of an empty view behind Django's own middleware where the targets and their floors were taken (177 to 194
# microseconds), of one client as what is promised is.
PLAIN_THERE = 0.185
ASKED = 500
"""Requests of one reading: a tenth of a second of CPU, which the kernel tells in hundredths."""


class Yardstick:
    """The empty view, and what it has taken since it was last asked to forget."""

    def __init__(self, port: int, pid: int) -> None:
        self._client, self._pid = Client(HOST, port), pid
        self._requests, self._seconds = 0, 0.0

    def read(self) -> None:
        """Ask it a few hundred times."""
        before = read_cpu(self._pid)
        for _number in range(ASKED):
            answer = self._client.get("/bare-open/")
            assert answer.status == 200, answer.status
        self._seconds += read_cpu(self._pid) - before
        self._requests += ASKED

    def forget(self) -> None:
        """Begin another measurement."""
        self._requests, self._seconds = 0, 0.0

    @property
    def pace(self) -> float:
        """How many times what it took where the targets were set it took since then."""
        return self._seconds * 1000 / self._requests / PLAIN_THERE


@contextmanager
def yardstick(port: int) -> Iterator[Yardstick]:
    """Kept beside the server that is measured, idle unless read."""
    with serving(port, "motcua.bench.plain_settings") as pid:
        plain = Yardstick(port, pid)
        plain.read()
        plain.forget()
        yield plain


@contextmanager
def serving(port: int, settings: str) -> Iterator[int]:
    """The web server as it is deployed, for as long as it is needed; its process."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings}
    household = Household(environment, HOST, port)
    connection.close()
    try:
        household.start()
        household.wait_ready()
        assert household.web is not None
        yield household.web.pid
    finally:
        household.stop()
