"""Days, months, quarters and years said in words and figures, found in a scanned text."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.programme.rules.deadline import Window
from motcua.programme.rules.scan import Scan

_YEAR = r"(?:19|20)\d\d"
_OF_YEAR = rf"(?:\s*(?:/|-|–|\.|,)?\s*(?:nam\s*)?({_YEAR})(?!\d))?"
_BETWEEN = r"\s*(?:,|;|&|\+|-|–|/|den\s+het|den|va|hoac)\s*(?:het\s+|trong\s+)?"
_QUARTER = r"(?:[il]{1,3}|[il]v|1v|[1-4])(?![a-z0-9])(?!\s*nam\b(?!\s*\d))"
_MONTH = r"(?:0?[1-9]|1[0-2])(?!\d)"

_WORD_DAY = re.compile(
    rf"(?:ngay\s*)?(?<!\d)(?<!tuan )(?<!tuan thu )(\d{{1,2}})\s*(?:/\s*)?thang\s*({_MONTH})(?:\s*(?:/|nam|-)\s*({_YEAR}))?"
)
_FIGURE_DAY = re.compile(
    rf"(?:ngay\s*)?(?<![\d/])(\d{{1,2}})\s*[/.\-]\s*(\d{{1,2}})(?:\s*[/.\-]\s*({_YEAR}|\d\d))?(?![\d/%])"
)
_DAYS_RUN = re.compile(
    rf"(?<![\d/])(?<!thang )(\d{{1,2}})\s*(?:-|–|den\s+het|den)\s*(?:ngay\s*)?(\d{{1,2}})\s*(?:/|thang)\s*({_MONTH})"
    rf"(?:\s*(?:/|nam)\s*({_YEAR}))?(?![\d/])"
)
_MONTHS = re.compile(
    rf"(?:\bthang|\bt)\.?\s*{_MONTH}{_OF_YEAR}(?:{_BETWEEN}(?:thang\s*|\bt)?{_MONTH}(?!\s*(?:ngay|lan)){_OF_YEAR})*"
)
_ONE_MONTH = re.compile(rf"(?<!\d)({_MONTH}){_OF_YEAR}")
_FIGURE_MONTH = re.compile(rf"(?<![\d/]){_MONTH}\s*/\s*{_YEAR}(?:{_BETWEEN}{_MONTH}\s*/\s*{_YEAR})*(?![\d/])")
_QUARTERS = re.compile(
    rf"\b(?:quy|qui|q)\.?\s*{_QUARTER}{_OF_YEAR}(?:{_BETWEEN}(?:quy\s*|qui\s*|q\s*)?{_QUARTER}{_OF_YEAR})*"
)
_ONE_QUARTER = re.compile(rf"(?:(?<![a-z0-9])|(?<=\bq))({_QUARTER}){_OF_YEAR}")
_HALF = re.compile(rf"\b(?:0?6|sau)\s*thang\s*(dau|cuoi)(?:\s*nam)?{_OF_YEAR}")
_PART = re.compile(rf"(?<!\d)(0?[1-9]|1[01]|chin)\s*thang\s*(dau|cuoi)\s*(?:nam|(?={_YEAR})|$){_OF_YEAR}")
_YEARS = re.compile(rf"(?:\b(?:cac\s+)?nam\s*)?({_YEAR})(?:\s*(?:-|–|den)\s*({_YEAR}))?(?![\d/])")
_THIS_YEAR = re.compile(r"\b(?:trong|ca|suot|het|cuoi|dau|giua)\s+nam\b(?:\s+nay)?(?!\s*\d)")

_NUMERALS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True, slots=True)
class Moment:
    """Something dated that a text says: `shape` is day, month, quarter, half or year.

    :param window: its days; None when the text names no year and none is known
    :param start: where it stands in the text
    :param said_or: it replaces the one before (`hoặc`)
    """

    shape: str
    window: Window | None
    start: int
    end: int
    number: int = 0
    said_or: bool = False
    spans: bool = False
    has_year: bool = False


def take_moments(scan: Scan, year: int | None) -> list[Moment]:
    """Every day, month, quarter and year of the text, in its order. Years left out are those beside them, else `year`."""
    readers: tuple[Callable[[Scan, int | None], Iterable[Moment]], ...] = (
        _take_halves,
        _take_runs_of_days,
        _take_word_days,
        _take_months,
        _take_quarters,
        _take_figure_months,
        _take_figure_days,
        _take_years,
    )
    found = [moment for reader in readers for moment in reader(scan, year)]
    return sorted(found, key=lambda moment: moment.start)


def _take_runs_of_days(scan: Scan, year: int | None) -> list[Moment]:
    """`15-20/3/2025`, `từ ngày 01 đến ngày 15/3`: one stretch inside a month."""
    made = []
    for match in scan.take(_DAYS_RUN):
        at = _full_year(match[4]) or year
        first, last = (_day_window(int(match[n]), int(match[3]), at) for n in (1, 2))
        window = Window(first.first, last.last) if first and last else None
        made.append(Moment("day", window, *match.span(), has_year=bool(match[4])))
    return made


def _take_word_days(scan: Scan, year: int | None) -> list[Moment]:
    return _days(scan.take(_WORD_DAY), year)


def _take_figure_days(scan: Scan, year: int | None) -> list[Moment]:
    real = [m for m in _FIGURE_DAY.finditer(scan.rest) if 1 <= int(m[1]) <= 31 and 1 <= int(m[2]) <= 12]
    for match in real:
        scan.blank(*match.span())
    return _days(real, year)


def _days(matches: list[re.Match[str]], year: int | None) -> list[Moment]:
    years = _fill_years([_full_year(m[3]) for m in matches], year)
    return [
        Moment("day", _day_window(int(m[1]), int(m[2]), at), *m.span(), has_year=bool(m[3]))
        for m, at in zip(matches, years, strict=True)
    ]


def _full_year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) + 2000 if len(text) == 2 else int(text)


def _day_window(day: int, month: int, year: int | None) -> Window | None:
    if year is None:
        return None
    try:
        on = date(year, month, day)
    except ValueError:
        return None
    return Window(on, on)


def _take_months(scan: Scan, year: int | None) -> list[Moment]:
    return [m for match in scan.take(_MONTHS) for m in _listed(match, _ONE_MONTH, "month", year)]


def _take_figure_months(scan: Scan, year: int | None) -> list[Moment]:
    return [m for match in scan.take(_FIGURE_MONTH) for m in _listed(match, _ONE_MONTH, "month", year)]


def _take_quarters(scan: Scan, year: int | None) -> list[Moment]:
    return [m for match in scan.take(_QUARTERS) for m in _listed(match, _ONE_QUARTER, "quarter", year)]


def _listed(match: re.Match[str], one: re.Pattern[str], shape: str, year: int | None) -> list[Moment]:
    """The members of a list such as `quý II, III/2025`, each with the year said beside or behind it."""
    items = list(one.finditer(match.string, match.start(), match.end()))
    years = _fill_years([_full_year(item[2]) for item in items], year)
    made: list[Moment] = []
    before = match.start()
    for item, at in zip(items, years, strict=True):
        number = read_quarter(item[1])
        between = match.string[before : item.start()] if made else ""
        made.append(
            Moment(
                shape,
                get_window(shape, number, at) if at else None,
                item.start() if made else match.start(),
                item.end(),
                number,
                said_or="hoac" in between,
                spans=bool(re.search(r"den|-|–", between)),
                has_year=bool(item[2]),
            )
        )
        before = item.end()
    return made


def read_quarter(text: str) -> int:
    """The number of a quarter or month, in figures or Roman; scanned text often has `l` for `I`."""
    plain = text.replace("l", "i").replace("1v", "iv")
    return _NUMERALS[plain] if plain in _NUMERALS else int(plain)


def _fill_years(years: list[int | None], fallback: int | None) -> list[int | None]:
    """`quý III hoặc quý IV/2019`: a year said later holds for those before it; else the one before, else the plan's."""
    filled: list[int | None] = []
    following: int | None = None
    for year in reversed(years):
        following = year or following
        filled.append(following)
    filled.reverse()
    known = fallback
    for place, year in enumerate(filled):
        known = year or (filled[place - 1] if place else None) or known
        filled[place] = known
    return filled


