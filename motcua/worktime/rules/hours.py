"""Office hours as people type them: "07:30-11:30; 13:30-17:00"."""

import re
from collections.abc import Sequence

from motcua.core.marking import _
from motcua.core.refusal import Refused

BAD_HOURS = _("Ghi giờ làm việc như 07:30-11:30; 13:30-17:00, theo thứ tự và không chồng nhau.")
PAIR = re.compile(r"(\d{1,2})[:h](\d{2})?\s*[-–]\s*(\d{1,2})[:h](\d{2})?")
SEPARATOR = re.compile(r"[;,]")


def read_hours(text: str) -> list[list[str]]:
    """Pairs of "HH:MM" in order; nothing typed is a rest day. :raises Refused: not hours, or they overlap."""
    parts = [part.strip() for part in SEPARATOR.split(text) if part.strip()]
    moments: list[str] = []
    for part in parts:
        found = PAIR.fullmatch(part)
        if not found:
            raise Refused("bad_hours", BAD_HOURS, field="hours")
        first_hour, first_minute, last_hour, last_minute = found.groups()
        moments += [_clock(first_hour, first_minute), _clock(last_hour, last_minute)]
    if any(first >= last for first, last in zip(moments, moments[1:], strict=False)):
        raise Refused("bad_hours", BAD_HOURS, field="hours")
    return [[first, last] for first, last in zip(moments[::2], moments[1::2], strict=True)]


def write_hours(segments: Sequence[Sequence[str]]) -> str:
    """The same text back, for a form or a table."""
    return "; ".join(f"{first}-{last}" for first, last in segments)


def _clock(hour: str, minute: str | None) -> str:
    if int(hour) > 23 or int(minute or 0) > 59:
        raise Refused("bad_hours", BAD_HOURS, field="hours")
    return f"{int(hour):02}:{int(minute or 0):02}"
