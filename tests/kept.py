"""What a process keeps in memory of its database: forgotten between tests, but for what was read of their common ground."""

import sys
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from functools import _lru_cache_wrapper, lru_cache
from typing import Any

from motcua.catalogue.queries import kept as catalogue
from motcua.catalogue.stamps import StampedAnswers
from motcua.organisations.queries import forget_trees, tree
from motcua.processes import queries as processes
from motcua.worktime import queries as worktime

# Plain dictionaries among what the process keeps; the other kinds are known by their type.
_DICTIONARIES = {"_candidates", "_remembered", "_recalled"}


def forget() -> None:
    """Answers kept under the numbers of units, people and procedures: on one ground two tests have the same numbers,
    and what the one did to them was undone."""
    forget_trees()
    worktime.forget_calendars()
    for forget_one in _find_kept(len(sys.modules)):
        forget_one()


@lru_cache(maxsize=1)
def _find_kept(_modules: int) -> list[Callable[[], None]]:
    """How to empty each thing that keeps answers; looked for again only when another module was imported."""
    found: list[Callable[[], None]] = []
    for name, module in list(sys.modules.items()):
        if name.startswith("motcua.") and not {"queries", "views"}.isdisjoint(name.split(".")):
            for called, kept in list(vars(module).items()):
                if isinstance(kept, _lru_cache_wrapper):
                    found.append(kept.cache_clear)
                elif isinstance(kept, StampedAnswers):
                    found.append(kept.forget)
                elif isinstance(kept, OrderedDict) or called in _DICTIONARIES:
                    found.append(kept.clear)
    return found


def remember() -> Callable[[], None]:
    """What has been read now of units, calendars, procedures and processes; the answer forgets all but this."""
    units: list[tuple[dict[Any, Any], dict[Any, Any]]] = [
        (one, dict(one)) for one in (tree._kept, tree._changes, tree._read)
    ]
    stamped = [(one, _look_into(one)) for one in (catalogue.answers, processes._answers)]
    shelf = replace(worktime._shelf, calendars=dict(worktime._shelf.calendars))

    def recall() -> None:
        forget()
        for one, held in units:
            one.update(held)
        for answers, (known, stamp, read_at) in stamped:
            answers._answers, answers._stamp, answers._read_at = dict(known), stamp, read_at
        worktime._shelf = replace(shelf, calendars=dict(shelf.calendars))

    return recall


def _look_into(answers: StampedAnswers) -> tuple[dict[Any, Any], str, float]:
    return dict(answers._answers), answers._stamp, answers._read_at
