"""1 July 2025 replayed in the demonstration's province: districts abolished, old communes merged, open dossiers on board."""

import logging
import os
import time
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

import pytest

from motcua.accounts.models import User
from motcua.core.text import fold
from motcua.desk.actions import reorganising
from motcua.dossiers import access, actions
from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import Dossier, Involvement, Task
from motcua.dossiers.queries.history import find_difference
from motcua.dossiers.rules.states import State
from motcua.dossiers.tests.factories import BIRTH, FIRST, World, _make_calendar, _make_procedures, make_intake
from motcua.legal.actions import load_parameters
from motcua.organisations import actions as organisations
from motcua.organisations import queries as units
from motcua.organisations.models import Assignment, Reorganisation, Unit, UnitSuccession, UnitVersion
from motcua.organisations.rules import SYSTEM, Actor
from motcua.worktime.rules import ZONE

logger = logging.getLogger(__name__)
CHANGE = date(2025, 7, 1)
JUNE = datetime(2025, 6, 24, 9, 0, tzinfo=ZONE)
MORNING = datetime(2025, 7, 1, 7, 30, tzinfo=ZONE)
# The measured run sets MOTCUA_REPLAY=5000; the suite takes somewhat over a hundred.
OPEN = int(os.environ.get("MOTCUA_REPLAY", "120"))
# New communes of the demonstration, and the district whose seat became one of them.
NEW = ("2025-X19333", "2025-X19441", "2025-X19429", "2025-X19432", "2025-X19597", "2025-X18880")
POSTS = ("case_officer", "approver", "clerk")


def _make_unit(
    code: str, kind: str, name: str, parent: str, first: date, until: date | None, agency_code: str = ""
) -> int:
    unit = Unit.objects.create(code=code, kind=kind, province_code="45" if until else "44")
    UnitVersion.objects.create(
        unit=unit, name=name, name_folded=fold(name), parent=Unit.objects.get(code=parent), valid_from=first, valid_to=until,
        agency_code=agency_code, decision_number="thử",
    )  # fmt: skip
    return unit.pk


def _post(username: str, unit_id: int, post: str, first: date) -> None:
    user, _new = User.objects.get_or_create(username=username, defaults={"full_name": f"Người {username}"})
    Assignment.objects.create(user=user, unit_id=unit_id, post=post, decision_number="1/QĐ", valid_from=first)


def _equip(code: str, number: int, first: date, until: date | None) -> None:
    """An agency at work: an identifier, a centre, its people."""
    agency = Unit.objects.get(code=code)
    letter = "K" if until else "L"
    UnitVersion.objects.filter(unit=agency).update(agency_code=f"H50.{letter}{number:02}")
    centre = _make_unit(f"{code}.tn", "centre", f"Bộ phận Một cửa {code}", code, first, until)
    _post(f"{code}.tiepnhan", centre, "intake_officer", first)
    for post in POSTS:
        _post(f"{code}.{post}", agency.pk, post, first)


@pytest.fixture
def old_communes(db: None) -> list[str]:
    """The province of June 2025: every old commune that went into one of these, and their districts, at work."""
    organisations.load_reference_units()
    load_parameters()
    _make_calendar()
    _make_procedures()
    old = list(
        UnitSuccession.objects.filter(to_unit__code__in=NEW, is_default=True)
        .order_by("from_unit__code")
        .values_list("from_unit__code", flat=True)
    )
    for number, code in enumerate(NEW):
        _equip(code, number, CHANGE, None)
    districts = sorted(
        set(
            UnitVersion.objects.filter(unit__code__in=old, parent__kind="district").values_list(
                "parent__code", flat=True
            )
        )
    )
    for number, code in enumerate([*old, *districts]):
        _equip(code, number, FIRST, CHANGE)
    organisations.mark_changed()
    return [*old, *districts]


def _actor(name: str, on: date) -> Actor:
    actor = units.get_actor(User.objects.get(username=name), None, on)
    assert actor is not None, name
    return actor


def _receive_and_move_on(codes: list[str], many: int) -> dict[str, str]:
    """Dossiers at every place of their way; {code of the dossier: code of the old unit}."""
    random, world = Random(7), World({}, {}, JUNE.date())
    made: dict[str, str] = {}
    at = JUNE
    for number in range(many):
        place = codes[number % len(codes)]
        at += timedelta(seconds=5)
        intake = make_intake(world, BIRTH, competent_agency_id=Unit.objects.get(code=place).pk)
        kind = Unit.objects.get(code=place).kind
        if kind == "district":
            commune = (
                UnitVersion.objects.filter(parent__code=place, unit__code__in=codes)
                .values_list("unit_id", flat=True)
                .first()
            )
            intake = replace(intake, competent_agency_id=commune)
        dossier = actions.receive(actor=_actor(f"{place}.tiepnhan", JUNE.date()), intake=intake, at=at)
        made[dossier.code] = place
        if random.random() < 0.7:
            actions.hand_over(
                actor=_actor(f"{place}.tiepnhan", JUNE.date()), dossier_code=dossier.code, at=at
            )
            agency = Unit.objects.get(pk=dossier.competent_agency_id).code
            if random.random() < 0.7:
                actions.start(
                    actor=_actor(f"{agency}.case_officer", JUNE.date()), dossier_code=dossier.code, at=at
                )
    return made


