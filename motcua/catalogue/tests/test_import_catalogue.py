"""Taking the catalogue in: idempotent, dated, with the difference and every rejected row named."""

import gzip
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction

from motcua.catalogue import actions, queries
from motcua.catalogue.exchange.facts import ChannelFacts, fingerprint
from motcua.catalogue.exchange.jsonl import read_jsonl
from motcua.catalogue.models import Component, ProcedureVersion
from motcua.catalogue.queries.held import read_facts
from motcua.catalogue.tests.shipped import in_one_process, read_shipped
from motcua.core.refusal import Refused
from motcua.organisations.rules import SYSTEM, Actor, Post

pytestmark = in_one_process
AT = datetime(2026, 11, 20, 3, tzinfo=UTC)
OFFICER = Actor(
    1, "Cán bộ trình diễn", 1, Post.INTAKE_OFFICER, 1, "Trung tâm", "centre", 1, "UBND", "H50", "default"
)


@pytest.fixture
def shipped():
    return read_shipped()


def _import(procedures, **more):
    return actions.import_catalogue(**{"actor": SYSTEM, "procedures": procedures, "at": AT, **more})


def test_the_shipped_file_holds_every_procedure_and_no_fault(shipped):
    assert (len(shipped.procedures), shipped.rejections) == (5665, [])
    assert sum(1 for facts in shipped.procedures if facts.code == "1.014325") == 2
    assert sum(len(facts.blocks) for facts in shipped.procedures) > 7_800
    assert len(shipped.warnings) == 191


@pytest.mark.django_db
def test_a_second_run_changes_nothing(shipped):
    some = shipped.procedures[:60]
    assert len(_import(some).added) == 60
    again = _import(some)
    assert (again.added, again.changed, again.unchanged) == ((), (), 60)
    assert ProcedureVersion.objects.count() == 60


@pytest.mark.django_db
def test_what_is_held_reads_back_as_the_same_facts(shipped):
    some = shipped.procedures[::180]
    _import(some)
    held = {facts.key: facts for facts in read_facts()}
    assert {facts.key for facts in some} == set(held)
    assert all(fingerprint(held[facts.key]) == fingerprint(facts) for facts in some)


@pytest.mark.django_db
def test_a_dry_run_tells_each_fact_that_differs_and_writes_nothing(shipped):
    facts = next(f for f in shipped.procedures if f.code == "1.001193")
    _import([facts])
    way = facts.channels[0]
    other = facts._replace(
        name="Đăng ký khai sinh",
        channels=(way._replace(limit_amount=Decimal(2), limit_unit="working_day"), *facts.channels[1:]),
    )
    difference = _import([other], is_dry_run=True)
    assert [(f.path, f.after) for f in difference.changed[0].fields] == [
        ("name", "Đăng ký khai sinh"),
        ("channels.1.limit_amount", "2"),
        ("channels.1.limit_unit", "working_day"),
    ]
    assert ProcedureVersion.objects.count() == 1


@pytest.mark.django_db
def test_a_change_is_a_new_dated_version_and_the_old_one_stays(shipped):
    facts = next(f for f in shipped.procedures if f.code == "1.001193")
    _import([facts])
    before = queries.get_intake_sheet("1.001193", date(2026, 11, 20))
    _import([facts._replace(name="Đăng ký khai sinh")])
    _import([facts._replace(name="Khai sinh")])
    spans = list(ProcedureVersion.objects.order_by("number").values_list("name", "valid_from", "valid_to"))
    assert spans == [
        (facts.name, date(2018, 6, 21), date(2026, 11, 20)),
        ("Đăng ký khai sinh", date(2026, 11, 20), date(2026, 11, 21)),
        ("Khai sinh", date(2026, 11, 21), None),
    ]
    assert queries.get_intake_sheet("1.001193", date(2026, 11, 19)).version_id == before.version_id
    assert queries.get_intake_sheet("1.001193", date(2026, 11, 20)).name == "Đăng ký khai sinh"


@pytest.mark.django_db
def test_the_database_refuses_to_edit_a_version(shipped):
    _import([next(f for f in shipped.procedures if f.code == "1.001193")])
    for rows, change in ((ProcedureVersion, {"name": "x"}), (Component, {"name": "x"})):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Component.objects.all().delete()


@pytest.mark.django_db
def test_a_procedure_left_out_of_the_file_is_named_and_closed_only_when_asked(shipped):
    first, second = shipped.procedures[:2]
    _import([first, second])
    assert _import([first]).missing == (second.key,)
    assert ProcedureVersion.objects.filter(valid_to=None).count() == 2
    _import([first], closes_missing=True)
    assert ProcedureVersion.objects.filter(valid_to=None).count() == 1
    _import([first, second])
    assert ProcedureVersion.objects.filter(valid_to=None).count() == 2


