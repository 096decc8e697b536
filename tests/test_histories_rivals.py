"""Random histories in which two officers press at the same moment, each on a connection of their own: one effect."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Event, Joint
from motcua.dossiers.rules.states import Act, State
from motcua.dossiers.tests.factories import BIRTH, BUILD, NOON, World, make_dossier
from motcua.dossiers.tests.joint_factories import GROUP, make_joint_world
from motcua.dossiers.tests.test_two_counters_at_once import at_once
from motcua.legal.actions import load_parameters
from motcua.worktime import queries as worktime
from motcua.worktime.rules import add_working_hours
from tests.test_histories import (
    FIRST,
    FORESEEN,
    _receive,
    choose,
    count_histories,
    do,
    find_doable,
    require_counted,
    require_numbers,
    require_sound,
    require_whole,
)

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOON + timedelta(hours=1)
STEPS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 9973), st.integers(0, 9973), st.sampled_from((0, 1, 3, 8))),
    min_size=6,
    max_size=14,
)


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    load_parameters()
    yield make_joint_world()


@given(code=st.sampled_from((BIRTH, BUILD, GROUP)), steps=STEPS)
@settings(max_examples=count_histories(6), deadline=None, suppress_health_check=list(HealthCheck))
def test_of_any_two_acts_pressed_at_once_one_has_its_effect(
    world: World, code: str, steps: list[tuple[int, int, int, int]]
) -> None:
    known = set(Dossier.objects.values_list("pk", flat=True))
    at = FIRST
    _receive(world, code, at)
    for which, first, second, hours in steps:
        at = add_working_hours(at + timedelta(minutes=1), hours, worktime.get_calendar())
        mine = list(Dossier.objects.exclude(pk__in=known).order_by("pk"))
        _press_two(world, mine[which % len(mine)], (first, second), at)
    require_counted(list(Dossier.objects.exclude(pk__in=known).order_by("pk")))


def _press_two(world: World, dossier: Dossier, choices: tuple[int, int], at: Any) -> None:
    """Both saw the same page, so both send the same revision."""
    doable = find_doable(world, dossier)
    if not doable:
        return
    rivals = [choose(doable, choice) for choice in choices]
    before, events = dossier.revision, Event.objects.filter(dossier_id=dossier.pk).count()
    answers = dict(enumerate(at_once([_try(world, dossier, pair, at) for pair in rivals])))
    done = [rivals[n][1] for n, answer in answers.items() if answer == ""]
    assert len(done) <= 1, (rivals, answers)
    if not done:
        assert all(answers[n] in FORESEEN.get(act, set()) for n, (_who, act) in enumerate(rivals)), answers
    written = sum(2 if act is Act.SETTLE_ON_SPOT else 1 for act in done)
    after = Dossier.objects.get(pk=dossier.pk)
    assert after.revision == before + written
    assert Event.objects.filter(dossier_id=dossier.pk).count() == events + written
    require_sound(after)
    require_numbers()
    if after.joint_id:
        require_whole(Joint.objects.get(pk=after.joint_id))


def _try(world: World, dossier: Dossier, pair: tuple[str, Act], at: Any) -> Callable[[], object]:
    who, act = pair
    return lambda: do(world, who, dossier.code, act, dossier.revision, at)


def _act(who: str, act: str, **typed: Any) -> tuple[str, str, dict[str, Any]]:
    return who, act, typed


REFUSE = {"outcome": "refused", "note": "Thiếu căn cứ"}
RIVALS = {
    "decide or withdraw": (
        State.PROCESSING, True, _act("a.leader", "decide", outcome="approved"), _act("a.intake", "withdraw", reason="Rút"),
    ),
    "hand over twice": (State.RECEIVED, False, _act("a.intake", "hand_over"), _act("a.intake", "hand_over")),
    "return twice": (
        State.RESULT_READY, False, _act("a.intake", "return_result", collector_name="A"), _act("a.intake", "return_result", collector_name="B"),
    ),
    "ask for more or refuse": (
        State.PROCESSING, True, _act("a.leader", "request_supplement", items=["Ảnh"], reason="Thiếu"), _act("a.leader", "decide", **REFUSE),
    ),
}  # fmt: skip


def test_rivals_who_saw_no_revision_are_held_apart_by_the_lock_and_the_table(world: World) -> None:
    for name, (state, is_proposed, *rivals) in [pair for pair in RIVALS.items() for _round in range(4)]:
        dossier = make_dossier(world, state)
        if is_proposed:
            actions.propose(
                actor=world.actors["a.case"], dossier_code=dossier.code, outcome="approved", at=NOON
            )
        before = Event.objects.filter(dossier_id=dossier.pk).count()
        answers = at_once([_press(world, dossier.code, rival) for rival in rivals])
        assert sum(isinstance(answer, Dossier) for answer in answers) == 1, (name, answers)
        assert Event.objects.filter(dossier_id=dossier.pk).count() == before + 1
        require_sound(Dossier.objects.get(pk=dossier.pk))


def _press(world: World, code: str, rival: tuple[str, str, dict[str, Any]]) -> Callable[[], object]:
    who, act, typed = rival
    return lambda: getattr(actions, act)(actor=world.actors[who], dossier_code=code, at=LATER, **typed)
