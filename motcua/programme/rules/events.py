"""What a task waits for: so many days after or before something, at once, on an event, by another document."""

import re
from dataclasses import dataclass

from motcua.programme.rules.scan import Scan
from motcua.programme.rules.words import flatten

_NUMBERS = {
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
}
_COUNT = rf"(\d{{1,3}}|{'|'.join(_NUMBERS)})\s*(?:\(\w+\)\s*)?"
_END = r"([^;.()]*)"

_DAYS_AFTER = re.compile(
    r"(?:\b(?:trong|cham nhat|khong qua|toi da|muon nhat|sau|truoc|la|vong|thoi gian|thoi han|han)\s+(?:la\s+)?)*"
    rf"(?<!\d)(?<!/){_COUNT}(ngay|gio|h(?=\s)|tuan|thang)(\s*lam viec)?\s*,?\s*\(?\s*"
    rf"(?:ke\s*tu|tinh\s*tu|sau|tu)\s*(?:khi|ngay|luc|thoi diem)?\s*{_END}"
)
_DAYS_BEFORE = re.compile(
    rf"\btruoc\s*(?:it nhat\s*|toi thieu\s*)?{_COUNT}(ngay|gio(?=\s*(?:cua|so voi|khi|truoc))|tuan)(\s*lam viec)?"
    rf"\s*(?:cua|so voi|khi|truoc|ke tu|den|tinh den)?\s*{_END}"
)
_AFTER_DAYS_BEFORE = re.compile(
    rf"\b(?:cham nhat|it nhat|toi thieu|muon nhat)\s*(?:la\s*)?{_COUNT}(ngay|tuan)(\s*lam viec)?\s*truoc\s*(?:khi|ngay)?\s*{_END}"
)
_COUNT_BEHIND = re.compile(
    rf"(truoc|sau)\s*(?:khi|ngay)?\s*(.{{4,}}?)\s*,?\s*(?:it nhat|toi thieu|cham nhat|la|trong|vong)*\s*{_COUNT}"
    r"(ngay|tuan)(\s*lam viec)?\W*"
)
_EACH_PERIOD_ENDS = re.compile(
    r"^(?:ngay\s*)?(?:ket thuc|het|cuoi|cua)?\s*(?:moi |hang )?(?:quy|thang|tuan|nam|ky bao cao)\b(?!\s*(?:\d|[ivl]+\b|hoc))"
)
_AT_ONCE = re.compile(r"\bngay\s*(?:sau khi|khi|sau|lap tuc)\b\s*(.*)$")
_ON_EVENT = re.compile(
    r"\b(?:khi|sau khi|dot xuat|truoc khi|neu co|neu|truong hop|phat sinh|trong (?:suot )?qua trinh|ngay xay ra)\b|"
    r"\bsau\s+(?!\d)(?:hoi nghi|ky hop|ket thuc|dot|cuoc|kiem tra|moi|tung|tet\b|ngay\s+(?!\d))|"
    r"\btruoc\s+(?:ky hop|hoi nghi|dai hoi|thoi diem|cuoc|tet\b|ngay\s+(?:khai mac|to chuc|dien ra|bau cu))|"
    r"\b(?:tai |trong )?(?:cac )?ky hop\b"
)
_BY_DOCUMENT = re.compile(
    r"\b(?:theo|can cu|phu hop voi|dam bao|bao dam|dung)\s+(?!(?:dinh ky\s*)?(?:hang|tung|moi)\s+(?:quy|qui|thang|tuan|nam|ky|0?6)\b)"
    r"(?!doi\b)(?!(?:dinh ky|(?:dinh ky\s*)?(?:quy\b|thang|tuan|nam))\s*(?:$|[,;/]|\d))\w"
)
_EXTERNAL_BEFORE_EVENT = re.compile(r"^(?:theo|can cu|phu hop|dam bao|bao dam|dung)\b")
_A_WEEK = {"ngay": 1, "gio": 1, "tuan": 7, "thang": 30}


