"""The clock of a dossier filed online before it is accepted: seen, answered, closed (Decree 297/2025; Decree 61 art. 17.2)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from motcua.dossiers.rules.supplement import compute_answer_by
from motcua.worktime.rules import Calendar, add_working_hours


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


def was_answered_late(filing: Filing, hours: Hours, calendar: Calendar) -> bool:
    """Whether the office's first answer (accepted, refused or asked) came after its hours; kept apart from lateness."""
    answers = [at for at in (filing.asked_at, filing.accepted_at, filing.refused_at) if at is not None]
    first = Filing(filing.arrived_at)
    return bool(answers) and min(answers) > compute_acceptance(first, hours, calendar).answer_at
