"""What is kept of the counting: all of it can be made anew from the permanent events, but for closed periods."""

from motcua.figures.models.closed import ClosedCount, ClosedPeriod
from motcua.figures.models.counted import Category, Cursor, DayCount, StandIn, Stay

__all__ = ["Category", "ClosedCount", "ClosedPeriod", "Cursor", "DayCount", "StandIn", "Stay"]
