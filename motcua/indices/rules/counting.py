"""Which counts of dossiers make which indicator of Decision 766."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from motcua.figures.rules import Counts
from motcua.indices.rules.reading import Figure


def read_counts(counts: Counts, disliked: int = 0, repeated: int = 0) -> list[Figure]:
    """2.1: ended or still running in time, of all ended and running; 3.3: filed online, of all received;
    5.4: not late and not disliked, of the same.

    :param disliked: dossiers with a low answer that are not late as well
    :param repeated: dossiers whose applicant was asked to complete them more than once, and that are not late by the clock
    """
    late = counts.late + counts.pending_overdue + repeated
    all_of_them = counts.resolved + counts.withdrawn + counts.stopped + counts.pending
    online = counts.new_online + counts.new_assisted
    return [
        _figure("2.1", max(all_of_them - late, 0), all_of_them),
        _figure("3.3", online, counts.new),
        _figure("5.4", max(all_of_them - late - disliked, 0), all_of_them),
    ]


class Offered(NamedTuple):
    """Public procedures a unit received dossiers of, alike in what their pages say: how many, of how many some came online;
    the dossiers, and those that came online."""

    procedures: int
    used_online: int
    total: int
    online: int
    is_whole: bool
    is_online: bool
    is_full_online: bool


def read_offered(procedures: Iterable[Offered]) -> list[Figure]:
    """Of the procedures with dossiers in the period. 1.3: with every part on the public page; 3.1: offered online;
    3.2: with dossiers filed online, of those offered; 3.x: dossiers filed online, of those of procedures online as a whole."""
    told = list(procedures)
    every = sum(one.procedures for one in told)
    offered = sum(one.procedures for one in told if one.is_online)
    full = [one for one in told if one.is_full_online]
    return [
        _figure("1.3", sum(one.procedures for one in told if one.is_whole), every),
        _figure("3.1", offered, every),
        _figure("3.2", sum(one.used_online for one in told if one.is_online), offered),
        _figure("3.x", sum(one.online for one in full), sum(one.total for one in full)),
    ]


class Owed(NamedTuple):
    """A procedure with dossiers that had something to pay: how many, and how many paid it on the portal."""

    total: int
    online: int


def read_owed(procedures: Iterable[Owed]) -> list[Figure]:
    """3.5b: procedures with a payment made online, of those with something to pay; 3.6: dossiers, of the same."""
    told = list(procedures)
    return [
        _figure("3.5b", sum(one.online > 0 for one in told), len(told)),
        _figure("3.6", sum(one.online for one in told), sum(one.total for one in told)),
    ]


def _figure(code: str, numerator: int, denominator: int) -> Figure:
    return Figure(code, Decimal(numerator), Decimal(denominator))
