"""A line to a neighbour: JSON over HTTP on one kept connection, and three ways it can fail."""

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

_LARGEST_ANSWER = 10_000_000


class Away(Exception):
    """Nobody was reached: nothing was said, and it is nobody's message that is at fault."""


class NoAnswer(Exception):
    """It was said, and what became of it is not known: it has to be said again under the same key."""


class Line:
    """One connection, opened when first needed and opened anew after a fault."""

    def __init__(self, address: str, *, timeout: float) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("the address of a neighbour begins with http:// or https://")
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = kind(parts.hostname, parts.port, timeout=timeout)
        self._path = parts.path.rstrip("/")

    def post(self, path: str, body: object) -> dict[str, Any]:
        """Say something and hear the answer.

        :raises Away: no connection.
        :raises NoAnswer: hung up, timed out, overloaded, or an answer that is no JSON object.
        """
        self._open()
        words = json.dumps(body, ensure_ascii=False, default=str).encode()
        headers = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}
        try:
            self._connection.request("POST", self._path + path, words, headers)
            reply = self._connection.getresponse()
            heard = reply.read(_LARGEST_ANSWER)
        except (OSError, http.client.HTTPException) as fault:
            self.close()
            raise NoAnswer(type(fault).__name__) from fault
        return _read(reply.status, heard)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _open(self) -> None:
        if self._connection.sock is not None:
            return
        try:
            self._connection.connect()
        except OSError as fault:
            raise Away(type(fault).__name__) from fault


def _read(status: int, heard: bytes) -> dict[str, Any]:
    if status >= 400:
        raise NoAnswer(f"HTTP {status}")
    try:
        answer = json.loads(heard)
    except ValueError as fault:
        raise NoAnswer("not JSON") from fault
    if not isinstance(answer, dict):
        raise NoAnswer("not an object")
    return answer
