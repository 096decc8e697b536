"""Calendars as an administrator changes them: acts, pages, the Excel file, and the copy kept in memory."""

from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from django.contrib.messages.storage.base import BaseStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from motcua.core.refusal import Refused
from motcua.worktime import actions, queries, sheets, views
from motcua.worktime.actions.days import DayFacts
from motcua.worktime.models import CalendarChange, CalendarDay, CalendarYear, OfficeHours, WorkCalendar
from motcua.worktime.rules import add_working_days, compute_due
from motcua.worktime.rules.hours import read_hours, write_hours
from motcua.worktime.rules.sheet import COLUMNS, read_rows
from motcua.worktime.tests.factories import day, moment

AT = moment("2026-03-10 09:00")


@dataclass
class Officer:
    posts: tuple = ("administrator",)
    user_id: int = 7
    person_name: str = "Người thử"
    post: str = "administrator"
    unit_id: int = 1
    unit_name: str = "Văn phòng"
    unit_kind: str = "province"

    def has(self, *posts):
        return any(post in self.posts for post in posts)


class Notes(BaseStorage):
    """Messages of one request, kept nowhere."""

    def _get(self, *args, **kwargs):
        return [], True

    def _store(self, messages, response, *args, **kwargs):
        return []


@pytest.fixture
def loaded(db):
    actions.load_holidays()
    yield
    queries.forget_calendars()


def request(method: str = "get", path: str = "/", data: Any = None, actor: Any = None) -> Any:
    made = getattr(RequestFactory(), method)(path, data or {})
    made.actor, made.at, made.user, made.session = actor or Officer(), AT, None, {}
    made._messages = Notes(made)
    return made


def due_day(received, limit=1):
    return compute_due(
        moment(received), limit, "working_day", "default", (), queries.get_calendar()
    ).at.date()


def test_loading_twice_changes_nothing_and_undoes_nothing(loaded):
    CalendarDay.objects.filter(on=day("2027-02-10")).delete()
    before = CalendarDay.objects.count()
    assert actions.load_holidays() == 0
    assert CalendarDay.objects.count() == before
    assert set(CalendarYear.objects.filter(status="provisional").values_list("year", flat=True)) == {2027}


def test_the_loaded_calendar_counts_as_the_law_does(loaded):
    assert due_day("2026-08-28 09:00", 2) == day("2026-09-04")
    calendar = queries.get_calendar()
    assert calendar.provisional_from == day("2027-01-01")
    assert calendar.day_seconds == 8 * 3600


def test_a_calendar_in_memory_costs_no_statement(loaded, django_assert_num_queries):
    queries.get_calendar()
    with django_assert_num_queries(0):
        queries.get_calendar()


def test_a_change_is_seen_at_once_here_and_by_its_stamp_elsewhere(loaded, monkeypatch):
    assert due_day("2026-03-10 09:00") == day("2026-03-11")
    CalendarDay.objects.create(on=day("2026-03-11"), kind="local_off", name="Nghỉ", basis="Thử")
    assert due_day("2026-03-10 09:00") == day("2026-03-11"), "nobody renewed the stamp"
    actions.decide_year(actor=Officer(), year=2026, status="confirmed", basis="Thử", at=AT)
    assert due_day("2026-03-10 09:00") == day("2026-03-12")


def test_another_process_reads_the_stamp_again_after_a_few_seconds(
    loaded, monkeypatch, django_assert_num_queries
):
    queries.get_calendar()
    monkeypatch.setattr(queries, "SECONDS_BETWEEN_READINGS", 0.0)
    with django_assert_num_queries(1):
        queries.get_calendar()


def test_an_unknown_calendar_is_refused(loaded):
    with pytest.raises(Refused) as refusal:
        queries.get_calendar("nowhere")
    assert refusal.value.code == "no_calendar"


def test_a_day_added_moves_the_due_day_and_is_signed(loaded):
    facts = DayFacts(on=day("2026-03-11"), kind="statutory", name="Quốc tang", basis="Thông cáo đặc biệt")
    actions.add_day(actor=Officer(), day=facts, at=AT)
    assert due_day("2026-03-10 09:00") == day("2026-03-12")
    change = CalendarChange.objects.get()
    assert (change.person_name, change.unit_name, change.basis) == (
        "Người thử",
        "Văn phòng",
        "Thông cáo đặc biệt",
    )


def test_a_day_of_one_calendar_leaves_the_others_alone(loaded):
    actions.create_calendar(actor=Officer(), code="mien-nui", name="Miền núi", at=AT)
    facts = DayFacts(
        on=day("2026-03-11"), kind="local_off", name="Lễ hội", basis="Quyết định", calendar_code="mien-nui"
    )
    actions.add_day(actor=Officer(), day=facts, at=AT)
    assert add_working_days(day("2026-03-10"), 1, queries.get_calendar("mien-nui")) == day("2026-03-12")
    assert due_day("2026-03-10 09:00") == day("2026-03-11")


