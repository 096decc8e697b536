"""What is done to calendars: loading the shipped years, deciding days and hours, importing a table."""

from motcua.worktime.actions.days import add_day, decide_year, remove_day, swap_days
from motcua.worktime.actions.hours import create_calendar, set_hours
from motcua.worktime.actions.importing import import_days
from motcua.worktime.actions.loading import load_holidays
from motcua.worktime.actions.recording import mark_followed

__all__ = [
    "add_day",
    "create_calendar",
    "decide_year",
    "import_days",
    "load_holidays",
    "mark_followed",
    "remove_day",
    "set_hours",
    "swap_days",
]
