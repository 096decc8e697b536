"""Gia hạn; xin lỗi và hẹn lại: a promise may be moved once, before it is broken, by the head, and never in silence."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from motcua.core.marking import _
from motcua.core.refusal import Refused
from motcua.organisations.rules import Post
from motcua.worktime.rules import Calendar, count_working_days, end_of_office_hours
from motcua.worktime.rules.calendar import to_local

Say = Callable[[str], str]


class Change(StrEnum):
    """How a promise is moved."""

    EXTEND = "extend"
    APOLOGISE = "apologise"


class Timing(StrEnum):
    """When an apology is made."""

    IN_TIME = "in_time"
    LAST_MOMENT = "last_moment"  # after the day the law sets, before the promise is broken
    TOO_LATE = "too_late"  # the promise is broken already


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: who signs, how often, until when."""

    signers: frozenset[Post]
    times_key: str
    is_before_due: bool
    is_told: tuple[str, ...]
    basis: str


HEADS = frozenset({Post.APPROVER, Post.UNIT_HEAD})

CAUSES: dict[str, str] = {
    "coordination": _("Chờ cơ quan phối hợp"),
    "verification": _("Phải xác minh, thẩm định thêm"),
    "workload": _("Số lượng hồ sơ tăng đột biến"),
    "system": _("Sự cố hệ thống thông tin"),
    "other": _("Lý do khác của cơ quan giải quyết"),
}
"""Why a promise is moved, in words that name nobody: these are published, what was written beside them is not."""

# fmt: off
RULES: dict[Change, Rule] = {
    # change           signed by  how often               before the date  who hears of it                                                    article
    Change.EXTEND:    Rule(HEADS, "extension.max_times", True,            ("applicant", "one_stop"),                                          "Nghị định 61/2018/NĐ-CP điều 19.9; luật chuyên ngành"),
    Change.APOLOGISE: Rule(HEADS, "extension.max_times", False,           ("applicant", "one_stop", "public_list", "explanation_to_head"),    "Nghị định 61/2018/NĐ-CP điều 19.9"),
}
# fmt: on


@dataclass(frozen=True, slots=True)
class Promise:
    """Where a promise stands: the date that holds, and how often it was moved in either way."""

    due_at: datetime
    times: dict[Change, int]


def compute_last_day(due_at: datetime, days_before: int, calendar: Calendar) -> date:
    """The last day on which an apology is in time: so many working days before the promised one (art. 19.9)."""
    last = day = to_local(due_at).date()
    while not calendar.is_working_day(day) or count_working_days(day, last, calendar) < days_before:
        day -= timedelta(days=1)
    return day


def compute_apology_due(due_at: datetime, days_before: int, calendar: Calendar) -> datetime:
    """Until when the apology is to be made: office hours of its last day end."""
    return end_of_office_hours(compute_last_day(due_at, days_before, calendar), calendar)


def judge_apology(at: datetime, due_at: datetime, days_before: int, calendar: Calendar) -> Timing:
    """Whether an apology made now is in time."""
    if at > due_at:
        return Timing.TOO_LATE
    return Timing.IN_TIME if at <= compute_apology_due(due_at, days_before, calendar) else Timing.LAST_MOMENT


def require_change(
    change: Change,
    promise: Promise,
    *,
    new_due_at: datetime,
    signer: Post,
    reason: str,
    explanation: str = "",
    most_times: int,
    days_before: int,
    calendar: Calendar,
    at: datetime,
    say: Say = str,
) -> Timing:
    """Whether a promise may be moved so; when it is moved, for the record.

    :raises Refused: not signed by the head, moved before, to an earlier day, without reason, or after the date: then
        an extension is too late, and an apology has to explain why it was not made in time.
    """
    rule = RULES[change]
    if signer not in rule.signers:
        raise Refused(
            "not_the_head", say(_("Phải do người đứng đầu cơ quan giải quyết ký.")), basis=rule.basis
        )
    if not reason.strip():
        raise Refused("reason_needed", say(_("Ghi lý do.")), field="reason")
    if promise.times.get(change, 0) >= most_times:
        sentence = say(_("Chỉ được hẹn lại {times} lần."))
        raise Refused("moved_already", sentence.format(times=most_times), basis=rule.basis)
    if new_due_at <= max(promise.due_at, at):
        sentence = say(_("Ngày hẹn mới phải sau ngày hẹn cũ và sau lúc này."))
        raise Refused("bad_day", sentence, field="new_due_at")
    timing = judge_apology(at, promise.due_at, days_before, calendar)
    _require_in_time(rule, timing, explanation, say)
    return timing


def _require_in_time(rule: Rule, timing: Timing, explanation: str, say: Say) -> None:
    if timing is not Timing.TOO_LATE:
        return
    if rule.is_before_due:
        sentence = say(_("Chỉ được gia hạn trước ngày hẹn trả."))
        raise Refused("too_late", sentence, field="new_due_at", basis=rule.basis)
    if not explanation.strip():
        sentence = say(_("Đã quá ngày hẹn: phải giải trình vì sao không xin lỗi trước hạn."))
        raise Refused("explanation_needed", sentence, field="explanation", basis=rule.basis)