@pytest.mark.django_db
def test_an_officer_of_the_counter_may_not_import(shipped):
    with pytest.raises(Refused) as refusal:
        _import(shipped.procedures[:1], actor=OFFICER)
    assert refusal.value.code == "forbidden"


GOOD = {
    "code": "1.000001", "portal_id": "p1", "name": "Thủ tục thử", "field_code": "F1", "field": "Lĩnh vực", "levels": ["Cấp Xã"],
    "kind": "STANDARD", "dossier_cases": [{"case": "", "components": [{"name": "Đơn", "doc_code": "K1", "original_qty": 1, "copy_qty": 0}]}],
    "methods": [{"channel": "Trực tiếp", "time_value": 2.5, "time_unit": "ngày làm việc", "fees": []}], "results": [], "legal_basis": [],
}  # fmt: skip


def _file(tmp_path, *rows):
    path = tmp_path / "export.jsonl.gz"
    path.write_bytes(
        gzip.compress("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows).encode())
    )
    return path


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"code": ""}, "code"),
        ({"name": "  "}, "name"),
        ({"name": "x" * 5000}, "name"),
        ({"levels": ["Cấp Trời"]}, "levels"),
        ({"decision_date": "2026-13-45"}, "decision_date"),
        ({"methods": [{"channel": "Bồ câu", "time_unit": ""}]}, "methods[1].channel"),
        (
            {"methods": [{"channel": "Trực tiếp", "time_value": -1, "time_unit": "ngày"}]},
            "methods[1].time_value",
        ),
        (
            {
                "methods": [
                    {"channel": "Trực tiếp", "time_unit": "", "fees": [{"type": "Phí", "value": "nhiều"}]}
                ]
            },
            "methods[1].fees[1].value",
        ),
        (
            {"dossier_cases": [{"case": "", "components": [{"name": "Đơn", "original_qty": 1.5}]}]},
            "dossier_cases[1].components[1].original_qty",
        ),
        ({"dossier_cases": "nhiều"}, "dossier_cases"),
    ],
)
def test_a_bad_row_is_named_by_row_column_and_reason(tmp_path, change, column):
    reading = read_jsonl(_file(tmp_path, {**GOOD, "code": "1.000002", "portal_id": "p2"}, {**GOOD, **change}))
    assert [facts.code for facts in reading.procedures] == ["1.000002"]
    assert [(r.row, r.column) for r in reading.rejections][:1] == [(2, column)]
    assert reading.rejections[0].reason


def test_a_packed_file_longer_than_any_catalogue_is_refused(tmp_path):
    path = tmp_path / "export.jsonl.gz"
    path.write_bytes(gzip.compress(b"{}\n" * 3 + b"\n" * 5_000_000))
    with pytest.raises(ValueError, match="bung ra dài quá mức"):
        read_jsonl(path)


def test_broken_lines_and_doubles_are_named(tmp_path):
    reading = read_jsonl(_file(tmp_path, GOOD, "{not json", "[1]", GOOD))
    assert len(reading.procedures) == 1
    assert [r.row for r in reading.rejections] == [2, 3, 4]


def test_half_days_are_kept_and_an_odd_code_is_only_a_warning(tmp_path):
    reading = read_jsonl(_file(tmp_path, {**GOOD, "code": "HN-01"}))
    assert reading.procedures[0].channels == (ChannelFacts("direct", Decimal("2.5"), "working_day", ()),)
    assert [w.value for w in reading.warnings] == ["HN-01"]


@pytest.mark.django_db
def test_the_command_shows_the_difference_and_ends_badly_when_rows_are_rejected(tmp_path):
    out, err = StringIO(), StringIO()
    path = _file(tmp_path, GOOD, {**GOOD, "code": "", "portal_id": "p3"})
    with pytest.raises(CommandError):
        call_command("import_catalogue", str(path), stdout=out, stderr=err)
    assert "đã thêm 1" in out.getvalue()
    assert "dòng 2, cột code" in out.getvalue()
    with pytest.raises(CommandError):
        call_command("import_catalogue", str(tmp_path / "none.jsonl"), stdout=out)


@pytest.mark.django_db
def test_a_file_with_faults_closes_nothing(tmp_path):
    with pytest.raises(CommandError, match="lỗi"):
        call_command("import_catalogue", str(_file(tmp_path, "{")), "--close-missing", stdout=StringIO())
