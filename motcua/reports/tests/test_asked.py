"""Requests with own columns: asked below, answered, given back, gathered; and reminders of what is owed."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from motcua.accounts.models import User
from motcua.core.refusal import Refused
from motcua.dossiers.tests.factories import NOON, World, make_dossier, make_world
from motcua.figures.models import store
from motcua.legal import actions as legal
from motcua.notifications import letters
from motcua.notifications.models import Message
from motcua.reports import actions, queries
from motcua.reports.models import DataAnswer, DataRequest, ReportReminder
from motcua.reports.rules.asking import BadColumns, read_columns
from motcua.reports.rules.reminding import Reminder, find_reminder
from tests.ground import begins_with, give

pytestmark = pytest.mark.django_db
LINES = "Hồ sơ mới nhận | new_online new_counter\nMáy tính hỏng\n# Kiến nghị\n"


def make_reporting() -> World:
    """The small province with a dossier to count and the forms to report it on."""
    world = make_world()
    legal.load_parameters()
    actions.load_forms()
    store.retell([make_dossier(world, at=NOON).pk], 2**62)
    return world


@pytest.fixture
@begins_with(make_reporting)
def world(db: None) -> Iterator[World]:
    world = give(make_reporting)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        yield world


def _ask(world: World, **more: object) -> DataRequest:
    told: dict[str, object] = {
        "title": "Rà soát máy móc", "body": "", "lines": LINES, "unit_ids": [world.units["A"], world.units["B"]],
        "due_on": NOON.date() + timedelta(days=5), "first_on": NOON.date(), "last_on": NOON.date(),
    }  # fmt: skip
    return actions.ask(actor=world.actors["p.control"], **told | more, at=NOON)  # type: ignore[arg-type]


def _client(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


def test_a_request_is_answered_given_back_and_gathered(world: World) -> None:
    request = _ask(world)
    a, b = _client("a.leader"), _client("b.leader")
    address = reverse("reports:answer", args=[request.pk])
    letter = Message.objects.get(template="reports/asked", agency_id=world.units["A"])
    assert letter.params["user_id"] == world.actors["a.leader"].user_id
    assert "Rà soát máy móc" in letters.write("reports/asked", NOON.date(), letter.params).subject
    page = a.get(address).content.decode()
    assert re.search(r'name="c1" value="1"', page), "the figures fill the first column"
    assert a.post(address, {"c1": "1", "c2": "", "send": "1"}).status_code == 422
    assert a.post(address, {"c1": "1", "c2": "1.204", "c3": "Mua mới", "send": "1"}).status_code == 302
    assert b.post(address, {"c1": "0", "c2": "3", "send": "1"}).status_code == 302
    assert a.post(address, {"c1": "9", "c2": "9", "send": "1"}).status_code == 422
    control = _client("p.control")
    shown = control.get(reverse("reports:request", args=[request.pk])).content.decode()
    assert "1.207" in shown and "Mua mới" in shown
    door = re.search(r'href="(/so-lieu/danh-sach/[^"]+)"', shown)
    assert door and control.get(door[1].replace("&amp;", "&")).status_code == 200, (
        "the list behind the figure opens"
    )
    mine = DataAnswer.objects.get(request=request, unit_id=world.units["A"])
    back = reverse("reports:give_back", args=[mine.pk])
    assert b.post(back, {"request": request.pk, "reason": "x"}).status_code == 404
    assert control.post(back, {"request": request.pk, "reason": "Đếm lại"}).status_code == 302
    assert "Đếm lại" in a.get(address).content.decode()
    told = Message.objects.get(template="reports/given_back", agency_id=world.units["A"])
    assert "Đếm lại" in letters.write("reports/given_back", NOON.date(), told.params).text
    assert a.post(address, {"c1": "1", "c2": "4", "send": "1"}).status_code == 302
    sheet = b"".join(control.get(reverse("reports:request_file", args=[request.pk])))  # type: ignore[arg-type]
    assert sheet[:2] == b"PK"
    assert control.post(reverse("reports:close_request", args=[request.pk])).status_code == 302
    with pytest.raises(Refused):
        actions.close_request(actor=world.actors["p.control"], request_id=request.pk, at=NOON)


def test_who_was_not_asked_does_not_see_it(world: World) -> None:
    request = _ask(world)
    for name in ("page", "answer"):
        word = "reports:request" if name == "page" else "reports:answer"
        assert _client("x.leader").get(reverse(word, args=[request.pk])).status_code == 404
    assert _client("a.leader").get(reverse("reports:request_file", args=[request.pk])).status_code == 404
    assert _client("a.case").get(reverse("reports:requests")).status_code == 403
    with pytest.raises(Refused):
        actions.close_request(actor=world.actors["a.leader"], request_id=request.pk, at=NOON)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"unit_ids": []}, "no_units"),
        ({"title": " "}, "no_title"),
        ({"due_on": date(2026, 1, 1)}, "past_day"),
        ({"last_on": None}, "half_period"),
        ({"lines": "Cột | không_có"}, "bad_columns"),
        ({"lines": "\n"}, "bad_columns"),
    ],
)
def test_a_request_that_cannot_be_answered_is_refused(
    world: World, more: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as no:
        _ask(world, **more)
    assert no.value.code == code and not DataRequest.objects.exists()


def test_only_units_below_are_asked(world: World) -> None:
    with pytest.raises(Refused) as no:
        actions.ask(
            actor=world.actors["a.leader"], title="x", body="", lines="Một", unit_ids=[world.units["B"]],
            due_on=NOON.date(), at=NOON,
        )  # fmt: skip
    assert no.value.code == "not_below"


def test_a_request_is_written_on_its_page(world: World) -> None:
    control = _client("p.control")
    told = {"title": "Hỏi", "lines": "Một", "due_on": "20/03/2026", "unit_ids": [world.units["A"]]}
    assert control.post(reverse("reports:ask"), told | {"lines": "a | b"}).status_code == 422
    assert control.post(reverse("reports:ask"), told).status_code == 302
    assert "Hỏi" in _client("a.leader").get(reverse("reports:reports")).content.decode()


def test_columns_are_words_figures_and_sums() -> None:
    first, second, third = read_columns(LINES)
    assert first.source and not second.source and third.is_text
    with pytest.raises(BadColumns):
        read_columns("\n".join(f"Cột {n}" for n in range(31)))


def test_who_owes_a_report_is_reminded_once_of_each_kind(world: World) -> None:
    at = NOON.replace(day=15)
    assert actions.remind(at=at) > 0
    mine = ReportReminder.objects.filter(unit_id=world.units["A"])
    assert [row.kind for row in mine] == ["soon"]
    assert actions.remind(at=at) == 0
    told = Message.objects.filter(template="reports/reminder", agency_id=world.units["A"])
    assert [message.params["user_id"] for message in told] == [world.actors["a.leader"].user_id]
    letter = letters.write("reports/reminder", at.date(), {**told[0].params, "agency_name": "UBND xã An"})
    assert "UBND xã An chưa gửi báo cáo kỳ 15/12/2025" in letter.text
    actions.remind(at=at + timedelta(days=1))
    actions.remind(at=at + timedelta(days=2))
    assert sorted(row.kind for row in mine.all()) == ["late", "soon", "today"]
    department = ReportReminder.objects.filter(unit_id=world.units["XD"])
    assert [row.kind for row in department.order_by("at")] == ["soon"], "the departments have until the 18th"


def test_a_report_that_was_sent_is_owed_no_more(world: World) -> None:
    on = NOON.date().replace(day=17)
    at = NOON.replace(day=17)
    units = [unit for unit in queries.find_reporting_units(on) if unit.id == world.units["A"]]
    [duty] = queries.find_duties(units, on)
    assert duty.reminder == Reminder.LATE and duty.report is None
    leader = world.actors["a.leader"]
    report = actions.generate(actor=leader, unit_id=world.units["A"], period=duty.period, at=at)
    assert queries.find_duties(units, on)[0].report == report
    actions.sign(actor=leader, report_id=report.pk, at=at)
    actions.send(actor=leader, report_id=report.pk, at=at)
    assert queries.find_duties(units, on) == []


@pytest.mark.parametrize(
    ("day", "kind"),
    [(12, None), (13, Reminder.SOON), (16, Reminder.TODAY), (17, Reminder.LATE)],
)
def test_when_a_reminder_is_due(day: int, kind: Reminder | None) -> None:
    assert find_reminder(date(2026, 3, 16), date(2026, 3, day), 3) == kind


def test_a_request_is_written_with_kinds_of_units_and_says_every_fault_at_once(world: World) -> None:
    control, address = _client("p.control"), reverse("reports:ask")
    assert "pending_overdue" in control.get(address).content.decode(), "what can fill itself is listed"
    typed = {
        "title": "Máy móc",
        "lines": "Số máy\nSai | khong_co",
        "due_on": f"{NOON + timedelta(days=9):%d/%m/%Y}",
    }
    page = control.post(address, typed)
    told = page.content.decode()
    assert (
        page.status_code == 422
        and "Không có số liệu “khong_co”" in told
        and "Chọn ít nhất một đơn vị" in told
    )
    typed |= {"lines": "Số máy", "kinds": "commune"}
    assert control.post(address, typed).status_code == 302
    asked = set(DataAnswer.objects.values_list("unit_id", flat=True))
    assert {world.units["A"], world.units["B"]} <= asked and world.units["XD"] not in asked
