"""What a period counts of stays, and the identity every unit, field and period obeys."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from operator import add
from typing import NamedTuple

from motcua.core.marking import _
from motcua.figures.rules.periods import Period
from motcua.figures.rules.stays import Enter, Leave, Stay

# Ways in, kept apart: home filing, assisted filing, the counter, the post.
CHANNELS = ("online", "online_assisted", "counter", "postal")


class Measure(StrEnum):
    """What can be counted, and listed."""

    CARRIED = "carried"
    NEW_ONLINE = "new_online"
    NEW_ASSISTED = "new_assisted"
    NEW_COUNTER = "new_counter"
    NEW_POSTAL = "new_postal"
    REOPENED = "reopened"
    MOVED_IN = "moved_in"
    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    MOVED_OUT = "moved_out"
    PENDING_IN_TIME = "pending_in_time"
    PENDING_OVERDUE = "pending_overdue"
    WAITING = "waiting"
    REFUSED = "refused"
    NEW_BEHALF = "new_behalf"
    ELECTRONIC = "electronic"
    DIGITISED = "digitised"


M = Measure
LABELS: Mapping[Measure, str] = {
    M.CARRIED: _("Từ kỳ trước chuyển qua"),
    M.NEW_ONLINE: _("Mới nhận trực tuyến tại nhà"),
    M.NEW_ASSISTED: _("Mới nhận trực tuyến có hỗ trợ"),
    M.NEW_COUNTER: _("Mới nhận trực tiếp"),
    M.NEW_POSTAL: _("Mới nhận qua bưu chính"),
    M.REOPENED: _("Mở lại"),
    M.MOVED_IN: _("Chuyển đến"),
    M.EARLY: _("Đã giải quyết trước hạn"),
    M.ON_TIME: _("Đã giải quyết đúng hạn"),
    M.LATE: _("Đã giải quyết quá hạn"),
    M.WITHDRAWN: _("Đã rút"),
    M.STOPPED: _("Dừng giải quyết"),
    M.MOVED_OUT: _("Chuyển đi"),
    M.PENDING_IN_TIME: _("Đang giải quyết trong hạn"),
    M.PENDING_OVERDUE: _("Đang giải quyết quá hạn"),
    M.WAITING: _("Đang chờ người nộp"),
    M.REFUSED: _("Từ chối tiếp nhận"),
    M.NEW_BEHALF: _("Mới nhận, người khác nộp thay"),
    M.ELECTRONIC: _("Đã giải quyết, có kết quả điện tử"),
    M.DIGITISED: _("Đã giải quyết, số hóa đủ giấy tờ và kết quả"),
}
NEW = (M.NEW_ONLINE, M.NEW_ASSISTED, M.NEW_COUNTER, M.NEW_POSTAL)
NEW_BY_CHANNEL = dict(zip(CHANNELS, NEW, strict=True))
IN = (M.CARRIED, *NEW, M.REOPENED, M.MOVED_IN)
RESOLVED = (M.EARLY, M.ON_TIME, M.LATE)
PENDING = (M.PENDING_IN_TIME, M.PENDING_OVERDUE, M.WAITING)
OUT = (*RESOLVED, M.WITHDRAWN, M.STOPPED, M.MOVED_OUT, *PENDING)


class Counts(NamedTuple):
    """The figures of one unit, or field, or any other share, of one period.

    A plain tuple, because a page makes thousands of them. `new_behalf` is a part of the new ones, whatever way they came;
    `electronic` and `digitised` are parts of the resolved, whenever they were.
    """

    carried: int = 0
    new_online: int = 0
    new_assisted: int = 0
    new_counter: int = 0
    new_postal: int = 0
    reopened: int = 0
    moved_in: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    withdrawn: int = 0
    stopped: int = 0
    moved_out: int = 0
    pending_in_time: int = 0
    pending_overdue: int = 0
    waiting: int = 0
    refused: int = 0
    new_behalf: int = 0
    electronic: int = 0
    digitised: int = 0

    def get(self, measure: Measure | str) -> int:
        """One figure."""
        value: int = getattr(self, Measure(measure))
        return value

    def sum_of(self, measures: Iterable[Measure]) -> int:
        """Several figures added up."""
        return sum(self.get(measure) for measure in measures)

    @property
    def new(self) -> int:
        """Received in the period, by all ways."""
        return self.sum_of(NEW)

    @property
    def resolved(self) -> int:
        """Finished with a result."""
        return self.sum_of(RESOLVED)

    @property
    def pending(self) -> int:
        """Not finished on the evening of the last day."""
        return self.sum_of(PENDING)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not any(self)

    def __add__(self, other: "Counts") -> "Counts":  # type: ignore[override]
        return Counts(*map(add, self, other))


class Way(NamedTuple):
    """How a dossier came: by which channel, and whether somebody else than the applicant filed it."""

    channel: str
    is_behalf: bool = False


def add_up(many: Iterable[Counts]) -> Counts:
    """The sum of the parts; of nothing, zeros."""
    total = Counts()
    for one in many:
        total += one
    return total


def find_break(counts: Counts) -> int:
    """By how much what came in differs from what went out and what is left; 0: the identity holds."""
    return counts.sum_of(IN) - counts.sum_of(OUT)


def count(stays: Iterable[tuple[Stay, Way]], period: Period) -> Counts:
    """The figures of stays, each with the way its dossier came."""
    told: dict[str, int] = {}
    for stay, way in stays:
        for measure in find_measures(stay, way, period):
            told[measure] = told.get(measure, 0) + 1
    return Counts(**told)


_ENTERS = {Enter.REOPENED: M.REOPENED, Enter.MOVED_IN: M.MOVED_IN, Enter.REFUSED: M.REFUSED}
_LEAVES = {
    Leave.EARLY: M.EARLY, Leave.ON_TIME: M.ON_TIME, Leave.LATE: M.LATE, Leave.WITHDRAWN: M.WITHDRAWN,
    Leave.STOPPED: M.STOPPED, Leave.MOVED_OUT: M.MOVED_OUT,
}  # fmt: skip


def find_measures(stay: Stay, way: Way, period: Period) -> list[Measure]:
    """In which figures of a period a stay is counted."""
    found: list[Measure] = []
    if stay.enter != Enter.REFUSED and _is_there(stay, period.first_on, inclusive=True):
        found.append(M.CARRIED)
    if period.first_on <= stay.entered_on <= period.last_on:
        entered = NEW_BY_CHANNEL[way.channel] if stay.enter == Enter.NEW else _ENTERS.get(stay.enter)
        found += [entered] if entered else []
        found += [M.NEW_BEHALF] if stay.enter == Enter.NEW and way.is_behalf else []
    if stay.left_on and stay.leave and period.first_on <= stay.left_on <= period.last_on:
        left = _LEAVES.get(stay.leave)
        found += [left] if left else []
        found += [M.ELECTRONIC] if stay.is_electronic else []
        found += [M.DIGITISED] if stay.is_digitised else []
    if stay.enter != Enter.REFUSED and _is_there(stay, period.last_on, inclusive=False):
        found.append(_pending(stay, period.last_on))
    return found


def _is_there(stay: Stay, day: date, *, inclusive: bool) -> bool:
    """In the stay on the morning of a day (`inclusive`), or on its evening."""
    if inclusive:
        return stay.entered_on < day and (stay.left_on is None or stay.left_on >= day)
    return stay.entered_on <= day and (stay.left_on is None or stay.left_on > day)


def _pending(stay: Stay, day: date) -> Measure:
    if stay.is_waiting:
        return M.WAITING
    return M.PENDING_OVERDUE if stay.overdue_on and stay.overdue_on <= day else M.PENDING_IN_TIME
