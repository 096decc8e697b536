"""What is counted, of which days, and when the counts agree: pure."""

from motcua.figures.rules.counts import CHANNELS, Counts, Measure, Way, add_up, count, find_break
from motcua.figures.rules.periods import Period, PeriodKind, find_current, make_period
from motcua.figures.rules.stays import Enter, Fact, Leave, Origin, Stay, Succession, find_stays

__all__ = [
    "CHANNELS",
    "Counts",
    "Enter",
    "Fact",
    "Leave",
    "Measure",
    "Origin",
    "Period",
    "PeriodKind",
    "Stay",
    "Succession",
    "Way",
    "add_up",
    "count",
    "find_break",
    "find_current",
    "find_stays",
    "make_period",
]
