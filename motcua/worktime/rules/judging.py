"""Early, on time or late; and how much working time is left."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from motcua.core.marking import _
from motcua.worktime.rules.calendar import Calendar, to_local
from motcua.worktime.rules.counting import HOUR, working_seconds_between
from motcua.worktime.rules.limits import LimitUnit

LEFT = _("còn {time}")
OVERDUE = _("quá hạn {time}")
NOW = _("đến hạn ngay bây giờ")
JUST_OVER = _("vừa quá hạn")
DAYS = _("{count} ngày")
HOURS = _("{count} giờ")
MINUTES = _("{count} phút")


class Timeliness(StrEnum):
    """Judged on the finish of the handling, not on the day the person collects."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    RUNNING = "running"


def judge(
    finished_at: datetime | None, due_at: datetime | None, limit_unit: LimitUnit | str, now: datetime
) -> Timeliness:
    """Compare at the granularity of the limit: days for limits in days and months, minutes for hours.

    Without that, "on time" (neither early nor late) would never occur. No limit is never late.
    """
    if due_at is None:
        return Timeliness.ON_TIME if finished_at else Timeliness.RUNNING
    due, end = _grain(due_at, limit_unit), _grain(finished_at or now, limit_unit)
    if end > due:
        return Timeliness.LATE
    if finished_at is None:
        return Timeliness.RUNNING
    return Timeliness.EARLY if end < due else Timeliness.ON_TIME


def _grain(at: datetime, limit_unit: LimitUnit | str) -> datetime:
    local = to_local(at).replace(second=0)
    if LimitUnit(limit_unit) is LimitUnit.WORKING_HOUR:
        return local
    return local.replace(hour=0, minute=0)


class Left(NamedTuple):
    """Working time to the due moment or, when late, past it. A day is an ordinary working day of the unit."""

    is_late: bool
    days: int
    hours: int
    minutes: int

    def parts(self) -> tuple[tuple[str, int], ...]:
        """The two largest parts worth saying, as (sentence, count)."""
        parts = ((DAYS, self.days), (HOURS, self.hours), (MINUTES, 0 if self.days else self.minutes))
        return tuple((sentence, count) for sentence, count in parts if count)[:2]

    def say(self, say: Callable[[str], str]) -> str:
        """In words of the language `say` speaks."""
        time = " ".join(say(sentence).format(count=count) for sentence, count in self.parts())
        if not time:
            return say(JUST_OVER if self.is_late else NOW)
        return say(OVERDUE if self.is_late else LEFT).format(time=time)


def measure_left(now: datetime, due_at: datetime, calendar: Calendar) -> Left:
    """Working time between now and the due moment, in days, hours and minutes."""
    is_late = now > due_at
    first, last = (due_at, now) if is_late else (now, due_at)
    days, rest = divmod(working_seconds_between(first, last, calendar), calendar.day_seconds or HOUR * 8)
    return Left(is_late, days, rest // HOUR, rest % HOUR // 60)


def describe_left(
    now: datetime, due_at: datetime, calendar: Calendar, say: Callable[[str], str] = str
) -> str:
    """In words: "còn 2 ngày 3 giờ", "quá hạn 1 giờ 20 phút"; `say` puts them into another language."""
    return measure_left(now, due_at, calendar).say(say)