def test_a_swap_gives_two_days_and_goes_back_as_a_pair(loaded):
    off, _worked = actions.swap_days(
        actor=Officer(), day_off=day("2026-03-13"), working_day=day("2026-03-14"), basis="Thông báo", at=AT
    )
    assert due_day("2026-03-12 09:00") == day("2026-03-14")
    actions.remove_day(actor=Officer(), day_id=off.pk, basis="Thu hồi thông báo", at=AT)
    assert due_day("2026-03-12 09:00") == day("2026-03-13")


def test_hours_change_from_a_day_on(loaded):
    actions.set_hours(
        actor=Officer(),
        calendar_code="default",
        weekdays=[0, 1, 2, 3, 4],
        hours="7:00-11:00; 13:00-16:30",
        valid_from=day("2026-06-01"),
        basis="Giờ mùa hè",
        at=AT,
    )
    calendar = queries.get_calendar()
    assert compute_due(moment("2026-05-28 09:00"), 1, "working_day", "default", (), calendar).at == moment(
        "2026-05-29 17:00"
    )
    assert compute_due(moment("2026-06-01 09:00"), 1, "working_day", "default", (), calendar).at == moment(
        "2026-06-02 16:30"
    )


def test_the_database_refuses_two_hours_for_one_day(loaded):
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficeHours.objects.create(
            calendar=WorkCalendar.objects.get(),
            weekday=0,
            segments=[],
            valid_from=day("2020-01-01"),
            basis="x",
        )


def test_a_year_cannot_be_official_without_its_days(loaded):
    with pytest.raises(Refused) as refusal:
        actions.decide_year(actor=Officer(), year=2028, status="confirmed", basis="Thông báo", at=AT)
    assert refusal.value.code == "empty_year"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"basis": " "}, "no_basis"),
        ({"on": date(2035, 1, 1)}, "no_calendar"),
        ({"on": date(2026, 9, 2)}, "day_taken"),
        ({"kind": "half_day"}, "no_hours"),
        ({"kind": "half_day", "hours": "11:30-07:30"}, "bad_hours"),
    ],
)
def test_a_careless_day_is_refused(loaded, change, code):
    facts = {"on": day("2026-03-11"), "kind": "local_off", "name": "Nghỉ", "basis": "Quyết định"} | change
    with pytest.raises(Refused) as refusal:
        actions.add_day(actor=Officer(), day=DayFacts(**facts), at=AT)
    assert refusal.value.code == code
    assert not CalendarChange.objects.exists()


@pytest.mark.parametrize(
    "act",
    [
        lambda actor: actions.add_day(
            actor=actor, day=DayFacts(on=date(2026, 3, 11), kind="local_off", name="x", basis="x"), at=AT
        ),
        lambda actor: actions.decide_year(actor=actor, year=2028, status="provisional", basis="x", at=AT),
        lambda actor: actions.create_calendar(actor=actor, code="x", name="x", at=AT),
        lambda actor: views.calendars(request(actor=actor)),
        lambda actor: views.year(request(actor=actor), 2026),
    ],
)
def test_only_an_administrator_comes_in(loaded, act):
    with pytest.raises(Refused) as refusal:
        act(Officer(posts=("intake_officer",)))
    assert refusal.value.code == "forbidden"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("07:30-11:30; 13:30-17:00", [["07:30", "11:30"], ["13:30", "17:00"]]),
        ("7h-11h30", [["07:00", "11:30"]]),
        ("", []),
    ],
)
def test_hours_are_read_as_people_write_them(typed, kept):
    assert read_hours(typed) == kept
    assert read_hours(write_hours(kept)) == kept


@pytest.mark.parametrize("typed", ["sáng", "07:30", "25:00-26:00", "07:30-11:30; 11:00-17:00", "08:00-08:00"])
def test_what_is_not_hours_is_refused(typed):
    with pytest.raises(Refused):
        read_hours(typed)


def make_xlsx(*rows):
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([list(COLUMNS.values()), *rows]):
            sheet.write_row(number, 0, row)
    return content.getvalue()


GOOD = ["01/01/2028", "Nghỉ lễ, Tết", "Tết Dương lịch", "", "", "Có", "Bộ luật Lao động điều 112"]
WRONG = ["31/02/2028", "Nghỉ mát", "", "", "sáng", "", ""]


def test_a_wrong_cell_is_named_by_row_column_and_reason():
    rows, problems = read_rows(sheets.read_table(make_xlsx(GOOD, WRONG, GOOD)))
    assert [row.row for row in rows] == [2]
    assert {(p.row, p.column) for p in problems} == {
        (3, "Ngày"),
        (3, "Loại ngày"),
        (3, "Tên ngày"),
        (3, "Giờ làm việc"),
        (3, "Căn cứ"),
        (4, "Ngày"),
    }
    assert all(problem.reason for problem in problems)


