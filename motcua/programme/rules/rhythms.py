"""How often: `hàng quý, năm`, `02 lần/năm`, `6 tháng một lần`, `trước ngày 25 của tháng cuối quý`."""

import re
from dataclasses import dataclass

from motcua.programme.rules.deadline import EachPeriod, Period
from motcua.programme.rules.scan import Scan

_COUNTS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6}
_COUNT = r"(\d{1,2}|mot|hai|ba|bon)"
_PERIODS = {
    "tuan": Period.WEEK,
    "thang": Period.MONTH,
    "quy": Period.QUARTER,
    "qui": Period.QUARTER,
    "6 thang": Period.HALF_YEAR,
    "9 thang": Period.NINE_MONTHS,
    "nam": Period.YEAR,
}
_PERIOD = r"(?:(?:0?6|0?9|sau|chin)\s*thang(?:\s*dau\s*nam)?|tuan|thang|quy|qui|nam)(?!\s*\d)(?!\s*[ivl]+\b)"
_AND = r"\s*(?:,|;|/|va|hoac|-)\s*(?:va\s*)?(?:(?:bao cao|tong ket|so ket)\s*)?(?:(?:hang|ca|mot|1|01|dinh ky|theo)\s*)?"

_TIMES_PER = re.compile(
    rf"(?:(?:it nhat|toi thieu|khong qua)\s*)?\b{_COUNT}\s*(?:lan|dot|ky|cuoc|luot)\s*"
    r"(?:/|trong|moi|mot|tren|hang|trong mot)?\s*(?:0?1\s*|mot\s*)?(nam|quy|thang|tuan|0?6 thang)\b"
)
_PER_TIMES = re.compile(
    rf"(?:\b(?:it nhat|toi thieu)\s*)?\b(?:moi|mot|0?1|hang)?\s*(nam|quy|thang|tuan|0?6 thang)\s*(?:it nhat\s*|toi thieu\s*)?{_COUNT}\s*lan\b"
)
_EVERY_MONTHS = re.compile(
    r"\b(\d{1,2})\s*(thang|tuan)\s*(?:/|mot|0?1)?\s*(?:0?1\s*|mot\s*)lan\b|\b(\d{1,2})\s*(thang|tuan)\s*/\s*lan\b"
)
_EACH = re.compile(
    rf"(?:\bdinh ky\s*)?\(?\b(?:hang|moi|tung|theo|dinh ky|bao cao|hang cac)\s*{_PERIOD}"
    rf"(?:{_AND}{_PERIOD})*"
)
_ALL_OF_YEAR = re.compile(r"\bcac\s+(?:quy|thang|tuan)\s+(?:trong|cua)\b(?=\s+nam)")
_BARE_PARTS = re.compile(
    rf"(?:\b(?:thang|quy)\s*[,/;]\s*)*(?<!sau )(?<!trong )\b(?:0?6|0?9)\s*thang(?!\s*(?:dau|cuoi))(?:{_AND}{_PERIOD})*"
)
_HALF_AND_YEAR = re.compile(
    r"\b(?:0?6|sau)\s*thang\s*dau(?:\s*nam)?\s*(?:,|va|;)\s*(?:va\s*)?(?:ca\s*)?nam\b(?!\s*(?:\d|hoc))"
)
_DAYS_OF_MONTH = re.compile(
    r"(?:(?:truoc|vao|cac|cham nhat)\s*)*(?:ngay|mung)\s*(?:mung\s*)?(\d{1,2}(?:\s*(?:,|;|va)\s*(?:ngay\s*)?\d{1,2})+)"
    r"\s*(?:cua\s*)?(?=(?:hang|moi|tung)\s*thang)"
)
_ONE_PERIOD = re.compile(r"(?:0?6|sau)\s*thang|(?:0?9|chin)\s*thang|tuan|thang|quy|qui|nam")
_AND_YEAR = re.compile(r"(?:\b(?:bao cao|ca|1|01|mot)\s*)+nam\b(?!\s*\d)|(?:,|;|¦\s*va)\s*nam\b(?!\s*\d)")
_DAY_OF_PERIOD = re.compile(
    r"(?:truoc|cham nhat|muon nhat|vao)?\s*(?:la\s*)?(?:vao\s*)?(?:ngay\s*(?:mung\s*)?|mung\s*)(\d{1,2})\s*(?:cua\s*)?"
    r"(thang\s*cuoi(?:\s*cua)?(?:\s*(?:moi|hang))?\s*(?:quy|ky)|cuoi\s*quy|(?=(?:hang|moi)\s*thang)|thang\s*(?:sau|ke tiep|tiep theo)|"
    r"thang\s*dau(?:\s*tien)?(?:\s*cua)?\s*quy(?:\s*sau|\s*tiep theo|\s*ke tiep)?)"
)
_FOLLOWING = re.compile(r"sau|dau|tiep")
_BARE_DAY = re.compile(r"\b(?:truoc|cham nhat|vao)\s*(?:vao\s*)?ngay\s*(\d{1,2})(?!\s*[/.\-\d]|\s*thang)()")
_YEARLY_DAY = re.compile(
    r"(?:ngay\s*)?(?<![\d/])(\d{1,2})\s*(?:[/.\-]|\s*thang\s*)\s*(\d{1,2})(?!\s*[/.\-]?\s*\d)(?!\s*nam\s*\d)"
)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What a text says about repeating; `day` is a day of the last month that a quarter read elsewhere may take."""

    periods: tuple[EachPeriod, ...] = ()
    times_a_year: int | None = None
    day: int | None = None


def take_rhythm(scan: Scan) -> Rhythm:
    """The rhythm of a text; empty when it has none."""
    if (times := _take_times(scan)) is not None:
        return times
    days = _take_days_of_period(scan)
    names = _take_names(scan)
    if names and not any(map(_is_of_month, days)) and (bare := scan.take(_BARE_DAY)):
        days.append((int(bare[0][1]), ""))
    names += [
        Period.MONTH if _is_of_month(day) else Period.QUARTER
        for day in days
        if not names or not (_is_of_month(day) or Period.QUARTER in names or _is_of_any(day))
    ]
    if not names:
        return Rhythm()
    periods = [each for name in dict.fromkeys(names) for each in _put_days(name, days, scan)]
    return Rhythm(tuple(periods), day=days[0][0] if days else None)


def _is_of_month(day: tuple[int, str]) -> bool:
    """A day of every month; else of a month of the quarter."""
    return "quy" not in day[1] and "ky" not in day[1]


def _is_of_any(day: tuple[int, str]) -> bool:
    """`tháng cuối kỳ`: of whatever period is named."""
    return day[1].endswith("ky")


def _take_times(scan: Scan) -> Rhythm | None:
    for match in scan.take(_EVERY_MONTHS):
        return _every_so_many(int(match[1] or match[3]), match[2] or match[4])
    for pattern, count, period in ((_TIMES_PER, 1, 2), (_PER_TIMES, 2, 1)):
        for match in scan.take(pattern):
            return _count_times(_as_number(match[count]), _as_period(match[period]))
    return None


def _as_number(text: str) -> int:
    return _COUNTS.get(text) or int(text)


def _as_period(text: str) -> Period:
    flat = " ".join(text.replace("sau", "6").replace("chin", "9").split()).lstrip("0")
    for name in ("6 thang", "9 thang"):
        if flat.startswith(name[0]):
            return _PERIODS[name]
    return _PERIODS[flat]


_A_YEAR = {Period.YEAR: 1, Period.HALF_YEAR: 2, Period.QUARTER: 4, Period.MONTH: 12, Period.WEEK: 52}


def _count_times(count: int, period: Period) -> Rhythm:
    """`01 lần/quý` is a rhythm of quarters; `02 lần/năm` only a number."""
    if count == 1 and period is not Period.YEAR:
        return Rhythm((EachPeriod(period),))
    return Rhythm(times_a_year=count * _A_YEAR[period])


def _every_so_many(number: int, unit: str) -> Rhythm:
    if unit == "thang":
        return _every_months(number)
    if number == 1:
        return Rhythm((EachPeriod(Period.WEEK),))
    return Rhythm(times_a_year=max(1, 52 // number)) if number else Rhythm()


def _every_months(months: int) -> Rhythm:
    named = {1: Period.MONTH, 3: Period.QUARTER, 6: Period.HALF_YEAR, 12: Period.YEAR}
    if months in named:
        return Rhythm((EachPeriod(named[months]),))
    return Rhythm(times_a_year=max(1, 12 // months)) if months else Rhythm()


def _take_names(scan: Scan) -> list[Period]:
    found = scan.take(_HALF_AND_YEAR) + scan.take(_ALL_OF_YEAR) + scan.take(_EACH) + scan.take(_BARE_PARTS)
    return [_as_period(one[0]) for match in found for one in _ONE_PERIOD.finditer(match[0])]


def _take_days_of_period(scan: Scan) -> list[tuple[int, str]]:
    several = [int(day) for match in scan.take(_DAYS_OF_MONTH) for day in re.findall(r"\d{1,2}", match[1])]
    return [(day, "") for day in several] + [(int(match[1]), match[2]) for match in scan.take(_DAY_OF_PERIOD)]


def _take_yearly_days(scan: Scan) -> list[tuple[int, int]]:
    """`trước ngày 25/12` beside a yearly report: a day of every year, or several (`15/6 và 15/12 hằng năm`)."""
    found = [m for m in _YEARLY_DAY.finditer(scan.rest) if 1 <= int(m[1]) <= 31 and 1 <= int(m[2]) <= 12]
    for match in found:
        scan.blank(*match.span())
    return [(int(match[1]), int(match[2])) for match in found]


def _put_days(period: Period, days: list[tuple[int, str]], scan: Scan) -> list[EachPeriod]:
    """The period by its day; a year by each of the days named."""
    if period is Period.YEAR:
        yearly = _take_yearly_days(scan) or [(day[0], 12) for day in days if _is_of_any(day)]
        return [EachPeriod(period, day=day, month=month) for day, month in yearly] or [EachPeriod(period)]
    fits = period in {Period.MONTH, Period.QUARTER, Period.HALF_YEAR, Period.NINE_MONTHS}
    if not (days and fits):
        return [EachPeriod(period)]
    fitting = [day for day in days if _is_of_month(day) == (period is Period.MONTH)]
    chosen = fitting if period is Period.MONTH and fitting else fitting[:1] or days[:1]
    return [EachPeriod(period, day=day, following=bool(_FOLLOWING.search(words))) for day, words in chosen]


def says_year_too(scan: Scan) -> bool:
    """Whether `và cả năm`, `báo cáo năm` stands beside quarters already read; it is then understood."""
    return bool(scan.take(_AND_YEAR))


def take_yearly_day(scan: Scan) -> tuple[int, int] | None:
    """A day and month without a year, for a yearly report."""
    found = _take_yearly_days(scan)
    return found[0] if found else None


def take_quarter_day(scan: Scan) -> int | None:
    """`trước ngày 25 của tháng cuối quý`: the day of the last month."""
    found = _take_days_of_period(scan)
    return found[0][0] if found else None
