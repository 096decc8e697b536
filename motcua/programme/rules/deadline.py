"""What a deadline cell says: one of the nineteen kinds a plan knows, with its days, its rhythm or its event."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """The nineteen ways a plan says by when."""

    DATE = "date"
    BEFORE_DATE = "before_date"
    DATE_IN_CONTENT = "date hidden in content"
    QUARTER = "quarter"
    QUARTER_AND_DATE = "quarter + date"
    QUARTERS = "quarter list/range/or"
    MONTH = "month"
    MONTHS = "month range"
    YEAR = "year"
    CONTINUOUS = "continuous"
    TIMES_A_YEAR = "recurring n/year"
    EACH_PERIOD = "recurring period"
    EACH_PERIOD_BY_DAY = "recurring + day"
    DAYS_AFTER = "n days after"
    DAYS_BEFORE = "n days before"
    AT_ONCE = "at once"
    ON_EVENT = "on event"
    BY_DOCUMENT = "per external doc"
    MIXED = "mixed"


class Period(StrEnum):
    """What a recurring task repeats with."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    NINE_MONTHS = "nine-months"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Window:
    """Days between which something is to be done, both included; an open side is None."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class EachPeriod:
    """A rhythm: every `period`, or only in its quarters named, by a day of its last month where one is said.

    A `day` beyond the month's end means its end. `month` fixes the month of a yearly day. `following` puts the day
    into the first month after the period.
    """

    period: Period
    quarters: tuple[int, ...] = ()
    day: int | None = None
    month: int | None = None
    following: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as read. `kind` is None when nothing was said or nothing could be read; `doubts` say which.

    :param text: the words of the cell, unchanged
    :param windows: where days are said: one, or several that follow or replace one another
    :param alternatives: the windows replace one another (`hoặc`)
    :param strict: the day named is itself too late (`trước ngày`)
    :param rhythm: where it recurs
    :param times_a_year: how often, when only a number is said
    :param days: days before or after the event
    :param working_days: those days are working days
    :param event: what it waits for, in the cell's words
    :param doubts: stable words for what a person should look at
    """

    kind: Kind | None
    text: str
    windows: tuple[Window, ...] = ()
    alternatives: bool = False
    strict: bool = False
    rhythm: tuple[EachPeriod, ...] = ()
    times_a_year: int | None = None
    days: int | None = None
    working_days: bool = False
    event: str = ""
    doubts: tuple[str, ...] = field(default=())

    @property
    def first(self) -> date | None:
        """The first day on which it may be done, where one is said."""
        return min((w.first for w in self.windows if w.first), default=None)

    @property
    def last(self) -> date | None:
        """The last day, as the cell names it."""
        return max((w.last for w in self.windows if w.last), default=None)

    @property
    def every(self) -> str:
        """The rhythm in one word a machine reads: `quarter`, `quarter+year`, `2/year`; empty when it does not recur."""
        if self.times_a_year:
            return f"{self.times_a_year}/year"
        return "+".join(dict.fromkeys(r.period.value for r in self.rhythm))
