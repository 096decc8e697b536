"""Where limits end: the drawn table first, then each unit, start rule and kind of day."""

from datetime import datetime, time
from decimal import Decimal

import pytest

from motcua.core.refusal import Refused
from motcua.worktime.rules import (
    CountMode,
    DayKind,
    DayRule,
    StartRule,
    add_working_days,
    add_working_hours,
    compute_due,
    working_hours_between,
)
from motcua.worktime.tests.factories import EIGHT_HOURS, day, make_calendar, moment, usual_calendar

# received, limit, unit, due day, article, what is hard about it
VECTORS = [
    ("2026-02-10", 5, "working_day", "2026-02-24", "Labour Code 112: Tết 16–20/2"),
    ("2026-02-13", 1, "working_day", "2026-02-23", "Labour Code 112: Tết and two weekends"),
    (
        "2026-04-24",
        3,
        "working_day",
        "2026-05-04",
        "Labour Code 111.3: 27/4 makes up for Hùng Kings; 30/4, 1/5",
    ),
    ("2026-08-21", 3, "working_day", "2026-08-25", "swap: Saturday 22/8 is worked"),
    ("2026-08-28", 2, "working_day", "2026-09-04", "swap: 31/8 off; 1–2/9"),
    ("2026-11-23", 1, "working_day", "2026-11-25", "Resolution 28/2026/QH16: 24/11"),
    ("2026-02-10", 10, "calendar_day", "2026-02-23", "Civil Code 148.5: 20/2 rolls"),
    ("2026-02-10", 15, "calendar_day", "2026-02-25", "Civil Code 147: no roll"),
    ("2026-08-25", 7, "calendar_day", "2026-09-03", "Civil Code 148.5: rolls over 1/9 and 2/9"),
]


def due(received, limit, unit, *, rule="default", events=(), calendar=None, mode=CountMode.EXCLUDE_FIRST_DAY):
    return compute_due(moment(received), limit, unit, rule, events, calendar or usual_calendar(), mode)


@pytest.mark.parametrize(("received", "limit", "unit", "expected", "article"), VECTORS)
def test_the_table_of_the_law(received, limit, unit, expected, article):
    assert due(f"{received} 09:00", limit, unit).at == moment(f"{expected} 17:00"), article


@pytest.mark.parametrize(
    ("received", "months", "expected"),
    [
        ("2026-03-16 09:00", 1, "2026-04-16 17:00"),
        ("2025-12-31 09:00", 2, "2026-03-02 17:00"),  # no 31/2: 28/2 is a Saturday and rolls
        ("2024-01-31 09:00", 1, "2024-02-29 17:00"),  # leap year, a Thursday
        ("2026-03-16 09:00", Decimal("1.5"), "2026-05-04 17:00"),  # 16/4 + 15 days = 1/5, holiday, weekend
    ],
)
def test_months_run_date_to_date_and_fall_back_to_the_last_day(received, months, expected):
    assert due(received, months, "month").at == moment(expected)


@pytest.mark.parametrize(
    ("received", "rule", "expected"),
    [
        ("2026-03-10 14:59", StartRule.NEXT_DAY_AFTER_15, "2026-03-10 17:00"),
        ("2026-03-10 15:00", StartRule.NEXT_DAY_AFTER_15, "2026-03-10 17:00"),
        ("2026-03-10 15:01", StartRule.NEXT_DAY_AFTER_15, "2026-03-11 17:00"),
        ("2026-03-13 15:01", StartRule.NEXT_DAY_AFTER_15, "2026-03-16 17:00"),
        ("2026-03-14 09:00", StartRule.NEXT_DAY_AFTER_15, "2026-03-16 17:00"),
        ("2026-02-13 16:00", StartRule.NEXT_DAY_AFTER_15, "2026-02-23 17:00"),
        ("2026-03-10 16:30", StartRule.DEFAULT, "2026-03-10 17:00"),
        ("2026-03-10 18:00", StartRule.DEFAULT, "2026-03-11 17:00"),
    ],
)
def test_1_001193_is_answered_the_same_day_or_the_next_working_day_after_15(received, rule, expected):
    assert due(received, None, "same_day", rule=rule).at == moment(expected)


@pytest.mark.parametrize(
    ("received", "rule", "expected"),
    [
        ("2026-03-10 16:50", StartRule.AFTER_17_NEXT_DAY, "2026-03-11 08:20"),
        ("2026-03-10 17:30", StartRule.AFTER_17_NEXT_DAY, "2026-03-11 09:00"),  # counted from 08:00
        ("2026-03-14 10:00", StartRule.AFTER_17_NEXT_DAY, "2026-03-16 09:00"),
        ("2026-03-10 15:59", StartRule.LAST_HOUR_NEXT_DAY, "2026-03-10 16:59"),
        ("2026-03-10 16:00", StartRule.LAST_HOUR_NEXT_DAY, "2026-03-11 08:30"),
        ("2026-03-10 12:00", StartRule.DEFAULT, "2026-03-10 14:30"),
        ("2026-03-10 06:00", StartRule.DEFAULT, "2026-03-10 08:30"),
    ],
)
def test_each_start_rule_has_its_own_hour(received, rule, expected):
    assert due(received, 1, "working_hour", rule=rule).at == moment(expected)


def test_working_hours_run_over_lunch_night_and_weekend():
    calendar = make_calendar(segments=EIGHT_HOURS)
    assert due("2026-03-10 11:00", 2, "working_hour", calendar=calendar).at == moment("2026-03-10 14:30")
    assert due("2026-03-13 16:00", 8, "working_hour", calendar=calendar).at == moment("2026-03-16 16:00")


