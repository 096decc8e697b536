"""What is asked of figures."""

from motcua.figures.queries.behind import (
    Cell,
    count_behind,
    count_falling_due,
    find_behind,
    find_codes,
    find_late_among,
    find_most_overdue,
    find_stays_of,
)
from motcua.figures.queries.board import Board, get_board, get_stamp, get_total
from motcua.figures.queries.checks import Break, find_breaks, find_odd, is_behind
from motcua.figures.queries.closed import (
    ClosedRow,
    find_all_closed,
    find_closed,
    find_late_arrivals,
    get_closed_rows,
    get_own_fields,
)
from motcua.figures.queries.counting import Row, count_by_sums, get_rows, recount
from motcua.figures.queries.kept import find_tables
from motcua.figures.queries.trend import Month, find_counted_at, find_trend
from motcua.figures.queries.units import LEVELS, find_above, find_agencies, find_level, get_level
from motcua.figures.queries.work import (
    LateCause,
    OfficerRow,
    Rounds,
    StepRow,
    find_late_causes,
    find_late_dossiers,
    find_months_of_officer,
    find_officers,
    find_steps,
    get_rounds,
    get_target,
)

__all__ = [
    "LEVELS",
    "Board",
    "Break",
    "Cell",
    "ClosedRow",
    "Month",
    "Row",
    "count_behind",
    "count_by_sums",
    "count_falling_due",
    "find_above",
    "find_agencies",
    "find_all_closed",
    "find_behind",
    "find_breaks",
    "find_closed",
    "find_codes",
    "find_counted_at",
    "find_late_among",
    "find_late_arrivals",
    "find_level",
    "find_most_overdue",
    "find_odd",
    "find_tables",
    "find_stays_of",
    "find_trend",
    "get_board",
    "get_closed_rows",
    "get_level",
    "get_own_fields",
    "get_rows",
    "is_behind",
    "recount",
    "LateCause",
    "OfficerRow",
    "Rounds",
    "StepRow",
    "find_late_causes",
    "find_late_dossiers",
    "find_months_of_officer",
    "find_officers",
    "find_steps",
    "get_rounds",
    "get_stamp",
    "get_total",
    "get_target",
]
