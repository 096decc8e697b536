"""Which unit stands for another, stretch by stretch, after mergers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from motcua.figures.rules.stays import Succession, get_unit_on

BEGINNING = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class StandInLine:
    """From a day, until another, the dossiers of `agency_id` are counted to `unit_id`."""

    agency_id: int
    first_on: date
    end_on: date | None
    unit_id: int


def draw_lines(successions: Iterable[Succession]) -> list[StandInLine]:
    """For every unit that was followed by another: who stood for it when."""
    known = list(successions)
    lines: list[StandInLine] = []
    for agency_id in sorted({one.from_unit_id for one in known}):
        lines += _draw(agency_id, known)
    return lines


def _draw(agency_id: int, known: list[Succession]) -> list[StandInLine]:
    days = [BEGINNING, *sorted({one.on for one in known})]
    units = [get_unit_on(agency_id, day, known) for day in days]
    starts = [n for n in range(len(days)) if n == 0 or units[n] != units[n - 1]]
    ends = [days[n] for n in starts[1:]]
    return [
        StandInLine(agency_id, days[n], end, units[n]) for n, end in zip(starts, [*ends, None], strict=True)
    ]