def test_a_limit_that_ends_at_closing_stays_there():
    calendar = make_calendar(segments=EIGHT_HOURS)
    assert add_working_hours(moment("2026-03-13 09:00"), Decimal("6.5"), calendar) == moment(
        "2026-03-13 17:00"
    )


def test_a_saturday_receipt_starts_on_the_next_working_day():
    assert due("2026-03-14 09:00", 1, "working_day").at == moment("2026-03-17 17:00")


def test_the_hour_is_kept_when_the_procedure_counts_so():
    kept = CountMode.HOUR_PRESERVING
    assert due("2026-03-10 09:20", 2, "working_day", mode=kept).at == moment("2026-03-12 09:20")
    assert due("2026-03-10 12:20", 2, "working_day", mode=kept).at == moment("2026-03-12 13:30")


def test_half_a_working_day_is_counted_in_hours():
    calendar = make_calendar(segments=EIGHT_HOURS)
    assert due("2026-03-10 09:00", Decimal("0.5"), "working_day", calendar=calendar).at == moment(
        "2026-03-10 14:30"
    )


def test_a_half_day_counts_whole_and_ends_when_it_closes():
    half = {day("2026-03-11"): DayRule(DayKind.HALF_DAY, "Hội nghị", ((time(7, 30), time(11, 30)),))}
    calendar = make_calendar(days=half)
    assert due("2026-03-10 09:00", 1, "working_day", calendar=calendar).at == moment("2026-03-11 11:30")
    assert due("2026-03-10 16:30", 5, "working_hour", calendar=calendar).at == moment("2026-03-12 08:00")


def test_a_day_off_of_one_unit_does_not_touch_another():
    local = {day("2026-03-11"): DayRule(DayKind.LOCAL_OFF, "Ngày truyền thống")}
    assert due("2026-03-10 09:00", 1, "working_day", calendar=make_calendar(days=local)).at == moment(
        "2026-03-12 17:00"
    )
    assert due("2026-03-10 09:00", 1, "working_day").at == moment("2026-03-11 17:00")


def test_a_provisional_year_computes_and_says_so():
    answer = due("2026-12-30 09:00", 5, "working_day")
    assert answer.is_provisional
    assert "provisional" in [line.kind for line in answer.lines]
    assert not due("2026-12-01 09:00", 5, "working_day").is_provisional


@pytest.mark.parametrize(
    ("received", "limit", "unit"),
    [
        ("2027-12-30 09:00", 20, "working_day"),
        ("2027-12-30 09:00", 20, "calendar_day"),
        ("2027-12-30 09:00", 90, "working_hour"),
        ("2027-12-30 09:00", 2, "month"),
        ("2028-03-01 09:00", 1, "working_day"),
    ],
)
def test_a_year_without_rows_is_refused_by_its_name(received, limit, unit):
    with pytest.raises(Refused, match="2028") as refusal:
        due(received, limit, unit)
    assert refusal.value.code == "no_calendar"


def test_a_gap_between_decided_years_is_refused_too():
    calendar = make_calendar(years={2025: True, 2027: True})
    with pytest.raises(Refused, match="2026"):
        due("2025-12-31 09:00", 3, "working_day", calendar=calendar)


def test_no_limit_gives_no_moment_but_a_sentence():
    for limit, unit in ((None, "working_day"), (None, "none"), (3, "none")):
        answer = due("2026-03-10 09:00", limit, unit)
        assert answer.at is None
        assert answer.lines[-1].kind == "limit_none"


def test_a_negative_limit_is_refused():
    with pytest.raises(Refused) as refusal:
        due("2026-03-10 09:00", -1, "working_day")
    assert refusal.value.code == "bad_limit"


def test_the_explanation_reads_as_sentences():
    answer = due("2026-08-28 18:05", 2, "working_day")
    said = [line.text for line in answer.lines]
    assert said[0] == "Nhận hồ sơ lúc 18:05 28/08/2026."
    assert "Ngoài giờ làm việc: thời hạn tính từ 07:30 03/09/2026." in said
    assert said[-1] == "Hẹn trả kết quả: 17:00 07/09/2026."


def test_the_days_left_out_and_the_saturday_worked_are_named():
    off = next(line for line in due("2026-08-28 09:00", 2, "working_day").lines if line.kind == "days_off")
    assert "31/08/2026" in off.text and "02/09/2026 (Quốc khánh)" in off.text
    worked = next(
        line for line in due("2026-08-21 09:00", 3, "working_day").lines if line.kind == "days_worked"
    )
    assert "22/08/2026" in worked.text


def test_a_moment_in_another_zone_is_the_same_moment():
    utc = datetime.fromisoformat("2026-03-10T02:00:00+00:00")
    calendar = usual_calendar()
    assert compute_due(utc, 1, "working_day", "default", (), calendar).at == moment("2026-03-11 17:00")


def test_working_time_between_two_moments():
    calendar = usual_calendar()
    assert working_hours_between(moment("2026-03-10 11:00"), moment("2026-03-10 14:00"), calendar) == 1
    assert working_hours_between(moment("2026-03-13 16:30"), moment("2026-03-16 08:00"), calendar) == 1
    assert working_hours_between(moment("2026-03-16 08:00"), moment("2026-03-13 16:30"), calendar) == 0


def test_adding_no_working_day_finds_the_first_one():
    assert add_working_days(day("2026-02-14"), 0, usual_calendar()) == day("2026-02-23")
    assert add_working_days(day("2026-02-13"), 0, usual_calendar()) == day("2026-02-13")
