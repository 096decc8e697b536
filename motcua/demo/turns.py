"""Dossiers left in the middle of a turn, so that each kind of waiting can be looked at; reminders, and last month's list."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from motcua.accounts.models import User
from motcua.dossiers import actions, jobs
from motcua.dossiers.actions.explaining import explain
from motcua.dossiers.models import Dossier, Explanation
from motcua.dossiers.rules.powers import LEADERS
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor
from motcua.worktime import queries as worktime
from motcua.worktime.rules import Calendar, add_working_days, end_of_office_hours, next_working_moment

Take = Callable[[Dossier, Actor, Actor, datetime, Calendar], None]


def _day(at: datetime, days: int, calendar: Calendar) -> datetime:
    return end_of_office_hours(add_working_days(at.date(), days, calendar), calendar)


def _ask(dossier: Dossier, handler: Actor, head: Actor, at: datetime, calendar: Calendar) -> None:
    actions.request_supplement(
        actor=handler,
        dossier_code=dossier.code,
        items=["Bản chính giấy tờ đã nộp bản chụp", "Tờ khai có đủ chữ ký"],
        reason="Bản chụp mờ, không đối chiếu được; tờ khai thiếu chữ ký ở trang 2.",
        basis="Nghị định 118/2025/NĐ-CP điều 17",
        at=at,
    )


def _await_payment(dossier: Dossier, handler: Actor, head: Actor, at: datetime, calendar: Calendar) -> None:
    actions.request_payment(
        actor=handler,
        dossier_code=dossier.code,
        paper="Thông báo nghĩa vụ tài chính số 15/TB-CCT (mẫu)",
        review_at=_day(at, 20, calendar),
        at=at,
    )


def _suspend(dossier: Dossier, handler: Actor, head: Actor, at: datetime, calendar: Calendar) -> None:
    actions.suspend(
        actor=head,
        dossier_code=dossier.code,
        basis="Luật chuyên ngành cho dừng tính thời hạn khi chờ ý kiến (mẫu)",
        review_at=_day(at, 7, calendar),
        note="Chờ ý kiến cơ quan trung ương.",
        at=at,
    )


def _apologise(dossier: Dossier, handler: Actor, head: Actor, at: datetime, calendar: Calendar) -> None:
    due = max(dossier.due_at or at, at)
    actions.apologise(
        actor=head,
        dossier_code=dossier.code,
        new_due_at=_day(due, 3, calendar),
        cause="verification",
        reason="Phải xác minh thêm tại nơi lưu sổ gốc.",
        explanation="Công văn xác minh gửi muộn một ngày.",
        signer_title=head.position,
        at=at,
    )


def _extend(dossier: Dossier, handler: Actor, head: Actor, at: datetime, calendar: Calendar) -> None:
    actions.extend(
        actor=head,
        dossier_code=dossier.code,
        new_due_at=_day(max(dossier.due_at or at, at), 5, calendar),
        reason="Công trình phức tạp, phải thẩm định thêm.",
        basis="Luật chuyên ngành cho gia hạn một lần (mẫu)",
        signer_title=head.position,
        at=at,
    )


EXPLAINED_BY = timedelta(days=30)
EXPLAINED = "Hồ sơ dồn vào cuối tháng; bộ phận đã phân lại người xử lý để không lặp lại."
TURNS: dict[str, Take] = {
    "asks_applicant": _ask,
    "awaits_payment": _await_payment,
    "suspended": _suspend,
    "apologised": _apologise,
    "extended": _extend,
}


def _explain_old(at: datetime) -> None:
    """What came late weeks ago was explained by then; the latest is still owed."""
    for row in Explanation.objects.filter(explained_at=None, finished_at__lt=at - EXPLAINED_BY):
        on = row.wake_at.date()
        heads = [one for one in organisations.find_officers_of({row.agency_id}, on=on) if one.post in LEADERS]
        user = User.objects.filter(pk=heads[0].user_id).first() if heads else None
        actor = organisations.get_actor(user, heads[0].id, on) if user else None
        if actor is not None:
            explain(actor=actor, explanation_id=row.pk, cause="workload", text=EXPLAINED, at=row.wake_at)


def remind_and_publish(at: datetime) -> dict[str, int]:
    """What the jobs would have done by now: reminders in the last working hour there was, the list of last month."""
    calendar = worktime.get_calendar()
    moment = at
    while next_working_moment(moment, calendar) != moment.replace(microsecond=0):
        moment -= timedelta(minutes=30)
    _explain_old(at)
    done: dict[str, Any] = {"reminders": jobs.remind(moment), "late": jobs.publish_late(at)}
    return done