@dataclass(frozen=True, slots=True)
class DayCount:
    """So many days after (or before) an event."""

    before: bool
    days: int
    working_days: bool
    event: str
    exact: bool

    @property
    def doubts(self) -> tuple[str, ...]:
        """`hours` where days stand for hours or months, `partly` where the event comes back with every period."""
        recurs = _EACH_PERIOD_ENDS.search(flatten(self.event))
        return tuple(name for name, holds in (("hours", not self.exact), ("partly", recurs)) if holds)


@dataclass(frozen=True, slots=True)
class Wait:
    """Where the words about an event or another document begin, and what they are."""

    start: int
    by_document: bool
    at_once: bool
    words: str


def take_day_count(scan: Scan) -> DayCount | None:
    """`Trong thời gian 10 ngày kể từ ngày tiếp nhận`; `Trước 01 ngày của hồ sơ đến hạn`."""
    for pattern, before in ((_AFTER_DAYS_BEFORE, True), (_DAYS_BEFORE, True), (_DAYS_AFTER, False)):
        match = pattern.search(scan.rest)
        if match and (count := _as_count(match, before, scan)) is not None:
            scan.blank(*match.span())
            return count
    return None


def _as_count(match: re.Match[str], before: bool, scan: Scan) -> DayCount | None:
    number = (
        _NUMBERS.get(match[1]) or int(match[1]) if not match[1].isalpha() or match[1] in _NUMBERS else None
    )
    event = scan.quote(*match.span(4))
    if number is None or not event or re.fullmatch(r"[\d/\s]*", event):
        return None
    unit = match[2]
    return DayCount(before, count_days(number, unit), bool(match[3]), event, unit in {"ngay", "tuan"})


def take_count_behind(words: str) -> DayCount | None:
    """`Sau khi kết thúc hội nghị 05 ngày`, `trước kỳ họp 20 ngày`: the days stand behind their event."""
    scan = Scan(words)
    match = _COUNT_BEHIND.fullmatch(scan.rest)
    if match is None or not (match[3].isdigit() or match[3] in _NUMBERS):
        return None
    number = _NUMBERS.get(match[3]) or int(match[3])
    event = scan.quote(*match.span(2))
    return DayCount(match[1] == "truoc", count_days(number, match[4]), bool(match[5]), event, True)


def count_days(number: int, unit: str) -> int:
    """Days of a number of days, hours (begun ones count), weeks or months (of 30 days)."""
    return max(1, -(-number // 24)) if unit in {"gio", "h"} else number * _A_WEEK[unit]


def find_wait(scan: Scan) -> Wait | None:
    """The first words that speak of an event or of another document, and all that follows them."""
    if (once := _find_at_once(scan)) is not None:
        return once
    found = (_ON_EVENT.search(scan.rest), _find_document(scan))
    places = [match.start() for match in found if match]
    if not places:
        return None
    start = min(places)
    tail = scan.rest[start:]
    return Wait(start, bool(_EXTERNAL_BEFORE_EVENT.match(tail)), False, scan.quote(start, len(scan.text)))


def _find_document(scan: Scan) -> re.Match[str] | None:
    """`đúng quy định` (as prescribed) and `xây dựng kế hoạch` (draw up a plan) look alike without marks."""
    for match in _BY_DOCUMENT.finditer(scan.rest):
        word = scan.text[match.start() : match.start() + 4].lower()
        if flatten(word) != "dung" or word == "đúng":
            return match
    return None


def _find_at_once(scan: Scan) -> Wait | None:
    """`ngay` (at once) and `ngày` (day) are one word without marks: the cell itself decides."""
    for match in _AT_ONCE.finditer(scan.rest):
        if scan.text[match.start() : match.start() + 4].lower() == "ngay":
            return Wait(match.start(), False, True, scan.quote(*match.span(1)))
    return None
