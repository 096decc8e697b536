"""What is asked of reports."""

from motcua.reports.queries.asked import Table, fill, find_answer, find_open_answers, find_requests, get_table
from motcua.reports.queries.duties import (
    Duty,
    find_duties,
    find_owed_periods,
    find_reminded,
    find_reporting_units,
    get_due,
)
from motcua.reports.queries.filling import REPORTING, ParentView, fill_sheets, find_parent, find_reporters
from motcua.reports.queries.forms import find_forms, find_forms_of_all, get_form
from motcua.reports.queries.readiness import count_sent_since, find_hindrance_of, get_filled_at
from motcua.reports.queries.reading import (
    SheetView,
    count_of,
    find_children,
    find_report,
    find_reports,
    get_sheet_views,
    get_steps,
)

__all__ = [
    "REPORTING",
    "Duty",
    "ParentView",
    "SheetView",
    "Table",
    "count_of",
    "count_sent_since",
    "fill",
    "fill_sheets",
    "find_answer",
    "find_children",
    "find_duties",
    "find_forms",
    "find_hindrance_of",
    "find_forms_of_all",
    "find_open_answers",
    "find_owed_periods",
    "find_parent",
    "find_reminded",
    "find_report",
    "find_reporters",
    "find_reporting_units",
    "find_reports",
    "find_requests",
    "get_due",
    "get_filled_at",
    "get_form",
    "get_sheet_views",
    "get_steps",
    "get_table",
]
