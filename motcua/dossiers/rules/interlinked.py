"""Liên thông: one form, several procedures and agencies, each with its own limit and judgement, one receipt, one place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from motcua.core.marking import _
from motcua.core.refusal import Refused
from motcua.dossiers.rules.states import MEANINGS, Clock, State
from motcua.worktime.rules import (
    Calendar,
    LimitUnit,
    StartRule,
    add_working_hours,
    compute_due,
    working_hours_between,
)

Say = Callable[[str], str]


class Order(StrEnum):
    """How the parts follow: paper goes from hand to hand, an electronic dossier to all at once (Decree 61 art. 19.6)."""

    SERIES = "series"
    AT_ONCE = "at_once"


class Start(StrEnum):
    """What a part waits for of the parts it needs."""

    RESULT = "result"  # their approved result: without it the part cannot begin
    ENDED = "ended"  # only its turn: the others have ended, however
    NOTICE = "notice"  # the others wait for the applicant's financial obligation


STARTS: dict[Start, str] = {
    Start.RESULT: _("khi có kết quả đồng ý của phần %(needs)s"),
    Start.ENDED: _("khi phần %(needs)s kết thúc, dù kết quả thế nào"),
    Start.NOTICE: _("khi phần %(needs)s chuyển thông tin để xác định nghĩa vụ tài chính"),
}


class Outcome(StrEnum):
    """What came of the whole: each part keeps its own judgement, the whole only says whether all went one way."""

    OPEN = ""
    APPROVED = "approved"
    PARTLY = "partly"
    REFUSED = "refused"


OUTCOME_LABELS: dict[Outcome, str] = {
    Outcome.APPROVED: _("Mọi phần được giải quyết"),
    Outcome.PARTLY: _("Một số phần không được giải quyết"),
    Outcome.REFUSED: _("Không phần nào được giải quyết"),
}

WAITING = (State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT, State.SUSPENDED)
"""Where one part waits so, the whole does: the person has to know."""
ENDING = (State.RESULT_READY, State.RETURNED)


@dataclass(frozen=True, slots=True)
class Part:
    """One procedure of the group: its agency's own limit, and the parts whose results it needs first."""

    no: int
    name: str
    working_days: Decimal
    needs: tuple[int, ...] = ()
    start: Start = Start.RESULT


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a part stands: not begun (no state), begun, or left out because what it needs will not come."""

    state: State | None = None
    outcome: str = ""
    is_dropped: bool = False

    @property
    def has_ended(self) -> bool:
        """Whether nothing more happens to it."""
        return self.is_dropped or (self.state is not None and MEANINGS[self.state].clock is Clock.ENDED)

    @property
    def is_approved(self) -> bool:
        """Whether its result is there and says yes."""
        return self.state in ENDING and self.outcome == "approved"


@dataclass(frozen=True, slots=True)
class Group:
    """A published group: the whole has a limit of its own, which the parts may not exceed.

    Without one (land with its two appointments) the whole is promised when its parts are.
    """

    name: str
    total_working_days: Decimal | None
    start_rule: StartRule
    part_start_rule: StartRule
    parts: tuple[Part, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class PartPlan:
    """When a part begins by plan, and until when its agency has time."""

    no: int
    starts_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """What the receipt promises, and what each agency owes."""

    due_at: datetime
    parts: tuple[PartPlan, ...]


def require_group(group: Group, order: Order, say: Say = str) -> None:
    """Whether a group can be promised: every need is a part, none waits for itself, the longest way fits the whole.

    :raises Refused: it cannot.
    """
    known = {part.no for part in group.parts}
    if not group.parts or any(set(part.needs) - known for part in group.parts):
        raise Refused("unknown_part", say(_("Nhóm liên thông có phần chờ một phần không có.")))
    _sort(group, say)
    longest = max(_lengths(group, order, say).values())
    if group.total_working_days is not None and longest > group.total_working_days:
        sentence = say(_("Các phần cần {parts} ngày làm việc, nhiều hơn {total} ngày của cả nhóm."))
        raise Refused(
            "too_long", sentence.format(parts=longest, total=group.total_working_days), basis=group.basis
        )


def make_plan(
    group: Group, order: Order, received_at: datetime, calendar: Calendar, say: Say = str,
    own: Mapping[int, Calendar] = MappingProxyType({}),
) -> Plan:  # fmt: skip
    """The dates of the whole and of each part; a part begins when the parts it needs are due.

    The whole is counted from the receipt by its own start rule, the first parts by theirs (Decrees 63/2024, 297/2025).

    :param own: the calendars of the agencies that decide the parts, where they work on other days than the whole says
    """
    require_group(group, order, say)
    total = group.total_working_days
    whole = None if total is None else _count(received_at, total, group.start_rule, calendar)
    dues: dict[int, datetime] = {}
    plans: list[PartPlan] = []
    for part in _sort(group, say):
        before = _find_before(part, order, plans)
        starts_at = max((dues[no] for no in before), default=received_at)
        rule = StartRule.DEFAULT if before else group.part_start_rule
        dues[part.no] = _count(starts_at, part.working_days, rule, own.get(part.no, calendar))
        due_at = dues[part.no] if whole is None else min(dues[part.no], whole)
        plans.append(PartPlan(part.no, starts_at, due_at))
    return Plan(whole or max(plan.due_at for plan in plans), tuple(plans))


def find_next(
    group: Group, order: Order, parts: Mapping[int, Standing]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The parts that begin now, and those left out because a part they need ended without what they need.

    A part that ends badly stops only those that need its result; the others go on (the group's own data say which).
    """
    now = dict(parts)
    ready: list[int] = []
    dropped: list[int] = []
    earlier: list[int] = []
    for part in _sort(group):
        if now[part.no].state is None:
            verdict = _judge_start(part, now)
            if verdict is False:
                now[part.no] = Standing(is_dropped=True)
                dropped.append(part.no)
            else:
                now[part.no] = Standing()
                is_next = order is Order.AT_ONCE or all(now[no].has_ended for no in earlier)
                if verdict and is_next:
                    ready.append(part.no)
        earlier.append(part.no)
    return tuple(ready), tuple(dropped)


