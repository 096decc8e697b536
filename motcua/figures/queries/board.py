"""What a board shows of a period, counted once for every state of the counting and kept in this process."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from motcua.figures.models import Cursor
from motcua.figures.queries.counting import count_shares, get_rows
from motcua.figures.queries.once import ask_once
from motcua.figures.queries.trend import Month, find_trend
from motcua.figures.rules import Counts, Period, add_up

KEPT = 128
Stamp = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The figures of a period as a whole, by unit and by field, and how the twelve months went."""

    total: Counts
    by_unit: tuple[tuple[int, Counts], ...]
    by_field: tuple[tuple[str, Counts], ...]
    months: tuple[Month, ...]
    counted_at: datetime | None


def get_board(period: Period, months: tuple[date, date], agencies: Iterable[int] | None = None) -> Board:
    """The board of some units, or all; as fresh as the counting, whoever asks how often.

    :param months: the trend tells of months that end after the first day, up to the second
    """
    wanted = None if agencies is None else tuple(sorted(agencies))
    stamp = get_stamp()
    count = _count if stamp else _count.__wrapped__
    return count(stamp, period, months, wanted)


def get_stamp() -> Stamp:
    """Changes whenever the counting goes on; empty before anything was counted, when nothing may be kept."""
    return ask_once("stamp", _read_stamp)


def _read_stamp() -> Stamp:
    return Cursor.objects.values_list("pk", "xact_id", "compacted_on", "at").first() or ()


def get_total(period: Period, agencies: Iterable[int] | None = None) -> Counts:
    """The figures of some units, or all, as one: counted once for every state of the counting."""
    wanted = None if agencies is None else tuple(sorted(agencies))
    stamp = get_stamp()
    return _total(stamp, period, wanted) if stamp else _total.__wrapped__(stamp, period, wanted)


def get_by_agency(period: Period, agencies: Iterable[int] | None = None) -> Mapping[int, Counts]:
    """The figures of each unit: counted once for every state of the counting."""
    wanted = None if agencies is None else tuple(sorted(agencies))
    stamp = get_stamp()
    return (_by_agency if stamp else _by_agency.__wrapped__)(stamp, period, wanted)


@lru_cache(maxsize=KEPT)
def _by_agency(stamp: Stamp, period: Period, agencies: tuple[int, ...] | None) -> Mapping[int, Counts]:
    return {row.agency_id: row.counts for row in get_rows(period, agencies, by=("agency",))}


@lru_cache(maxsize=KEPT)
def _count(
    stamp: Stamp, period: Period, months: tuple[date, date], agencies: tuple[int, ...] | None
) -> Board:
    by_unit, by_field = count_shares(period, agencies)
    counted_at = stamp[-1] if stamp else None
    return Board(
        total=add_up(row.counts for row in by_unit),
        by_unit=tuple((row.agency_id, row.counts) for row in by_unit),
        by_field=tuple((row.field_code, row.counts) for row in by_field),
        months=tuple(find_trend(*months, agencies)),
        counted_at=counted_at if isinstance(counted_at, datetime) else None,
    )


@lru_cache(maxsize=KEPT * 4)
def _total(stamp: Stamp, period: Period, agencies: tuple[int, ...] | None) -> Counts:
    return add_up(row.counts for row in get_rows(period, agencies, by=()))
