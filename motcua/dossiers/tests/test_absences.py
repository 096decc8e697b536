"""Work never waits on a person who is gone: absences, substitutes, desks handed over, who signs for whom."""

import contextlib
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from motcua.accounts.models import User
from motcua.core.refusal import Refused
from motcua.dossiers import absent, actions
from motcua.dossiers.models import Event, Task
from motcua.dossiers.queries.desks import find_desk, find_unmanned
from motcua.dossiers.queries.history import find_difference, get_history
from motcua.dossiers.rules.states import State
from motcua.dossiers.tests.factories import NOON, TODAY, World, make_dossier
from motcua.organisations import actions as organisations
from motcua.organisations import queries as units
from motcua.organisations.actions import AbsenceFacts
from motcua.organisations.models import Absence, Assignment
from motcua.organisations.rules import SYSTEM, Actor

DAY = timedelta(days=1)


def _posting(world: World, name: str) -> Assignment:
    return Assignment.objects.get(pk=world.actors[name].assignment_id)


def _away(
    world: World, name: str, substitute: str = "", first: date = TODAY, days: int = 5, **more: Any
) -> Absence:
    facts = AbsenceFacts(
        assignment_id=world.actors[name].assignment_id, reason="leave", decision_number="7/QĐ", first_day=first,
        last_day=first + (days - 1) * DAY, substitute=substitute, **more,
    )  # fmt: skip
    return organisations.record_absence(actor=SYSTEM, absence=facts, at=NOON)


def _actor(name: str, on: date, assignment_id: int | None = None) -> Actor:
    actor = units.get_actor(User.objects.get(username=name), assignment_id, on)
    assert actor is not None
    return actor


def _require_nobody_waits_on_the_absent(on: date) -> None:
    """The invariant: every open task lies with somebody present in its unit, or in the pool."""
    for task in Task.objects.filter(done_at=None, assignee__isnull=False):
        assert units.find_present([task.assignee_id], task.unit_id, on), task.name  # type: ignore[list-item]


def test_the_desk_of_who_is_away_goes_to_the_substitute_on_the_first_day(world: World) -> None:
    dossier = make_dossier(world, State.PROCESSING)
    tomorrow = TODAY + DAY
    _away(world, "a.case", "a.case2", tomorrow)
    assert absent.follow_absences(NOON) == 0
    assert absent.follow_absences(NOON + DAY) == 1 and absent.follow_absences(NOON + DAY) == 0
    (task,) = Task.objects.filter(dossier=dossier, done_at=None)
    assert task.assignee_id == world.actors["a.case2"].user_id and task.taken_at is None
    _require_nobody_waits_on_the_absent(tomorrow)
    dossier.refresh_from_db()
    assert find_difference(dossier) == ""
    assert "vắng mặt" in get_history(dossier)[-1].sentence
    actions.propose(
        actor=world.actors["a.case2"], dossier_code=dossier.code, outcome="approved", at=NOON + DAY
    )


def test_without_a_substitute_it_lies_in_the_pool(world: World) -> None:
    dossier = make_dossier(world, State.PROCESSING)
    _away(world, "a.case")
    absent.follow_absences(NOON)
    (task,) = Task.objects.filter(dossier=dossier, done_at=None)
    assert task.assignee_id is None and task.unit_id == world.units["A.VH"]
    actions.take(actor=world.actors["a.case2"], dossier_code=dossier.code, at=NOON)


def test_what_is_sent_back_to_somebody_away_goes_to_the_substitute(world: World) -> None:
    dossier = make_dossier(world, State.PROCESSING)
    actions.propose(actor=world.actors["a.case"], dossier_code=dossier.code, outcome="approved", at=NOON)
    _away(world, "a.case", "a.case2")
    actions.return_for_redo(actor=world.actors["a.leader"], dossier_code=dossier.code, note="Sửa", at=NOON)
    (task,) = Task.objects.filter(dossier=dossier, done_at=None)
    assert task.assignee_id == world.actors["a.case2"].user_id


def test_nobody_gives_work_to_somebody_away(world: World) -> None:
    dossier = make_dossier(world)
    _away(world, "a.case")
    with pytest.raises(Refused, match="vắng mặt"):
        actions.hand_over(
            actor=world.actors["a.intake"], dossier_code=dossier.code, assignee_id=world.actors["a.case"].user_id, at=NOON
        )  # fmt: skip


def test_the_desk_of_who_left_is_cleared(world: World) -> None:
    dossier = make_dossier(world, State.PROCESSING)
    organisations.end_assignment(
        actor=SYSTEM, assignment_id=world.actors["a.case"].assignment_id, last_day=TODAY, decision_number="9", at=NOON
    )  # fmt: skip
    assert absent.follow_absences(NOON) == 0
    assert absent.follow_absences(NOON + DAY) == 1
    (task,) = Task.objects.filter(dossier=dossier, done_at=None)
    assert task.assignee_id is None
    assert "không còn làm việc" in get_history(dossier)[-1].sentence
    _require_nobody_waits_on_the_absent(TODAY + DAY)


def test_a_substitute_without_the_post_is_given_it_for_the_time(world: World) -> None:
    absence = _away(world, "a.leader", "a.section", signing_form="KT.")
    stand_in = absence.stand_in
    assert stand_in is not None and (stand_in.post, stand_in.unit_id) == ("approver", world.units["A"])
    dossier = make_dossier(world, State.PROCESSING)
    actions.propose(actor=world.actors["a.case"], dossier_code=dossier.code, outcome="approved", at=NOON)
    acting = _actor("a.section", TODAY, stand_in.pk)
    actions.decide(actor=acting, dossier_code=dossier.code, outcome="approved", at=NOON)
    after = absence.valid_to
    assert after is not None
    assert units.get_actor(User.objects.get(username="a.section"), stand_in.pk, after) is None


