"""The stored promise and the stored state are always what the events say."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.core.refusal import Refused
from motcua.dossiers import jobs, queries
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.clock import Happening, find_clock_events, replay
from motcua.dossiers.rules.states import Act, State, get_allowed
from motcua.dossiers.tests.factories import BIRTH, FEE, NOON, OPEN_ENDED, World, make_dossier
from motcua.worktime.rules import ZONE

FIRST, LAST = datetime(2025, 7, 2), datetime(2026, 11, 20)  # noqa: DTZ001 - the zone is added to what is drawn


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=st.datetimes(FIRST, LAST).map(lambda d: d.replace(tzinfo=ZONE)),
    code=st.sampled_from([BIRTH, FEE]),
)
def test_recomputing_from_events_gives_the_stored_promise(world: World, at: datetime, code: str) -> None:
    dossier = Dossier.objects.get(pk=make_dossier(world, code=code, at=at).pk)
    due = queries.recompute_due(dossier)
    assert due is not None and due.at == dossier.due_at == dossier.original_due_at
    assert queries.find_difference(dossier) == ""


@pytest.mark.parametrize(
    "state", ["received", "processing", "result_ready", "returned", "withdrawn", "stopped", "not_accepted"]
)
def test_recomputing_from_events_gives_the_stored_state(world: World, state: str) -> None:
    dossier = Dossier.objects.get(pk=make_dossier(world, state).pk)
    told = queries.recompute_state(dossier)
    assert (told.state, told.outcome, told.finished_at) == (state, dossier.outcome, dossier.finished_at)


def test_the_nightly_job_finds_a_row_that_was_changed_behind_the_events(world: World) -> None:
    dossier = make_dossier(world)
    assert jobs.compare_states(NOON) == 0
    Dossier.objects.filter(pk=dossier.pk).update(state="returned")
    assert jobs.compare_states(NOON) == 1
    assert queries.find_difference(Dossier.objects.get()) == "state"


@given(st.lists(st.sampled_from(list(Act)), max_size=12))
def test_a_record_the_table_does_not_allow_is_found(acts: list[Act]) -> None:
    state, decided, is_sound = State.SUBMITTED, False, True
    happenings = []
    for n, act in enumerate(acts):
        is_sound = is_sound and act in get_allowed(state, is_decided=decided)
        happenings.append(
            Happening(act, NOON + timedelta(minutes=n), {"outcome": "approved", "is_final": True})
        )
        if is_sound:
            state = replay(happenings).state
            decided = decided or act == Act.DECIDE
    if is_sound:
        assert replay(happenings).state == state
    else:
        with pytest.raises(Refused):
            replay(happenings)


def test_an_act_that_moves_the_clock_says_so_in_its_event() -> None:
    told = Happening(Act.START, NOON, {"clock": {"kind": "pause", "reason": "chờ"}})
    events = find_clock_events([Happening(Act.TAKE, NOON, {}), told])
    assert [(e.kind, e.at) for e in events] == [("pause", NOON)]


def test_the_explanation_ends_with_the_promise(world: World) -> None:
    dossier = make_dossier(world, code=FEE)
    view = queries.explain_clock(dossier, NOON)
    assert view.lines[0].kind == "received" and view.lines[-1].kind == "due" and view.text.startswith("còn")
    agreed = make_dossier(world, code=OPEN_ENDED, agreed_due_at=NOON + timedelta(days=3), agreed_reason="hẹn")
    assert [line.kind for line in queries.explain_clock(agreed, NOON).lines] == ["received", "agreed"]


def test_a_promise_in_a_year_not_yet_published_is_marked_provisional(world: World) -> None:
    dossier = make_dossier(world, code=FEE, at=NOON.replace(year=2026, month=12, day=31))
    assert dossier.is_provisional and queries.explain_clock(dossier, NOON).is_provisional
