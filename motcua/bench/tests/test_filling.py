"""Two hundred made-up dossiers are as good as received ones: pages show them, search finds them, acts move them."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection, connections
from django.utils import timezone

from motcua.accounts.models import User
from motcua.bench.database import count_received
from motcua.bench.filling import Plan, fill
from motcua.bench.people import get_number, get_phone
from motcua.bench.room import find_largest
from motcua.catalogue import actions as catalogue
from motcua.catalogue.actions.operating import DATA
from motcua.catalogue.tests.shipped import in_one_process, read_shipped
from motcua.demo import province as demonstration
from motcua.demo.processes import find_agency_codes
from motcua.dossiers import queries
from motcua.dossiers.actions import handling
from motcua.dossiers.models import Dossier, Task
from motcua.dossiers.queries.history import find_difference
from motcua.legal import actions as legal
from motcua.organisations import queries as organisations
from motcua.organisations.models import Assignment
from motcua.organisations.rules import SYSTEM, Actor
from motcua.processes import actions as processes

COUNT = 200


def _get_url() -> str:
    named: dict[str, Any] = connection.settings_dict
    host = named["HOST"] or ""
    port = f":{named['PORT']}" if named["PORT"] else ""
    where = f"@/{named['NAME']}?host={host}" if host.startswith("/") else f"@{host}{port}/{named['NAME']}"
    password = f":{named['PASSWORD']}" if named["PASSWORD"] else ""
    return f"postgresql://{named['USER']}{password}{where}"


def _furnish(at: datetime) -> None:
    """What the filling reads of an installation: numbers, units and people, and the procedures they operate, no others."""
    legal.load_parameters()
    demonstration.load(at)
    operated = {row["code"] for row in json.loads((DATA / "operated.json").read_text(encoding="utf-8"))}
    found = [facts for facts in read_shipped().procedures if facts.code in operated]
    catalogue.import_catalogue(actor=SYSTEM, procedures=found, at=at)
    codes = find_agency_codes(province_code="44", at=at)
    catalogue.load_operated(actor=SYSTEM, unit_codes=codes, at=at)
    processes.load_processes(actor=SYSTEM, unit_codes=codes, at=at)


@pytest.fixture
def province(transactional_db: None) -> Iterator[date]:
    """The demonstration's places filled as the benchmark fills them; emptied again by the database's own test rules."""
    _furnish(timezone.now())
    connections.close_all()
    on = timezone.localdate()
    fill(_get_url(), COUNT, on, lambda words: None)
    yield on
    with psycopg.connect(_get_url(), autocommit=True) as db:
        db.execute("DROP SCHEMA bench CASCADE")


def _get_actor(username: str, on: date) -> Actor:
    user = User.objects.get(username=username)
    assignment = Assignment.objects.on(on).filter(user=user).order_by("pk").first()
    assert assignment is not None
    actor = organisations.get_actor(user, assignment.pk, on)
    assert actor is not None
    return actor


@in_one_process
def test_what_is_made_is_as_if_received(province: date) -> None:
    on, at = province, timezone.now()
    dossiers = list(Dossier.objects.order_by("pk"))
    assert len(dossiers) == COUNT
    assert {d.code: find_difference(d) for d in dossiers if find_difference(d)} == {}
    assert {"returned", "processing", "received"} <= {d.state for d in dossiers}

    overseer = _get_actor("tinh.kiemsoat1", on)
    some = dossiers[17]
    assert some.pk in {d.pk for d in queries.search(overseer, get_number(some.applicant_id)).rows}
    assert some.pk in {d.pk for d in queries.search(overseer, get_phone(some.applicant_id)).rows}
    assert some.pk in {
        d.pk for d in queries.search(overseer, " ".join(reversed(some.applicant_name.split()))).rows
    }
    assert queries.get_parties(some)[0].full_name == some.applicant_name

    waiting = Task.objects.filter(done_at=None, assignee=None, post="case_officer").first()
    assert waiting is not None
    holder = Assignment.objects.on(on).filter(unit_id=waiting.unit_id, post="case_officer").first()
    assert holder is not None
    officer = _get_actor(holder.user.username, on)
    shown = queries.find_inbox(officer, "new", at=at)
    assert waiting.dossier_id in {row.dossier_id for row in shown.rows}

    begun = handling.start(actor=officer, dossier_code=waiting.dossier.code, at=at)
    assert begun.state == "processing" and find_difference(begun) == ""

    assert count_received(_get_url()) == 0
    with psycopg.connect(_get_url()) as db:
        db.execute("UPDATE bench.made SET dossiers = dossiers - 3")
    assert count_received(_get_url()) == 3


def test_the_queue_fills_forty_pages_and_the_disk_decides_how_many(tmp_path: Path) -> None:
    plan = Plan(10_000_000, 0, date(2026, 11, 20))
    assert plan.dossiers // plan.every >= 30_000
    assert 2_000 <= Plan(10_000, 0, plan.on).dossiers // Plan(10_000, 0, plan.on).every <= 2_500
    assert find_largest(tmp_path, 10_000) == 10_000
    assert find_largest(tmp_path, 10**13) < 10**13
