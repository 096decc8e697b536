"""Liên thông: one form, several procedures and agencies, each with its own limit and judgement, one receipt, one place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from motcua.core.marking import _
from motcua.core.refusal import Refused
from motcua.dossiers.rules.states import MEANINGS, Clock, State
from motcua.worktime.rules import Calendar, LimitUnit, StartRule, compute_due

Say = Callable[[str], str]


class Order(StrEnum):
    """How the parts follow: paper goes from hand to hand, an electronic dossier to all at once (Decree 61 art. 19.6)."""

    SERIES = "series"
    AT_ONCE = "at_once"


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


@dataclass(frozen=True, slots=True)
class Group:
    """A published group: the whole has a limit of its own, which the parts may not exceed."""

    name: str
    total_working_days: Decimal
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
    if longest > group.total_working_days:
        sentence = say(_("Các phần cần {parts} ngày làm việc, nhiều hơn {total} ngày của cả nhóm."))
        raise Refused(
            "too_long", sentence.format(parts=longest, total=group.total_working_days), basis=group.basis
        )


def make_plan(group: Group, order: Order, received_at: datetime, calendar: Calendar, say: Say = str) -> Plan:
    """The dates of the whole and of each part; a part begins when the parts it needs are due.

    The whole is counted from the receipt by its own start rule, the first parts by theirs (Decrees 63/2024, 297/2025).
    """
    require_group(group, order, say)
    whole = _count(received_at, group.total_working_days, group.start_rule, calendar)
    dues: dict[int, datetime] = {}
    plans: list[PartPlan] = []
    for part in _sort(group, say):
        before = _find_before(part, order, plans)
        starts_at = max((dues[no] for no in before), default=received_at)
        rule = StartRule.DEFAULT if before else group.part_start_rule
        dues[part.no] = _count(starts_at, part.working_days, rule, calendar)
        plans.append(PartPlan(part.no, starts_at, min(dues[part.no], whole)))
    return Plan(whole, tuple(plans))


def count_part(part: Part, handed_at: datetime, calendar: Calendar) -> datetime:
    """Until when an agency has time that got its part at this moment: its own time, whoever was late before it."""
    return _count(handed_at, part.working_days, StartRule.DEFAULT, calendar)


def find_ready(group: Group, order: Order, finished: Sequence[int]) -> tuple[int, ...]:
    """The parts that may be handed out now: what they need is there; on paper, only the next."""
    done = set(finished)
    open_ = [part for part in _sort(group) if part.no not in done]
    if order is Order.SERIES:
        return (open_[0].no,) if open_ else ()
    return tuple(part.no for part in open_ if done.issuperset(part.needs))


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
