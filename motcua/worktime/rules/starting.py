"""When the clock starts. Four unlike rules live side by side: the rule belongs to the procedure, never to the system."""

from datetime import datetime, time
from enum import StrEnum

from motcua.worktime.rules.calendar import Calendar, at_seconds, seconds_of, to_local
from motcua.worktime.rules.counting import (
    end_of_office_hours,
    next_working_moment,
    start_of_next_working_day,
)
from motcua.worktime.rules.lines import Line


class StartRule(StrEnum):
    """`default`: received outside office hours starts at the next opening (practice, no article found)."""

    DEFAULT = "default"
    NEXT_DAY_AFTER_15 = "next_day_after_15"  # Decree 63/2024; Decree 23/2015 art. 7 for certified copies
    AFTER_17_NEXT_DAY = "after_17_next_day"  # Decree 297/2025 art. 3.5: from 08:00 of the next working day
    LAST_HOUR_NEXT_DAY = "last_hour_next_day"  # Decree 297/2025 art. 6.3


CUTOFFS = {StartRule.NEXT_DAY_AFTER_15: time(15), StartRule.AFTER_17_NEXT_DAY: time(17)}
OPENINGS = {StartRule.AFTER_17_NEXT_DAY: time(8)}
LAST_HOUR_SECONDS = 3600


def begin(received_at: datetime, rule: StartRule, calendar: Calendar) -> tuple[datetime, Line | None]:
    """The moment the limit runs from, and the line that says why it is not the moment of receipt."""
    local = to_local(received_at)
    usual = next_working_moment(local, calendar)
    if usual.date() > local.date():
        start = _opening(usual, rule)
        return start, Line("outside_hours", start)
    if kind := _is_held_over(usual, local, rule, calendar):
        start = _opening(start_of_next_working_day(local.date(), calendar), rule)
        hour = CUTOFFS[rule].hour if rule in CUTOFFS else None
        return start, Line(kind, start, {"hour": hour})
    return usual, (Line("outside_hours", usual) if usual != local else None)


def _is_held_over(usual: datetime, local: datetime, rule: StartRule, calendar: Calendar) -> str:
    if rule in CUTOFFS and local.timetz().replace(tzinfo=None) > CUTOFFS[rule]:
        return "after_cutoff"
    if rule == StartRule.LAST_HOUR_NEXT_DAY:
        end = end_of_office_hours(local.date(), calendar)
        if seconds_of(end) - seconds_of(usual) <= LAST_HOUR_SECONDS:
            return "last_hour"
    return ""


def _opening(opening: datetime, rule: StartRule) -> datetime:
    if rule not in OPENINGS:
        return opening
    named = OPENINGS[rule]
    return max(opening, at_seconds(opening.date(), named.hour * 3600))
