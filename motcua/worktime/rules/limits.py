"""A time limit as the procedure publishes it: how much, of what, and how the first day is treated."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

Amount = Decimal | int | float


class LimitUnit(StrEnum):
    """Units of a limit; `none` when the law sets none."""

    WORKING_HOUR = "working_hour"
    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    SAME_DAY = "same_day"
    NONE = "none"


class CountMode(StrEnum):
    """How limits in working days are counted.

    The first day is left out and the last ends at closing time (Civil Code art. 147–148), or the hour is kept.
    """

    EXCLUDE_FIRST_DAY = "exclude_first_day_end_of_day"
    HOUR_PRESERVING = "hour_preserving"


@dataclass(frozen=True, slots=True)
class Limit:
    """An amount of a unit."""

    amount: Amount
    unit: LimitUnit

    @classmethod
    def read(cls, amount: Amount | None, unit: LimitUnit | str) -> "Limit":
        """A limit from stored words; an absent amount is no limit, except for a same-day one."""
        unit = LimitUnit(unit)
        if amount is None and unit is not LimitUnit.SAME_DAY:
            return cls(0, LimitUnit.NONE)
        return cls(amount or 0, unit)

    @property
    def is_whole(self) -> bool:
        return self.amount == int(self.amount)

    @property
    def whole(self) -> int:
        """The amount in whole units, a part counted as one more (never to the applicant's loss of a promise)."""
        return -int(-self.amount // 1)

    @property
    def spoken(self) -> str:
        """The amount as people write it: 0,5 and not 0.50."""
        if self.is_whole:
            return str(int(self.amount))
        return f"{Decimal(str(self.amount)).normalize():f}".replace(".", ",")


def add_months(day: date, amount: Amount) -> tuple[date, bool]:
    """Date to date; where the month has no such day, its last (Civil Code art. 148). Half a month is 15 days.

    Also says whether the last day of the month had to stand in.
    """
    whole = int(amount)
    year, month = divmod(day.year * 12 + day.month - 1 + whole, 12)
    last = _days_in_month(year, month + 1)
    ends_on = date(year, month + 1, min(day.day, last))
    part = timedelta(days=-int(-(Decimal(str(amount)) - whole) * 30 // 1))
    return ends_on + part, day.day > last


def _days_in_month(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).day
