"""The way of a dossier through its process: which steps open, what a redo undoes, what kind of work a step is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from motcua.core.marking import _
from motcua.organisations.rules import Post
from motcua.worktime.rules import (
    Calendar,
    add_working_hours,
    end_of_office_hours,
    start_of_next_working_day,
)
from motcua.worktime.rules.calendar import to_local


class TaskKind(StrEnum):
    """What the holder of a task is to do with it."""

    HANDLE = "handle"
    OPINION = "opinion"
    DECIDE = "decide"
    SIGN = "sign"
    RETURN = "return"
    TRANSFER = "transfer"  # another agency's part comes over: the receiving side records its own time
    RESEND = "resend"  # the receiving side sent a slip back: it is mended and sent again
    COMPLETE = "complete"  # waits for what the applicant is to bring


class OwnTask(StrEnum):
    """What waits besides the steps of a process: kept in Vietnamese whoever opens it, said in the reader's language."""

    RETURN = _("Trả kết quả")
    SIGN = _("Ký, cấp số, đóng dấu")
    HANDLE_AGAIN = _("Giải quyết lại")
    SUPPLEMENT = _("Nhận bổ sung của người nộp")
    PAYMENT = _("Nhận chứng từ nghĩa vụ tài chính")


class OwnNamedTask(StrEnum):
    """Those that name what they are about; kept and said the same way."""

    TAKE_OVER = _("Nhận chuyển xử lý: %(part)s")
    RESEND = _("Sửa và chuyển lại phiếu %(number)s")


OWN_TASKS = frozenset(task.value for task in OwnTask)


def read_named(name: str) -> tuple[OwnNamedTask, dict[str, str]] | None:
    """Which of ours a kept name is, and what it names."""
    for task in OwnNamedTask:
        before, _percent, place = task.value.partition("%(")
        if name.startswith(before):
            return task, {place.removesuffix(")s"): name.removeprefix(before)}
    return None


class TaskOutcome(StrEnum):
    """How a task ended; only `done` counts as the step being done."""

    DONE = "done"
    REDO = "redo"  # its holder sent the dossier back
    UNDONE = "undone"  # was done, and has to be done again
    RECALLED = "recalled"  # was open beside it when the dossier was sent back
    LAPSED = "lapsed"  # nobody needs it any more


class StepLike(Protocol):
    """A row of a process table."""

    @property
    def no(self) -> int: ...
    @property
    def post(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def runs_after(self) -> tuple[int, ...]: ...


@dataclass(frozen=True, slots=True)
class Route:
    """The steps of a process as numbers and what runs after what."""

    steps: tuple[StepLike, ...]

    def ready(self, done: Collection[int], opened: Collection[int]) -> tuple[int, ...]:
        """Steps that open now; a join waits for every branch, a step already open is not opened twice."""
        finished = set(done)
        return tuple(
            s.no
            for s in self.steps
            if s.no not in finished and s.no not in opened and finished.issuperset(s.runs_after)
        )

    def after(self, no: int) -> frozenset[int]:
        """Every step that comes after, however far."""
        found: set[int] = set()
        while more := {s.no for s in self.steps if s.no not in found and ({no} | found) & set(s.runs_after)}:
            found |= more
        return frozenset(found)

    def before(self, no: int) -> frozenset[int]:
        """Every step that comes before, however far."""
        by_no = {s.no: s for s in self.steps}
        found: set[int] = set()
        waiting = list(by_no[no].runs_after) if no in by_no else []
        while waiting:
            if (step := waiting.pop()) not in found:
                found.add(step)
                waiting += by_no[step].runs_after
        return frozenset(found)

    def may_go_back_to(self, no: int, done: Collection[int]) -> tuple[int, ...]:
        """Done steps of handling before this one, the nearest first; the counter is not asked to redo."""
        known = self.before(no) & set(done)
        return tuple(
            s.no
            for s in sorted(self.steps, key=lambda s: -s.no)
            if s.no in known and s.role not in ("one_stop", "opinion")
        )

    def is_last(self, no: int) -> bool:
        """Whether nothing runs after this step."""
        return not self.after(no)

    def has_clerk_after(self, no: int) -> bool:
        """Whether the process names somebody to number and seal after this step."""
        later = self.after(no)
        return any(s.no in later and s.post == Post.CLERK for s in self.steps)


def get_kind(step: StepLike, route: Route) -> TaskKind:
    """The kind of work a step is, from its post and its place in the table."""
    if step.role == "opinion":
        return TaskKind.OPINION
    if step.post in (Post.APPROVER, Post.UNIT_HEAD):
        return TaskKind.DECIDE
    if step.post == Post.CLERK:
        return TaskKind.SIGN
    if step.role == "one_stop" and step.runs_after and route.is_last(step.no):
        return TaskKind.RETURN
    return TaskKind.HANDLE


def cap_due(share_due_at: datetime, opened_at: datetime, dossier_due_at: datetime | None) -> datetime:
    """A step's share never ends after the dossier does, unless the dossier is late already."""
    if dossier_due_at is None or dossier_due_at <= opened_at:
        return share_due_at
    return min(share_due_at, dossier_due_at)


def compute_transfer_due(
    received_at: datetime, hours: Decimal, cutoff_hour: int, calendar: Calendar
) -> datetime:
    """Until when the counter hands on what it received (Decree 61/2018 art. 18.2): within its share of the time, and the
    same working day; what came after the cut-off may wait for the next morning, and its share begins there."""
    local = to_local(received_at)
    closes_at = end_of_office_hours(local.date(), calendar) if calendar.is_working_day(local.date()) else None
    if closes_at is None or local >= closes_at or local.time() > time(cutoff_hour):
        return add_working_hours(start_of_next_working_day(local.date(), calendar), hours, calendar)
    return min(add_working_hours(received_at, hours, calendar), closes_at)
