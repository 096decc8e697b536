"""Legal numbers: a basis for each, no overlap, old and new values by day, a missing one is an error."""

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from motcua.core.refusal import Refused
from motcua.legal import actions, queries
from motcua.legal.models import LegalDocument, Parameter
from motcua.legal.rules import read_value

ROWS = list(csv.DictReader((Path(actions.DATA) / "parameters.csv").open(encoding="utf-8", newline="")))
UNITS = [
    "working_days",
    "working_hours",
    "calendar_days",
    "months",
    "years",
    "minutes",
    "times",
    "percent",
    "vnd",
    "points",
    "dossiers",
    "digits",
    "dpi",
    "count",
    "persons",
    "copies",
    "hour_of_day",
    "day_of_month",
    "month_day",
    "hours_per_year",
]
AT = datetime(2026, 3, 10, 9, 0, tzinfo=timezone.get_default_timezone())


@dataclass
class Officer:
    posts: tuple[str, ...] = ("administrator",)
    person_name: str = "Người thử"
    unit_name: str = "Văn phòng"
    unit_kind: str = "province"

    def has(self, *posts):
        return any(post in self.posts for post in posts)


@pytest.fixture
def loaded(db):
    actions.load_parameters()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['key']} {row['valid_from']}")
def test_every_number_names_its_basis_its_unit_and_its_days(row):
    assert row["basis"].strip() and row["name"].strip() and row["value"].strip()
    assert row["is_verified"] in {"0", "1"}
    assert any(unit in row["key"] for unit in UNITS), "the unit belongs in the name"
    assert not row["valid_to"] or row["valid_to"] > row["valid_from"]
    assert re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)+", row["key"])


def test_no_two_values_of_a_key_overlap():
    by_key = defaultdict(list)
    for row in ROWS:
        by_key[row["key"]].append((row["valid_from"], row["valid_to"] or "9999-12-31"))
    for key, spans in by_key.items():
        spans.sort()
        assert all(first[1] <= second[0] for first, second in zip(spans, spans[1:], strict=False)), key


def test_what_was_not_read_is_not_called_verified():
    for row in ROWS:
        if re.search(r"chưa (đọc|xác minh)", row["basis"]):
            assert row["is_verified"] == "0", row["key"]


def test_every_named_document_is_shipped(loaded):
    named = {row["document"] for row in ROWS} - {""}
    assert named <= set(LegalDocument.objects.values_list("number", flat=True))


def test_loading_twice_changes_nothing(loaded):
    before = Parameter.objects.count()
    assert before == len(ROWS)
    assert actions.load_parameters() == 0
    assert Parameter.objects.count() == before


def test_old_and_new_values_by_day(loaded):
    assert queries.get_int("posting.min_months", date(2025, 6, 30)) == 6
    assert queries.get_int("posting.min_months", date(2025, 7, 1)) == 12
    assert queries.get_int("apology.working_days_before_due", date(2026, 3, 10)) == 1
    assert queries.get_parameter("evaluation.officer_part_min_points", date(2020, 1, 1)) == Decimal("3.5")
    assert queries.get_parameter("review.plan_month_day", date(2026, 1, 1)) == "01-31"


@pytest.mark.parametrize(
    ("key", "on"), [("no.such_working_days", date(2026, 1, 1)), ("posting.min_months", date(2010, 1, 1))]
)
def test_a_missing_number_is_an_error(loaded, key, on):
    with pytest.raises(queries.MissingParameter, match=key):
        queries.get_parameter(key, on)


def test_a_text_is_not_a_whole_number(loaded):
    with pytest.raises(queries.MissingParameter):
        queries.get_int("review.plan_month_day", date(2026, 1, 1))


def test_the_database_refuses_an_overlap(loaded):
    with pytest.raises(IntegrityError), transaction.atomic():
        Parameter.objects.create(
            key="posting.min_months", name="x", value="9", valid_from=date(2026, 1, 1), basis="Nghị định mới"
        )


def test_a_new_value_ends_the_old_one_and_is_signed(loaded):
    row = actions.set_parameter(
        actor=Officer(),
        key="posting.min_months",
        value="18",
        valid_from=date(2027, 1, 1),
        basis="Nghị định mới điều 11",
        is_verified=True,
        at=AT,
    )
    assert queries.get_int("posting.min_months", date(2026, 12, 31)) == 12
    assert queries.get_int("posting.min_months", date(2027, 1, 1)) == 18
    assert row.changed_by == "Người thử, Văn phòng"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"key": "nothing.times"}, "not_found"),
        ({"basis": " "}, "no_basis"),
        ({"valid_from": date(2020, 1, 1)}, "not_later"),
        ({"actor": Officer(posts=("intake_officer",))}, "forbidden"),
    ],
)
def test_a_careless_change_is_refused_and_nothing_is_kept(loaded, change, code):
    facts = {
        "actor": Officer(),
        "key": "posting.min_months",
        "value": "18",
        "valid_from": date(2027, 1, 1),
        "basis": "Nghị định mới",
        "is_verified": False,
        "at": AT,
    }
    with pytest.raises(Refused) as refusal:
        actions.set_parameter(**(facts | change))
    assert refusal.value.code == code
    assert Parameter.objects.count() == len(ROWS)


def test_a_number_compared_with_the_law_leaves_the_list(loaded):
    before = queries.count_unverified()
    row = queries.find_parameters("apology", unverified_only=True)[0]
    actions.verify_parameter(
        actor=Officer(), parameter_id=row.pk, basis="Nghị định 118/2025/NĐ-CP điều 19", at=AT
    )
    assert queries.count_unverified() == before - 1


@pytest.mark.parametrize(
    ("before", "typed", "kept"),
    [
        ("1", " 2 ", "2"),
        ("1", "hai", None),
        ("1", "2 ngày", None),
        ("1", "1,5", None),
        ("2000", "2.500", "2500"),
        ("3.5", "4", "4"),
        ("3.5", "4,25", "4.25"),
        ("3.5", "nhiều", None),
        ("01-31", "02-28", "02-28"),
        ("01-31", "31/01", None),
        ("theo luật", "theo luật mới", "theo luật mới"),
    ],
)
def test_a_new_value_is_of_the_kind_of_the_one_before(before, typed, kept):
    if kept is not None:
        assert read_value(typed, before) == kept
        return
    with pytest.raises(Refused, match=re.escape(before)) as no:
        read_value(typed, before)
    assert no.value.field == "value"


def test_a_word_where_rules_count_is_refused_at_its_field(loaded):
    key = "apology.working_days_before_due"
    with pytest.raises(Refused) as no:
        actions.set_parameter(
            actor=Officer(), key=key, value="hai", valid_from=date(2027, 1, 1), basis="NĐ", is_verified=False, at=AT
        )  # fmt: skip
    assert no.value.field == "value" and queries.get_int(key, date(2027, 1, 2)) == 1
