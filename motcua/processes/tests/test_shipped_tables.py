"""The tables that come with the product: sound, enough, real ones named by their decision."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from motcua.catalogue.actions.operating import DATA as CATALOGUE_DATA
from motcua.organisations.rules import SYSTEM
from motcua.processes import actions, queries
from motcua.processes.actions.loading import DATA
from motcua.processes.rules import check_table, longest_hours

AT = datetime(2026, 11, 20, 3, tzinfo=UTC)
HOURS = {"same_day": lambda n: 8, "working_day": lambda n: n * 8, "calendar_day": lambda n: n * 8}
ROWS = json.loads(DATA.read_text(encoding="utf-8"))


def test_every_operated_procedure_has_its_table_and_its_hours():
    operated = {
        row["code"]: row["limit"]
        for row in json.loads((CATALOGUE_DATA / "operated.json").read_text(encoding="utf-8"))
    }
    tables = {row["code"]: row["total_hours"] for row in ROWS}
    assert set(operated) <= set(tables)
    assert all(tables[code] == HOURS[unit](amount) for code, (amount, unit) in operated.items())
    assert len(operated) >= 30


def test_real_tables_name_their_decision_and_the_others_say_what_they_are():
    real = [row for row in ROWS if not row["is_demonstration"]]
    assert len(real) == 4
    assert all("918/QĐ-TTPVHCC" in row["source"] for row in real)
    assert all("trình diễn" in row["source"] for row in ROWS if row["is_demonstration"])


@pytest.mark.django_db
def test_all_are_published_once_and_sound():
    assert actions.load_processes(actor=SYSTEM, unit_codes={"Sở Xây dựng": "S.1"}, at=AT) == len(ROWS)
    assert actions.load_processes(actor=SYSTEM, unit_codes={}, at=AT) == 0
    for row in (row for row in ROWS if row["published_on"]):
        view = queries.get_process(row["code"], None, date(2026, 11, 20))
        assert check_table(view.steps, view.total_hours) == []
        assert longest_hours(view.steps) == Decimal(row["total_hours"])
    asked = {
        s.unit_code
        for s in queries.get_process("1.004232", None, date(2026, 11, 20)).steps
        if s.role == "opinion"
    }
    assert asked == {"S.1"}
