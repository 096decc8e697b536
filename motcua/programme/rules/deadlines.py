"""The grammar of deadlines: a cell of a plan becomes one of nineteen kinds, or says that it could not be read.

The words are kept; nothing is guessed. Whatever is not understood stands in `doubts`:
`none` (nothing was said), `unread`, `partly` (some words were not understood), `year` (no year is known),
`day` (no such day), `vague` (`cuối năm`), `open` (from a day on, without an end), `hours` (said in hours, kept as days).
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from motcua.programme.rules.deadline import Deadline, EachPeriod, Kind, Period, Window
from motcua.programme.rules.events import DayCount, find_wait, take_day_count
from motcua.programme.rules.moments import Moment, take_moments
from motcua.programme.rules.parted import take_parted
from motcua.programme.rules.rhythms import (
    Rhythm,
    says_year_too,
    take_quarter_day,
    take_rhythm,
    take_yearly_day,
)
from motcua.programme.rules.scan import Scan
from motcua.programme.rules.tails import read_tail

_CONTINUOUS = re.compile(
    r"\b(?:thuong xuyen|lien tuc|hang ngay|moi ngay|thuong ky)\b|\b24\s*/\s*24\s*(?:h\b|gio\b)?|"
    r"^(?:(?:truc|phuc vu|ho tro|tiep nhan)\s*)?\(?24\s*/\s*7\)?[\s.]*$"
)
_LIMIT = re.compile(
    r"\b(?:truoc|cham nhat|muon nhat|khong qua|khong (?:muon|cham) hon|den het|den|han cuoi|han chot|cham|toi da)\b[^¦]*$"
)
_BOTH_SIDES = re.compile(r"\btruoc va sau\b")
_FROM = re.compile(r"\b(?:tu|sau|bat dau|ke tu)\s*$")
_UNTIL = re.compile(r"(?:cho\s+)?den(?:\s+(?:het|ngay|cuoi))*|-|–")
_OTHER_YEAR = re.compile(r"(?<=[\divl])\s+(?:cua\s+)?nam\s+(sau|truoc|ke tiep|tiep theo|lien ke|toi)\b")
_EVERY_YEAR = re.compile(r"\s*(?:hang|moi)\s*nam\b(?!\s*\d)")
_STRICT = re.compile(r"\btruoc\b[^¦]*$")
_BEFORE_SOMETHING = re.compile(r"\btruoc\s*(?:het\s*)?$")
_VAGUE = re.compile(
    r"\b(?:thuong|trung|ha) tuan\b|\b(?<!thang )(?<!han )(?<!bat )(?:cuoi(?! (?:quy|ky|cung))|dau|giua|khoang|du kien|tuan\s*(?:thu\s*)?\d|tuan\s+(?:dau|cuoi))\b"
)
_NOTHING = re.compile(r"[-–—./…\s]*")
_QUARTERS = re.compile(r"\b(?:quy|qui)\s*(?:[il]|[1-4]\b)")
_BROKEN_DAY = re.compile(r"\d\s*[/.]\s*\d")
_ROMAN_SLIP = re.compile(r"\bqu[yýỳiíì]\s*[IVX]*l[IVXl]*\b", re.IGNORECASE)


def parse_deadline(text: str, year: int | None = None) -> Deadline:
    """Read the deadline cell of a task; `year` is the plan's own, for `Trong năm`, `Quý II`, `trước 30/6`."""
    scan = Scan(text)
    if _NOTHING.fullmatch(scan.text):
        return Deadline(None, scan.text, doubts=("none",))
    if (count := take_day_count(scan)) is not None:
        return _from_count(scan, count)
    year = _take_other_year(scan, year)
    wait = find_wait(scan)
    if wait is not None:
        scan.rest = scan.rest[: wait.start] + "¦" * (len(scan.rest) - wait.start)
    read = _read_head(scan, year)
    return read_tail(scan, read, wait, lambda words: parse_deadline(words, year))


