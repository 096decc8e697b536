"""What the events of a dossier say to its clock and to its state: both can always be told anew."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from motcua.dossiers.rules.states import Act, State, move
from motcua.worktime.rules import ClockEvent, ClockEventKind


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as the rules read it."""

    act: Act
    at: datetime
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the events leave a dossier."""

    state: State
    outcome: str = ""
    finished_at: datetime | None = None
    returned_at: datetime | None = None


DECIDING = frozenset({Act.DECIDE, Act.SETTLE_ON_SPOT})
ENDS = frozenset(
    {Act.SIGN_RESULT, Act.SETTLE_ON_SPOT, Act.WITHDRAW, Act.STOP, Act.CLOSE_UNANSWERED, Act.REFUSE_INTAKE}
)


def replay(happenings: Iterable[Happening]) -> Standing:
    """The state that the events add up to, each passing the same guard as when it happened.

    :raises Refused: an event that the table of moves does not allow: the record is broken.
    """
    standing = Standing(State.SUBMITTED)
    for one in happenings:
        state = move(standing.state, one.act, is_decided=bool(standing.outcome))
        standing = replace(standing, state=state)
        if one.act in DECIDING and one.data.get("is_final"):
            standing = replace(standing, outcome=str(one.data["outcome"]))
        if one.act in ENDS:
            standing = replace(standing, finished_at=one.at)
        if one.act == Act.VOID_NUMBER:
            standing = replace(standing, finished_at=None)
        if one.act == Act.RETURN_RESULT:
            standing = replace(standing, returned_at=one.at)
        if one.act == Act.REOPEN:
            standing = replace(standing, outcome="", finished_at=None, returned_at=None)
    return standing


def find_clock_events(happenings: Iterable[Happening], say: Callable[[str], str] = str) -> list[ClockEvent]:
    """What stopped, restarted or extended the limit; an act that does so says it in its data under `clock`."""
    return [_read(one, say) for one in happenings if "clock" in one.data]


def find_pauses(events: Sequence[ClockEvent]) -> tuple[tuple[datetime, datetime | None], ...]:
    """Each stand-still with its end; the last one is open while the clock stands."""
    pauses: list[tuple[datetime, datetime | None]] = []
    since: datetime | None = None
    for event in events:
        if event.kind == ClockEventKind.PAUSE:
            since = since or event.at
        elif (
            event.kind in (ClockEventKind.RESUME, ClockEventKind.RESTART, ClockEventKind.STAGE)
            and since is not None
        ):
            pauses.append((since, event.at))
            since = None
    return (*pauses, *([(since, None)] if since is not None else []))


def _read(one: Happening, say: Callable[[str], str]) -> ClockEvent:
    told = one.data["clock"]
    until, reason = told.get("until"), told.get("reason", "")
    return ClockEvent(
        ClockEventKind(told["kind"]),
        one.at,
        datetime.fromisoformat(until) if until else None,
        say(reason) if reason else "",
        Decimal(told["amount"]) if told.get("amount") else None,
    )
