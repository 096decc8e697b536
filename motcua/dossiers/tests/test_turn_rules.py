"""The turns before they are acts: each article as a row, and what must hold whatever the history."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.refusal import Refused
from motcua.dossiers.rules import acceptance, promise, reminding, resting, suspension
from motcua.dossiers.rules import supplement as sup
from motcua.dossiers.rules.states import MOVES, Act, State
from motcua.organisations.rules import Post
from motcua.worktime.rules import ZONE, compute_due
from motcua.worktime.tests.factories import EIGHT_HOURS, make_calendar, moment

CALENDAR = make_calendar(segments=EIGHT_HOURS)
LIMITS = sup.Limits(most_times=1, answer_days=15, return_days=3)
AT = moment("2026-03-10 09:00")
MOMENTS = st.datetimes(datetime(2026, 1, 5), datetime(2026, 11, 1)).map(  # noqa: DTZ001 - the zone is added
    lambda d: d.replace(tzinfo=ZONE, microsecond=0)
)


def make_round(asked="2026-03-10 09:00", answered=None, agency_id=1, stage=sup.Stage.DURING_HANDLING):
    asked_at = moment(asked)
    due_at = sup.compute_answer_by(asked_at, 15, CALENDAR)
    return sup.Round(
        stage, sup.Asker.AGENCY, agency_id, asked_at, due_at, moment(answered) if answered else None
    )


def ask(rounds=(), **changed):
    facts = {"stage": sup.Stage.DURING_HANDLING, "agency_id": 1, "items": ["Bản vẽ"], "reason": "Thiếu dấu"}
    sup.require_request(rounds, limits=LIMITS, **{**facts, **changed})


# Supplement: Decree 61 art. 11.2c, 19.4; Decision 766, 2.1


@pytest.mark.parametrize(
    ("rounds", "changed", "code"),
    [
        ((), {"items": []}, "items_missing"),
        ((), {"items": [" "]}, "items_missing"),
        ((), {"reason": " "}, "reason_needed"),
        ((make_round(),), {"agency_id": 2}, "round_open"),
        ((make_round(answered="2026-03-12 09:00"),), {}, "asked_already"),
    ],
)
def test_everything_is_asked_for_at_once_and_once(rounds, changed, code):
    with pytest.raises(Refused) as no:
        ask(rounds, **changed)
    assert no.value.code == code


def test_a_second_request_of_the_same_agency_names_its_special_reason():
    answered = (make_round(answered="2026-03-12 09:00"),)
    ask(answered, override_reason="Pháp luật vừa thay đổi")
    ask(answered, agency_id=2)


def test_a_return_before_acceptance_is_not_a_supplement_during_handling():
    early = make_round(answered="2026-03-12 09:00", stage=sup.Stage.BEFORE_ACCEPTANCE)
    ask((early,))
    assert sup.find_clock_events([early]) == []
    assert sup.measure_index_wait([early], AT + timedelta(days=9)) == timedelta()


def test_the_legal_clock_begins_anew_and_the_index_only_takes_the_wait_off():
    one = make_round("2026-03-10 09:00", "2026-03-13 09:00")
    received = moment("2026-03-05 09:00")
    due = compute_due(received, 10, "working_day", "default", sup.find_clock_events([one]), CALENDAR)
    anew = compute_due(moment("2026-03-13 09:00"), 10, "working_day", "default", [], CALENDAR)
    assert due.at == anew.at
    assert sup.measure_index_wait([one], due.at) == timedelta(days=3)


def test_still_waiting_counts_until_the_end_of_the_period():
    assert sup.measure_index_wait([make_round()], AT + timedelta(days=2)) == timedelta(days=2)
    assert sup.measure_index_wait([make_round()], AT - timedelta(days=2)) == timedelta()


def test_waits_that_overlap_are_taken_off_once():
    both = [
        make_round("2026-03-10 09:00", "2026-03-14 09:00"),
        make_round("2026-03-12 09:00", "2026-03-16 09:00"),
    ]
    assert sup.measure_index_wait(both, AT + timedelta(days=30)) == timedelta(days=6)


@pytest.mark.parametrize(("count", "late"), [(0, False), (1, False), (2, True)])
def test_two_requests_make_the_dossier_late_in_the_index(count, late):
    rounds = [make_round(answered="2026-03-12 09:00")] * count
    assert sup.counts_as_late_in_index(rounds, most_times=1) is late


@pytest.mark.parametrize(
    ("asked", "until"),
    [
        ("2026-03-10 09:00", "2026-03-31 17:00"),
        ("2026-04-20 16:00", "2026-05-14 17:00"),  # 27/4, 30/4 and 1/5 are days off
    ],
)
def test_fifteen_working_days_and_then_it_is_closed(asked, until):
    one = make_round(asked)
    assert one.due_at == moment(until)
    assert not sup.is_closed_unanswered(one, one.due_at)
    assert sup.is_closed_unanswered(one, one.due_at + timedelta(seconds=1))


def test_a_dossier_found_wanting_goes_back_within_three_working_days():
    assert sup.compute_return_by(moment("2026-04-24 09:00"), 3, CALENDAR) == moment("2026-05-04 17:00")


@given(MOMENTS, MOMENTS, st.integers(1, 20))
def test_a_request_never_makes_the_legal_date_earlier(received, asked, limit):
    asked = max(received, asked)
    plain = compute_due(received, limit, "working_day", "default", [], CALENDAR).at
    one = sup.Round(sup.Stage.DURING_HANDLING, sup.Asker.AGENCY, 1, asked, asked, asked + timedelta(days=2))
    moved = compute_due(received, limit, "working_day", "default", sup.find_clock_events([one]), CALENDAR).at
    assert moved >= plain


# Suspension


@pytest.mark.parametrize(
    ("reason", "basis", "code"),
    [
        ("busy", "", "not_a_ground"),
        ("system_down", "Luật X", "not_a_ground"),
        ("consulted_body_late", "", "not_a_ground"),
        ("opinion", "", "basis_needed"),
        ("opinion", "Luật Y điều 5", None),
        ("financial_obligation", "", None),
    ],
)
def test_the_clock_stands_still_for_a_reason_on_the_list_alone(reason, basis, code):
    given = {"basis": basis, "review_at": AT + timedelta(days=5), "at": AT}
    if code is None:
        assert suspension.require_suspension(reason, **given).state in (
            State.AWAITING_PAYMENT,
            State.SUSPENDED,
        )
        return
    with pytest.raises(Refused) as no:
        suspension.require_suspension(reason, **given)
    assert no.value.code == code


def test_somebody_always_looks_again():
    with pytest.raises(Refused, match="xem lại"):
        suspension.require_suspension("financial_obligation", basis="", review_at=AT, at=AT)


# Promise: Decree 61 art. 19.9


@pytest.mark.parametrize(
    ("due", "days", "last"),
    [
        ("2026-03-12 17:00", 1, "2026-03-11 17:00"),
        ("2026-03-16 17:00", 1, "2026-03-13 17:00"),  # Monday: the Friday before
        ("2026-05-04 17:00", 1, "2026-04-29 17:00"),  # over 30/4 and 1/5
        ("2026-03-12 10:00", 1, "2026-03-11 17:00"),
        ("2026-03-12 17:00", 2, "2026-03-10 17:00"),
    ],
)
def test_the_apology_is_due_a_working_day_before_the_date(due, days, last):
    assert promise.compute_apology_due(moment(due), days, CALENDAR) == moment(last)


def move(change=promise.Change.APOLOGISE, **changed):
    facts = {
        "new_due_at": moment("2026-03-18 17:00"), "signer": Post.APPROVER, "reason": "Chờ thẩm định", "most_times": 1,
        "days_before": 1, "calendar": CALENDAR, "at": moment("2026-03-10 09:00"),
    }  # fmt: skip
    times = changed.pop("times", {})
    given = promise.Promise(moment("2026-03-12 17:00"), times)
    return promise.require_change(change, given, **{**facts, **changed})


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"signer": Post.CASE_OFFICER}, "not_the_head"),
        ({"signer": Post.INTAKE_OFFICER}, "not_the_head"),
        ({"reason": ""}, "reason_needed"),
        ({"times": {promise.Change.APOLOGISE: 1}}, "moved_already"),
        ({"new_due_at": moment("2026-03-12 17:00")}, "bad_day"),
        ({"at": moment("2026-03-13 09:00")}, "explanation_needed"),
        ({"at": moment("2026-03-20 09:00"), "explanation": "Ốm"}, "bad_day"),
        ({"change": promise.Change.EXTEND, "at": moment("2026-03-13 09:00"), "explanation": "x"}, "too_late"),
        ({"change": promise.Change.EXTEND, "times": {promise.Change.EXTEND: 1}}, "moved_already"),
    ],
)
def test_a_promise_is_moved_once_by_the_head_with_a_reason_and_never_in_silence(changed, code):
    with pytest.raises(Refused) as no:
        move(**changed)
    assert no.value.code == code


@pytest.mark.parametrize(
    ("at", "timing"),
    [
        ("2026-03-11 17:00", promise.Timing.IN_TIME),
        ("2026-03-11 17:01", promise.Timing.LAST_MOMENT),
        ("2026-03-12 17:00", promise.Timing.LAST_MOMENT),
        ("2026-03-12 17:01", promise.Timing.TOO_LATE),
    ],
)
def test_the_record_says_when_it_was_made(at, timing):
    assert move(at=moment(at), explanation="Hồ sơ thất lạc") is timing


def test_an_extension_and_an_apology_are_counted_apart():
    assert move(promise.Change.EXTEND, times={promise.Change.APOLOGISE: 1}) is promise.Timing.IN_TIME


@given(MOMENTS, st.integers(0, 5))
def test_the_last_day_of_an_apology_is_a_working_day_not_after_the_promise(due, days):
    last = promise.compute_last_day(due, days, CALENDAR)
    assert CALENDAR.is_working_day(last) and last <= due.date()


# Acceptance: Decree 297/2025

HOURS = acceptance.Hours(alert=2, answer=8, complete_days=15)


@pytest.mark.parametrize(
    ("arrived", "now", "step"),
    [
        ("2026-03-10 09:00", "2026-03-10 11:00", "fresh"),
        ("2026-03-10 09:00", "2026-03-10 11:01", "alerted"),
        ("2026-03-10 09:00", "2026-03-11 09:00", "alerted"),
        ("2026-03-10 09:00", "2026-03-11 09:01", "late"),
        ("2026-03-13 18:00", "2026-03-16 09:30", "fresh"),  # filed on Friday evening
        ("2026-04-29 16:00", "2026-05-04 08:30", "fresh"),  # before the holidays
        ("2026-04-29 16:00", "2026-05-04 08:31", "alerted"),
    ],
)
def test_two_hours_to_see_it_and_eight_to_answer_in_working_time(arrived, now, step):
    filing = acceptance.Filing(moment(arrived))
    assert acceptance.find_step(filing, HOURS, CALENDAR, moment(now)) == step


def test_the_applicant_has_fifteen_working_days_and_then_the_office_its_hours_again():
    asked = acceptance.Filing(moment("2026-03-10 09:00"), asked_at=moment("2026-03-10 15:00"))
    step = acceptance.find_step(asked, HOURS, CALENDAR, moment("2026-03-31 17:00"))
    assert step == "with_applicant"
    assert acceptance.find_step(asked, HOURS, CALENDAR, moment("2026-04-01 08:00")) == "to_close"
    done = acceptance.Filing(asked.arrived_at, asked.asked_at, completed_at=moment("2026-03-20 09:00"))
    assert acceptance.find_step(done, HOURS, CALENDAR, moment("2026-03-20 10:00")) == "fresh"
    assert acceptance.find_step(done, HOURS, CALENDAR, moment("2026-03-24 10:00")) == "late"


# Nobody is forgotten


def test_every_state_has_a_row_or_has_ended():
    assert set(resting.RESTS) | resting.ENDED | resting.DRAFTS == set(State)
    assert not set(resting.RESTS) & (resting.ENDED | resting.DRAFTS)


def test_every_next_act_is_an_act_that_leads_out_of_its_state():
    filing = {act.value for act in acceptance.FilingAct}
    for state, rest in resting.RESTS.items():
        for name in rest.next_acts:
            assert name in filing or state in MOVES[Act(name)].sources


TASKS = st.builds(resting.OpenTask, st.integers(1, 9), st.none() | st.integers(1, 9), MOMENTS)
UNIT, WHEN = st.none() | st.integers(1, 9), st.none() | MOMENTS
FACTS = st.builds(
    resting.Facts, st.sampled_from(list(State)), st.lists(TASKS, max_size=3).map(tuple), UNIT, UNIT, UNIT, WHEN, WHEN,
    WHEN, WHEN,
)  # fmt: skip


@given(FACTS, MOMENTS)
def test_what_rests_is_either_somebodys_with_a_time_to_wake_or_on_the_stall_list(facts, now):
    standing, stall = resting.find_standing(facts), resting.find_stall(facts, now)
    if facts.state in resting.ENDED | resting.DRAFTS:
        assert standing is None and stall is None
    elif standing is None:
        assert stall in (resting.Stall.NO_OWNER, resting.Stall.NO_WAKE)
    else:
        assert (stall is resting.Stall.SLEPT_THROUGH) == (now > standing.wake_at)
        assert standing.next_acts


def test_the_task_due_first_wakes_its_holder():
    late, soon = moment("2026-03-20 09:00"), moment("2026-03-12 09:00")
    facts = resting.Facts(State.PROCESSING, (resting.OpenTask(1, 7, late), resting.OpenTask(2, 8, soon)))
    standing = resting.find_standing(facts)
    assert (standing.owner_unit_id, standing.owner_id, standing.wake_at) == (2, 8, soon)


# Reminders

NOTICE = reminding.Notice(near_hours=reminding.NEAR_HOURS, apology_days=1, acceptance=HOURS)
R, K, T = reminding.Reminder, reminding.Kind, reminding.To


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-09 09:00", []),
        ("2026-03-11 09:00", [R(K.APOLOGY_DUE, T.OFFICER)]),
        ("2026-03-11 09:30", [R(K.APOLOGY_DUE, T.OFFICER), R(K.APOLOGY_DUE, T.HEAD)]),
        ("2026-03-12 07:30", [R(K.DUE, T.OFFICER)]),
        ("2026-03-12 14:00", [R(K.DUE, T.OFFICER), R(K.DUE, T.HEAD)]),
        ("2026-03-12 18:00", []),
        ("2026-03-13 07:30", [R(K.OVERDUE, T.OFFICER), R(K.OVERDUE, T.HEAD)]),
        ("2026-03-14 09:00", []),
    ],
)
def test_the_officer_hears_first_then_the_head_and_only_in_working_time(now, expected):
    watched = reminding.Watched(due_at=moment("2026-03-12 17:00"))
    found = reminding.find_reminders(watched, NOTICE, (), CALENDAR, moment(now))
    assert [r for r in found if r.kind is not K.NEAR_DUE] == expected


def test_who_has_apologised_is_not_reminded_to():
    watched = reminding.Watched(due_at=moment("2026-03-12 17:00"), is_apologised=True)
    found = reminding.find_reminders(watched, NOTICE, (), CALENDAR, moment("2026-03-11 16:00"))
    assert [r.kind for r in found] == []


def test_a_head_who_holds_the_task_himself_hears_as_its_holder_alone():
    watched = reminding.Watched(due_at=moment("2026-03-12 17:00"), is_with_head=True)
    found = reminding.find_reminders(watched, NOTICE, (), CALENDAR, moment("2026-03-13 07:30"))
    assert found == (R(K.OVERDUE, T.OFFICER),)


def test_a_dossier_not_accepted_yet_is_reminded_of_its_acceptance():
    watched = reminding.Watched(acceptance_at=moment("2026-03-10 09:00"))
    at = moment("2026-03-10 09:05")
    assert reminding.find_reminders(watched, NOTICE, (), CALENDAR, at) == (R(K.ACCEPTANCE_DUE, T.OFFICER),)


@pytest.mark.parametrize(
    ("alert", "answer", "quiet", "told"),
    [
        pytest.param(2, 8, "2026-03-11 08:59", "2026-03-11 09:00", id="Nghị định 297/2025/NĐ-CP: 2 and 8 hours"),
        pytest.param(1, 4, "2026-03-10 14:29", "2026-03-10 14:30", id="whatever a later text says of both"),
    ],
)  # fmt: skip
def test_the_head_hears_of_a_filing_when_its_time_to_be_answered_is_over(alert, answer, quiet, told):
    hours = acceptance.Hours(alert, answer, complete_days=15)
    dates = acceptance.compute_acceptance(acceptance.Filing(AT), hours, CALENDAR)
    notice = reminding.Notice(reminding.NEAR_HOURS, 1, hours)
    watched = reminding.Watched(acceptance_at=dates.alert_at)
    heard = [
        {r.to for r in reminding.find_reminders(watched, notice, (), CALENDAR, moment(at))}
        for at in (quiet, told)
    ]
    assert heard == [{T.OFFICER}, {T.OFFICER, T.HEAD}]


@given(MOMENTS, MOMENTS, st.booleans())
def test_nobody_hears_the_same_twice_and_nobody_at_night(due, now, is_apologised):
    watched = reminding.Watched(due_at=due, is_apologised=is_apologised)
    found = reminding.find_reminders(watched, NOTICE, (), CALENDAR, now)
    assert len(set(found)) == len(found)
    assert reminding.find_reminders(watched, NOTICE, found, CALENDAR, now) == ()
    if found:
        assert CALENDAR.is_working_day(now.date())
