"""Periods of reports: from the fifteenth to the fourteenth (Decree 09/2019/NĐ-CP art. 12); a year is its four quarters."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from motcua.core.marking import _

LENGTHS = {"month": 1, "quarter": 3, "half": 6, "nine": 9, "year": 12}


class PeriodKind(StrEnum):
    """What is reported at once."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE = "nine"
    YEAR = "year"


LABELS = {
    PeriodKind.MONTH: _("Tháng {number}/{year}"),
    PeriodKind.QUARTER: _("Quý {number}/{year}"),
    PeriodKind.HALF: _("6 tháng đầu năm {year}"),
    PeriodKind.NINE: _("9 tháng đầu năm {year}"),
    PeriodKind.YEAR: _("Năm {year}"),
}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Whole days, both ends counted."""

    first_on: date
    last_on: date
    kind: PeriodKind = PeriodKind.QUARTER
    year: int = 0
    number: int = 1

    @property
    def label(self) -> str:
        """Its name with places for `number` and `year`."""
        return LABELS[self.kind]

    def until(self, on: date) -> "Period":
        """The part of it that has been, for counting a period that still runs: what is late is late by today."""
        return self if on >= self.last_on else replace(self, last_on=max(on, self.first_on))

    @property
    def key(self) -> str:
        """A short stable name: `2026-quarter-3`."""
        return f"{self.year}-{self.kind}-{self.number}"


def make_period(kind: PeriodKind | str, year: int, number: int = 1, *, first_day: int = 15) -> Period:
    """A period of a year. With `first_day` 15, quarter 1 of a year runs from 15/12 of the year before to 14/3.

    :param first_day: day of the month a period begins with; 1 makes calendar periods
    :raises ValueError: there is no such month or quarter
    """
    kind = PeriodKind(kind)
    length = LENGTHS[kind]
    most = 12 // length if kind in (PeriodKind.MONTH, PeriodKind.QUARTER) else 1
    if not 1 <= number <= most:
        raise ValueError(number)
    first_month = (number - 1) * length
    return Period(
        _edge(year, first_month, first_day),
        _edge(year, first_month + length, first_day) - timedelta(days=1),
        kind,
        year,
        number,
    )


def _edge(year: int, month: int, first_day: int) -> date:
    """The day with which the month after `month` months of the year begins; it lies in the month before."""
    shift = month if first_day == 1 else month - 1
    return date(year + shift // 12, shift % 12 + 1, first_day)


def find_current(on: date, kind: PeriodKind | str = PeriodKind.QUARTER, *, first_day: int = 15) -> Period:
    """The period a day lies in; half, nine months and year: those of the year the day is counted to."""
    kind = PeriodKind(kind)
    year = on.year + (first_day > 1 and on >= date(on.year, 12, first_day))
    numbers = range(1, 12 // LENGTHS[kind] + 1) if kind in (PeriodKind.MONTH, PeriodKind.QUARTER) else (1,)
    made = [make_period(kind, year, number, first_day=first_day) for number in numbers]
    return next((period for period in made if period.first_on <= on <= period.last_on), made[-1])


def previous(period: Period, *, first_day: int = 15) -> Period:
    """The period of the same kind that ends the day before."""
    if period.number > 1:
        return make_period(period.kind, period.year, period.number - 1, first_day=first_day)
    last = 12 // LENGTHS[period.kind] if period.kind in (PeriodKind.MONTH, PeriodKind.QUARTER) else 1
    return make_period(period.kind, period.year - 1, last, first_day=first_day)
