"""Calendars for the tests of pure rules, read from the shipped data without a database."""

import csv
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

from motcua.worktime.rules import ZONE, Calendar, DayKind, DayRule, HoursRule

DATA = Path(__file__).parent.parent / "data"
USUAL = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 0)))
EIGHT_HOURS = ((time(7, 30), time(11, 30)), (time(13, 0), time(17, 0)))


def read_holidays() -> dict[date, DayRule]:
    with (DATA / "holidays.csv").open(encoding="utf-8", newline="") as file:
        return {
            date.fromisoformat(row["on"]): DayRule(
                DayKind(row["kind"]), row["name"], is_provisional=row["is_provisional"] == "1"
            )
            for row in csv.DictReader(file)
        }


def read_years() -> dict[int, bool]:
    with (DATA / "years.csv").open(encoding="utf-8", newline="") as file:
        return {int(row["year"]): row["status"] == "confirmed" for row in csv.DictReader(file)}


def make_calendar(*, segments=USUAL, days=None, years=None, code="default") -> Calendar:
    hours = tuple(HoursRule(weekday, segments, date(2018, 1, 1)) for weekday in range(5))
    exceptions = read_holidays() | (days or {})
    return Calendar(code, "Lịch chung", hours, exceptions, read_years() if years is None else years)


@cache
def usual_calendar() -> Calendar:
    return make_calendar()


def moment(text: str) -> datetime:
    """`2026-02-10 09:00` on the wall clock of Vietnam."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


def day(text: str) -> date:
    return date.fromisoformat(text)
