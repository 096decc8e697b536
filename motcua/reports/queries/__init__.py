"""What is asked of reports."""

from motcua.reports.queries.filling import ParentView, fill_sheets, find_parent, find_reporters
from motcua.reports.queries.forms import find_forms, find_forms_of_all, get_form
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
    "ParentView",
    "SheetView",
    "count_of",
    "fill_sheets",
    "find_children",
    "find_forms",
    "find_forms_of_all",
    "find_parent",
    "find_report",
    "find_reporters",
    "find_reports",
    "get_form",
    "get_sheet_views",
    "get_steps",
]
