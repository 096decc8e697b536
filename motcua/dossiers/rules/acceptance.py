"""The clock of a dossier filed online before it is accepted: seen, answered, closed (Decree 297/2025; Decree 61 art. 17.2)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from motcua.core.marking import _
from motcua.core.refusal import Refused
from motcua.dossiers.rules.supplement import compute_answer_by
from motcua.worktime.rules import Calendar, add_working_hours


class FilingState(StrEnum):
    """Where a filing stands; kept, unlike the steps of its clock, which are computed."""

    WAITING = "waiting"
    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class FilingAct(StrEnum):
    """What happens to a filing before it is a dossier."""

    ACCEPT = "accept_filing"
    RETURN = "return_filing"
    REFUSE = "refuse_filing"
    COMPLETE = "complete_filing"
    WITHDRAW = "withdraw_filing"
    CLOSE = "close_filing"


@dataclass(frozen=True, slots=True)
class FilingMove:
    """One row: from where, to where, and the status the national portal is told."""

    label: str
    sources: frozenset[FilingState]
    target: FilingState
    national_code: int


F = FilingState
OPEN = frozenset({F.WAITING, F.ASKED})
# fmt: off
FILING_LABELS: dict[FilingState, str] = {
    F.WAITING:   _("Chờ tiếp nhận"),
    F.ASKED:     _("Chờ người nộp hoàn thiện"),
    F.ACCEPTED:  _("Đã tiếp nhận"),
    F.REFUSED:   _("Không tiếp nhận"),
    F.WITHDRAWN: _("Người nộp đã rút"),
    F.CLOSED:    _("Đã đóng, quá hạn hoàn thiện"),
}
FILING_MOVES: dict[FilingAct, FilingMove] = {
    # act                               label                             from                    to           status
    FilingAct.ACCEPT:   FilingMove(_("Tiếp nhận"),                   OPEN,                   F.ACCEPTED,   2),
    FilingAct.RETURN:   FilingMove(_("Trả lại để hoàn thiện"),       frozenset({F.WAITING}), F.ASKED,      5),
    FilingAct.REFUSE:   FilingMove(_("Không tiếp nhận"),             OPEN,                   F.REFUSED,    3),
    FilingAct.COMPLETE: FilingMove(_("Người nộp hoàn thiện"),        frozenset({F.ASKED}),   F.WAITING,    1),
    FilingAct.WITHDRAW: FilingMove(_("Người nộp rút"),               OPEN,                   F.WITHDRAWN,  7),
    FilingAct.CLOSE:    FilingMove(_("Đóng vì quá hạn hoàn thiện"),  frozenset({F.ASKED}),   F.CLOSED,     8),
}
# fmt: on


def require_move(state: FilingState, act: FilingAct, *, say: Callable[[str], str] = str) -> FilingMove:
    """The row of an act, if the state allows it.

    :raises Refused: it does not.
    """
    row = FILING_MOVES[act]
    if state not in row.sources:
        sentence = say(_("Không thể “{act}” khi hồ sơ ở trạng thái “{state}”."))
        words = sentence.format(act=say(row.label), state=say(FILING_LABELS[state]))
        possible = tuple(one for one, move in FILING_MOVES.items() if state in move.sources)
        raise Refused("not_possible_now", words, possible=possible)
    return row


class Step(StrEnum):
    """Where an online dossier stands before its acceptance."""

    FRESH = "fresh"
    ALERTED = "alerted"  # nobody looked within two working hours
    LATE = "late"  # nobody answered within eight
    WITH_APPLICANT = "with_applicant"
    TO_CLOSE = "to_close"  # the applicant did not complete it in time
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Hours:
    """The legal numbers: ``intake.alert_working_hours``, ``intake.online_answer_working_hours``,
    ``supplement.applicant_working_days``."""

    alert: int
    answer: int
    complete_days: int


@dataclass(frozen=True, slots=True)
class Filing:
    """What has happened to it so far; times of the national portal's receipt, in order."""

    arrived_at: datetime
    asked_at: datetime | None = None
    completed_at: datetime | None = None
    accepted_at: datetime | None = None
    refused_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """When what is due."""

    alert_at: datetime
    answer_at: datetime
    close_at: datetime | None


def compute_acceptance(filing: Filing, hours: Hours, calendar: Calendar) -> Acceptance:
    """The dates of a filing: working hours from its arrival, or anew from its completion."""
    since = filing.completed_at or filing.arrived_at
    is_waiting = filing.asked_at is not None and filing.completed_at is None
    close_at = (
        compute_answer_by(filing.asked_at, hours.complete_days, calendar)
        if is_waiting and filing.asked_at
        else None
    )
    return Acceptance(
        add_working_hours(since, hours.alert, calendar),
        add_working_hours(since, hours.answer, calendar),
        close_at,
    )


def find_step(filing: Filing, hours: Hours, calendar: Calendar, now: datetime) -> Step:
    """Where it stands now."""
    if filing.accepted_at or filing.refused_at:
        return Step.ANSWERED
    dates = compute_acceptance(filing, hours, calendar)
    if dates.close_at is not None:
        return Step.TO_CLOSE if now > dates.close_at else Step.WITH_APPLICANT
    if now > dates.answer_at:
        return Step.LATE
    return Step.ALERTED if now > dates.alert_at else Step.FRESH
