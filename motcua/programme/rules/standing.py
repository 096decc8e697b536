"""How an occurrence stands for a unit: computed from its days and its report, never stored."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Standing(StrEnum):
    """Where a unit's part of an occurrence stands."""

    NOT_YET = "not_yet"
    OPEN = "open"
    DUE_SOON = "due_soon"
    LATE = "late"
    UNPROVEN = "unproven"
    REPORTED = "reported"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class Receipt(StrEnum):
    """Where a plan that was asked for stands."""

    RECEIVED = "received"
    DRAFTED = "drafted"
    MISSING = "missing"
    LATE = "late"


_SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Days:
    """The days of an occurrence: open from, due on, evidence looked for on."""

    first_on: date
    due_on: date | None
    review_on: date | None


def find_standing(days: Days, report_state: str | None, today: date) -> Standing:
    """The standing on a day. A task without an end is never late, but past its review day it lacks evidence."""
    if report_state in {Standing.ACCEPTED, Standing.REPORTED}:
        return Standing(str(report_state))
    end = days.due_on or days.review_on
    if days.due_on is not None and today > days.due_on:
        return Standing.LATE
    if report_state == Standing.RETURNED:
        return Standing.RETURNED
    if days.review_on is not None and today > days.review_on:
        return Standing.UNPROVEN
    if today < days.first_on:
        return Standing.NOT_YET
    return Standing.DUE_SOON if end is not None and today > end - _SOON else Standing.OPEN
