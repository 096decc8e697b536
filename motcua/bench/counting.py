"""SQL statements of one request: the same scenario in this process, through every middleware, with a warm memory."""

from collections.abc import Callable, Mapping
from itertools import count
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client as TestClient

from motcua.bench.client import SAID, Answer
from motcua.bench.ground import Ground
from motcua.bench.scenarios import Scenario

_BOUNDARIES = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET CONSTRAINTS")
_WARM = 3
_addresses = count(1)


class InProcess:
    """A client of the same pages without a network between."""

    def __init__(self, username: str) -> None:
        self.client = TestClient(SERVER_NAME="localhost")
        self.address = "127.0.0.1"
        if username:
            self.client.force_login(get_user_model().objects.get(username=username))

    def get(self, path: str) -> Answer:
        """Open a page."""
        return _read(self.client.get(path, REMOTE_ADDR=self.address))

    def post(self, path: str, typed: dict[str, object]) -> Answer:
        """Send a form as a browser does that has no file to send."""
        self.client.cookies.pop(SAID, None)
        body = urlencode(typed, doseq=True)
        kind = "application/x-www-form-urlencoded"
        return _read(self.client.post(path, body, kind, REMOTE_ADDR=self.address))

    def post_json(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send a machine's message."""
        return _read(self.client.post(path, body, "application/json", headers=headers))

    def move(self, address: str) -> None:
        """Come from another address, one that no measured request came from."""
        self.address = f"127.250.0.{next(_addresses) % 250}"


def _read(response: object) -> Answer:
    headers = {name.lower(): value for name, value in response.headers.items()}  # type: ignore[attr-defined]
    return Answer(response.status_code, headers, response.content)  # type: ignore[attr-defined]


Asked = tuple[str, Any]
"""A statement with its values."""


def count_statements(scenario: Scenario, ground: Ground) -> tuple[int, list[Asked]]:
    """Statements of one warm request, session and user counted, BEGIN and COMMIT not; and the statements.

    :raises RuntimeError: the request is not answered as it should be.
    """
    browser = InProcess(scenario.user(ground, 0) if scenario.user else "")
    send = scenario.make(browser, ground, 0)
    for n in range(_WARM):
        send(n)
    asked: list[Asked] = []
    with connection.execute_wrapper(_note_in(asked)):
        answer = send(_WARM)
    if answer.status != scenario.status:
        raise RuntimeError(f"{scenario.name}: {answer.status}")
    return len(asked), asked


def _note_in(asked: list[Asked]) -> Callable[..., Any]:
    def note(execute: Callable[..., Any], sql: str, values: Any, many: bool, context: object) -> Any:
        if not sql.startswith(_BOUNDARIES):
            asked.append((sql, values))
        return execute(sql, values, many, context)

    return note
