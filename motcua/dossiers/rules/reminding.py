"""Reminders: to the officer first, then to the head, each once, and only in working time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from motcua.core.marking import _
from motcua.dossiers.rules.acceptance import Hours
from motcua.dossiers.rules.promise import compute_apology_due
from motcua.worktime.rules import Calendar, add_working_hours, next_working_moment, working_hours_between
from motcua.worktime.rules.calendar import to_local
from motcua.worktime.rules.counting import start_of_office_hours


class Kind(StrEnum):
    """What somebody is reminded of."""

    NEAR_DUE = "near_due"
    APOLOGY_DUE = "apology_due"
    DUE = "due"
    OVERDUE = "overdue"
    ACCEPTANCE_DUE = "acceptance_due"
    OPINION_LATE = "opinion_late"
    RESULT_WAITING = "result_waiting"


class To(StrEnum):
    """Who is reminded."""

    OFFICER = "officer"
    HEAD = "head"
    APPLICANT = "applicant"


KIND_LABELS: dict[Kind, str] = {
    Kind.NEAR_DUE: _("Sắp đến hẹn"),
    Kind.APOLOGY_DUE: _("Hôm nay là ngày cuối để xin lỗi, hẹn lại"),
    Kind.DUE: _("Đến hẹn hôm nay"),
    Kind.OVERDUE: _("Đã quá hẹn"),
    Kind.OPINION_LATE: _("Cơ quan được hỏi chưa trả lời"),
    Kind.RESULT_WAITING: _("Kết quả chờ người nộp đến nhận"),
    Kind.ACCEPTANCE_DUE: _("Hồ sơ trực tuyến chờ trả lời"),
}
KIND_TONES: dict[Kind, str] = {
    Kind.NEAR_DUE: "due",
    Kind.APOLOGY_DUE: "due",
    Kind.DUE: "due",
    Kind.OVERDUE: "late",
    Kind.OPINION_LATE: "due",
    Kind.RESULT_WAITING: "info",
    Kind.ACCEPTANCE_DUE: "due",
}


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder; the pair of kind and promise is sent once to each."""

    kind: Kind
    to: To


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: who is told at once, and who some working hours later.

    `then_after_hours` is None where the law says both ends of the time between: `compute_hours_to_head`.
    """

    first: To
    then: To | None
    then_after_hours: int | None
    basis: str


# fmt: off
ROWS: dict[Kind, Row] = {
    # kind                    first       then      after   article
    Kind.NEAR_DUE:       Row(To.OFFICER, None,     0,      "nội bộ"),
    Kind.APOLOGY_DUE:    Row(To.OFFICER, To.HEAD,  2,      "Nghị định 61/2018/NĐ-CP điều 19.9: người đứng đầu ký"),
    Kind.DUE:            Row(To.OFFICER, To.HEAD,  4,      "nội bộ"),
    Kind.OVERDUE:        Row(To.OFFICER, To.HEAD,  0,      "Nghị định 61/2018/NĐ-CP điều 19.9: giải trình"),
    Kind.OPINION_LATE:   Row(To.OFFICER, To.HEAD,  0,      "Nghị định 61/2018/NĐ-CP điều 19.5: báo người đứng đầu Bộ phận Một cửa"),
    Kind.RESULT_WAITING: Row(To.APPLICANT, None,   0,      "result.remind_after_calendar_days"),
    Kind.ACCEPTANCE_DUE: Row(To.OFFICER, To.HEAD,  None,   "Nghị định 297/2025/NĐ-CP: 2 và 8 giờ làm việc"),
}
# fmt: on


@dataclass(frozen=True, slots=True)
class Watched:
    """A running dossier as the reminders see it; `acceptance_at` is the alert of one not accepted yet.

    `is_with_head`: the head holds the task that waits, and hears as its holder; nobody is told the same twice.
    """

    due_at: datetime | None = None
    acceptance_at: datetime | None = None
    is_apologised: bool = False
    is_with_head: bool = False


# A working day ahead; the law sets no such number. The inbox calls due soon what the officer is reminded of.
NEAR_HOURS = 8


@dataclass(frozen=True, slots=True)
class Notice:
    """How long before: working hours for `near_due`, working days for the apology; and the hours of what is filed online."""

    near_hours: int
    apology_days: int
    acceptance: Hours


def compute_hours_to_head(kind: Kind, acceptance: Hours) -> int:
    """Working hours after which the head hears too: of what is filed online when its time to be answered is over."""
    after = ROWS[kind].then_after_hours
    return acceptance.answer - acceptance.alert if after is None else after


def find_reminders(
    watched: Watched, notice: Notice, sent: Collection[Reminder], calendar: Calendar, now: datetime
) -> tuple[Reminder, ...]:
    """What is to be said now and was not said yet; nothing outside working time: it is said when work begins."""
    if next_working_moment(now, calendar) != now.replace(microsecond=0):
        return ()
    found: list[Reminder] = []
    for kind, since in _find_pressing(watched, notice, calendar, now):
        row = ROWS[kind]
        found.append(Reminder(kind, row.first))
        is_told = row.then is To.HEAD and watched.is_with_head
        after = compute_hours_to_head(kind, notice.acceptance)
        if row.then and not is_told and working_hours_between(since, now, calendar) >= after:
            found.append(Reminder(kind, row.then))
    return tuple(reminder for reminder in found if reminder not in sent)


def _find_pressing(
    watched: Watched, notice: Notice, calendar: Calendar, now: datetime
) -> list[tuple[Kind, datetime]]:
    """The kinds that press, and since when; a later one takes the place of an earlier one."""
    if watched.acceptance_at is not None:
        return [(Kind.ACCEPTANCE_DUE, watched.acceptance_at)] if now >= watched.acceptance_at else []
    if watched.due_at is None:
        return []
    if now > watched.due_at:
        return [(Kind.OVERDUE, watched.due_at)]
    pressing: list[tuple[Kind, datetime]] = []
    today, opening = to_local(now).date(), start_of_office_hours(to_local(now).date(), calendar)
    if today == to_local(watched.due_at).date():
        pressing.append((Kind.DUE, opening))
    elif add_working_hours(now, notice.near_hours, calendar) >= watched.due_at:
        pressing.append((Kind.NEAR_DUE, now))
    apology_at = compute_apology_due(watched.due_at, notice.apology_days, calendar)
    if not watched.is_apologised and today == apology_at.date():
        pressing.append((Kind.APOLOGY_DUE, opening))
    return pressing