def _take_other_year(scan: Scan, year: int | None) -> int | None:
    """`trước 31/01 năm sau`: the year after the plan's own."""
    found = scan.take(_OTHER_YEAR)
    if year is None or not found:
        return year
    return year - 1 if found[0][1] == "truoc" else year + 1


def _from_count(scan: Scan, count: DayCount) -> Deadline:
    return Deadline(
        Kind.DAYS_BEFORE if count.before else Kind.DAYS_AFTER,
        scan.text,
        days=count.days,
        working_days=count.working_days,
        event=count.event,
        doubts=count.doubts,
    )


def _read_head(scan: Scan, year: int | None) -> Deadline:
    """What stands before any event or document: rhythm, days, `thường xuyên`."""
    words = scan.rest
    is_continuous = bool(scan.take(_CONTINUOUS))
    if (yearly := _read_every_year(scan, year)) is not None:
        return yearly
    parted = take_parted(scan)
    rhythm = take_rhythm(scan)
    rhythm = replace(rhythm, periods=(*rhythm.periods, *parted))
    year_too = bool(_QUARTERS.search(scan.rest)) and says_year_too(scan)
    moments = take_moments(scan, year)
    recurring = _read_recurring(scan, rhythm, moments, year_too)
    read = recurring or _read_moments(scan, words, moments)
    if is_continuous:
        read = _with_continuous(scan, read, moments)
    return _with_doubts(scan, read, words, moments)


def _read_every_year(scan: Scan, year: int | None) -> Deadline | None:
    """`Tháng 12 hằng năm`, `quý II và quý IV hằng năm`: once a year by the end of each month or quarter named."""
    ahead = Scan(scan.text)
    moments = take_moments(ahead, year)
    shapes = {m.shape for m in moments}
    if len(shapes) != 1 or not shapes <= {"month", "quarter"} or any(m.has_year or m.spans for m in moments):
        return None
    if not _EVERY_YEAR.fullmatch(ahead.rest[moments[-1].end :].rstrip(" .")):
        return None
    length = 3 if "quarter" in shapes else 1
    rhythm = tuple(EachPeriod(Period.YEAR, day=31, month=m.number * length) for m in moments)
    return Deadline(Kind.EACH_PERIOD, scan.text, rhythm=rhythm)


def _with_continuous(scan: Scan, read: Deadline, moments: list[Moment]) -> Deadline:
    """`Thường xuyên trong năm 2023` stays continuous; beside anything narrower both hold."""
    only_years = bool(moments) and all(m.shape == "year" for m in moments)
    if read.kind is None or only_years or [r.period for r in read.rhythm] == [Period.YEAR]:
        return replace(read, kind=Kind.CONTINUOUS)
    return replace(read, kind=Kind.MIXED)


def _read_recurring(scan: Scan, rhythm: Rhythm, moments: list[Moment], year_too: bool) -> Deadline | None:
    quarters = _named_quarters(scan, rhythm, moments, year_too)
    if not (rhythm.periods or rhythm.times_a_year or quarters):
        return None
    if rhythm.times_a_year:
        return _with_windows(
            Deadline(Kind.TIMES_A_YEAR, scan.text, times_a_year=rhythm.times_a_year), moments
        )
    plain = [p for p in rhythm.periods if not (quarters and p.period is Period.QUARTER and not p.quarters)]
    periods = (*quarters, *plain)
    periods, moments = _settle_yearly_day(_with_year(periods, moments), moments)
    by_day = any(p.day for p in periods)
    kind = Kind.EACH_PERIOD_BY_DAY if by_day else Kind.EACH_PERIOD
    narrower = [m for m in moments if m.shape != "year" and not (m.shape == "quarter" and quarters)]
    read = Deadline(kind, scan.text, rhythm=periods)
    if narrower and (within := _find_stretch(scan, narrower)) is not None:
        return replace(read, windows=(within,))
    return _with_windows(replace(read, kind=Kind.MIXED) if narrower else read, moments)


