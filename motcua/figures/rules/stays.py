"""The life of a dossier as stays: a stretch of days in one unit, how it came in, how it left, since when it was late.

The permanent events alone say it. Of an event three things are read: from which state to which, in which agency, and
`new_due_at` in its data when the act moved the promise; an act that moves a dossier to another agency says the one it
came from in `old_agency_id`; the act that ends with a result says in `is_electronic` whether it has a file and in
`is_digitised` whether the papers have theirs as well, so that what is destroyed later changes no figure of the past. Days are those of the office; a stay begins on the day of one event and ends on the day
of the next, so that on the evening of a day a dossier is in exactly one stay or in none.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import IntEnum

from motcua.dossiers.rules.states import ALIVE, CLOSED, MEANINGS, Clock, State
from motcua.worktime.rules import ZONE, LimitUnit, Timeliness, judge

PAUSED = frozenset(state for state, meaning in MEANINGS.items() if meaning.clock == Clock.PAUSED)


class Enter(IntEnum):
    """How a stay begins; a continued one is the same dossier in another condition and is counted nowhere."""

    CONTINUED = 0
    NEW = 1
    REOPENED = 2
    MOVED_IN = 3
    REFUSED = 4


class Leave(IntEnum):
    """How a stay ends."""

    CONTINUED = 0
    EARLY = 1
    ON_TIME = 2
    LATE = 3
    WITHDRAWN = 4
    STOPPED = 5
    MOVED_OUT = 6
    REFUSED = 7


CLASSES = {Timeliness.EARLY: Leave.EARLY, Timeliness.ON_TIME: Leave.ON_TIME, Timeliness.LATE: Leave.LATE}


@dataclass(frozen=True, slots=True)
class Origin:
    """What a dossier was received with."""

    original_due_at: datetime | None
    limit_unit: str


@dataclass(frozen=True, slots=True)
class Fact:
    """An event as figures read it. `says_move`: that the agency is another one was done by this act, not by a merger."""

    at: datetime
    agency_id: int
    from_state: State
    to_state: State
    new_due_at: datetime | None = None
    is_electronic: bool = False
    is_digitised: bool = False
    says_move: bool = True


@dataclass(frozen=True, slots=True)
class Succession:
    """From a day on the dossiers of a unit are those of another (merged, divided, renamed anew)."""

    from_unit_id: int
    to_unit_id: int
    on: date


@dataclass(frozen=True, slots=True)
class Stay:
    """A stretch of days; `left_on` None: still there. `overdue_on` is the first evening it is late within the stay."""

    agency_id: int
    entered_on: date
    enter: Enter
    left_on: date | None = None
    leave: Leave | None = None
    overdue_on: date | None = None
    is_waiting: bool = False
    is_electronic: bool = False
    is_digitised: bool = False


def find_stays(origin: Origin, facts: Sequence[Fact], successions: Iterable[Succession] = ()) -> list[Stay]:
    """The stays of one dossier, in order. `facts` are its events by revision; the others of them change nothing."""
    stays: list[Stay] = []
    was_waiting, due_at, day = False, origin.original_due_at, date.min
    known = list(successions)
    told = [fact for n, fact in enumerate(facts) if _matters(fact, facts[n - 1] if n else None)]
    for number, fact in enumerate(told):
        before = told[number - 1] if number else None
        due_at = fact.new_due_at or due_at
        day = max(day, fact.at.astimezone(ZONE).date())
        is_moved = before is not None and _is_moved(before, fact, day, known)
        if before is not None and before.to_state in ALIVE:
            stays = _end(stays, fact, _leave(fact, due_at, origin, is_moved=is_moved), day)
        if fact.to_state in ALIVE:
            is_late = _is_late_by(due_at, origin.limit_unit, day)
            was_paused = before is not None and before.to_state in PAUSED
            is_waiting = fact.to_state in PAUSED and (was_waiting if was_paused else not is_late)
            overdue_on = _first_late(due_at, origin.limit_unit, day) if not is_waiting else None
            stays.append(
                Stay(
                    fact.agency_id,
                    day,
                    _enter(before, fact, is_moved=is_moved),
                    None,
                    None,
                    overdue_on,
                    is_waiting,
                )
            )
            was_waiting = is_waiting
        elif fact.to_state == State.NOT_ACCEPTED:
            stays.append(Stay(fact.agency_id, day, Enter.REFUSED, day, Leave.REFUSED))
    return [_trim(part) for stay in stays for part in _divide(stay, known)]


def _matters(fact: Fact, before: Fact | None) -> bool:
    is_turn = (fact.from_state in ALIVE) != (fact.to_state in ALIVE)
    is_pause = (fact.from_state in PAUSED) != (fact.to_state in PAUSED)
    is_move = fact.says_move and before is not None and before.agency_id != fact.agency_id
    return (
        is_turn or is_pause or is_move or fact.new_due_at is not None or fact.to_state == State.NOT_ACCEPTED
    )


def _is_moved(before: Fact, fact: Fact, day: date, successions: Sequence[Succession]) -> bool:
    """Whether it went to another agency; to one that stands for the same is told by the succession alone."""
    return (
        before.agency_id != fact.agency_id
        and get_unit_on(before.agency_id, day, successions) != fact.agency_id
    )


def _enter(before: Fact | None, fact: Fact, *, is_moved: bool) -> Enter:
    if before is None or before.to_state not in ALIVE:
        return Enter.REOPENED if fact.from_state in CLOSED else Enter.NEW
    return Enter.MOVED_IN if is_moved else Enter.CONTINUED


def _end(stays: list[Stay], fact: Fact, leave: Leave, day: date) -> list[Stay]:
    """Close the stay that was open."""
    told = replace(stays[-1], left_on=day, leave=leave)
    if leave in CLASSES.values():
        told = replace(told, is_electronic=fact.is_electronic, is_digitised=fact.is_digitised)
    return [*stays[:-1], told]


def _leave(fact: Fact, due_at: datetime | None, origin: Origin, *, is_moved: bool) -> Leave:
    if fact.to_state in ALIVE:
        return Leave.MOVED_OUT if is_moved else Leave.CONTINUED
    if fact.to_state == State.RESULT_READY:
        return CLASSES[judge(fact.at, due_at, origin.limit_unit, fact.at)]
    return Leave.WITHDRAWN if fact.to_state == State.WITHDRAWN else Leave.STOPPED


def _late_from(due_at: datetime | None, limit_unit: str) -> date | None:
    """The first day on whose evening an unfinished dossier is late: with a limit in hours, the day itself."""
    if due_at is None:
        return None
    due_on = due_at.astimezone(ZONE).date()
    return due_on if limit_unit == LimitUnit.WORKING_HOUR else due_on + timedelta(days=1)


def _is_late_by(due_at: datetime | None, limit_unit: str, day: date) -> bool:
    first = _late_from(due_at, limit_unit)
    return first is not None and first <= day


def _first_late(due_at: datetime | None, limit_unit: str, day: date) -> date | None:
    first = _late_from(due_at, limit_unit)
    return max(first, day) if first else None


def _divide(stay: Stay, successions: list[Succession]) -> Iterator[Stay]:
    """Cut a stay on the days its unit went over into another: what was there moves, what comes later is the other's."""
    if stay.enter == Enter.REFUSED:
        yield replace(stay, agency_id=get_unit_on(stay.agency_id, stay.entered_on, successions))
        return
    agency_id = get_unit_on(stay.agency_id, stay.entered_on, successions)
    rest = replace(stay, agency_id=agency_id)
    while (step := _next(rest, successions)) is not None:
        yield replace(rest, left_on=step.on, leave=Leave.MOVED_OUT, is_electronic=False, is_digitised=False)
        to_unit = get_unit_on(step.to_unit_id, step.on, successions)
        rest = replace(rest, agency_id=to_unit, entered_on=step.on, enter=Enter.MOVED_IN)
    yield rest


def get_unit_on(unit_id: int, day: date, successions: Iterable[Succession]) -> int:
    """The unit that stands for this one on a day."""
    known = list(successions)
    for _step in range(len(known) + 1):
        step = min(
            (s for s in known if s.from_unit_id == unit_id and s.on <= day), key=lambda s: s.on, default=None
        )
        if step is None:
            break
        unit_id = step.to_unit_id
    return unit_id


def _next(stay: Stay, successions: list[Succession]) -> Succession | None:
    later = (
        s
        for s in successions
        if s.from_unit_id == stay.agency_id
        and s.on > stay.entered_on
        and (stay.left_on is None or stay.left_on >= s.on)
    )
    return min(later, key=lambda s: s.on, default=None)


def _trim(stay: Stay) -> Stay:
    """A stay that ended before it would have been late never was."""
    if stay.overdue_on is None:
        return stay
    late_from = max(stay.overdue_on, stay.entered_on)
    return replace(stay, overdue_on=late_from if stay.left_on is None or late_from < stay.left_on else None)
