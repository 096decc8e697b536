"""Nobody is forgotten: the stall list against the pure rule, reminders against theirs, the public list of a month."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from motcua.accounts.models import User
from motcua.dossiers import actions, jobs, queries
from motcua.dossiers.actions import publishing, reminding
from motcua.dossiers.models import Dossier, LateDossier, Reminder, Task
from motcua.dossiers.queries.filing import get_hours
from motcua.dossiers.rules import reminding as rules
from motcua.dossiers.rules.resting import Stall, find_stall
from motcua.dossiers.rules.route import OwnTask
from motcua.dossiers.tests.conftest import SignIn
from motcua.dossiers.tests.factories import BUILD, FEE, NOON, World, make_dossier
from motcua.legal.actions import load_parameters
from motcua.notifications.jobs import wording
from motcua.notifications.models import Message
from motcua.worktime import queries as worktime
from motcua.worktime.rules import ZONE

HOUR = timedelta(hours=1)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.fixture(autouse=True)
def numbers(db: None) -> None:
    load_parameters()


def make_some(world: World) -> dict[str, Dossier]:
    """One dossier in each condition it can rest in."""
    found = {
        state: make_dossier(world, state)
        for state in ("received", "processing", "result_ready", "returned", "stopped")
    }
    found["waiting"] = make_dossier(world, "processing")
    actions.request_supplement(
        actor=world.actors["a.case"],
        dossier_code=found["waiting"].code,
        items=["Ảnh"],
        reason="Thiếu",
        at=NOON + HOUR,
    )
    found["held"] = make_dossier(world, "processing")
    actions.suspend(
        actor=world.actors["a.leader"], dossier_code=found["held"].code, basis="Luật X",
        review_at=moment("2026-03-20 09:00"), at=NOON + HOUR,
    )  # fmt: skip
    found["orphan"] = make_dossier(world, "processing")
    Task.objects.filter(dossier=found["orphan"]).update(done_at=NOON, outcome="lapsed")
    return found


def find_codes(world: World, who: str, at: datetime) -> dict[str, Stall]:
    return {row.code: row.stall for row in queries.find_stalled(world.actors[who], at=at).rows}


@pytest.mark.parametrize(
    "at", ["2026-03-10 10:30", "2026-03-16 09:00", "2026-03-23 09:00", "2026-05-04 09:00"]
)
def test_the_list_is_what_the_rule_says_of_each(world: World, at: str) -> None:
    now = moment(at)
    expected = {
        dossier.code: stall
        for name, dossier in make_some(world).items()
        if (stall := find_stall(queries.gather_facts(Dossier.objects.get(pk=dossier.pk)), now))
    }
    assert expected and find_codes(world, "a.leader", now) == expected == find_codes(world, "p.control", now)


def test_who_has_nothing_to_do_with_it_sees_none_of_it(world: World) -> None:
    make_some(world)
    late = moment("2026-05-04 09:00")
    assert find_codes(world, "b.leader", late) == {} == find_codes(world, "p.admin", late)
    section = find_codes(world, "a.section", late)
    assert section and set(section) < set(find_codes(world, "a.leader", late))


def test_pages_of_the_list_follow_each_other(world: World) -> None:
    make_some(world)
    late = moment("2026-05-04 09:00")
    actor = world.actors["a.leader"]
    whole = [row.code for row in queries.find_stalled(actor, at=late).rows]
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = queries.find_stalled(actor, cursor, size=2, at=late)
        seen += [row.code for row in page.rows]
        if (cursor := page.next_cursor) is None:
            break
    assert seen == whole and len(whole) > 2
    back = queries.find_stalled(actor, page.previous_cursor, size=2, at=late)
    assert [row.code for row in back.rows] == whole[-2 - len(page.rows) : -len(page.rows)]


def test_the_list_is_a_page_and_a_file(world: World, as_: SignIn, morning: None) -> None:
    orphan = make_some(world)["orphan"]
    client = as_("a.leader")
    page = client.get(reverse("dossiers:stalled")).content.decode()
    assert orphan.code in page and "Không ai giữ" in page
    text = b"".join(client.get(reverse("dossiers:export_stalled"), {"dang": "csv"})).decode()  # type: ignore[arg-type]
    assert orphan.code in text and "Không ai giữ" in text


def test_our_own_tasks_are_said_in_the_readers_language(world: World, as_: SignIn, morning: None) -> None:
    make_some(world)
    Task.objects.filter(done_at=None).update(name=OwnTask.PAYMENT.value, due_at=NOON - timedelta(days=9))
    client = as_("a.leader")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get(reverse("dossiers:stalled")).content.decode()
    with translation.override("en"):
        assert gettext(OwnTask.PAYMENT.value) in page
    assert OwnTask.PAYMENT.value not in page


def test_who_follows_a_dossier_that_waits_sees_that_its_clock_stands_still(world: World) -> None:
    waiting = make_some(world)["waiting"]
    rows = queries.find_inbox(world.actors["a.leader"], "following", at=moment("2026-03-20 09:00")).rows
    assert {row.clock.words for row in rows if row.code == waiting.code} == {"Tạm dừng"}


# Reminders


def kinds(dossier: Dossier) -> set[tuple[str, str]]:
    return set(Reminder.objects.filter(reference=dossier.code).values_list("kind", "to"))


@pytest.mark.parametrize(
    "at",
    ["2026-03-10 08:00", "2026-03-10 09:10", "2026-03-10 16:00", "2026-03-11 07:30", "2026-03-11 09:00", "2026-03-11 14:00",
     "2026-03-11 17:00", "2026-03-11 20:00", "2026-03-12 09:00", "2026-03-14 09:00", "2026-04-06 09:00", "2026-04-07 10:00"],
)  # fmt: skip
def test_all_at_once_says_what_the_rule_says_of_each(world: World, at: str) -> None:
    now = moment(at)
    calendar = worktime.get_calendar("default")
    dossiers = [make_dossier(world, "processing", code) for code in (FEE, FEE)]
    dossiers.append(make_dossier(world, "received", BUILD))
    actions.apologise(
        actor=world.actors["a.leader"], dossier_code=dossiers[1].code, new_due_at=moment("2026-03-12 17:00"),
        cause="workload", reason="Đông", at=NOON + timedelta(minutes=20),
    )  # fmt: skip
    jobs.remind(now)
    for number, dossier in enumerate(dossiers):
        due_at = Dossier.objects.get(pk=dossier.pk).due_at
        watched = rules.Watched(due_at=due_at, is_apologised=number == 1)
        expected = rules.find_reminders(watched, rules.Notice(8, 1, get_hours(now.date())), (), calendar, now)
        assert kinds(dossier) == {(str(r.kind), str(r.to)) for r in expected}, (at, number)
    assert jobs.remind(now) == 0, "nobody hears the same twice"


def test_the_officer_finds_it_and_a_kept_promise_takes_it_away(
    world: World, as_: SignIn, morning: None
) -> None:
    dossier = make_dossier(world, "processing", FEE)
    late = moment("2026-03-12 09:00")
    assert reminding.remind(calendar_code="default", at=late) == 2
    seen = {
        who: [r.kind for r in queries.find_reminders(world.actors[who]).rows]
        for who in ("a.case", "a.leader", "a.case2")
    }
    assert seen == {"a.case": ["overdue"], "a.leader": ["overdue"], "a.case2": []}
    page = as_("a.case").get(reverse("dossiers:reminders")).content.decode()
    assert dossier.code in page and "Đã quá hẹn" in page
    actions.apologise(
        actor=world.actors["a.leader"], dossier_code=dossier.code, new_due_at=moment("2026-03-17 17:00"),
        cause="workload", reason="Đông", explanation="Ốm", at=late,
    )  # fmt: skip
    assert queries.count_reminders(world.actors["a.case"]) == 0
    assert jobs.remind(moment("2026-03-17 08:00")) == 1, "the new promise is another one"


def test_a_head_who_holds_the_task_is_reminded_once(world: World) -> None:
    dossier = make_dossier(world, "processing", FEE)
    at = moment("2026-03-10 10:00")
    actions.propose(actor=world.actors["a.case"], dossier_code=dossier.code, outcome="approved", at=at)
    assert reminding.remind(calendar_code="default", at=moment("2026-03-12 09:00")) == 1
    (told,) = queries.find_reminders(world.actors["a.leader"]).rows
    assert (told.kind, told.to) == ("overdue", "officer")


def test_who_left_an_address_gets_one_letter_that_names_no_dossier(world: World) -> None:
    User.objects.filter(username__in=("a.case", "a.leader")).update(email="can.bo@example.vn")
    dossiers = [make_dossier(world, "processing", FEE) for _n in range(3)]
    reminding.remind(calendar_code="default", at=moment("2026-03-12 09:00"))
    letters = Message.objects.filter(template="dossiers/reminded")
    assert {m.params["user_id"] for m in letters} == {world.actors[n].user_id for n in ("a.case", "a.leader")}
    assert all(m.params["overdue"] == 3 and m.person_id == 0 for m in letters)
    text = wording.write_letter(letters[0]).text
    assert "3 hồ sơ đã quá hẹn" in text and "late dossiers: 3" in text
    assert not any(dossier.code in text for dossier in dossiers)


def test_reminding_costs_the_same_however_many_there_are(world: World) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as spent:
            reminding.remind(calendar_code="default", at=moment("2026-03-12 09:00"))
        return len(spent)

    cost()
    make_dossier(world, "processing", FEE)
    one = cost()
    for _n in range(4):
        make_dossier(world, "processing", FEE)
    assert cost() == one


def test_whose_result_waits_is_told_once_after_three_days(world: World) -> None:
    dossier = make_dossier(world, "result_ready")
    make_dossier(world, "result_ready", result_delivery="postal")
    make_dossier(world, "returned")
    assert jobs.remind(moment("2026-03-13 08:00")) == 0 == jobs.remind(moment("2026-03-14 10:00")), (
        "a Saturday"
    )
    assert jobs.remind(moment("2026-03-16 08:00")) == 1 and jobs.remind(moment("2026-03-17 08:00")) == 0
    (told,) = Message.objects.filter(template="dossiers/result_waiting")
    assert (told.reference, told.person_id) == (dossier.code, dossier.applicant_id)
    assert queries.count_reminders(world.actors["a.intake"]) == 0


# The public list of a month


def publish(world: World) -> dict[str, Any]:
    late, kept, open_ = (make_dossier(world, "processing", FEE) for _n in range(3))
    made = {"late": late, "kept": kept, "open": open_, "apologised": make_dossier(world, "processing", FEE)}
    at = moment("2026-03-12 09:00")
    actions.apologise(
        actor=world.actors["a.leader"], dossier_code=made["apologised"].code, new_due_at=moment("2026-03-17 17:00"),
        cause="workload", reason="Bà Nguyễn Thị Bí Mật chưa ký", explanation="Ốm", at=at,
    )  # fmt: skip
    for dossier, when in ((kept, moment("2026-03-11 09:00")), (late, at)):
        finish(world, dossier, when)
    make_dossier(world, "stopped", FEE)
    assert publishing.publish_late(month=date(2026, 3, 1), at=moment("2026-04-01 01:00")) == 3
    return made


def finish(world: World, dossier: Dossier, at: datetime) -> None:
    actor = world.actors
    actions.propose(actor=actor["a.case"], dossier_code=dossier.code, outcome="approved", at=at)
    actions.decide(actor=actor["a.leader"], dossier_code=dossier.code, outcome="approved", at=at)
    actions.sign_result(
        actor=actor["a.clerk"], dossier_code=dossier.code, signed_on=at.date(), signer_name="N",
        file_id=world.make_file(actor["a.clerk"]), at=at,
    )  # fmt: skip


def test_the_promises_broken_in_a_month_are_published_once(world: World) -> None:
    made = publish(world)
    rows = {row.code: row for row in LateDossier.objects.all()}
    assert set(rows) == {made[name].code for name in ("late", "open", "apologised")}
    assert (
        rows[made["late"].code].finished_on == date(2026, 3, 12)
        and rows[made["open"].code].finished_on is None
    )
    sorry = rows[made["apologised"].code]
    assert (sorry.due_on, sorry.new_due_on, sorry.cause) == (date(2026, 3, 11), date(2026, 3, 17), "workload")
    assert jobs.publish_late(moment("2026-04-02 01:00")) == 0, "once"


def test_anybody_reads_the_list_and_nobody_is_named_in_it(world: World) -> None:
    made = publish(world)
    client = Client()
    page = client.get(reverse("portal:late")).content.decode()
    assert "xã An" in page and "03/2026" in page
    inside = client.get(
        reverse("portal:late"), {"thang": "2026-03", "coquan": world.units["A"]}
    ).content.decode()
    assert made["late"].code in inside and "Số lượng hồ sơ tăng đột biến" in inside
    assert made["late"].applicant_name not in inside and "Bí Mật" not in inside
    assert client.get(reverse("portal:late"), {"thang": "x", "coquan": "y", "cursor": "z"}).status_code == 200
