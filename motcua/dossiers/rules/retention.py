"""How long a finished dossier is kept, and what may become of it then. Nothing ends by itself: people decide."""

from datetime import date
from enum import StrEnum

from motcua.core.marking import _


class Fate(StrEnum):
    """What a decision says of dossiers whose time ended."""

    ARCHIVED = "archived"
    DESTROYED = "destroyed"


FATE_LABELS: dict[Fate, str] = {
    Fate.ARCHIVED: _("Giao nộp lưu trữ"),
    Fate.DESTROYED: _("Hủy dữ liệu cá nhân"),
}
# Written where a name stood. No word of a person is left, so nobody is found by it.
ERASED = "(đã hủy)"


def last_day_kept(finished_on: date, years: int) -> date:
    """The last day a dossier must be kept: the years are whole calendar years after that in which the work ended.

    Counting from the end of the year is the longer reading, so that nothing is destroyed too early.
    """
    return date(finished_on.year + years, 12, 31)


def is_ended(finished_on: date, years: int, on: date) -> bool:
    """Whether on this day the time of keeping is over."""
    return on > last_day_kept(finished_on, years)
