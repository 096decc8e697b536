"""The province many tests begin with, made once for as many of them as follow one another.

It is made in a transaction that is never committed. Each test works in a transaction inside that one, as it would in
its own, and leaves the province as it found it; what it got of it is a copy.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest
from django.db import transaction

from tests import kept

Made = TypeVar("Made")
Fixture = TypeVar("Fixture", bound=Callable[..., Any])
_MARK = "_begins_with"
_OF_DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


@dataclass(slots=True)
class _Ground:
    blocker: Any = None
    """What lets this process reach its database; None until there is one."""
    make: Callable[[], Any] | None = None
    made: Any = None
    recall: Callable[[], None] = kept.forget
    """Forget what is kept in memory but for what had been read of it when it was made."""
    block: transaction.Atomic | None = None

    def lay(self, make: Callable[[], Any] | None) -> None:
        """Make what the next test begins with, unless the last one began with the same."""
        if make is self.make:
            return
        self.clear()
        if make is None or self.blocker is None:
            return
        with self.blocker.unblock():
            self.block = transaction.atomic()
            self.block.__enter__()
            try:
                kept.forget()
                self.make, self.made = make, make()
                self.recall = kept.remember()
            except BaseException:
                self.clear()
                raise

    def clear(self) -> None:
        """Undo what was made."""
        if self.block is None:
            return
        with self.blocker.unblock():
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)
        self.make = self.made = self.block = None
        self.recall = kept.forget


_ground = _Ground()


def begins_with(make: Callable[[], Any]) -> Callable[[Fixture], Fixture]:
    """Say of a fixture that it calls `give(make)`."""

    def mark(fixture: Fixture) -> Fixture:
        setattr(fixture, _MARK, make)
        return fixture

    return mark


def give(make: Callable[[], Made]) -> Made:
    """What `make` makes, all of it this test's own. Of what is kept in memory only what was read of it is believed."""
    if make is not _ground.make:
        return make()
    _ground.recall()
    return copy.deepcopy(_ground.made)


def let_in(blocker: Any) -> None:
    """This process has its database."""
    _ground.blocker = blocker


def prepare(item: pytest.Item) -> None:
    """Before a test and all its fixtures: the ground it begins with, or none. Tests without a database leave it as it is."""
    names = set(getattr(item, "fixturenames", ()))
    marker = item.get_closest_marker("django_db")
    own_class = getattr(item, "cls", None)
    if marker is None and not names & _OF_DATABASE and not hasattr(own_class, "databases"):
        return
    _ground.lay(None if commits(item) else _find_make(item))


def commits(item: pytest.Item) -> bool:
    """Whether a test writes for good what it writes, instead of in a transaction that is undone after it."""
    marker = item.get_closest_marker("django_db")
    asked = set(getattr(item, "fixturenames", ())) & (_OF_DATABASE - {"db"})
    return bool(asked) or bool(marker and (marker.args or marker.kwargs))


def get_name(item: pytest.Item) -> str:
    """What the ground a test begins with is called; nothing for a test without one."""
    make = None if commits(item) else _find_make(item)
    return make.__qualname__ if make else ""


def forget() -> None:
    """The end of this process's tests."""
    _ground.clear()
    _ground.blocker = None


def _find_make(item: pytest.Item) -> Callable[[], Any] | None:
    known = getattr(item, "_fixtureinfo", None)
    for fixtures in known.name2fixturedefs.values() if known else ():
        if make := getattr(fixtures[-1].func, _MARK, None):
            return make  # type: ignore[no-any-return]
    return None
