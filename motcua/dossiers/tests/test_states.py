"""The tables of states and moves: complete, closed, and saying what is possible."""

import pytest

from motcua.core.refusal import Refused
from motcua.dossiers import actions
from motcua.dossiers.rules import national
from motcua.dossiers.rules.powers import POWERS
from motcua.dossiers.rules.states import ALIVE, MEANINGS, MOVES, Act, Clock, State, get_allowed, move

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


def test_no_act_leads_out_of_an_end() -> None:
    for state in ENDS:
        assert get_allowed(state, is_decided=True) == get_allowed(state) == ()


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
