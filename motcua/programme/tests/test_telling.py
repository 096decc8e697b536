"""Units are told before, on and after the day, once for each; heads once a week; observers read, comment, change nothing."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from motcua.accounts.models import User
from motcua.core.refusal import Refused
from motcua.notifications.jobs import wording
from motcua.notifications.models import Delivery, Message
from motcua.organisations.tests.factories import AT, ON, get_actor, make_officer
from motcua.programme import jobs, queries
from motcua.programme.actions import importing, keeping, reporting, telling
from motcua.programme.actions.reporting import Shown
from motcua.programme.models import Digest, Plan, Reminder
from motcua.programme.queries import mine
from motcua.programme.rules.reminding import Kind, find_kind, find_monday
from motcua.programme.rules.standing import Days, find_standing

pytestmark = pytest.mark.django_db
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 7, tzinfo=VIETNAM)


@pytest.fixture
def plan(province: SimpleNamespace, plan_text: bytes) -> Plan:
    reading = importing.read_file(actor=province.control, content=plan_text, name="a.txt", at=AT)
    return keeping.confirm(actor=province.control, reading_id=reading.pk, revision=0, at=AT)


@pytest.fixture
def observer(province: SimpleNamespace) -> object:
    make_officer("mttq", "P", "observer")
    return get_actor("mttq")


def kinds_of(unit: int) -> list[str]:
    return list(Reminder.objects.filter(unit_id=unit).order_by("pk").values_list("kind", flat=True))


def test_a_unit_is_told_before_on_and_after_the_day_once_each(province: SimpleNamespace, plan: Plan) -> None:
    unit = province.units["B"].id
    last = date(2026, 3, 31)
    for day in (last - timedelta(days=8), last - timedelta(days=7), last - timedelta(days=6), last):
        jobs.remind(morning(day))
    assert kinds_of(unit) == ["before", "on_day"]
    jobs.remind(morning(last + timedelta(days=1)))
    jobs.remind(morning(last + timedelta(days=2)))
    assert sorted(kinds_of(unit)) == ["after", "before", "no_proof", "on_day"]


def test_what_was_reported_is_not_asked_for(province: SimpleNamespace, plan: Plan) -> None:
    occurrence = plan.tasks.get(content="Báo cáo quý").occurrences.all()[0]
    reporting.report(
        actor=province.commune_head,
        occurrence_id=occurrence.pk,
        unit_id=province.units["A"].id,
        text="Đã gửi",
        evidence=[Shown("Sổ", address="/ho-so/")],
        at=AT,
    )
    jobs.remind(morning(date(2026, 3, 31)))
    assert "on_day" not in kinds_of(province.units["A"].id)
    assert "on_day" in kinds_of(province.units["B"].id)


def test_the_heads_of_a_unit_get_one_letter_in_words(province: SimpleNamespace, plan: Plan) -> None:
    User.objects.filter(username="a.head").update(email="chu.tich@xa-an.example")
    jobs.remind(morning(date(2026, 4, 1)))
    letters = Message.objects.filter(template="programme/reminder", agency_id=province.units["A"].id)
    named = list(letters)
    assert [m.params["user_id"] for m in named] == [province.commune_head.user_id]
    assert named[0].person_id == 0
    delivery = Delivery.objects.get(message_id=named[0].pk)
    assert wording.find_address_of(delivery, "email") == "chu.tich@xa-an.example"
    letter = wording.write_letter(named[0])
    assert "1 kỳ đã quá hạn" in letter.text and "xã An" in letter.text


def test_heads_are_told_the_weeks_summary_once(province: SimpleNamespace, plan: Plan) -> None:
    monday = date(2026, 4, 6)
    User.objects.filter(username="a.head").update(email="chu.tich@xa-an.example")
    assert jobs.send_digests(morning(monday)) == 4
    assert jobs.send_digests(morning(monday + timedelta(days=1))) == 0
    made = Digest.objects.get(unit_id=province.units["A"].id)
    assert made.monday == monday and made.counts["late"] == 1 and made.counts["unproven"] == 1
    letter = wording.write_letter(Message.objects.filter(template="programme/digest").first())  # type: ignore[arg-type]
    assert "Quá hạn: " in letter.text


def test_a_person_sees_what_lies_before_their_unit(province: SimpleNamespace, plan: Plan) -> None:
    work = mine.find_work(province.commune_case, date(2026, 4, 1))
    assert {part.unit_id for part in work.parts} == {province.units["A"].id}
    assert work.parts[0].task.content in {"Báo cáo quý", "Niêm yết thủ tục"} and not work.reports
    raised = reporting.raise_difficulty(
        actor=province.commune_case, task_id=plan.tasks.all()[0].pk, text="Thiếu máy", at=AT
    )
    assert mine.find_work(province.control, ON).difficulties == [raised]


def test_an_observer_reads_and_comments_and_changes_nothing(
    province: SimpleNamespace, plan: Plan, observer: object
) -> None:
    assert plan in queries.find_plans(observer, ON)  # type: ignore[arg-type]
    task = plan.tasks.all()[0]
    said = telling.comment(actor=observer, plan_id=plan.pk, task_id=task.pk, text="Cần nhanh hơn", at=AT)  # type: ignore[arg-type]
    answer = telling.comment(actor=province.control, plan_id=plan.pk, text="Đã tiếp thu", at=AT)
    assert said.is_of_observer and not answer.is_of_observer
    occurrence = plan.tasks.get(content="Báo cáo quý").occurrences.all()[0]
    with pytest.raises(Refused):
        reporting.raise_difficulty(actor=observer, task_id=task.pk, text="x", at=AT)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        reporting.report(
            actor=observer,  # type: ignore[arg-type]
            occurrence_id=occurrence.pk,
            unit_id=province.units["P"].id,
            text="x",
            evidence=[Shown("x", address="/x/")],
            at=AT,
        )
    with pytest.raises(Refused):
        importing.read_file(actor=observer, content=b"x", name="x.txt", at=AT)  # type: ignore[arg-type]
    assert observer.scope == frozenset()  # type: ignore[attr-defined]


def test_who_neither_watches_nor_keeps_does_not_comment(province: SimpleNamespace, plan: Plan) -> None:
    for actor, text, code in (
        (province.commune_case, "x", "forbidden"),
        (province.control, "  ", "empty"),
    ):
        with pytest.raises(Refused) as refused:
            telling.comment(actor=actor, plan_id=plan.pk, text=text, at=AT)
        assert refused.value.code == code


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 3, 23), None),
        (date(2026, 3, 24), Kind.BEFORE),
        (date(2026, 3, 31), Kind.ON_DAY),
        (date(2026, 4, 1), Kind.AFTER),
        (date(2026, 5, 1), Kind.AFTER),
        (date(2026, 5, 2), None),
    ],
)
def test_the_kind_of_a_reminder_follows_from_the_day(today: date, expected: Kind | None) -> None:
    days = Days(date(2026, 1, 1), date(2026, 3, 31), None)
    assert find_kind(days, find_standing(days, None, today), today) is expected
    assert find_kind(days, find_standing(days, "accepted", today), today) is None


def test_a_task_of_one_day_is_not_told_before_it_opens() -> None:
    days = Days(date(2026, 3, 31), date(2026, 3, 31), None)
    today = date(2026, 3, 30)
    assert find_kind(days, find_standing(days, None, today), today) is None
    assert find_monday(date(2026, 4, 12)) == date(2026, 4, 6)


def test_the_pages_of_a_unit_a_month_and_the_comments(  # type: ignore[no-untyped-def]
    sign_in, province: SimpleNamespace, plan: Plan, observer: object
) -> None:
    province.users["observer"] = User.objects.get(username="mttq")
    page = sign_in("commune_case").get("/ke-hoach/viec-cua-don-vi/").content.decode()
    assert "Báo cáo quý" in page
    month = sign_in("control").get(f"/ke-hoach/{plan.pk}/lich-thang/?thang=2026-03").content.decode()
    assert "Báo cáo quý" in month and "?thang=2026-02" in month
    watching = sign_in("observer")
    task = plan.tasks.all()[0]
    watching.post(f"/ke-hoach/{plan.pk}/gop-y/ghi/", {"task": task.pk, "text": "Cần nhanh hơn"})
    for _click in range(2):
        watching.post(f"/ke-hoach/{plan.pk}/gop-y/ghi/", {"text": "Kế hoạch tốt", "idempotency_key": "k"})
    assert plan.comments.count() == 2
    page = watching.get(f"/ke-hoach/nhiem-vu/{task.pk}/").content.decode()
    assert "Cần nhanh hơn" in page and "Phản ánh khó khăn" not in page
    assert "Kế hoạch tốt" in sign_in("control").get(f"/ke-hoach/{plan.pk}/gop-y/").content.decode()
    assert watching.get("/ho-so/moi-den/").status_code in {200, 302, 404}
