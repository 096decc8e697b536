"""Early, on time, late; time left in words; the bar."""

from datetime import date, time, timedelta

import pytest

from motcua.worktime.rules import Calendar, DayKind, DayRule, HoursRule, Stretch, bar, describe_left, judge
from motcua.worktime.tests.factories import (
    EIGHT_HOURS,
    USUAL,
    day,
    make_calendar,
    moment,
    read_holidays,
    usual_calendar,
)

DUE = "2026-03-12 17:00"


@pytest.mark.parametrize(
    ("finished", "unit", "now", "expected"),
    [
        ("2026-03-11 17:30", "working_day", DUE, "early"),
        ("2026-03-12 08:00", "working_day", DUE, "on_time"),
        ("2026-03-12 20:00", "calendar_day", DUE, "on_time"),
        ("2026-03-13 07:30", "month", DUE, "late"),
        ("2026-03-12 16:59", "working_hour", DUE, "early"),
        ("2026-03-12 17:00", "working_hour", DUE, "on_time"),
        ("2026-03-12 17:01", "working_hour", DUE, "late"),
        (None, "working_day", "2026-03-12 20:00", "running"),
        (None, "working_day", "2026-03-13 00:01", "late"),
        (None, "working_hour", "2026-03-12 17:01", "late"),
    ],
)
def test_timeliness_is_judged_at_the_granularity_of_the_limit(finished, unit, now, expected):
    assert judge(moment(finished) if finished else None, moment(DUE), unit, moment(now)) == expected


def test_without_a_limit_nothing_is_late():
    assert judge(None, None, "none", moment(DUE)) == "running"
    assert judge(moment(DUE), None, "none", moment(DUE)) == "on_time"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-10 14:00", "còn 2 ngày 3 giờ"),
        ("2026-03-12 16:20", "còn 40 phút"),
        ("2026-03-12 17:00", "đến hạn ngay bây giờ"),
        ("2026-03-13 08:50", "quá hạn 1 giờ 20 phút"),
        ("2026-03-12 18:00", "vừa quá hạn"),
        ("2026-03-16 17:00", "quá hạn 2 ngày"),
    ],
)
def test_time_left_is_said_in_working_time(now, expected):
    assert describe_left(moment(now), moment(DUE), make_calendar(segments=EIGHT_HOURS)) == expected


def test_a_calendar_is_built_once_and_is_quick_after():
    calendar = usual_calendar()
    assert calendar.working_days is calendar.working_days


@pytest.mark.parametrize("years", [{2025: True, 2026: False}, {2024: True, 2026: True}])
def test_the_working_days_in_one_go_are_those_of_asking_day_by_day(years):
    until, since = day("2026-04-01"), EIGHT_HOURS[:1]
    hours = (
        *(HoursRule(weekday, USUAL, day("2018-01-01"), until) for weekday in range(5)),
        *(HoursRule(weekday, EIGHT_HOURS, until) for weekday in (0, 2, 4, 5)),
        HoursRule(2, since, until),
    )
    differing = {day(f"2026-05-{on:02}"): DayRule(kind, kind) for on, kind in enumerate(DayKind, 11)}
    differing[day("2026-03-14")] = DayRule(DayKind.SWAPPED_WORKING, "", since)
    calendar = Calendar("", "", hours, read_holidays() | differing, years)
    first, end = date(min(years), 1, 1), date(max(years) + 1, 1, 1)
    days = [first + timedelta(days=on) for on in range((end - first).days)]
    walked = [(one.toordinal(), calendar.segments(one)) for one in days if one.year in years]
    assert list(zip(calendar.working_days.ordinals, calendar.working_days.hours, strict=True)) == [
        (on, tuple((_seconds(begin), _seconds(end)) for begin, end in segments))
        for on, segments in walked
        if segments
    ]


def _seconds(moment: time) -> int:
    return moment.hour * 3600 + moment.minute * 60


def test_the_bar_shows_elapsed_and_pauses_in_shares():
    drawn = bar(
        moment("2026-03-10 00:00"),
        moment("2026-03-14 00:00"),
        moment("2026-03-12 00:00"),
        [(moment("2026-03-11 00:00"), moment("2026-03-12 00:00"))],
    )
    assert (drawn.elapsed, drawn.due, drawn.pauses) == (50.0, 100.0, (Stretch(25.0, 25.0),))
    assert not drawn.is_late and not drawn.is_paused


def test_a_late_bar_ends_now_and_marks_the_promise_inside():
    drawn = bar(moment("2026-03-10 00:00"), moment("2026-03-12 00:00"), moment("2026-03-14 00:00"))
    assert (drawn.elapsed, drawn.due, drawn.is_late) == (100.0, 50.0, True)


def test_an_open_pause_is_drawn_until_now():
    drawn = bar(
        moment("2026-03-10 00:00"),
        moment("2026-03-14 00:00"),
        moment("2026-03-12 00:00"),
        [(moment("2026-03-11 00:00"), None)],
    )
    assert drawn.is_paused and drawn.pauses == (Stretch(25.0, 25.0),)


def test_a_bar_of_no_length_does_not_divide_by_zero():
    same = moment("2026-03-10 09:00")
    assert bar(same, same, same).elapsed == 0.0
