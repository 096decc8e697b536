"""What is asked of plans."""

from motcua.programme.queries.plans import (
    Bar,
    Part,
    TaskView,
    UnitRow,
    draw_year,
    find_plans,
    find_readings,
    get_evidence_file,
    get_plan,
    get_reading,
    get_task,
    list_by_day,
    make_board,
    view_tasks,
)
from motcua.programme.queries.units import Named, get_names, name_units

__all__ = [
    "Bar",
    "Named",
    "Part",
    "TaskView",
    "UnitRow",
    "draw_year",
    "find_plans",
    "find_readings",
    "get_evidence_file",
    "get_names",
    "get_plan",
    "get_reading",
    "get_task",
    "list_by_day",
    "make_board",
    "name_units",
    "view_tasks",
]
