"""How long somebody is sent to a one-stop unit: no shorter and no longer than the decree says (Decree 118/2025 art. 11)."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from motcua.core.marking import _
from motcua.core.refusal import Refused


@dataclass(frozen=True, slots=True)
class Lengths:
    """The legal numbers ``posting.min_months`` and ``posting.max_months``, in months."""

    least: int
    most: int


def require_length(
    first_day: date, last_day: date, lengths: Lengths, *, say: Callable[[str], str] = str
) -> None:
    """:raises Refused: from the first day to the last it is shorter or longer than the decree allows."""
    end = date.fromordinal(last_day.toordinal() + 1)
    if _add_months(first_day, lengths.least) <= end <= _add_months(first_day, lengths.most):
        return
    words = say(_("Một lần cử đến Bộ phận Một cửa từ {least} đến {most} tháng; người làm thay ghi là dự bị."))
    raise Refused("bad_length", words.format(least=lengths.least, most=lengths.most), field="last_day")


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
