"""What is kept of the counting: all of it can be made anew from the permanent events, but for closed periods."""

from motcua.figures.models.closed import ClosedCount, ClosedPeriod
from motcua.figures.models.counted import (
    Balance,
    Category,
    Cursor,
    DayCount,
    FieldBalance,
    FieldCount,
    StandIn,
    Stay,
    UnitBalance,
    UnitCount,
    WholeBalance,
    WholeCount,
)
from motcua.figures.models.kept import SavedTable
from motcua.figures.models.monthly import MarkCount, MonthCount, OfficerCount, QuarterCount

__all__ = [
    "Balance",
    "Category",
    "ClosedCount",
    "ClosedPeriod",
    "Cursor",
    "DayCount",
    "FieldBalance",
    "FieldCount",
    "MarkCount",
    "MonthCount",
    "OfficerCount",
    "QuarterCount",
    "SavedTable",
    "StandIn",
    "Stay",
    "UnitBalance",
    "UnitCount",
    "WholeBalance",
    "WholeCount",
]