def _take_halves(scan: Scan, year: int | None) -> list[Moment]:
    made = []
    for match in scan.take(_HALF):
        at = _full_year(match[2]) or year
        months = (1, 6) if match[1] == "dau" else (7, 12)
        made.append(Moment("half", _span(at, *months), *match.span(), has_year=bool(match[2])))
    for match in scan.take(_PART):
        at = _full_year(match[3]) or year
        length = 9 if match[1] == "chin" else int(match[1])
        months = (1, length) if match[2] == "dau" else (13 - length, 12)
        made.append(Moment("half", _span(at, *months), *match.span(), has_year=bool(match[3])))
    return made


def _take_years(scan: Scan, year: int | None) -> list[Moment]:
    made = []
    for match in scan.take(_YEARS):
        first, last = int(match[1]), int(match[2] or match[1])
        window = Window(date(first, 1, 1), date(last, 12, 31)) if last >= first else None
        made.append(Moment("year", window, *match.span(), has_year=True))
    for match in scan.take(_THIS_YEAR):
        made.append(Moment("year", _span(year, 1, 12), *match.span()))
    return made


def _span(year: int | None, first_month: int, last_month: int) -> Window | None:
    return Window(date(year, first_month, 1), get_month_end(year, last_month)) if year else None


def get_window(shape: str, number: int, year: int) -> Window:
    """The days of a month (1–12) or a quarter (1–4)."""
    if shape == "quarter":
        return Window(date(year, number * 3 - 2, 1), get_month_end(year, number * 3))
    return Window(date(year, number, 1), get_month_end(year, number))


def get_month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