def test_none_is_lost_on_the_first_of_july(old_communes: list[str]) -> None:
    made = _receive_and_move_on(old_communes, OPEN)
    ended = Dossier.objects.get(code=next(iter(made)))
    actions.withdraw(
        actor=_actor(f"{made[ended.code]}.tiepnhan", JUNE.date()),
        dossier_code=ended.code,
        reason="Thôi",
        at=JUNE + timedelta(hours=6),
    )
    assert [code for code in old_communes if "-H" in code]
    before, row = _places(), _plan()
    done = reorganising.carry_out(actor=SYSTEM, reorganisation_id=row.pk, at=MORNING)
    assert done.tally["dossiers"] == OPEN - 1 and done.tally["units_ended"] >= len(old_communes)
    logger.info("%s dossiers, %s units: %s s", OPEN, done.tally["units_ended"], done.tally["seconds"])
    _require_none_lost(made, ended.code)
    _require_each_seen_and_found(made)
    began = time.perf_counter()
    reorganising.undo(
        actor=SYSTEM, reorganisation_id=row.pk, reason="Thử hoàn tác", at=MORNING + timedelta(minutes=1)
    )
    logger.info("taken back: %.1f s", time.perf_counter() - began)
    assert _places() == before
    again = _plan()
    reorganising.carry_out(actor=SYSTEM, reorganisation_id=again.pk, at=MORNING + timedelta(minutes=2))
    _require_none_lost(made, ended.code)
    _work_goes_on()


def _plan() -> Reorganisation:
    return organisations.plan_from_successions(
        actor=SYSTEM, province_codes=["45", "44"], first_day=CHANGE, title="Sắp xếp đơn vị hành chính", decision_number="1680/NQ-UBTVQH15",
        otherwise=_find_seats(), at=MORNING,
    )  # fmt: skip


def _places() -> list[tuple[object, ...]]:
    """Where every dossier and open task lies."""
    dossiers_ = Dossier.objects.order_by("pk").values_list(
        "pk", "receiving_unit_id", "competent_agency_id", "returning_unit_id"
    )
    tasks = Task.objects.filter(done_at=None).order_by("pk").values_list("pk", "unit_id", "assignee_id")
    return [*dossiers_, *tasks]


def _find_seats() -> dict[str, str]:
    """Where districts went: to the commune where most of what was below them went; the old province to the new one."""
    places = {"2004-T45": "2025-T44"}
    ending = UnitVersion.objects.filter(valid_to=CHANGE, unit__province_code__in=["44", "45"])
    for district in ending.filter(unit__kind="district").values_list("unit__code", flat=True):
        heirs = UnitSuccession.objects.filter(
            from_unit__versions__parent__code=district, is_default=True, on=CHANGE
        )
        working = heirs.filter(to_unit__code__in=NEW).values_list("to_unit__code", flat=True).first()
        places[district] = working or heirs.values_list("to_unit__code", flat=True).first() or "2025-T44"
    return places


def _require_none_lost(made: dict[str, str], ended: str) -> None:
    tree = units.get_tree(CHANGE)
    assert Dossier.objects.filter(code__in=made).count() == len(made) == OPEN
    for dossier in Dossier.objects.exclude(code=ended):
        for unit_id in (dossier.receiving_unit_id, dossier.competent_agency_id, dossier.returning_unit_id):
            assert unit_id in tree.units, dossier.code
        assert dossier.revision >= 2
    for task in Task.objects.filter(done_at=None):
        assert task.unit_id in tree.units
        holders = units.find_officers(task.unit_id, task.post, on=CHANGE)
        assert holders, task.name
        if task.assignee_id:
            assert units.find_present([task.assignee_id], task.unit_id, CHANGE)
    for dossier in list(Dossier.objects.order_by("pk")[::17]):
        assert find_difference(dossier) == ""


def _require_each_seen_and_found(made: dict[str, str]) -> None:
    """By its old code and its old unit, from the counter of the commune it went to."""
    for code, place in list(made.items())[::13]:
        dossier = Dossier.objects.get(code=code)
        counter = units.find_standing(Unit.objects.get(code=f"{place}.tn").pk, CHANGE)
        assert counter is not None and counter.code.endswith(".tn")
        actor = _actor(f"{counter.code.removesuffix('.tn')}.tiepnhan", CHANGE)
        assert access.visible_to(actor).filter(pk=dossier.pk).exists(), code
        assert [row.code for row in dossiers.search(actor, code).rows] == [code]
        assert Involvement.objects.filter(dossier=dossier, unit__code=f"{place}.tn").exists()
        assert units.get_name(Unit.objects.get(code=place).pk, JUNE.date()) != units.get_name(
            dossier.receiving_unit_id, CHANGE
        )


def _work_goes_on() -> None:
    dossier = Dossier.objects.filter(state=State.PROCESSING).order_by("pk").first()
    assert dossier is not None
    task = Task.objects.get(dossier=dossier, done_at=None)
    user = User.objects.get(pk=task.assignee_id)
    actor = _actor(user.username, CHANGE)
    actions.propose(
        actor=actor, dossier_code=dossier.code, outcome="approved", at=MORNING + timedelta(hours=1)
    )
    opened = Task.objects.get(dossier=dossier, done_at=None)
    assert units.get_tree(CHANGE).units[opened.unit_id].code.startswith("2025-")
