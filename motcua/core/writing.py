"""How a day, a moment, money and a number are written for a person."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NBSP = "\u00a0"

_remembered = lru_cache(maxsize=4096)
"""Lists say the same closing hours over and over, and a page has three moments in a line."""


def _local(value: datetime) -> datetime:
    return value.astimezone(timezone.get_default_timezone()) if value.tzinfo else value


def find_day(at: datetime) -> date:
    """The day it is on the wall of the office at a moment; Django's own asks first which zone a thread has put on."""
    return at.astimezone(timezone.get_default_timezone()).date()


def day(value: date | datetime | None) -> str:
    """dd/mm/yyyy; a moment is first brought to the clock on the wall of the office."""
    if not value:
        return ""
    if isinstance(value, datetime):
        value = _local(value)
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


@_remembered
def moment(value: datetime | None) -> str:
    """HH:MM dd/mm/yyyy, in local time."""
    if not value:
        return ""
    local = _local(value)
    return f"{local.hour:02}:{local.minute:02} {day(local)}"


@_remembered
def short_moment(value: datetime | None) -> str:
    """HH:MM dd/mm, for rows where the year is plain."""
    if not value:
        return ""
    local = _local(value)
    return f"{local.hour:02}:{local.minute:02} {local.day:02}/{local.month:02}"


@_remembered
def iso(value: date | datetime | None) -> str:
    """The form of a moment for machines (`<time datetime>`)."""
    if not value:
        return ""
    return _local(value).isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()


def number(value: int | float | Decimal | None) -> str:
    """1.234.567,5 in Vietnamese, 1,234,567.5 in English."""
    if value is None or value == "":
        return ""
    text = f"{Decimal(str(value)):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    thousand, point = get_format("THOUSAND_SEPARATOR"), get_format("DECIMAL_SEPARATOR")
    return text.translate(str.maketrans({",": thousand, ".": point}))


def money(value: int | Decimal | None) -> str:
    """1.234.567 đ, never broken across lines."""
    return "" if value is None or value == "" else f"{number(value)}{NBSP}đ"


def _span(minutes: int) -> str:
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    words = []
    if days:
        words.append(ngettext("%(n)s ngày", "%(n)s ngày", days) % {"n": days})
    if hours and days < 10:
        words.append(ngettext("%(n)s giờ", "%(n)s giờ", hours) % {"n": hours})
    if not days and (left or not hours):
        words.append(ngettext("%(n)s phút", "%(n)s phút", left) % {"n": left})
    return " ".join(words)


def words_left(due_at: datetime | None, now: datetime) -> str:
    """Time left by the wall clock, in words; the time that counts is `worktime.rules.describe_left`."""
    if due_at is None:
        return _("không có thời hạn")
    minutes = int((due_at - now).total_seconds() // 60)
    if minutes < 0:
        return _("quá hạn %(span)s") % {"span": _span(-minutes)}
    return _("còn %(span)s") % {"span": _span(minutes)}
