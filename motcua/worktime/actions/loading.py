"""The years and days off this product ships with."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import transaction

from motcua.worktime.actions.recording import renew_stamp
from motcua.worktime.models import CalendarDay, CalendarYear, OfficeHours, WorkCalendar

DATA = Path(__file__).parent.parent / "data"
DEFAULT_CODE = "default"
# Seen in practice, eight hours; each province sets its own (no national rule was found).
USUAL_HOURS = [["07:00", "11:30"], ["13:30", "17:00"]]


@transaction.atomic
def load_holidays() -> int:
    """Put in the years that are not known yet, with their days, and the default calendar; answers how many years.

    A year that is already there is left alone, so that what an administrator decided is never undone.
    """
    created = _load_default_calendar()
    known = set(CalendarYear.objects.values_list("year", flat=True))
    years = [CalendarYear(**row) for row in _read("years.csv") if int(row["year"]) not in known]
    new = {int(year.year) for year in years}
    CalendarYear.objects.bulk_create(years)
    days = [_day_of(row) for row in _read("holidays.csv") if int(row["on"][:4]) in new]
    CalendarDay.objects.bulk_create(days, ignore_conflicts=True)
    if years or created:
        renew_stamp()
    return len(years)


def _load_default_calendar() -> bool:
    calendar, created = WorkCalendar.objects.get_or_create(
        code=DEFAULT_CODE, defaults={"name": "Lịch làm việc chung"}
    )
    if created:
        OfficeHours.objects.bulk_create(
            OfficeHours(
                calendar=calendar,
                weekday=weekday,
                segments=USUAL_HOURS,
                valid_from=date(2018, 1, 1),
                basis="Giờ làm việc mặc định; địa phương quyết định lại",
            )
            for weekday in range(5)
        )
    return created


def _read(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _day_of(row: dict[str, str]) -> CalendarDay:
    return CalendarDay(
        on=date.fromisoformat(row["on"]),
        kind=row["kind"],
        name=row["name"],
        swapped_with=date.fromisoformat(row["swapped_with"]) if row["swapped_with"] else None,
        is_provisional=row["is_provisional"] == "1",
        basis=row["basis"],
    )
