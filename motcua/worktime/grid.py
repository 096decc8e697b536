"""A year drawn as twelve small months, so that an administrator sees at once what is off and what is worked."""

from calendar import Calendar as WallCalendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from motcua.worktime.models import CalendarDay

WORKED_KINDS = ("swapped_working", "half_day")


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the grid; outside its month it is empty."""

    on: date | None
    tone: str = ""
    title: str = ""


def draw_year(year: int, days: Iterable[CalendarDay]) -> list[tuple[date, list[list[Cell]]]]:
    """Months with their weeks, Monday first."""
    by_day = {day.on: day for day in days}
    weeks = WallCalendar(firstweekday=0)
    return [
        (
            date(year, month, 1),
            [[_cell(on, month, by_day) for on in week] for week in weeks.monthdatescalendar(year, month)],
        )
        for month in range(1, 13)
    ]


def _cell(on: date, month: int, by_day: dict[date, CalendarDay]) -> Cell:
    if on.month != month:
        return Cell(None)
    day = by_day.get(on)
    if day is None:
        return Cell(on, "rest" if on.weekday() >= 5 else "")
    tone = day.kind if day.kind in WORKED_KINDS else "off"
    return Cell(on, f"{tone} provisional" if day.is_provisional else tone, day.name)
