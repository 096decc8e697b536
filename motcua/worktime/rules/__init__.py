"""Which days and hours count, where a time limit ends and why: pure, without database, clock or request."""

from motcua.worktime.rules.calendar import ZONE, Calendar, DayKind, DayRule, HoursRule, Segment
from motcua.worktime.rules.clock import ClockEvent, ClockEventKind
from motcua.worktime.rules.counting import (
    add_working_days,
    add_working_hours,
    count_working_days,
    end_of_office_hours,
    next_working_moment,
    start_of_next_working_day,
    working_hours_between,
)
from motcua.worktime.rules.due import Due, compute_due
from motcua.worktime.rules.judging import Left, Timeliness, describe_left, judge, measure_left
from motcua.worktime.rules.limits import CountMode, Limit, LimitUnit
from motcua.worktime.rules.lines import Line
from motcua.worktime.rules.shares import Bar, Stretch, bar
from motcua.worktime.rules.starting import StartRule

__all__ = [
    "ZONE",
    "Bar",
    "Calendar",
    "ClockEvent",
    "ClockEventKind",
    "CountMode",
    "DayKind",
    "DayRule",
    "Due",
    "HoursRule",
    "Left",
    "Limit",
    "LimitUnit",
    "Line",
    "Segment",
    "StartRule",
    "Stretch",
    "Timeliness",
    "add_working_days",
    "add_working_hours",
    "bar",
    "compute_due",
    "count_working_days",
    "describe_left",
    "end_of_office_hours",
    "start_of_next_working_day",
    "judge",
    "measure_left",
    "next_working_moment",
    "working_hours_between",
]
