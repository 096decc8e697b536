"""One form and several agencies, and land with its two appointments: the published examples, worked out."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.refusal import Refused
from motcua.dossiers.rules import interlinked
from motcua.dossiers.rules.interlinked import Group, Order, Part
from motcua.dossiers.rules.states import State
from motcua.worktime.rules import ZONE, ClockEvent, ClockEventKind, StartRule, compute_due
from motcua.worktime.tests.factories import EIGHT_HOURS, make_calendar, moment

CALENDAR = make_calendar(segments=EIGHT_HOURS)
MOMENTS = st.datetimes(datetime(2026, 1, 5), datetime(2026, 10, 1)).map(  # noqa: DTZ001 - the zone is added
    lambda d: d.replace(tzinfo=ZONE, microsecond=0)
)
BIRTH = Group(
    "Khai sinh, cư trú, thẻ BHYT", Decimal(3), StartRule.NEXT_DAY_AFTER_15, StartRule.NEXT_DAY_AFTER_15,
    (Part(1, "Khai sinh", Decimal(1)), Part(2, "Cư trú", Decimal(2), (1,)), Part(3, "Thẻ BHYT", Decimal(2), (1,))),
    "Nghị định 63/2024/NĐ-CP",
)  # fmt: skip
KARAOKE = Group(
    "Cấp phép karaoke", Decimal(16), StartRule.LAST_HOUR_NEXT_DAY, StartRule.AFTER_17_NEXT_DAY,
    (Part(1, "Phần một", Decimal(3)), Part(2, "Phần hai", Decimal(3), (1,)), Part(3, "Phần ba", Decimal(10), (2,))),
    "Nghị định 297/2025/NĐ-CP",
)  # fmt: skip


def plan(group=BIRTH, order=Order.AT_ONCE, received="2026-03-10 09:00"):
    made = interlinked.make_plan(group, order, moment(received), CALENDAR)
    return made.due_at, {part.no: part.due_at for part in made.parts}


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-03-10 15:00", "2026-03-13 17:00"),
        ("2026-03-10 15:01", "2026-03-16 17:00"),  # after 15:00: counted from the next working day
        ("2026-03-13 15:01", "2026-03-19 17:00"),  # Friday
    ],
)
def test_a_birth_received_after_fifteen_oclock_counts_from_the_next_working_day(received, due):
    assert plan(received=received)[0] == moment(due)


def test_each_agency_has_its_own_date_within_the_whole():
    due, parts = plan()
    assert due == moment("2026-03-13 17:00")
    assert parts == {
        1: moment("2026-03-11 17:00"), 2: moment("2026-03-13 17:00"), 3: moment("2026-03-13 17:00"),
    }  # fmt: skip


def test_three_and_three_and_ten_make_sixteen():
    due, parts = plan(KARAOKE, Order.SERIES)
    assert list(parts) == [1, 2, 3]
    assert parts[1] == moment("2026-03-13 17:00") and parts[2] == moment("2026-03-18 17:00")
    assert parts[3] == due == moment("2026-04-01 17:00")


@pytest.mark.parametrize(
    ("parts", "total", "code"),
    [
        ((), 3, "unknown_part"),
        ((Part(1, "a", Decimal(1), (9,)),), 3, "unknown_part"),
        ((Part(1, "a", Decimal(1), (2,)), Part(2, "b", Decimal(1), (1,))), 3, "circle"),
        ((Part(1, "a", Decimal(2)), Part(2, "b", Decimal(2), (1,))), 3, "too_long"),
    ],
)
def test_what_cannot_be_promised_is_refused(parts, total, code):
    group = Group("x", Decimal(total), StartRule.DEFAULT, StartRule.DEFAULT, parts, "Điều 1")
    with pytest.raises(Refused) as no:
        interlinked.require_group(group, Order.AT_ONCE)
    assert no.value.code == code


def test_parts_beside_each_other_may_be_longer_in_sum_than_the_whole():
    interlinked.require_group(BIRTH, Order.AT_ONCE)
    with pytest.raises(Refused):
        interlinked.require_group(BIRTH, Order.SERIES)


@given(MOMENTS, st.sampled_from([(BIRTH, Order.AT_ONCE), (KARAOKE, Order.SERIES), (KARAOKE, Order.AT_ONCE)]))
def test_no_part_is_promised_after_the_whole_and_none_before_what_it_needs(received, chosen):
    group, order = chosen
    made = interlinked.make_plan(group, order, received, CALENDAR)
    dues = {part.no: part for part in made.parts}
    for part in group.parts:
        assert dues[part.no].due_at <= made.due_at
        assert all(dues[no].due_at <= dues[part.no].due_at for no in part.needs)


@pytest.mark.parametrize(
    ("states", "whole"),
    [
        ("received received", "received"),
        ("received processing", "processing"),
        ("result_ready processing", "processing"),
        ("result_ready result_ready", "result_ready"),
        ("awaiting_supplement result_ready", "awaiting_supplement"),
        ("awaiting_payment processing", "awaiting_payment"),
        ("returned result_ready", "result_ready"),
        ("returned stopped", "returned"),
        ("stopped withdrawn", "stopped"),
        ("submitted submitted", "submitted"),
    ],
)
def test_the_whole_waits_where_one_waits_and_is_ready_when_all_are(states, whole):
    parts = {number: State(word) for number, word in enumerate(states.split())}
    assert interlinked.find_whole_state(parts) == State(whole)


@given(st.lists(st.sampled_from(list(State)), min_size=1, max_size=5))
def test_a_whole_with_an_open_part_has_not_ended(states):
    whole = interlinked.find_whole_state(dict(enumerate(states)))
    open_ = {s for s in states if s not in interlinked.ENDING and s not in (
        State.NOT_ACCEPTED, State.WITHDRAWN, State.STOPPED)}  # fmt: skip
    assert bool(open_) == (
        whole not in (State.RESULT_READY, State.RETURNED, State.NOT_ACCEPTED, State.WITHDRAWN, State.STOPPED)
    )


# Land: two appointments

RECEIVED = moment("2026-03-02 09:00")


# Which part begins, which never will: the group's own data say it

BEGUN, WAITS = interlinked.Standing(State.PROCESSING), interlinked.Standing()
YES, NO = (interlinked.Standing(State.RESULT_READY, outcome) for outcome in ("approved", "refused"))
STOPPED = interlinked.Standing(State.STOPPED)
LAND = Group(
    "Đất", None, StartRule.DEFAULT, StartRule.DEFAULT,
    (Part(1, "Biến động", Decimal(5)), Part(2, "Thuế", Decimal(5), (1,), interlinked.Start.NOTICE)), "Hẹn hai lần",
)  # fmt: skip
IN_TURN = Group(
    "Lần lượt", None, StartRule.DEFAULT, StartRule.DEFAULT,
    (Part(1, "a", Decimal(1)), Part(2, "b", Decimal(1), (1,), interlinked.Start.ENDED)), "Điều 1",
)  # fmt: skip
PAYING = interlinked.Standing(State.AWAITING_PAYMENT)


@pytest.mark.parametrize(
    ("group", "order", "parts", "ready", "dropped"),
    [
        (BIRTH, Order.AT_ONCE, (WAITS, WAITS, WAITS), (1,), ()),
        (BIRTH, Order.AT_ONCE, (BEGUN, WAITS, WAITS), (), ()),
        (BIRTH, Order.AT_ONCE, (YES, WAITS, WAITS), (2, 3), ()),  # both at once: Decree 61 art. 19.6
        (BIRTH, Order.SERIES, (YES, WAITS, WAITS), (2,), ()),  # on paper one after the other
        (BIRTH, Order.SERIES, (YES, STOPPED, WAITS), (3,), ()),  # a stopped part stops no other
        (BIRTH, Order.AT_ONCE, (NO, WAITS, WAITS), (), (2, 3)),  # without the birth nothing that needs it
        (BIRTH, Order.AT_ONCE, (STOPPED, WAITS, WAITS), (), (2, 3)),
        (BIRTH, Order.AT_ONCE, (YES, NO, WAITS), (3,), ()),
        (
            BIRTH,
            Order.AT_ONCE,
            (BEGUN, interlinked.Standing(is_dropped=True), WAITS),
            (),
            (),
        ),  # reopened: waits again
        (
            KARAOKE,
            Order.AT_ONCE,
            (NO, WAITS, WAITS),
            (),
            (2, 3),
        ),  # what needs what was left out is left out too
        (IN_TURN, Order.AT_ONCE, (NO, WAITS), (2,), ()),  # only its turn was waited for
        (LAND, Order.AT_ONCE, (BEGUN, WAITS), (), ()),
        (LAND, Order.AT_ONCE, (PAYING, WAITS), (2,), ()),  # the slip goes to the tax office in the middle
        (LAND, Order.AT_ONCE, (YES, WAITS), (), (2,)),  # nothing was owed
    ],
)
def test_which_part_begins_and_which_never_will(group, order, parts, ready, dropped):
    standings = dict(enumerate(parts, 1))
    assert interlinked.find_next(group, order, standings) == (ready, dropped)


@pytest.mark.parametrize(
    ("parts", "outcome"),
    [
        ((YES, YES, YES), "approved"), ((YES, NO, YES), "partly"), ((YES, STOPPED, YES), "partly"),
        ((NO, interlinked.Standing(is_dropped=True)), "refused"), ((STOPPED, STOPPED), "refused"),
        ((YES, BEGUN), ""), ((YES, WAITS), ""),
    ],
)  # fmt: skip
def test_the_whole_says_only_whether_all_went_one_way(parts, outcome):
    assert interlinked.find_outcome(parts) == outcome


P = interlinked.Promise


@pytest.mark.parametrize(
    ("promises", "due"),
    [
        ({}, "2026-03-13 17:00"),
        ({1: P(moment("2026-03-11 17:00"), moment("2026-03-11 17:00"))}, "2026-03-13 17:00"),
        # an agency that got its part late has its own time, but the person was promised the whole
        ({2: P(moment("2026-03-20 17:00"), moment("2026-03-20 17:00"))}, "2026-03-13 17:00"),
        # what the law moved in a part moves what comes after it
        ({1: P(moment("2026-03-11 17:00"), moment("2026-03-13 17:00"))}, "2026-03-17 17:00"),
        ({2: P(moment("2026-03-13 17:00"), moment("2026-03-16 17:00"))}, "2026-03-16 17:00"),
    ],
)
def test_the_promise_of_the_whole_moves_only_by_what_the_law_moved(promises, due):
    made = interlinked.make_plan(BIRTH, Order.AT_ONCE, moment("2026-03-10 09:00"), CALENDAR)
    assert interlinked.find_whole_due(BIRTH, Order.AT_ONCE, made, promises, CALENDAR) == moment(due)


def _count_two_stages(paid, days):
    """Five days until the tax office was told, a day late, and `days` from the proof of payment."""
    told = ClockEvent(ClockEventKind.PAUSE, moment("2026-03-10 08:00"))
    events = [told, ClockEvent(ClockEventKind.STAGE, paid, amount=Decimal(days))]
    return compute_due(RECEIVED, 5, "working_day", StartRule.DEFAULT, events, CALENDAR)


def test_the_second_stage_has_its_own_limit_from_the_proof_on_the_clock():
    due = _count_two_stages(moment("2026-04-20 10:00"), 3)
    assert due.at == moment("2026-04-23 17:00")
    assert [line.kind for line in due.lines].count("stage") == 1 and not due.is_paused


@given(st.integers(1, 90))
def test_however_long_the_applicant_takes_the_second_stage_has_its_whole_time(days):
    paid = moment("2026-03-10 08:00") + timedelta(days=days)
    alone = compute_due(paid, 3, "working_day", StartRule.DEFAULT, [], CALENDAR)
    assert _count_two_stages(paid, 3).at == alone.at
