"""The tables of states and moves: complete, closed, and saying what is possible."""

import pytest

from motcua.core.refusal import Refused
from motcua.dossiers import actions
from motcua.dossiers.actions.telling import NOTICES
from motcua.dossiers.rules import national
from motcua.dossiers.rules.powers import POWERS
from motcua.dossiers.rules.states import (
    ALIVE,
    MEANINGS,
    MOVES,
    Act,
    Clock,
    State,
    find_waiting_states,
    get_allowed,
    move,
)
from motcua.notifications.tests.test_messages import TEMPLATES
from motcua.worktime.rules import ClockEventKind

ENDS = {State.RETURNED, State.NOT_ACCEPTED, State.WITHDRAWN, State.STOPPED}


def test_every_state_has_one_meaning_and_one_national_code() -> None:
    assert set(MEANINGS) == set(State)
    assert all(row.national_code in national.STATUSES for row in MEANINGS.values())
    assert {national.get_code(s) for s in State} == set(national.STATUSES)


def test_every_act_has_its_row_its_power_and_its_function() -> None:
    assert set(MOVES) == set(POWERS) == set(Act)
    assert all(callable(getattr(actions, act)) for act in Act)


def test_the_clock_runs_or_waits_exactly_while_a_dossier_is_alive() -> None:
    assert {s for s, row in MEANINGS.items() if row.clock in (Clock.RUNS, Clock.PAUSED)} == ALIVE


def test_out_of_an_end_leads_the_decision_of_the_head_alone() -> None:
    for state in ENDS:
        only = () if state is State.NOT_ACCEPTED else (Act.REOPEN,)
        assert get_allowed(state, is_decided=True) == get_allowed(state) == only


def test_a_turn_that_stops_the_clock_leads_where_it_stands_still_and_another_leads_out() -> None:
    assert find_waiting_states() == {s for s, m in MEANINGS.items() if m.clock is Clock.PAUSED}
    for state in find_waiting_states():
        out = [row for row in MOVES.values() if state in row.sources and row.target is State.PROCESSING]
        assert out and all(row.clock in (ClockEventKind.RESUME, ClockEventKind.RESTART) for row in out)


def test_every_turn_names_its_article_and_its_words() -> None:
    turns = [act for act, row in MOVES.items() if row.clock or act is Act.CLOSE_UNANSWERED]
    assert len(turns) == 10
    for act in turns:
        assert MOVES[act].basis and NOTICES[act].removeprefix("dossiers/") in TEMPLATES


@pytest.mark.parametrize(
    ("state", "turns"),
    [
        (State.PROCESSING, {"request_supplement", "request_payment", "suspend", "extend", "apologise"}),
        (State.AWAITING_SUPPLEMENT, {"accept_supplement", "close_unanswered"}),
        (State.AWAITING_PAYMENT, {"confirm_payment"}),
        (State.SUSPENDED, {"resume"}),
        (State.RETURNED, {"reopen"}),
        (State.NOT_ACCEPTED, set()),
    ],
)
def test_which_turn_may_be_taken_where(state: State, turns: set[str]) -> None:
    found = {act for act in get_allowed(state) if MOVES[act].basis}
    assert found == turns


@pytest.mark.parametrize("act", list(Act))
@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("is_decided", [False, True])
def test_an_act_is_guarded_by_the_table_alone(act: Act, state: State, is_decided: bool) -> None:
    if act in get_allowed(state, is_decided=is_decided):
        assert move(state, act, is_decided=is_decided) == (MOVES[act].target or state)
        return
    with pytest.raises(Refused) as no:
        move(state, act, is_decided=is_decided)
    assert no.value.code == "not_possible_now" and no.value.message.endswith(".")
    assert no.value.possible == get_allowed(state, is_decided=is_decided)


def test_a_decided_dossier_can_no_longer_be_stopped_or_withdrawn() -> None:
    for act in (Act.STOP, Act.WITHDRAW, Act.ASK_OPINION, Act.PROPOSE, Act.DECIDE):
        assert act in get_allowed(State.PROCESSING) and act not in get_allowed(
            State.PROCESSING, is_decided=True
        )


def test_a_result_needs_a_decision_before_its_number() -> None:
    with pytest.raises(Refused, match="chưa có quyết định"):
        move(State.PROCESSING, Act.SIGN_RESULT)
    assert move(State.PROCESSING, Act.SIGN_RESULT, is_decided=True) == State.RESULT_READY
