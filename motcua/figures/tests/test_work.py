"""Officers, steps and causes of one agency; whose they are to see."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from motcua.accounts.models import User
from motcua.dossiers.models import PromiseChange
from motcua.dossiers.tests.factories import NOON, World, make_dossier, make_world
from motcua.figures import queries
from motcua.figures.models import store
from motcua.figures.rules import Period
from motcua.figures.rules.productivity import reckon
from motcua.legal import actions as legal
from tests.ground import begins_with, give

pytestmark = pytest.mark.django_db
PERIOD = Period(NOON.date(), NOON.date() + timedelta(days=40))
AT = NOON + timedelta(days=40)


def make_at_work() -> World:
    """The small province with a dossier done and one in somebody's hands."""
    world = make_world()
    legal.load_parameters()
    made = [make_dossier(world, "result_ready", at=NOON), make_dossier(world, "processing", at=NOON)]
    store.retell([dossier.pk for dossier in made], 2**62)
    world.late = made[1]  # type: ignore[attr-defined]
    return world


@pytest.fixture
@begins_with(make_at_work)
def world(db: None) -> Iterator[World]:
    world = give(make_at_work)
    with time_machine.travel(AT, tick=False):
        yield world


def _client(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


def test_officers_are_told_with_what_they_received_and_did(world: World) -> None:
    rows = {row.name: row for row in queries.find_officers(world.units["A"], PERIOD)}
    intake, case = rows["Lê Thị Tiếp"], rows["Hoàng Văn Lý"]
    assert (intake.pace.received, intake.dossiers) == (2, 2) and case.pace.received == 0
    assert case.steps >= 1 and case.rate == 100
    assert intake.pace.share is None, "no target holds in 2026"


def test_a_late_dossier_names_the_step_until_a_cause_is_recorded(world: World) -> None:
    [cause] = queries.find_late_causes(world.units["A"], PERIOD, AT)
    assert cause.count == 1 and cause.cause == "" and cause.step
    late = world.late  # type: ignore[attr-defined]
    PromiseChange.objects.create(
        dossier=late, change="apologise", at=AT, old_due_at=late.due_at, new_due_at=AT + timedelta(days=9), cause="workload",
        reason="x", timing="late", signer_name="x", agency_id=world.units["A"], unit_id=world.units["A"],
    )  # fmt: skip
    [cause] = queries.find_late_causes(world.units["A"], PERIOD, AT)
    assert cause.cause == "Số lượng hồ sơ tăng đột biến" and cause.step == ""


def test_steps_are_told_with_their_time(world: World) -> None:
    steps = queries.find_steps(world.units["A"], PERIOD)
    assert steps and all(0 <= step.in_time <= step.count and step.half <= step.most for step in steps)


@pytest.mark.parametrize(
    ("name", "status"),
    [("a.leader", 200), ("p.control", 200), ("a.case", 403), ("b.leader", 403), ("p.admin", 403)],
)
def test_single_officers_are_seen_by_those_who_answer_for_them(world: World, name: str, status: int) -> None:
    assert _client(name).get(reverse("figures:work"), {"donvi": world.units["A"]}).status_code == status


def test_everybody_sees_the_own_work_alone(world: World) -> None:
    query = {"ky": "days", "tu": "10/03/2026", "den": "19/04/2026"}
    page = _client("a.intake").get(reverse("figures:mine"), query).content.decode()
    assert "Lê Thị Tiếp" in page and "Hoàng Văn Lý" not in page
    assert _client("p.admin").get(reverse("figures:mine")).status_code == 403


def test_the_pace_of_a_year() -> None:
    pace = reckon(440, date(2023, 1, 1), date(2023, 1, 31), 5280)
    assert pace.yearly == 5181 and pace.share == 98
    assert reckon(0, date(2023, 1, 1), date(2023, 1, 1), None).share is None


def test_agencies_stand_beside_each_other_for_who_is_above_them(world: World) -> None:
    rows = {row.agency_id: row for row in queries.find_agencies_at_work(world.units["P"], PERIOD)}
    row = rows[world.units["A"]]
    assert (row.received, row.receivers, row.most) == (2, 1, 2) and row.officers >= 2
    assert row.pace.yearly == reckon(2, PERIOD.first_on, PERIOD.last_on, None).yearly and row.target is None
    assert row.counts.pending_overdue == 1 and world.units["P"] not in rows
    query = {"ky": "days", "tu": "10/03/2026", "den": "19/04/2026"}
    page = _client("p.control").get(reverse("figures:work"), query).content.decode()
    assert (
        f"donvi={world.units['A']}" in page
        and "7.920, hết hiệu lực 31/12/2023" in page
        and "5.280, hết" in page
    )
    page = _client("a.leader").get(reverse("figures:work"), query).content.decode()
    assert "Từng đơn vị" not in page


def test_a_target_that_holds_is_not_called_old(world: World) -> None:
    year = Period(date(2023, 1, 1), date(2023, 12, 31))
    assert queries.get_target(world.units["A"], year) == 5280
    assert queries.find_old_targets([world.units["A"]], year) == []
