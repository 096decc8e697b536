"""When a unit is told of its part of an occurrence: before the day, on it, after it; and once a week of everything."""

from datetime import date, timedelta
from enum import StrEnum

from motcua.programme.rules.standing import Days, Standing

BEFORE_DAYS = 7
"""A plan says no number of days; a week is what offices are used to for a reminder (đôn đốc)."""
LATE_DAYS = 31
"""What is later than a month is in the week's summary; a plan entered late reminds nobody of last spring."""


class Kind(StrEnum):
    """Why a unit is told."""

    BEFORE = "before"
    ON_DAY = "on_day"
    AFTER = "after"
    NO_PROOF = "no_proof"


SETTLED = frozenset({Standing.REPORTED, Standing.ACCEPTED})


def find_kind(days: Days, standing: Standing, today: date) -> Kind | None:
    """What a unit is to be told today; None when there is nothing. A part that was reported is left alone."""
    if standing in SETTLED:
        return None
    if days.due_on is None:
        return Kind.NO_PROOF if standing is Standing.UNPROVEN and _is_recent(days.review_on, today) else None
    if today > days.due_on:
        return Kind.AFTER if _is_recent(days.due_on, today) else None
    if today == days.due_on:
        return Kind.ON_DAY
    is_near = days.due_on - today <= timedelta(days=BEFORE_DAYS)
    return Kind.BEFORE if is_near and today >= days.first_on else None


def _is_recent(day: date | None, today: date) -> bool:
    return day is not None and today - day <= timedelta(days=LATE_DAYS)


def find_monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())
