"""Bổ sung, hoàn thiện hồ sơ: who may ask, how often, until when, and what it does to the two clocks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from motcua.core.marking import _
from motcua.core.refusal import Refused
from motcua.worktime.rules import (
    Calendar,
    ClockEvent,
    ClockEventKind,
    add_working_days,
    end_of_office_hours,
)
from motcua.worktime.rules.calendar import to_local

Say = Callable[[str], str]


class Stage(StrEnum):
    """Before acceptance it is a return for correction; during handling a supplement. They are never added up."""

    BEFORE_ACCEPTANCE = "before_acceptance"
    DURING_HANDLING = "during_handling"


class Asker(StrEnum):
    """Whose request it is; it always goes through the one-stop unit."""

    INTAKE = "intake"
    AGENCY = "agency"


class Clock(StrEnum):
    """What a request does to a count of time."""

    NOT_RUNNING = "not_running"
    RESTARTS = "restarts"
    SUBTRACTS = "subtracts"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: how a request of this kind is treated, and by which article."""

    legal_clock: Clock
    national_clock: Clock
    most_times: str  # the key of the legal number
    answer_days: str
    basis: str


@dataclass(frozen=True, slots=True)
class Limits:
    """The legal numbers that hold on the day of asking; a sector's own limit takes the place of `answer_days`."""

    most_times: int
    answer_days: int
    return_days: int


@dataclass(frozen=True, slots=True)
class Round:
    """One request as it was made."""

    stage: Stage
    asker: Asker
    agency_id: int
    asked_at: datetime
    due_at: datetime
    answered_at: datetime | None = None
    override_reason: str = ""


# fmt: off
RULES: dict[Stage, Rule] = {
    # stage                   the legal clock     the national index  how often                        until when                          article
    Stage.BEFORE_ACCEPTANCE: Rule(Clock.NOT_RUNNING, Clock.NOT_RUNNING, "supplement.officer_max_times", "supplement.applicant_working_days",
                                  "Nghị định 61/2018/NĐ-CP điều 17.1a, 17.2; Nghị định 297/2025/NĐ-CP"),
    Stage.DURING_HANDLING:   Rule(Clock.RESTARTS,    Clock.SUBTRACTS,   "supplement.officer_max_times", "supplement.applicant_working_days",
                                  "Nghị định 61/2018/NĐ-CP điều 11.2c, 19.4; Quyết định 766/QĐ-TTg chỉ số 2.1"),
}
# fmt: on


def require_request(
    rounds: Sequence[Round],
    *,
    stage: Stage,
    agency_id: int,
    items: Sequence[str],
    reason: str,
    limits: Limits,
    override_reason: str = "",
    say: Say = str,
) -> None:
    """Whether one more request may be made: everything at once, once; a second by the same agency says why.

    :raises Refused: nothing is asked for, no reason, one is still open, or the agency has asked already.
    """
    if not [item for item in items if item.strip()]:
        raise Refused("items_missing", say(_("Ghi đầy đủ nội dung cần bổ sung.")), field="items")
    if not reason.strip():
        raise Refused("reason_needed", say(_("Ghi lý do yêu cầu bổ sung.")), field="reason")
    if any(one.answered_at is None for one in rounds):
        raise Refused("round_open", say(_("Yêu cầu bổ sung trước chưa được trả lời.")))
    asked = sum(one.stage == stage and one.agency_id == agency_id for one in rounds)
    if asked >= limits.most_times and not override_reason.strip():
        sentence = say(_("Cơ quan đã yêu cầu bổ sung {times} lần; yêu cầu thêm phải nêu lý do đặc biệt."))
        raise Refused(
            "asked_already",
            sentence.format(times=asked),
            field="override_reason",
            basis=RULES[stage].basis,
        )


def compute_answer_by(asked_at: datetime, days: int, calendar: Calendar) -> datetime:
    """Until when the applicant may complete the dossier; then it is closed (Decree 297/2025)."""
    return end_of_office_hours(add_working_days(to_local(asked_at).date(), days, calendar), calendar)


def compute_return_by(received_at: datetime, days: int, calendar: Calendar) -> datetime:
    """Until when a dossier found wanting after appraisal is to be returned for completion (Decree 61 art. 19.4)."""
    return end_of_office_hours(add_working_days(to_local(received_at).date(), days, calendar), calendar)


def is_closed_unanswered(one: Round, now: datetime) -> bool:
    """Whether nobody answered in time."""
    return one.answered_at is None and now > one.due_at


def find_clock_events(rounds: Sequence[Round]) -> list[ClockEvent]:
    """What the rounds do to the legal limit: it stands still, and begins anew with the full dossier (art. 19.4)."""
    events: list[ClockEvent] = []
    for one in rounds:
        if RULES[one.stage].legal_clock is Clock.RESTARTS:
            events.append(ClockEvent(ClockEventKind.PAUSE, one.asked_at))
            if one.answered_at is not None:
                events.append(ClockEvent(ClockEventKind.RESTART, one.answered_at))
    return events


def measure_index_wait(rounds: Sequence[Round], until: datetime) -> timedelta:
    """What the national index takes off the elapsed time: the waits alone, each moment once (Decision 766, 2.1)."""
    waits = sorted(
        (one.asked_at, min(one.answered_at or until, until))
        for one in rounds
        if RULES[one.stage].national_clock is Clock.SUBTRACTS and one.asked_at < until
    )
    total, reached = timedelta(), None
    for since, end in waits:
        start = since if reached is None else max(since, reached)
        total += max(end - start, timedelta())
        reached = end if reached is None else max(reached, end)
    return total


def counts_as_late_in_index(rounds: Sequence[Round], most_times: int) -> bool:
    """More requests than the index allows make the dossier overdue there, whatever its date (Decision 766, 2.1)."""
    return sum(one.stage is Stage.DURING_HANDLING for one in rounds) > most_times
