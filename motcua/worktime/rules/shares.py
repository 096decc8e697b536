"""The short bar from received to due: shares of its width, so that a page draws it without counting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the bar in percent of its width."""

    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """How far the clock has run. When late, the bar ends now and `due` marks the promise inside it."""

    elapsed: float
    due: float
    pauses: tuple[Stretch, ...]
    is_late: bool
    is_paused: bool


def bar(
    received_at: datetime,
    due_at: datetime,
    now: datetime,
    pauses: Sequence[tuple[datetime, datetime | None]] = (),
) -> Bar:
    """Shares of the time from received to due (or to now, when late); an open pause lasts until now."""
    is_late = now > due_at
    end = max(due_at, now, received_at)
    whole = (end - received_at).total_seconds() or 1.0

    def place(at: datetime) -> float:
        share = 100 * (at - received_at).total_seconds() / whole
        return round(min(max(share, 0.0), 100.0), 2)

    stretches = []
    for first, last in pauses:
        start = place(first)
        stretches.append(Stretch(start, round(max(place(last or now) - start, 0.0), 2)))
    is_paused = any(last is None for _first, last in pauses)
    return Bar(place(now), place(due_at), tuple(stretches), is_late, is_paused)