def test_who_signs_for_whom_is_data_and_ends_with_the_absence(world: World) -> None:
    Assignment.objects.filter(pk=world.actors["a.leader"].assignment_id).update(position="Chủ tịch")
    Assignment.objects.filter(pk=world.actors["a.section"].assignment_id).update(position="Phó Chủ tịch")
    agency = [world.units["A"], world.units["A.VH"]]
    assert [(s.name, s.title) for s in units.find_signers(agency, TODAY)] == [
        ("Nguyễn Văn Duyệt", "CHỦ TỊCH")
    ]
    absence = _away(world, "a.leader", "a.section", signing_form="KT.")
    (signer,) = units.find_signers(agency, TODAY)
    assert (signer.name, signer.title) == ("Ngô Thị Phòng", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH")
    organisations.end_absence(actor=SYSTEM, absence_id=absence.pk, last_day=TODAY, at=NOON)
    (signer,) = units.find_signers(agency, TODAY + DAY)
    assert signer.title == "CHỦ TỊCH"


def test_an_absence_that_never_began_leaves_nothing(world: World) -> None:
    absence = _away(world, "a.leader", "a.section", TODAY + DAY, signing_form="TUQ.")
    count = Assignment.objects.count()
    assert organisations.end_absence(actor=SYSTEM, absence_id=absence.pk, last_day=TODAY, at=NOON) is None
    assert not Absence.objects.exists() and Assignment.objects.count() == count - 1


def test_a_head_keeps_the_absences_of_the_own_people_and_gives_no_new_post(world: World) -> None:
    def facts(name: str, substitute: str) -> AbsenceFacts:
        held = world.actors[name].assignment_id
        return AbsenceFacts(held, "sick", "Đơn 1", TODAY, TODAY, substitute)

    head = world.actors["a.section"]
    organisations.record_absence(actor=head, absence=facts("a.case", "a.case2"), at=NOON)
    with pytest.raises(Refused, match="quản trị phân công"):
        organisations.record_absence(actor=head, absence=facts("a.case2", "a.clerk"), at=NOON)
    for other in ("b.leader", "a.case2", "a.clerk"):
        with pytest.raises(Refused):
            organisations.record_absence(actor=world.actors[other], absence=facts("a.case2", ""), at=NOON)


def test_two_absences_at_once_and_an_absent_substitute_are_refused(world: World) -> None:
    _away(world, "a.case")
    with pytest.raises(Refused, match="trùng"):
        _away(world, "a.case", "", TODAY + DAY)
    with pytest.raises(Refused, match="cũng vắng mặt"):
        _away(world, "a.case2", "a.case")


def test_a_desk_is_handed_over_at_once(world: World) -> None:
    made = [make_dossier(world, State.PROCESSING) for _n in range(3)]
    who, to = world.actors["a.case"].user_id, world.actors["a.case2"].user_id
    unit_id = world.units["A.VH"]
    assert len(find_desk(who, unit_id)) == 3
    with pytest.raises(Refused):
        actions.hand_over_desk(
            actor=world.actors["b.leader"], user_id=who, unit_id=unit_id, to_user_id=to, at=NOON
        )
    done = actions.hand_over_desk(
        actor=world.actors["a.section"], user_id=who, unit_id=unit_id, to_user_id=to, at=NOON
    )
    assert done == 3 and not find_desk(who, unit_id) and len(find_desk(to, unit_id)) == 3
    acts = Event.objects.filter(dossier_id__in=[d.pk for d in made], act="reassign")
    assert acts.count() == 3 and {event.person_name for event in acts} == {"Ngô Thị Phòng"}


def test_where_nobody_is_left_is_told(world: World) -> None:
    dossier = make_dossier(world)
    actions.hand_over(actor=world.actors["a.intake"], dossier_code=dossier.code, at=NOON)
    everyone = [world.units["A.VH"]]
    assert find_unmanned(everyone, TODAY) == []
    for name in ("a.case", "a.case2", "a.section"):
        _away(world, name)
    (left,) = find_unmanned(everyone, TODAY)
    assert left.tasks == 1 and left.unit_name == "Phòng Văn hóa - Xã hội"


@pytest.mark.parametrize("seed", range(6))
def test_over_random_days_no_open_task_lies_with_somebody_gone(world: World, seed: int) -> None:
    from random import Random

    random = Random(seed)
    people = ["a.case", "a.case2", "a.section", "a.intake", "a.intake2"]
    at: datetime = NOON
    for _day in range(8):
        on = at.date()
        name = random.choice(people)
        with contextlib.suppress(Refused):
            _away(world, name, random.choice(["", *people]), on, random.randint(1, 3))
        absent.follow_absences(at)
        _require_nobody_waits_on_the_absent(on)
        if units.find_present([world.actors["a.intake"].user_id], world.units["A.TT"], on):
            made = make_dossier(world, State.RECEIVED, at=at)
            actions.hand_over(actor=world.actors["a.intake"], dossier_code=made.code, at=at)
            for who in ("a.case", "a.case2"):
                if units.find_present([world.actors[who].user_id], world.units["A.VH"], on):
                    actions.start(actor=world.actors[who], dossier_code=made.code, at=at)
                    break
        at += DAY
