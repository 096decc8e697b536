"""When a unit is reminded of a report: some days before the last day, on it, and when it has passed."""

from datetime import date, timedelta
from enum import StrEnum


class Reminder(StrEnum):
    """What the reminder says."""

    SOON = "soon"
    TODAY = "today"
    LATE = "late"


def find_reminder(due_on: date, on: date, days: int) -> Reminder | None:
    """Which reminder a report that was not sent calls for on a day; None: it is too early."""
    if on > due_on:
        return Reminder.LATE
    if on == due_on:
        return Reminder.TODAY
    return Reminder.SOON if on >= due_on - timedelta(days=days) else None