def _find_stretch(scan: Scan, moments: list[Moment]) -> Window | None:
    """`Hàng tháng từ tháng 3 đến tháng 12`, `từ tháng 3, hàng tháng`: the stretch in which something recurs."""
    first, last = moments[0].window, moments[-1].window
    before = scan.flat[: moments[0].start]
    if first is None or last is None or not (_FROM.search(before) or moments[-1].spans):
        return None
    if len(moments) == 1:
        return Window(first.first, None)
    return Window(first.first, last.last) if len(moments) == 2 and moments[1].spans else None


def _with_year(periods: tuple[EachPeriod, ...], moments: list[Moment]) -> tuple[EachPeriod, ...]:
    """`Trước ngày 15 tháng cuối quý và trước ngày 15/12`: the second day speaks of the year's own report."""
    days = [m for m in moments if m.shape == "day" and not m.has_year]
    if len(days) == 1 and any(p.day for p in periods) and not any(p.period is Period.YEAR for p in periods):
        return (*periods, EachPeriod(Period.YEAR))
    return periods


def _settle_yearly_day(
    periods: tuple[EachPeriod, ...], moments: list[Moment]
) -> tuple[tuple[EachPeriod, ...], list[Moment]]:
    """`trước ngày 15/12 hàng năm`: the day belongs to the yearly rhythm, it is no date of its own."""
    days = [m for m in moments if m.shape == "day" and m.window]
    yearly = [p for p in periods if p.period is Period.YEAR]
    if len(days) != 1 or not yearly or (days[0].has_year and len(periods) > 1):
        return periods, moments
    on = days[0].window
    assert on is not None and on.last is not None
    settled = tuple(replace(p, day=on.last.day, month=on.last.month) if p in yearly else p for p in periods)
    return settled, [m for m in moments if m is not days[0]]


def _named_quarters(
    scan: Scan, rhythm: Rhythm, moments: list[Moment], year_too: bool
) -> tuple[EachPeriod, ...]:
    """`Quý I, II, III và cả năm`, all four quarters, or quarters beside a rhythm: they recur."""
    named = tuple(m.number for m in moments if m.shape == "quarter")
    if not named or any(m.said_or for m in moments):
        return ()
    has_year = any(p.period is Period.YEAR for p in rhythm.periods)
    by_day = any(p.period is Period.QUARTER and p.day and not p.quarters for p in rhythm.periods)
    if not (year_too or has_year or by_day or len(set(named)) == 4 or _says_report(scan, named)):
        return ()
    quarters = EachPeriod(
        Period.QUARTER, quarters=tuple(sorted(set(named))), day=_find_quarter_day(scan, rhythm)
    )
    if not year_too or has_year:
        return (quarters,)
    day = take_yearly_day(scan)
    return (quarters, EachPeriod(Period.YEAR, day=day[0] if day else None, month=day[1] if day else None))


def _says_report(scan: Scan, named: tuple[int, ...]) -> bool:
    return len(named) > 1 and bool(re.search(r"\bdinh ky\b|\bbao cao\b", scan.rest))


def _find_quarter_day(scan: Scan, rhythm: Rhythm) -> int | None:
    return rhythm.day or take_quarter_day(scan)


def _with_windows(read: Deadline, moments: Iterable[Moment]) -> Deadline:
    windows = tuple(m.window for m in moments if m.window and m.shape != "quarter")
    return replace(read, windows=windows)


