"""Random histories of real acts by real posts: whatever officers do in whatever order, what must hold holds after each."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.catalogue import queries as catalogue
from motcua.core.refusal import Refused
from motcua.dossiers import actions, queries
from motcua.dossiers.models import (
    Dossier,
    Event,
    Involvement,
    Joint,
    JointPart,
    Result,
    SupplementRequest,
    Suspension,
    Task,
    Transfer,
)
from motcua.dossiers.queries.joints import find_standings, get_group
from motcua.dossiers.rules import interlinked
from motcua.dossiers.rules.resting import ENDED, find_standing
from motcua.dossiers.rules.states import MEANINGS, Act, Clock, State
from motcua.dossiers.tests.factories import BIRTH, BUILD, FEE, OPEN_ENDED, World, make_dossier, make_intake
from motcua.dossiers.tests.joint_factories import GROUP, LAND_GROUP, make_joint, make_joint_world
from motcua.figures import queries as figures
from motcua.figures.models import StandIn, Stay, store
from motcua.figures.rules import Origin, Period, find_break, find_stays
from motcua.figures.rules.standing_in import draw_lines
from motcua.figures.rules.stays import Fact, Succession
from motcua.legal.actions import load_parameters
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor
from motcua.worktime import queries as worktime
from motcua.worktime.rules import add_working_days, add_working_hours, end_of_office_hours
from tests.beside import BESIDE, as_before, do_beside

pytestmark = pytest.mark.django_db
FIRST = datetime.fromisoformat("2026-03-10T09:00:00+07:00")
PERIOD = Period(date(2026, 1, 1), date(2026, 12, 31))
OFFICERS = (
    "a.intake", "a.head", "a.case", "a.case2", "a.section", "a.leader", "a.clerk", "p.intake", "x.case", "x.section",
    "x.leader", "x.clerk", "m.case",
)  # fmt: skip
# Officers of the agencies a group adds; asked only where one was filed.
OF_GROUPS = ("ca.case", "ca.leader", "bh.case", "bh.leader", "th.case", "th.leader", "m.leader")
PROCEDURES = (BIRTH, FEE, BUILD, OPEN_ENDED, GROUP, LAND_GROUP)
GROUPS = (GROUP, LAND_GROUP)


def count_histories(usual: int) -> int:
    """How many histories to tell: thousands take hours, so they are told when somebody asks with MOTCUA_HISTORIES."""
    return int(os.environ.get("MOTCUA_HISTORIES", usual))


class _Undone(Exception):
    pass


@contextmanager
def undone() -> Iterator[None]:
    """What an example writes is gone after it."""
    try:
        with transaction.atomic():
            yield
            raise _Undone
    except _Undone:
        pass


def _later(at: datetime, days: int) -> datetime:
    calendar = worktime.get_calendar()
    return end_of_office_hours(add_working_days(at.date(), days, calendar), calendar)


def _type(world: World, actor: Actor, act: Act, dossier: Dossier, at: datetime) -> dict[str, Any]:
    """What a sensible officer types on the page of an act."""
    due = max(dossier.due_at or at, at)
    words: dict[Act, Callable[[], dict[str, Any]]] = {
        Act.SETTLE_ON_SPOT: lambda: {"delegation": "VB 3/UQ", "collector_name": "Người nhận"},
        Act.ASK_OPINION: lambda: {"unit_id": world.units["MT"], "question": "?", "due_at": _later(at, 2)},
        Act.ANSWER_OPINION: lambda: {"answer": "Đồng ý"},
        Act.PROPOSE: lambda: {"outcome": "approved"},
        Act.DECIDE: lambda: {"outcome": "refused", "note": "Thiếu căn cứ"} if at.day % 2 else {"outcome": "approved"},
        Act.RETURN_FOR_REDO: lambda: {"note": "Làm lại"},
        Act.SIGN_RESULT: lambda: {
            "signed_on": at.date(), "signer_name": "N", "file_id": world.make_file(actor),
        },
        Act.VOID_NUMBER: lambda: {"reason": "Sai"},
        Act.RETURN_RESULT: lambda: {"collector_name": "Người nhận"},
        Act.WITHDRAW: lambda: {"reason": "Rút"},
        Act.STOP: lambda: {"reason": "Dừng"},
        Act.REQUEST_SUPPLEMENT: lambda: {"items": ["Ảnh"], "reason": "Thiếu"},
        Act.REQUEST_PAYMENT: lambda: {"paper": "TB 1", "review_at": _later(at, 20)},
        Act.CONFIRM_PAYMENT: lambda: {"proof": "GNT 1"},
        Act.SUSPEND: lambda: {"basis": "Luật X điều 1", "review_at": _later(at, 10)},
        Act.RESUME: lambda: {"proof": "CV 1"},
        Act.EXTEND: lambda: {"new_due_at": _later(due, 5), "reason": "Phức tạp", "basis": "Luật X điều 2"},
        Act.APOLOGISE: lambda: {
            "new_due_at": _later(due, 3), "cause": "workload", "reason": "Đông", "explanation": "Ốm",
        },
        Act.TAKE_OVER: lambda: {"judged": "on_time"},
        Act.SEND_BACK: lambda: {"reason": "Thiếu bản sao"},
        Act.RESEND: lambda: {"answer": "Đã gửi bản sao"},
        Act.REOPEN: lambda: {"reason": "Sai nội dung", "basis": "QĐ 7"},
    }  # fmt: skip
    return words.get(act, dict)()


def do(world: World, who: str, code: str, act: Act, revision: int, at: datetime) -> str:
    """Carry an act out as the officer would; how the house refused it, or nothing."""
    actor = world.actors[who]
    dossier = Dossier.objects.get(code=code)
    typed = _type(world, actor, act, dossier, at)
    try:
        with transaction.atomic():
            getattr(actions, act)(actor=actor, dossier_code=code, revision=revision, **typed, at=at)
    except Refused as no:
        return no.code
    return ""


def find_doable(world: World, dossier: Dossier) -> list[tuple[str, Act]]:
    """Everything anybody may do now, in a fixed order."""
    held = queries.get_tasks(dossier)
    offered = {
        who: queries.allowed_acts(world.actors[who], dossier, held)
        for who in (*OFFICERS, *(OF_GROUPS if dossier.joint_id else ()))
    }
    return [
        (who, view.act)
        for who, views in offered.items()
        if views and may_see(world.actors[who], dossier)
        for view in views
    ]


# The straight road is taken most, an end now and then: otherwise no history would get far.
WEIGHTS = {
    Act.HAND_OVER: 6, Act.START: 8, Act.PROPOSE: 6, Act.DECIDE: 8, Act.SIGN_RESULT: 8, Act.RETURN_RESULT: 4,
    Act.ANSWER_OPINION: 6, Act.ACCEPT_SUPPLEMENT: 4, Act.CLOSE_UNANSWERED: 2, Act.REQUEST_SUPPLEMENT: 3, Act.RESUME: 4,
    Act.CONFIRM_PAYMENT: 4, Act.REQUEST_PAYMENT: 2, Act.TAKE_OVER: 8, Act.RESEND: 8,
}  # fmt: skip


def choose(
    doable: list[tuple[str, Act]], choice: int, weights: Mapping[Act, int] = WEIGHTS
) -> tuple[str, Act]:
    """One of what may be done: the act by its weight, then one of those who may."""
    acts = [act for act in dict.fromkeys(act for _who, act in doable) for _n in range(weights.get(act, 1))]
    act = acts[choice % len(acts)]
    able = [who for who, may in doable if may is act]
    return able[choice // len(acts) % len(able)], act


def may_see(actor: Actor, dossier: Dossier) -> bool:
    """Whether the officer sees it."""
    try:
        return queries.get_dossier(actor, dossier.code).pk == dossier.pk
    except Refused:
        return False


STEPS = st.lists(
    st.tuples(
        st.integers(0, 5),  # which dossier
        st.integers(0, 9973),  # which of the possible acts
        st.sampled_from((0, 0, 1, 3, 8, 20, 60, 130)),  # working hours that pass before
        st.booleans(),  # whether somebody else tries the same with the page as it was
        BESIDE,  # what happens beside it
    ),
    min_size=15,
    max_size=45,
)


@pytest.fixture
def world(db: None) -> World:
    load_parameters()
    return make_joint_world()


def require_whole(joint: Joint) -> None:
    """The whole stands where its parts stand, nothing that may begin waits, and nobody asks for what will not come."""
    rows = list(JointPart.objects.filter(joint=joint).select_related("dossier").order_by("no"))
    standings = find_standings(rows)
    bundle = catalogue.get_bundle_version(joint.bundle_id)
    order = interlinked.Order(bundle.order)
    ready, dropped = interlinked.find_next(get_group(joint, rows, bundle), order, standings)
    left_out = {row.no for row in rows if row.dropped_at}
    if joint.withdrawn_at:
        assert left_out == {row.no for row in rows if row.dossier is None}, (
            "of what was taken back nothing begins"
        )
    else:
        assert not ready, "a part that may begin has begun"
        assert left_out == set(dropped)
    assert joint.outcome == interlinked.find_outcome(list(standings.values()))
    assert (joint.finished_at is None) == (joint.outcome == "")
    assert bundle.total_days is None or joint.due_at >= joint.original_due_at
    for row in rows:
        assert row.dossier is None or row.no == 1 or Transfer.objects.filter(part=row).exists()


def require_sound(dossier: Dossier) -> None:
    """State, clock, owners and numbers of one dossier agree with its events and with each other."""
    assert queries.find_difference(dossier) == ""
    told = queries.recompute_due(dossier)
    assert told is None or told.at == dossier.due_at
    state = State(dossier.state)
    assert (dossier.paused_at is not None) == (MEANINGS[state].clock is Clock.PAUSED)
    waits = SupplementRequest.objects.filter(dossier=dossier, answered_at=None, ended_at=None).count()
    holds = Suspension.objects.filter(dossier=dossier, ended_at=None).count()
    assert waits == (state is State.AWAITING_SUPPLEMENT)
    assert holds == (state in (State.AWAITING_PAYMENT, State.SUSPENDED))
    require_owned(dossier, state)
    assert Result.objects.filter(dossier=dossier, voided_at=None).count() == (
        state in (State.RESULT_READY, State.RETURNED)
    )


def require_owned(dossier: Dossier, state: State) -> None:
    """Somebody has it, has something to do with it, and wakes up; and whoever has it sees it."""
    tasks = list(Task.objects.filter(dossier=dossier, done_at=None))
    if state in ENDED:
        assert not tasks and find_standing(queries.gather_facts(dossier)) is None
        return
    standing = find_standing(queries.gather_facts(dossier))
    assert tasks and standing is not None and standing.next_acts, (state, tasks)
    involved = set(Involvement.objects.filter(dossier=dossier).values_list("unit_id", flat=True))
    assert {task.unit_id for task in tasks} <= involved


def require_numbers() -> None:
    """Numbers of a book and year are given in order, none twice, none left out; a voided one says why."""
    given: dict[tuple[int, int], list[int]] = {}
    for series_id, year, serial in Result.objects.order_by("serial").values_list(
        "series_id", "year", "serial"
    ):
        given.setdefault((series_id, year), []).append(serial)
    for serials in given.values():
        assert serials == list(range(1, len(serials) + 1))
    assert not Result.objects.filter(voided_at__isnull=False, void_reason="").exists()


def require_counted(dossiers: list[Dossier]) -> None:
    """What the figures tell of these lives is what the rule tells, and every balance is even."""
    successions = [Succession(*row) for row in organisations.find_default_successions()]
    StandIn.objects.all().delete()
    StandIn.objects.bulk_create(StandIn(**asdict(line)) for line in draw_lines(successions))
    store.retell([dossier.pk for dossier in dossiers], 2**62)
    for row in figures.recount(PERIOD):
        assert not find_break(row.counts), row
    for dossier in dossiers:
        facts = [
            Fact(
                event.at, event.agency_id, State(event.from_state), State(event.to_state),
                datetime.fromisoformat(event.data["new_due_at"]) if "new_due_at" in event.data else None,
                says_move="old_agency_id" in event.data,
            )
            for event in queries.find_events(dossier)
        ]  # fmt: skip
        expected = find_stays(Origin(dossier.original_due_at, dossier.limit_unit), facts, successions)
        kept = Stay.objects.filter(dossier_id=dossier.pk).order_by("no")
        assert [(s.agency_id, s.entered_on, s.enter, s.left_on, s.leave) for s in kept] == [
            (s.agency_id, s.entered_on, s.enter, s.left_on, s.leave) for s in expected
        ]


def test_a_history_that_lasts_into_the_next_year_begins_its_numbers_anew(world: World) -> None:
    for day in ("2026-12-30", "2027-01-05", "2027-01-06"):
        make_dossier(world, State.RESULT_READY, at=datetime.fromisoformat(f"{day}T09:00:00+07:00"))
    require_numbers()
    assert list(Result.objects.order_by("pk").values_list("year", "serial")) == [
        (2026, 1),
        (2027, 1),
        (2027, 2),
    ]


@given(procedures=st.lists(st.sampled_from(PROCEDURES), min_size=1, max_size=3), steps=STEPS)
@settings(max_examples=count_histories(20), deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_done_in_whatever_order(
    world: World, procedures: list[str], steps: list[tuple[int, int, int, bool, str]]
) -> None:
    with undone(), as_before(world):
        at = FIRST
        for code in procedures:
            _receive(world, code, at)
        for which, choice, hours, is_raced, beside in steps:
            at = add_working_hours(at + timedelta(minutes=1), hours, worktime.get_calendar())
            if beside:
                _happen(world, which, beside, at)
            dossiers = list(Dossier.objects.order_by("pk"))  # parts of a whole begin on the way
            dossier = dossiers[which % len(dossiers)]
            doable = find_doable(world, dossier)
            if not doable:
                continue
            who, act = choose(doable, choice)
            own = Event.objects.filter(dossier_id=dossier.pk)
            before, events = dossier.revision, own.count()
            refused = do(world, who, dossier.code, act, before, at)
            after = Dossier.objects.get(pk=dossier.pk)
            written = 0 if refused else 2 if act is Act.SETTLE_ON_SPOT else 1  # settled and returned
            assert after.revision == before + written and own.count() == events + written
            assert refused in FORESEEN.get(act, {""}) | {""}, (who, act, refused)
            if is_raced and not refused:
                assert do(world, who, dossier.code, act, before, at) in ("stale", "not_found")
            require_sound(Dossier.objects.get(pk=dossier.pk))
            require_numbers()
            if after.joint_id:
                require_whole(Joint.objects.get(pk=after.joint_id))
        require_counted(list(Dossier.objects.order_by("pk")))


def _happen(world: World, which: int, beside: str, at: datetime) -> None:
    """Something beside the acts, on one of the wholes if there are any; then everything is looked at."""
    joints = list(Joint.objects.order_by("pk"))
    do_beside(world, joints[which % len(joints)].code if joints else "", beside, at)
    for dossier in Dossier.objects.all():
        require_sound(dossier)
    for joint in Joint.objects.all():
        require_whole(joint)
    require_numbers()


# What an officer may be told although the button was there: it hangs on the day, or on what was done before.
FORESEEN: dict[Act, set[str]] = {
    Act.CLOSE_UNANSWERED: {"too_early"},
    Act.REQUEST_SUPPLEMENT: {"asked_already"},
    Act.EXTEND: {"moved_already", "too_late"},
    Act.APOLOGISE: {"moved_already"},
    Act.RETURN_FOR_REDO: {"no_step_back"},
    Act.ASK_OPINION: {"asked_already", "own_unit"},
    Act.HAND_OVER: {"no_next_step"},
    Act.PROPOSE: {"no_next_step"},
}


def _receive(world: World, code: str, at: datetime) -> None:
    if code in GROUPS:
        make_joint(world, code, at)
        return
    more = {"agreed_due_at": _later(at, 5), "agreed_reason": "hẹn"} if code == OPEN_ENDED else {}
    actor = world.actors["p.intake" if code == BUILD else "a.intake"]
    actions.receive(actor=actor, intake=make_intake(world, code, **more), at=at)
