"""Which unit stands for another, stretch by stretch, after mergers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from motcua.figures.rules.stays import Succession

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
    first: dict[int, Succession] = {}
    for one in successions:
        known = first.get(one.from_unit_id)
        if known is None or one.on < known.on:
            first[one.from_unit_id] = one
    return [line for agency_id in sorted(first) for line in _draw(agency_id, first)]


def _draw(agency_id: int, first: dict[int, Succession]) -> list[StandInLine]:
    """Walk from successor to successor; one that was followed before it took over is passed by."""
    lines: list[StandInLine] = []
    unit_id, start, seen = agency_id, BEGINNING, {agency_id}
    while (step := first.get(unit_id)) is not None and step.to_unit_id not in seen:
        day = max(start, step.on)
        if day > start:
            lines.append(StandInLine(agency_id, start, day, unit_id))
        unit_id, start = step.to_unit_id, day
        seen.add(unit_id)
    return [*lines, StandInLine(agency_id, start, None, unit_id)]