def _read_moments(scan: Scan, words: str, moments: list[Moment]) -> Deadline:
    shapes = {m.shape for m in moments}
    if not moments:
        return Deadline(None, scan.text)
    if (until := _read_until(scan, words, moments)) is not None:
        return until
    if "day" in shapes:
        return _read_days(scan, words, moments, shapes)
    if "quarter" in shapes:
        return _read_list(
            scan, words, [m for m in moments if m.shape == "quarter"], Kind.QUARTER, Kind.QUARTERS
        )
    if shapes & {"month", "half"}:
        chosen = [m for m in moments if m.shape in {"month", "half"}]
        return _read_list(scan, words, chosen, Kind.MONTH, Kind.MONTHS)
    return _read_list(scan, words, moments, Kind.YEAR, Kind.YEAR)


_BEGUN = {"day": Kind.DATE, "quarter": Kind.QUARTERS, "month": Kind.MONTHS}


def _read_until(scan: Scan, words: str, moments: list[Moment]) -> Deadline | None:
    """`Từ quý II đến hết năm`, `từ 15/3 đến hết tháng 5`: one stretch between two ways of saying a time."""
    if len(moments) != 2 or moments[0].shape not in _BEGUN or moments[0].shape == moments[1].shape:
        return None
    first, last = moments[0].window, moments[1].window
    between = words[moments[0].end : moments[1].start].strip()
    if not (first and last and _FROM.search(words[: moments[0].start]) and _UNTIL.fullmatch(between)):
        return None
    return Deadline(_BEGUN[moments[0].shape], scan.text, windows=(Window(first.first, last.last),))


def _read_days(scan: Scan, words: str, moments: list[Moment], shapes: set[str]) -> Deadline:
    days = [m for m in moments if m.shape == "day"]
    before = words[: days[0].start]
    is_range = len(days) == 2 and bool(re.search(r"\btu\b", before) or _joins(words, days))
    is_limit = bool(_LIMIT.search(before)) and not is_range
    kind = Kind.BEFORE_DATE if is_limit else Kind.DATE
    if "quarter" in shapes:
        kind = Kind.QUARTER_AND_DATE
    return Deadline(
        kind,
        scan.text,
        windows=_range(days) if is_range else _days(days, before, is_limit or kind is Kind.QUARTER_AND_DATE),
        strict=bool(_STRICT.search(before)),
    )


def _joins(words: str, days: list[Moment]) -> bool:
    return bool(re.fullmatch(r"\s*(?:den het|den|-|–)\s*(?:ngay\s*)?", words[days[0].end : days[1].start]))


def _range(days: list[Moment]) -> tuple[Window, ...]:
    first, last = days[0].window, days[1].window
    return (Window(first.first if first else None, last.last if last else None),)


def _days(days: list[Moment], before: str, is_limit: bool) -> tuple[Window, ...]:
    """Each day by itself; `từ ngày 01/7` alone has no end."""
    if (
        len(days) == 1
        and days[0].window
        and days[0].window.first == days[0].window.last
        and not is_limit
        and _FROM.search(before)
    ):
        return (Window(days[0].window.first, None),)
    return tuple(_day(m, is_limit) for m in days if m.window)


def _day(moment: Moment, open_start: bool) -> Window:
    assert moment.window is not None
    return Window(None, moment.window.last) if open_start else moment.window


def _read_list(scan: Scan, words: str, moments: list[Moment], one: Kind, many: Kind) -> Deadline:
    """A month, a quarter, a year, or several of them in a row, in a list, or to choose from."""
    before = words[: moments[0].start]
    if len(moments) == 1 and _BEFORE_SOMETHING.search(before) and moments[0].window:
        return Deadline(
            Kind.BEFORE_DATE, scan.text, windows=(Window(None, moments[0].window.first),), strict=True
        )
    if len(moments) == 1 and _FROM.search(before) and moments[0].window:
        return Deadline(one, scan.text, windows=(Window(moments[0].window.first, None),))
    kind = many if len(moments) > 1 or moments[0].shape == "half" else one
    return Deadline(
        kind, scan.text, windows=_join_runs(moments), alternatives=any(m.said_or for m in moments)
    )