def _judge_start(part: Part, parts: Mapping[int, Standing]) -> bool | None:
    """True: it may begin; False: it never will as things stand; None: it waits."""
    needed = [parts[no] for no in part.needs]
    if part.start is Start.ENDED:
        return True if all(one.has_ended for one in needed) else None
    if part.start is Start.NOTICE:
        met = [one.state is State.AWAITING_PAYMENT for one in needed]
    else:
        met = [one.is_approved for one in needed]
    if all(met):
        return True
    lost = any(one.has_ended and not is_met for one, is_met in zip(needed, met, strict=True))
    return False if lost else None


def find_outcome(parts: Sequence[Standing]) -> Outcome:
    """What came of the whole, when every part has ended: a refusal, a stop and a part left out are no yes."""
    if not parts or not all(one.has_ended for one in parts):
        return Outcome.OPEN
    yes = sum(one.is_approved for one in parts)
    return Outcome.APPROVED if yes == len(parts) else Outcome.PARTLY if yes else Outcome.REFUSED


@dataclass(frozen=True, slots=True)
class Promise:
    """A part's own promise: as first given and as it is now; None where nothing was promised yet."""

    original_due_at: datetime | None = None
    due_at: datetime | None = None
    ended_at: datetime | None = None


def find_whole_due(
    group: Group, order: Order, plan: Plan, promises: Mapping[int, Promise], calendar: Calendar
) -> datetime:
    """Until when the whole is promised now: later only by what the law moved (supplement, pause, extension) in a part.

    An agency that was late moves nothing: the person was promised the whole (Decree 61 art. 19.7b). Without a limit of
    the whole it is promised when the last of its parts is.
    """
    ends: dict[int, datetime] = {}
    planned = {one.no: one for one in plan.parts}
    past: list[PartPlan] = []
    for part in _sort(group):
        promise = promises.get(part.no, Promise())
        before = _find_before(part, order, past)
        own = planned[part.no].due_at
        later = max((_move(planned[no].due_at, ends[no], own, calendar) for no in before), default=own)
        ends[part.no] = _move(promise.original_due_at, promise.due_at, later, calendar)
        if group.total_working_days is None and promise.due_at is not None:
            ends[part.no] = promise.ended_at or promise.due_at
        past.append(planned[part.no])
    latest = max(ends.values())
    return latest if group.total_working_days is None else max(plan.due_at, latest)


def _move(was: datetime | None, now: datetime | None, at: datetime, calendar: Calendar) -> datetime:
    """A moment as much later, in working time, as another one was moved."""
    if was is None or now is None or now <= was:
        return at
    return add_working_hours(at, working_hours_between(was, now, calendar), calendar)


def find_whole_state(parts: Mapping[int, State]) -> State:
    """The state of the whole from those of its parts: it waits where one waits, and is ready when all are.

    Decree 61 art. 19.7b: one result place, so the whole is not ready before the last part.
    """
    states = set(parts.values())
    if len(states) == 1:
        return states.pop()
    waiting = next((state for state in WAITING if state in states), None)
    if waiting is not None:
        return waiting
    if any(MEANINGS[state].clock is not Clock.ENDED for state in states):
        return State.PROCESSING
    return next((state for state in ENDING if state in states), State.STOPPED)


def _find_before(part: Part, order: Order, plans: Sequence[PartPlan]) -> tuple[int, ...]:
    if order is Order.SERIES:
        return (plans[-1].no,) if plans else ()
    return part.needs


def _sort(group: Group, say: Say = str) -> tuple[Part, ...]:
    """Parts after what they need; :raises Refused: two wait for each other."""
    sorted_: list[Part] = []
    rest = list(group.parts)
    while rest:
        placed = {part.no for part in sorted_}
        ready = [part for part in rest if placed.issuperset(part.needs)]
        if not ready:
            raise Refused("circle", say(_("Các phần của nhóm liên thông chờ lẫn nhau.")))
        sorted_ += ready
        rest = [part for part in rest if part not in ready]
    return tuple(sorted_)


def _lengths(group: Group, order: Order, say: Say) -> dict[int, Decimal]:
    """How many working days until the end of each part, along its longest way."""
    lengths: dict[int, Decimal] = {}
    last = Decimal(0)
    for part in _sort(group, say):
        before = (
            last if order is Order.SERIES else max((lengths[no] for no in part.needs), default=Decimal(0))
        )
        lengths[part.no] = last = before + part.working_days
    return lengths


def _count(start_at: datetime, days: Decimal, rule: StartRule, calendar: Calendar) -> datetime:
    due = compute_due(start_at, days, LimitUnit.WORKING_DAY, rule, [], calendar)
    assert due.at is not None
    return due.at
