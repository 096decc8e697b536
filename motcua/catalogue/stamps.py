"""Answers kept in memory until a stamp in the database changes; the stamp is read at most every few seconds."""

import secrets
import threading
import time
from collections.abc import Callable, Hashable
from typing import Any

SECONDS_BETWEEN_READINGS = 3.0


def new_stamp() -> str:
    """A value never used before, so that a change that was rolled back cannot be mistaken for a later one."""
    return secrets.token_hex(12)


class StampedAnswers:
    """A bounded dictionary of answers, emptied when the stamp read by `read_stamp` differs from the last one."""

    def __init__(self, read_stamp: Callable[[], str], *, most: int = 2000) -> None:
        self._read_stamp = read_stamp
        self._most = most
        self._lock = threading.Lock()
        self._answers: dict[Hashable, Any] = {}
        self._stamp = ""
        self._read_at = 0.0

    def get(self, key: Hashable, ask: Callable[[], Any]) -> Any:
        """The kept answer, or a fresh one from `ask`, kept under the stamp that held before asking."""
        self._refresh()
        stamp = self._stamp
        try:
            return self._answers[key]
        except KeyError:
            answer = ask()
        with self._lock:
            if stamp == self._stamp:
                if len(self._answers) >= self._most:
                    self._answers.pop(next(iter(self._answers)))
                self._answers[key] = answer
        return answer

    def forget(self) -> None:
        """Empty at once, for the process that made the change."""
        with self._lock:
            self._answers, self._stamp, self._read_at = {}, "", 0.0

    def _refresh(self) -> None:
        now = time.monotonic()
        if self._read_at and now - self._read_at < SECONDS_BETWEEN_READINGS:
            return
        stamp = self._read_stamp()
        with self._lock:
            if stamp != self._stamp:
                self._answers, self._stamp = {}, stamp
            self._read_at = now
