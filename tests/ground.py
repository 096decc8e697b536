"""The province many tests begin with, made once for as many of them as follow one another.

It is made in a transaction that is never committed. Each test works in a transaction inside that one, as it would in
its own, and leaves the province as it found it; what it got of it is a copy.
"""

import copy
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest
from django.db import transaction

from motcua.organisations.queries import forget_trees
from motcua.worktime.queries import forget_calendars

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
            self.make, self.made = make, make()

    def clear(self) -> None:
        if self.block is None:
            return
        with self.blocker.unblock():
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)
        self.make = self.made = self.block = None


_ground = _Ground()


def begins_with(make: Callable[[], Any]) -> Callable[[Fixture], Fixture]:
    """Say of a fixture that it calls `give(make)`."""

    def mark(fixture: Fixture) -> Fixture:
        setattr(fixture, _MARK, make)
        return fixture

    return mark


def give(make: Callable[[], Made]) -> Made:
    """What `make` makes, all of it this test's own. Nothing an earlier test kept in memory is believed any more."""
    if make is not _ground.make:
        return make()
    _forget_what_is_kept()
    return copy.deepcopy(_ground.made)


# What the process keeps in memory under the numbers of units, people and procedures: here two tests have the same
# numbers, and what one did to them was undone.
_KEPT = {
    "motcua.catalogue.queries.kept": ("answers",),
    "motcua.catalogue.queries.bundles": ("get_bundle_version",),
    "motcua.processes.queries": ("_answers",),
    "motcua.organisations.queries.postings": ("_kept", "_actors"),
    "motcua.dossiers.queries.competence": ("_candidates", "_remembered"),
    "motcua.dossiers.queries.placing": ("_recalled",),
    "motcua.figures.queries.board": ("_count", "_total"),
    "motcua.figures.queries.work": ("_keep",),
    "motcua.indices.views.around": ("_find_public",),
    "motcua.indices.queries.live": ("_keep_digital", "_keep_full"),
    "motcua.indices.queries.nine": ("_keep",),
}


def _forget_what_is_kept() -> None:
    forget_trees()
    forget_calendars()
    for module, names in _KEPT.items():
        for name in names:
            # A module nobody has imported keeps nothing.
            if module in sys.modules:
                kept = getattr(sys.modules[module], name)
                forget = getattr(kept, "cache_clear", None) or getattr(kept, "forget", None) or kept.clear
                forget()


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
    commits = bool(names & (_OF_DATABASE - {"db"})) or bool(marker and (marker.args or marker.kwargs))
    _ground.lay(None if commits else _find_make(item))


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
