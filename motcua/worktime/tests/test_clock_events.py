"""Pauses, restarts and extensions, and what must hold whatever happens."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.core.refusal import Refused
from motcua.worktime.rules import (
    ClockEvent,
    ClockEventKind,
    CountMode,
    DayKind,
    DayRule,
    LimitUnit,
    StartRule,
    add_working_days,
    compute_due,
)
from motcua.worktime.tests.factories import day, make_calendar, moment, usual_calendar


def pause(first, last=None, reason=""):
    return ClockEvent(ClockEventKind.PAUSE, moment(first), moment(last) if last else None, reason)


def due(received, limit, unit, *events, mode=CountMode.EXCLUDE_FIRST_DAY):
    return compute_due(moment(received), limit, unit, "default", events, usual_calendar(), mode)


def test_a_pause_in_days_gives_back_the_working_days_in_it():
    assert due("2026-03-09 09:00", 5, "working_day").at == moment("2026-03-16 17:00")
    paused = due("2026-03-09 09:00", 5, "working_day", pause("2026-03-10 10:00", "2026-03-12 10:00"))
    assert paused.at == moment("2026-03-18 17:00")


def test_a_pause_over_the_weekend_only_gives_nothing_back():
    assert due(
        "2026-03-09 09:00", 5, "working_day", pause("2026-03-13 16:59", "2026-03-13 17:00")
    ).at == moment("2026-03-16 17:00")


def test_pause_and_resume_as_two_events_are_one_closed_pause():
    events = (pause("2026-03-10 10:00"), ClockEvent("resume", moment("2026-03-12 10:00")))
    closed = due("2026-03-09 09:00", 5, "working_day", pause("2026-03-10 10:00", "2026-03-12 10:00"))
    assert due("2026-03-09 09:00", 5, "working_day", *events).at == closed.at


def test_two_pauses_that_overlap_are_given_back_once():
    both = (pause("2026-03-10 10:00", "2026-03-12 10:00"), pause("2026-03-11 10:00", "2026-03-13 10:00"))
    whole = due("2026-03-09 09:00", 5, "working_day", pause("2026-03-10 10:00", "2026-03-13 10:00"))
    assert due("2026-03-09 09:00", 5, "working_day", *both).at == whole.at == moment("2026-03-19 17:00")


def test_a_pause_in_hours_gives_back_the_working_hours():
    answer = due("2026-03-09 08:00", 4, "working_hour", pause("2026-03-09 09:00", "2026-03-10 09:00"))
    assert answer.at == moment("2026-03-10 14:00")


def test_a_pause_on_the_last_day_leaves_until_the_day_it_goes_on():
    answer = due("2026-03-09 09:00", 1, "working_day", pause("2026-03-10 10:00", "2026-03-14 10:00"))
    assert answer.at == moment("2026-03-16 17:00")


def test_calendar_days_paused_are_given_back_in_calendar_days():
    answer = due("2026-03-10 09:00", 10, "calendar_day", pause("2026-03-11 09:00", "2026-03-13 09:00"))
    assert answer.at == moment("2026-03-23 17:00")  # 20/3 + 2 = Sunday 22/3, rolls


def test_the_kept_hour_survives_a_pause():
    answer = due(
        "2026-03-09 09:20",
        2,
        "working_day",
        pause("2026-03-09 10:00", "2026-03-10 10:00"),
        mode=CountMode.HOUR_PRESERVING,
    )
    assert answer.at == moment("2026-03-12 09:20")


def test_an_open_pause_keeps_the_promise_and_says_that_it_will_move():
    answer = due("2026-03-09 09:00", 5, "working_day", pause("2026-03-10 10:00", reason="chờ bổ sung"))
    assert answer.is_paused
    assert answer.at == moment("2026-03-16 17:00")
    assert [line.kind for line in answer.lines][-2:] == ["still_paused", "due"]
    assert "chờ bổ sung" in next(line.text for line in answer.lines if line.kind == "paused")


def test_a_pause_after_the_promise_was_missed_changes_nothing():
    answer = due("2026-03-09 09:00", 1, "working_day", pause("2026-03-12 10:00", "2026-03-16 10:00"))
    assert answer.at == moment("2026-03-10 17:00")
    assert "paused_late" in [line.kind for line in answer.lines]


def test_a_full_dossier_starts_the_limit_again():
    answer = due(
        "2026-03-09 09:00",
        5,
        "working_day",
        pause("2026-03-10 10:00"),
        ClockEvent("restart", moment("2026-03-17 09:00")),
    )
    assert answer.at == moment("2026-03-24 17:00")
    assert not answer.is_paused


def test_an_extension_sets_the_new_promise_and_never_an_earlier_one():
    extend = ClockEvent("extend", moment("2026-03-13 09:00"), moment("2026-03-20 17:00"))
    assert due("2026-03-09 09:00", 5, "working_day", extend).at == moment("2026-03-20 17:00")
    earlier = ClockEvent("extend", moment("2026-03-13 09:00"), moment("2026-03-12 17:00"))
    with pytest.raises(Refused) as refusal:
        due("2026-03-09 09:00", 5, "working_day", earlier)
    assert refusal.value.code == "extension_not_later"


def test_without_a_limit_events_move_nothing():
    assert due("2026-03-09 09:00", None, "none", pause("2026-03-10 10:00", "2026-03-12 10:00")).at is None


MINUTES_OF_2025 = 365 * 24 * 60
RECEIPTS = st.integers(0, MINUTES_OF_2025).map(
    lambda minutes: moment("2025-01-01 00:00") + timedelta(minutes=minutes)
)
LIMITS = st.tuples(
    st.integers(0, 40), st.sampled_from([u for u in LimitUnit if u not in ("none", "month")])
) | st.tuples(st.integers(0, 3), st.just(LimitUnit.MONTH))
RULES = st.sampled_from(list(StartRule))
MODES = st.sampled_from(list(CountMode))
WAITS = st.tuples(st.integers(0, 60 * 24 * 60), st.integers(0, 60 * 24 * 60))
OFF_DAYS = st.sets(st.integers(0, 500), max_size=6).map(
    lambda days: {day("2025-01-02") + timedelta(days=n): DayRule(DayKind.LOCAL_OFF, "Nghỉ") for n in days}
)


def count(received, limit, rule, mode, events=(), calendar=None):
    return compute_due(received, *limit, rule, events, calendar or usual_calendar(), mode)


@settings(max_examples=250, deadline=None)
@given(RECEIPTS, LIMITS, RULES, MODES, WAITS)
def test_a_pause_never_makes_it_earlier(received, limit, rule, mode, wait):
    first = received + timedelta(minutes=wait[0])
    last = first + timedelta(minutes=wait[1])
    plain = count(received, limit, rule, mode)
    for events in (
        [ClockEvent("pause", first, last)],
        [ClockEvent("pause", first), ClockEvent("resume", last)],
    ):
        paused = count(received, limit, rule, mode, events)
        assert paused.at >= plain.at
        assert paused.at >= last or paused.at == plain.at or paused.at.date() >= last.date()


@settings(max_examples=150, deadline=None)
@given(RECEIPTS, LIMITS, RULES, MODES, WAITS)
def test_recomputing_gives_the_same_and_lines_end_at_due(received, limit, rule, mode, wait):
    events = [ClockEvent("pause", received + timedelta(minutes=wait[0]))]
    one, two = (
        count(received, limit, rule, mode, events, calendar)
        for calendar in (usual_calendar(), make_calendar())
    )
    assert one == two
    assert one.lines[-1].kind == "due" and one.lines[-1].at == one.at
    assert all(line.text for line in one.lines)
    assert usual_calendar().is_working_day(one.at.date())
    assert one.at >= received


@settings(max_examples=100, deadline=None)
@given(RECEIPTS, LIMITS, RULES, MODES, OFF_DAYS)
def test_adding_a_holiday_never_makes_it_earlier_and_touches_no_other_calendar(
    received, limit, rule, mode, off
):
    before = count(received, limit, rule, mode)
    other = make_calendar(days=off, code="other")
    assert count(received, limit, rule, mode, calendar=other).at >= before.at
    assert count(received, limit, rule, mode) == before


@settings(max_examples=200, deadline=None)
@given(RECEIPTS, st.integers(0, 60))
def test_searching_by_halves_agrees_with_walking_day_by_day(received, amount):
    calendar, walked = usual_calendar(), received.date()
    left = amount
    while left or not calendar.is_working_day(walked):
        walked += timedelta(days=1)
        left -= left and calendar.is_working_day(walked)
    assert add_working_days(received.date(), amount, calendar) == walked