def test_a_trial_keeps_nothing_and_the_second_import_changes_nothing(loaded):
    rows, _problems = read_rows(sheets.read_table(make_xlsx(GOOD)))
    before = CalendarDay.objects.count()
    assert [d.state for d in actions.import_days(actor=Officer(), rows=rows, dry_run=True, at=AT)] == ["new"]
    assert CalendarDay.objects.count() == before
    actions.import_days(actor=Officer(), rows=rows, dry_run=False, at=AT)
    assert [d.state for d in actions.import_days(actor=Officer(), rows=rows, dry_run=False, at=AT)] == [
        "same"
    ]
    assert CalendarYear.objects.get(year=2028).status == "provisional"


def test_what_is_exported_is_imported_without_a_difference(loaded):
    rows, problems = read_rows(sheets.read_table(sheets.write_table(queries.find_days(2026))))
    assert not problems
    done = actions.import_days(actor=Officer(), rows=rows, dry_run=True, at=AT)
    assert {difference.state for difference in done} == {"same"} and len(done) == 17


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 broken"])
def test_what_is_not_excel_is_refused(content):
    with pytest.raises(Refused) as refusal:
        sheets.read_table(content)
    assert refusal.value.code == "bad_file"


def test_pages_answer(loaded):
    actions.create_calendar(actor=Officer(), code="mien-nui", name="Miền núi", at=AT)
    pages = [
        views.calendars(request()),
        views.year(request(), 2026),
        views.year(request(data={"lich": "mien-nui"}), 2026),
        views.year(request(), 2031),
        views.calendar(request(), "mien-nui"),
        views.set_hours(request(), "default"),
        views.add_day(request()),
        views.swap_days(request()),
        views.decide_year(request(data={"year": "2028"})),
        views.add_calendar(request()),
        views.import_days(request()),
        views.remove_day(request(), CalendarDay.objects.latest("on").pk),
    ]
    assert [page.status_code for page in pages] == [200] * len(pages)
    assert "Quốc khánh" in pages[1].content.decode()


def test_pages_of_many_calendars_cost_few_statements(loaded, django_assert_max_num_queries):
    for number in range(12):
        WorkCalendar.objects.create(code=f"c{number}", name=f"Lịch {number}")
    with django_assert_max_num_queries(8):
        views.calendars(request())
    with django_assert_max_num_queries(8):
        views.year(request(), 2026)


def test_a_refusal_is_said_at_its_field_and_the_typed_text_stays(loaded):
    typed = {"on": "02/09/2026", "kind": "local_off", "name": "Nghỉ thêm", "basis": "Quyết định"}
    answer = views.add_day(request("post", data=typed))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "đã có trong lịch này" in text and "Nghỉ thêm" in text


def test_acts_through_their_pages(loaded):
    typed = {
        "on": "12/03/2026",
        "kind": "half_day",
        "name": "Hội nghị",
        "hours": "07:30-11:30",
        "basis": "Giấy mời",
    }
    assert views.add_day(request("post", data=typed)).status_code == 302
    typed = {"day_off": "13/03/2026", "working_day": "14/03/2026", "basis": "Thông báo"}
    assert views.swap_days(request("post", data=typed)).status_code == 302
    typed = {"year": "2028", "status": "provisional", "basis": "Dự kiến"}
    assert views.decide_year(request("post", data=typed)).status_code == 302
    typed = {"name": "Miền núi", "code": "mien-nui", "copy_of": "default"}
    assert views.add_calendar(request("post", data=typed)).status_code == 302
    typed = {"weekdays": ["5"], "hours": "07:30-11:30", "valid_from": "01/04/2026", "basis": "Thí điểm"}
    assert views.set_hours(request("post", data=typed), "mien-nui").status_code == 302
    removed = CalendarDay.objects.get(on=day("2026-03-12"))
    assert views.remove_day(request("post", data={"basis": "Hoãn"}), removed.pk).status_code == 302
    assert CalendarChange.objects.count() == 6
    assert queries.get_calendar("mien-nui").is_working_day(day("2026-04-04"))


def test_an_import_is_tried_shown_and_then_kept(loaded):
    file = SimpleUploadedFile("lich.xlsx", make_xlsx(GOOD, WRONG))
    answer = views.import_days(request("post", data={"file": file}))
    text = answer.content.decode()
    assert answer.status_code == 200 and "thêm mới" in text and "Không có loại ngày này" in text
    assert not CalendarDay.objects.filter(on__year=2028).exists()
    packed = text.split('name="packed" value="')[1].split('"')[0]
    assert views.keep_import(request("post", data={"packed": packed})).status_code == 302
    assert CalendarDay.objects.get(on__year=2028).name == "Tết Dương lịch"


def test_a_trial_that_was_tampered_with_is_refused(loaded):
    with pytest.raises(Refused) as refusal:
        views.keep_import(request("post", data={"packed": "x"}))
    assert refusal.value.code == "stale"


def test_the_explanation_is_said_in_the_active_language(loaded):
    due = compute_due(AT, 3, "working_day", "default", (), queries.get_calendar())
    said = queries.explain(due.lines)
    assert said[-1].text == "Hẹn trả kết quả: 17:00 13/03/2026."
    assert any(line.article.startswith("Bộ luật Dân sự") for line in said)
    assert queries.say_left(AT, AT + timedelta(hours=1), queries.get_calendar()) == "còn 1 giờ"
