"""Nobody is forgotten: in each state a dossier has an owner, a next act and a moment at which somebody wakes up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from motcua.core.marking import _
from motcua.dossiers.rules.states import MEANINGS, Clock, State


class Owner(StrEnum):
    """Who has to do the next thing."""

    INTAKE = "intake"  # the one-stop unit that received it
    TASK = "task"  # whoever holds the open task, or the unit in whose pool it waits
    RETURN = "return"  # the one-stop unit that returns the result
    ASKER = "asker"  # the agency that asked, suspended or waits for a payment


class Wake(StrEnum):
    """Which moment wakes the owner up."""

    ACCEPTANCE = "acceptance"
    TASK_DUE = "task_due"
    ANSWER_BY = "answer_by"
    REVIEW = "review"
    REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class Rest:
    """One row: what resting in a state means."""

    owner: Owner
    next_acts: tuple[str, ...]
    wake: Wake
    basis: str


O, W, S = Owner, Wake, State  # noqa: E741 - the table is read by its short names
# fmt: off
RESTS: dict[State, Rest] = {
    # state                     owner     next acts                                                      woken by        article
    S.SUBMITTED:           Rest(O.INTAKE, ("accept_filing", "return_filing", "refuse_filing"),           W.ACCEPTANCE,  "Nghị định 297/2025/NĐ-CP: 2 và 8 giờ làm việc"),
    S.RETURNED_FOR_FIX:    Rest(O.INTAKE, ("complete_filing", "close_filing"),                           W.ANSWER_BY,   "Nghị định 297/2025/NĐ-CP: 15 ngày làm việc"),
    S.RECEIVED:            Rest(O.TASK,   ("take_over", "send_back", "resend", "start", "hand_over"),    W.TASK_DUE,    "Nghị định 61/2018/NĐ-CP điều 18"),
    S.PROCESSING:          Rest(O.TASK,   ("hand_over", "propose", "decide", "sign_result"),             W.TASK_DUE,    "Nghị định 61/2018/NĐ-CP điều 19"),
    S.AWAITING_SUPPLEMENT: Rest(O.ASKER,  ("accept_supplement", "close_unanswered"),                     W.ANSWER_BY,   "Nghị định 61/2018/NĐ-CP điều 19.4"),
    S.AWAITING_PAYMENT:    Rest(O.ASKER,  ("confirm_payment",),                                          W.REVIEW,      "Hồ sơ đất đai, hẹn hai lần"),
    S.SUSPENDED:           Rest(O.ASKER,  ("resume",),                                                   W.REVIEW,      "Luật chuyên ngành"),
    S.RESULT_READY:        Rest(O.RETURN, ("return_result",),                                            W.REMINDER,    "Nghị định 61/2018/NĐ-CP điều 20"),
}
# fmt: on
ENDED = frozenset(s for s, meaning in MEANINGS.items() if meaning.clock is Clock.ENDED) - {State.RESULT_READY}
DRAFTS = frozenset({State.DRAFT})
"""A draft is its writer's own: it was not handed in, and nobody waits for it."""


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that waits, for a person or in the pool of a unit."""

    unit_id: int
    assignee_id: int | None
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a resting dossier; a moment that does not exist is None."""

    state: State
    tasks: tuple[OpenTask, ...] = ()
    intake_unit_id: int | None = None
    returning_unit_id: int | None = None
    asking_unit_id: int | None = None
    acceptance_at: datetime | None = None
    answer_by: datetime | None = None
    review_at: datetime | None = None
    remind_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Who has to do what, by when."""

    owner_unit_id: int
    owner_id: int | None
    next_acts: tuple[str, ...]
    wake_at: datetime


class Stall(StrEnum):
    """Why a dossier is on the stall list."""

    NO_OWNER = "no_owner"
    NO_WAKE = "no_wake"
    SLEPT_THROUGH = "slept_through"


STALL_LABELS: dict[Stall, str] = {
    Stall.NO_OWNER: _("Không ai giữ"),
    Stall.NO_WAKE: _("Không có mốc xem lại"),
    Stall.SLEPT_THROUGH: _("Quá mốc mà chưa làm"),
}
# A result nobody fetched is looked at again after so long; the law sets no day for it.
UNCOLLECTED = timedelta(days=30)


def find_standing(facts: Facts) -> Standing | None:
    """Who has to act next and when they wake up; None when somebody or something is missing, or it has ended."""
    rest = RESTS.get(facts.state)
    if rest is None:
        return None
    unit_id, person_id = _find_owner(rest, facts)
    wake_at = _WAKES[rest.wake](facts)
    if unit_id is None or wake_at is None:
        return None
    return Standing(unit_id, person_id, rest.next_acts, wake_at)


def find_stall(facts: Facts, now: datetime) -> Stall | None:
    """Whether a dossier is forgotten: nobody has it, nobody will wake up, or the moment passed and nothing was done."""
    rest = RESTS.get(facts.state)
    if rest is None:
        return None
    if _find_owner(rest, facts)[0] is None:
        return Stall.NO_OWNER
    wake_at = _WAKES[rest.wake](facts)
    if wake_at is None:
        return Stall.NO_WAKE
    return Stall.SLEPT_THROUGH if now > wake_at else None


def _find_owner(rest: Rest, facts: Facts) -> tuple[int | None, int | None]:
    if rest.owner is Owner.TASK:
        first = _first_task(facts)
        return (first.unit_id, first.assignee_id) if first else (None, None)
    units = {
        Owner.INTAKE: facts.intake_unit_id,
        Owner.RETURN: facts.returning_unit_id,
        Owner.ASKER: facts.asking_unit_id,
    }
    return units[rest.owner], None


def _first_task(facts: Facts) -> OpenTask | None:
    return min(facts.tasks, key=lambda task: task.due_at, default=None)


def _find_task_due(facts: Facts) -> datetime | None:
    first = _first_task(facts)
    return first.due_at if first else None


_WAKES: dict[Wake, Callable[[Facts], datetime | None]] = {
    Wake.ACCEPTANCE: lambda facts: facts.acceptance_at,
    Wake.TASK_DUE: _find_task_due,
    Wake.ANSWER_BY: lambda facts: facts.answer_by,
    Wake.REVIEW: lambda facts: facts.review_at,
    Wake.REMINDER: lambda facts: facts.remind_at,
}