def _join_runs(moments: list[Moment]) -> tuple[Window, ...]:
    """`Tháng 3 đến tháng 7` is one stretch; `Quý II, III` are two that touch and stay two."""
    windows: list[Window] = []
    for moment in moments:
        if moment.window is None:
            continue
        if windows and moment.spans:
            windows[-1] = Window(windows[-1].first, moment.window.last)
        else:
            windows.append(moment.window)
    return tuple(windows)


def _with_doubts(scan: Scan, read: Deadline, words: str, moments: list[Moment]) -> Deadline:
    doubts = []
    if _BROKEN_DAY.search(scan.rest):
        return Deadline(None, scan.text)
    if moments and not all(m.window for m in moments) and not read.rhythm:
        doubts.append("day" if any(m.has_year for m in moments if not m.window) else "year")
    unused = _leaves_out(read, moments)
    unused = unused or not _tells_all(read, moments) or bool(_BOTH_SIDES.search(words))
    if read.kind is not None and (unused or scan.get_leftovers()):
        doubts.append("partly")
    if any(window.last is None for window in read.windows):
        doubts.append("open")
    if moments and _VAGUE.search(words):
        doubts.append("vague")
    if _ROMAN_SLIP.search(scan.text):
        doubts.append("slip")
    return replace(read, doubts=tuple(doubts))


def _leaves_out(read: Deadline, moments: list[Moment]) -> bool:
    """Months beside quarters, a year beside months (`Trong năm, cao điểm quý II`): only the narrower were taken."""
    shapes = {m.shape for m in moments}
    if len(read.windows) == 1 and len(moments) == 2 and moments[0].window and moments[1].window:
        whole = Window(moments[0].window.first, moments[1].window.last)
        if read.windows[0] == whole and moments[0].window != whole:
            return False
    if read.kind in {Kind.QUARTER, Kind.QUARTERS} and shapes & {"month", "half", "year"}:
        return True
    return read.kind in {Kind.MONTH, Kind.MONTHS} and "year" in shapes


def _tells_all(read: Deadline, moments: list[Moment]) -> bool:
    """Whether every moment named is in what was read: `Tháng 4, báo cáo trước 10/5` names two that do not fit."""
    if read.rhythm or read.times_a_year:
        return True
    named = [m.window for m in moments if m.window]
    return all(any(_fits(window, at) for window in read.windows) for at in named)


def _fits(window: Window, at: Window) -> bool:
    """One of the two lies in the other; of an open window the side that is said counts."""
    edge = window.last or window.first
    assert edge is not None and at.first is not None and at.last is not None
    if window.first is None or window.last is None:
        return at.first <= edge <= at.last
    return at.first <= edge <= at.last or (window.first <= at.first and at.last <= window.last)


_IN_CONTENT = re.compile(
    r"(?:\b(?:hoan thanh|xong|bao cao|gui)\b[^;.]{0,40})?"
    r"\b(?:truoc|cham nhat(?: la)?|muon nhat|khong qua)\s*(?:ngay\s*)?\d{1,2}\s*(?:/|thang)\s*\d{1,2}(?:\s*(?:/|nam)\s*\d{4})?|"
    r"\b(?:cham nhat|trong (?:thoi gian|vong|thoi han)|khong qua)\s*(?:la\s*)?\d{1,3}\s*ngay(?: lam viec)?\s*(?:ke tu|tinh tu|sau)[^;.()]*"
)


def find_in_content(text: str, year: int | None = None) -> list[Deadline]:
    """Deadlines that stand in the words of a task instead of its deadline cell."""
    scan = Scan(text)
    found = []
    for match in _IN_CONTENT.finditer(scan.flat):
        words = scan.quote(*match.span())
        read = parse_deadline(words, year)
        if read.kind in {Kind.BEFORE_DATE, Kind.DATE}:
            found.append(replace(read, kind=Kind.DATE_IN_CONTENT, doubts=()))
        elif read.kind is Kind.DAYS_AFTER:
            found.append(read)
    return found
