"""Đất đai, hẹn hai lần: the first date until tax is told, the second from the proof of payment; the wait is nobody's."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from motcua.worktime.rules import Calendar, LimitUnit, StartRule, Timeliness, compute_due, judge


@dataclass(frozen=True, slots=True)
class Stages:
    """The published limit in two parts, for example 8 = 5 + 3 working days."""

    first_days: Decimal
    second_days: Decimal
    start_rule: StartRule = StartRule.DEFAULT


@dataclass(frozen=True, slots=True)
class Course:
    """What has happened: received, told to the tax office, paid for, finished."""

    received_at: datetime
    told_tax_at: datetime | None = None
    paid_at: datetime | None = None
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Appointments:
    """The two dates; the second is known once the obligation is met."""

    first_at: datetime
    second_at: datetime | None


def compute_appointments(stages: Stages, course: Course, calendar: Calendar) -> Appointments:
    """Both dates as far as they are known."""
    first = _count(course.received_at, stages.first_days, stages.start_rule, calendar)
    if course.paid_at is None:
        return Appointments(first, None)
    return Appointments(first, _count(course.paid_at, stages.second_days, StartRule.DEFAULT, calendar))


def judge_stages(
    stages: Stages, course: Course, calendar: Calendar, now: datetime
) -> tuple[Timeliness, Timeliness]:
    """Each stage by its own date: the applicant's time between them belongs to neither."""
    dates = compute_appointments(stages, course, calendar)
    first = judge(course.told_tax_at, dates.first_at, LimitUnit.WORKING_DAY, now=now)
    if dates.second_at is None:
        return first, Timeliness.RUNNING
    return first, judge(course.finished_at, dates.second_at, LimitUnit.WORKING_DAY, now=now)


def _count(start_at: datetime, days: Decimal, rule: StartRule, calendar: Calendar) -> datetime:
    due = compute_due(start_at, days, LimitUnit.WORKING_DAY, rule, [], calendar)
    assert due.at is not None
    return due.at
