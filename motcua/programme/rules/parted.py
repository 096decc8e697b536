"""Reports whose parts have days of their own: `6 tháng (trước 15/6); năm (trước 15/12)`, `15/6 (6 tháng), 15/12 (năm)`."""

import re

from motcua.programme.rules.deadline import EachPeriod, Period
from motcua.programme.rules.moments import read_quarter
from motcua.programme.rules.scan import Scan

_QUARTER = r"(?:[il]{1,3}|[il]v|[1-4])(?![a-z0-9])"
_DAY = r"(\d{1,2})\s*(?:/\s*|thang\s*)(\d{1,2})(?!\d)(?:\s*/\s*20\d\d)?"
_NAME = (
    rf"(?:(?:quy|qui)\s*({_QUARTER})|((?:0?6|0?9)\s*thang(?:\s*dau(?:\s*nam)?)?|\b(?:ca\s*)?nam\b))(?!\s*\d)"
)
_LIMIT = r"(?:\s*(?:truoc|cham nhat|muon nhat|vao|la|gui|bao cao|hoan thanh))*\s*(?:ngay\s*)?"
_NAME_FIRST = re.compile(rf"(?:\bbao cao\s*)?{_NAME}\s*[:(–-]?{_LIMIT}{_DAY}\s*\)?")
_DAY_FIRST = re.compile(rf"{_LIMIT}{_DAY}\s*\(?\s*(?:doi voi\s*|cho\s*|bao cao\s*|voi\s*)*{_NAME}\s*\)?")
_QUARTERS = re.compile(
    rf"(?:\bbao cao\s*)?\b(?:quy|qui)\s*({_QUARTER}(?:\s*(?:,|va)\s*(?:quy\s*)?{_QUARTER})+)\s*[:(]?{_LIMIT}"
    rf"({_DAY}(?:\s*(?:,|;|va)\s*(?:ngay\s*)?{_DAY})+)\s*\)?"
)
_JOINT = re.compile(r"\s*(?:,|;|va)\s*(?:quy\s*)?")


def take_parted(scan: Scan) -> tuple[EachPeriod, ...]:
    """The parts with their days; empty unless there are several and one of them is longer than a quarter."""
    for pattern, name, day in ((_NAME_FIRST, 1, 3), (_DAY_FIRST, 3, 1)):
        ahead = Scan(scan.text)
        ahead.rest = scan.rest
        found = _take_quarters(ahead)
        found += [_make(m[name], m[name + 1], int(m[day]), int(m[day + 1])) for m in ahead.take(pattern)]
        real = [each for each in found if each is not None]
        if len(real) == len(found) > 1 and any(each.period is not Period.QUARTER for each in real):
            scan.rest = ahead.rest
            return tuple(real)
    return ()


def _take_quarters(scan: Scan) -> list[EachPeriod | None]:
    """`quý I, II, III trước ngày 20/3, 20/6, 20/9`: as many days as quarters."""
    made: list[EachPeriod | None] = []
    for match in _QUARTERS.finditer(scan.rest):
        quarters = [part for part in _JOINT.split(match[1]) if part]
        days = re.findall(r"(\d{1,2})\s*(?:/\s*|thang\s*)(\d{1,2})(?!\d)", match[2])
        if len(quarters) == len(days):
            made += [_make(q, None, int(d), int(m)) for q, (d, m) in zip(quarters, days, strict=True)]
            scan.blank(*match.span())
    return made


def _make(quarter: str | None, name: str | None, day: int, month: int) -> EachPeriod | None:
    """The period with its day; None when there is no such day."""
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    if quarter:
        return EachPeriod(Period.QUARTER, quarters=(read_quarter(quarter),), day=day, month=month)
    if name and "nam" in name and "thang" not in name:
        return EachPeriod(Period.YEAR, day=day, month=month)
    if name and "9" in name:
        return EachPeriod(Period.NINE_MONTHS, day=day, month=month)
    return EachPeriod(Period.HALF_YEAR, quarters=(1,), day=day, month=month)
