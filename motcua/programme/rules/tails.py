"""What stands behind a deadline or instead of one: an event or a document, and the limit that may follow it."""

import re
from collections.abc import Callable
from dataclasses import replace

from motcua.programme.rules.deadline import Deadline, Kind
from motcua.programme.rules.events import Wait, count_days, take_count_behind
from motcua.programme.rules.scan import Scan

_JOINED = re.compile(r"(?:\bhoac\b|\bva\b|[,;/])\s*\(?$")
_OR = re.compile(r"\bhoac\s*\(?$")
_PARTS = re.compile(r"[;,]|\bvà\b")
_LATER_LIMIT = re.compile(
    r"\b(?:hoan thanh|xong|cham nhat|muon nhat|khong qua|truoc|bao cao)\b.*(?:\d|\b(?:quy|nam|thang)\b)"
)
_BARE_DAYS = re.compile(
    r"(?:(?:nhung|va|chi|phai)\s*)?(?:(?:hoan thanh|xong|bao cao|gui|cham nhat|muon nhat|khong qua|toi da|trong|vong|"
    r"thoi gian|thoi han|sau|la)\s+)*(\d{1,3})\s*(?:\(\w+\)\s*)?(ngay|gio|tuan)(\s*lam viec)?\W*"
)
_DATED = frozenset(
    {Kind.BEFORE_DATE, Kind.DATE, Kind.MONTH, Kind.MONTHS, Kind.QUARTER, Kind.QUARTERS, Kind.YEAR}
)

Read = Callable[[str], Deadline]
"""Reads the words of a part by themselves."""


def read_tail(scan: Scan, head: Deadline, wait: Wait | None, read: Read) -> Deadline:
    """Join what stands before with the event or document behind it."""
    if wait is None:
        return head if head.kind is not None else replace(head, doubts=("unread",))
    if head.kind is not None:
        return _join(head, wait, scan)
    strange = len(scan.get_leftovers())
    if wait.at_once:
        once = replace(head, kind=Kind.AT_ONCE, event=wait.words, days=0, doubts=())
        return _with_limit(once, read)
    if strange > 1:
        return replace(head, doubts=("unread",))
    alone = _alone(head, wait, read)
    return replace(alone, doubts=("partly",)) if strange else alone


def _join(head: Deadline, wait: Wait, scan: Scan) -> Deadline:
    """`Quý IV/2025 hoặc đột xuất` is mixed; `Thường xuyên theo quy định` stays what its head says."""
    recurs = head.kind in {Kind.EACH_PERIOD, Kind.EACH_PERIOD_BY_DAY, Kind.TIMES_A_YEAR}
    before = scan.flat[: wait.start]
    is_own = bool(_OR.search(before)) if wait.by_document else bool(_JOINED.search(before))
    lasts = head.kind is Kind.CONTINUOUS
    mixed = not recurs and (is_own and not (lasts and wait.by_document) or not (wait.by_document or lasts))
    return replace(head, kind=Kind.MIXED if mixed else head.kind, event=wait.words)


def _alone(head: Deadline, wait: Wait, read: Read) -> Deadline:
    """Only an event or a document, unless a limit of its own follows it."""
    if not wait.by_document and (count := take_count_behind(wait.words)) is not None:
        kind = Kind.DAYS_BEFORE if count.before else Kind.DAYS_AFTER
        days = replace(head, kind=kind, days=count.days, working_days=count.working_days)
        return replace(days, event=count.event, doubts=count.doubts)
    kind = Kind.BY_DOCUMENT if wait.by_document else Kind.ON_EVENT
    return _with_limit(replace(head, kind=kind, event=wait.words, doubts=()), read)


def _with_limit(alone: Deadline, read: Read) -> Deadline:
    """`Ngay sau khi có văn bản, hoàn thành trước 30/6`: both hold. `…, chậm nhất 05 ngày`: so many days after it."""
    first, *parts = _PARTS.split(alone.event)
    for part in parts:
        flat = Scan(part).rest.strip()
        if (days := _BARE_DAYS.fullmatch(flat)) and alone.kind is not Kind.BY_DOCUMENT:
            return _count_from(alone, first, days)
        if re.search(r"\bso\b", flat):
            continue
        later = read(part)
        if later.rhythm or later.times_a_year or later.kind is Kind.CONTINUOUS:
            return _with_rhythm(alone, later)
        says_limit = bool(_LATER_LIMIT.search(flat))
        if later.kind in _DATED and (says_limit or alone.kind is not Kind.BY_DOCUMENT and not later.doubts):
            both = replace(alone, kind=Kind.MIXED, windows=later.windows, strict=later.strict)
            return replace(both, alternatives=later.alternatives, doubts=later.doubts)
    return alone


def _with_rhythm(alone: Deadline, later: Deadline) -> Deadline:
    """`Theo quy định, định kỳ hằng quý` recurs; what waits for an event and goes on for ever is mixed."""
    lasts = later.kind is Kind.CONTINUOUS and alone.kind is not Kind.BY_DOCUMENT
    kind = Kind.MIXED if lasts else later.kind
    return replace(later, kind=kind, text=alone.text, event=alone.event)


def _count_from(alone: Deadline, event: str, days: re.Match[str]) -> Deadline:
    words = re.sub(r"^(?:[Ss]au khi|[Kk]hi|[Ss]au)\s+", "", event.strip())
    count = count_days(int(days[1]), days[2])
    doubts = ("hours",) if days[2] == "gio" else ()
    counted = replace(alone, kind=Kind.DAYS_AFTER, days=count, working_days=bool(days[3]))
    return replace(counted, event=words, doubts=doubts)
