"""What the control office does with the demonstration's figures: counts them, asks communes something, writes of the week."""

from datetime import datetime, timedelta

from django.utils import timezone

from motcua.accounts.models import User
from motcua.figures import jobs
from motcua.figures.rules import find_current
from motcua.figures.rules.periods import previous
from motcua.indices import actions as indices
from motcua.indices.models import WeeklyNote
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor
from motcua.reports import actions as reports
from motcua.reports.models import DataRequest, Report

LINES = "Hồ sơ mới nhận | new_online new_assisted new_counter new_postal\nMáy quét hỏng\n# Kiến nghị\n"
NOTE = "Số quá hạn tập trung ở bước ký duyệt; đã trao đổi với lãnh đạo các xã, hẹn xong trong tuần.\nViệc cần làm: gọi lại hồ sơ đến hạn thứ sáu."
REPORTING = ("huongphung.lanhdao", "camlo.lanhdao", "khesanh.lanhdao")
RETURNED = "Số hồ sơ quá hạn tăng so với tháng trước; bổ sung nguyên nhân vào mục 9."
ASKED, ANSWERING = ("huongphung.lanhdao", "laobao.lanhdao", "camlo.lanhdao"), "huongphung.lanhdao"


def load(at: datetime) -> int:
    """Count what happened, ask three communes, let one answer, report a month, note the week; nothing when it was done. How many were asked."""
    jobs.follow_events(at)
    control = _find("tinh.kiemsoat1", at)
    if control is None or DataRequest.objects.exists():
        return 0
    units = [actor.agency_id for name in ASKED if (actor := _find(name, at)) is not None]
    on = timezone.localdate(at)
    month = find_current(on, "month").until(on)
    request = reports.ask(
        actor=control, title="Rà soát trang thiết bị bộ phận một cửa", body="Phục vụ kế hoạch mua sắm.", lines=LINES,
        unit_ids=units, due_on=on + timedelta(days=5), first_on=month.first_on, last_on=month.last_on, at=at,
    )  # fmt: skip
    if (leader := _find(ANSWERING, at)) is not None:
        values = {"1": "12", "2": "1", "3": "Thay máy quét trước mùa tuyển sinh"}
        reports.answer(actor=leader, request_id=request.pk, values=values, is_sent=True, at=at)
    _report_the_month(control, at)
    if not WeeklyNote.objects.exists():
        monday = on - timedelta(days=on.weekday())
        indices.write_note(actor=control, unit_id=control.agency_id, week_on=monday, text=NOTE, at=at)
    return len(units)


def _report_the_month(control: Actor, at: datetime) -> None:
    """The reports of the month that is over: one begun, one sent and received, one sent back."""
    if Report.objects.exists():
        return
    period = previous(find_current(timezone.localdate(at), "month"))
    made = [
        (leader, reports.generate(actor=leader, unit_id=leader.agency_id, period=period, at=at))
        for name in REPORTING
        if (leader := _find(name, at)) is not None
    ]
    for leader, report in made[1:]:
        reports.sign(actor=leader, report_id=report.pk, at=at)
        reports.send(actor=leader, report_id=report.pk, at=at)
    if len(made) == len(REPORTING):
        reports.accept(actor=control, report_id=made[1][1].pk, at=at)
        reports.return_report(actor=control, report_id=made[2][1].pk, reason=RETURNED, at=at)


def _find(username: str, at: datetime) -> Actor | None:
    user = User.objects.filter(username=username).first()
    return organisations.get_actor(user, None, timezone.localdate(at)) if user else None
