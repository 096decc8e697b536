"""A whole table of days at once, first as a trial that says what it would do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.worktime.access import Administrator, require_keeper
from motcua.worktime.actions.recording import record_change
from motcua.worktime.models import CalendarDay, CalendarYear, WorkCalendar
from motcua.worktime.queries import get_work_calendar
from motcua.worktime.rules.hours import read_hours
from motcua.worktime.rules.sheet import SheetRow

COMPARED = ("kind", "name", "segments", "swapped_with", "is_provisional", "basis")


@dataclass(frozen=True, slots=True)
class Difference:
    """What the import does to one day: `new`, `changed` or `same`."""

    row: int
    state: str
    day: CalendarDay


@transaction.atomic
def import_days(
    *, actor: Administrator, rows: Sequence[SheetRow], calendar_code: str = "", dry_run: bool, at: datetime
) -> list[Difference]:
    """Put in or replace the days of a table; days that are not in it stay. A year not yet decided becomes provisional.

    With `dry_run` nothing is kept. Doing it twice changes nothing the second time.
    """
    require_keeper(actor)
    calendar = get_work_calendar(calendar_code) if calendar_code else None
    kept = {day.on: day for day in CalendarDay.objects.filter(calendar=calendar)}
    differences = [_compare(row, calendar, kept.get(row.values["on"])) for row in rows]
    touched = [difference.day for difference in differences if difference.state != "same"]
    if touched and not dry_run:
        _keep(touched)
        subject = f"Excel: {len(touched)} ngày"
        basis = touched[0].basis
        first_on = min(day.on for day in touched)
        record_change(
            actor=actor, what="import_days", calendar=calendar, subject=subject, basis=basis, first_on=first_on, at=at
        )  # fmt: skip
    return differences


def _compare(row: SheetRow, calendar: WorkCalendar | None, kept: CalendarDay | None) -> Difference:
    values: dict[str, Any] = dict(row.values)
    day = CalendarDay(
        pk=kept.pk if kept else None,
        calendar=calendar,
        on=values["on"],
        kind=str(values["kind"]),
        name=values["name"],
        segments=read_hours(values["hours"]),
        swapped_with=values["swapped_with"],
        is_provisional=values["is_provisional"],
        basis=values["basis"],
    )
    if kept is None:
        return Difference(row.row, "new", day)
    same = all(getattr(kept, name) == getattr(day, name) for name in COMPARED)
    return Difference(row.row, "same" if same else "changed", day)


def _keep(days: list[CalendarDay]) -> None:
    CalendarDay.objects.bulk_create([day for day in days if day.pk is None])
    CalendarDay.objects.bulk_update([day for day in days if day.pk is not None], COMPARED)
    years = {day.on.year for day in days}
    CalendarYear.objects.bulk_create(
        [
            CalendarYear(year=year, status=CalendarYear.Status.PROVISIONAL, basis=days[0].basis)
            for year in sorted(years)
        ],
        ignore_conflicts=True,
    )
