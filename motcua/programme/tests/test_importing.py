"""From a file to a plan: nothing is a plan before a person confirms, and a second import shows what it changes."""

import json
from dataclasses import fields
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from motcua.commands import show_plan
from motcua.core.refusal import Refused
from motcua.organisations.models import Assignment
from motcua.organisations.tests.factories import AT
from motcua.programme.actions import importing, keeping
from motcua.programme.actions.importing import RowFacts
from motcua.programme.models import Plan, PlanReading, PlanTask
from motcua.programme.queries.differences import compare

pytestmark = pytest.mark.django_db


def read(province: SimpleNamespace, content: bytes, name: str = "ke-hoach.txt") -> PlanReading:
    return importing.read_file(actor=province.control, content=content, name=name, at=AT)


def keep(province: SimpleNamespace, reading: PlanReading) -> Plan:
    return keeping.confirm(actor=province.control, reading_id=reading.pk, revision=reading.revision, at=AT)


def facts_of(reading: PlanReading, place: int, **changes: Any) -> RowFacts:
    row = reading.read["rows"][place]
    return RowFacts(**{f.name: row[f.name] for f in fields(RowFacts)} | changes)


def test_reading_keeps_the_file_and_makes_no_plan(province: SimpleNamespace, plan_text: bytes) -> None:
    reading = read(province, plan_text)
    assert len(reading.file.sha256) == 64 and reading.file.size == len(plan_text)
    assert reading.unit_id == province.units["P"].id and reading.year == 2026
    assert not Plan.objects.exists() and not PlanTask.objects.exists()


def test_what_is_no_plan_is_refused_and_nothing_is_kept(province: SimpleNamespace) -> None:
    with pytest.raises(Refused) as refused:
        read(province, "Kính gửi các đồng chí, mời họp.".encode())
    assert refused.value.code == "plan_no_rows" and not PlanReading.objects.exists()


def test_only_keepers_of_the_agency_import(province: SimpleNamespace, plan_text: bytes) -> None:
    with pytest.raises(Refused):
        importing.read_file(actor=province.centre_intake, content=plan_text, name="a.txt", at=AT)
    reading = read(province, plan_text)
    with pytest.raises(Refused):
        keeping.confirm(actor=province.commune_head, reading_id=reading.pk, revision=0, at=AT)


def test_a_confirmed_reading_is_a_plan_in_its_own_order(province: SimpleNamespace, plan_text: bytes) -> None:
    plan = keep(province, read(province, plan_text))
    assert (plan.number, plan.dated, plan.year) == ("07/KH-UBND", date(2026, 1, 12), 2026)
    rows = plan.tasks.values_list("group__number", "number", "content", "kind")
    assert list(rows) == [
        ("I", "1", "Xây dựng quy chế", "before_date"),
        ("I", "2", "Niêm yết thủ tục", "continuous"),
        ("II", "1", "Báo cáo quý", "recurring period"),
        ("II", "2", "Xử lý phản ánh", "on event"),
    ]
    assert [str(t.value.normalize()) for t in plan.targets.all()] == ["9E+1"]


def test_units_named_in_words_are_those_of_the_plans_day(province: SimpleNamespace, plan_text: bytes) -> None:
    plan = keep(province, read(province, plan_text))
    named = {
        task.content: {r.unit.code if r.unit else r.words for r in task.responsibilities.filter(role="lead")}
        for task in plan.tasks.all()
    }
    assert named == {
        "Xây dựng quy chế": {"P.VP"},
        "Niêm yết thủ tục": {"A", "B", "S"},
        "Báo cáo quý": {"A", "B", "S"},
        "Xử lý phản ánh": {"Thanh tra Chính phủ"},
    }


def test_each_task_has_an_occurrence_for_each_period(province: SimpleNamespace, plan_text: bytes) -> None:
    plan = keep(province, read(province, plan_text))
    dues = {t.content: [str(o.due_on) for o in t.occurrences.all()] for t in plan.tasks.all()}
    assert dues["Xây dựng quy chế"] == ["2026-02-27"]
    assert dues["Niêm yết thủ tục"] == ["None"] * 4
    assert dues["Báo cáo quý"] == ["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"]
    assert dues["Xử lý phản ánh"] == []


def test_a_corrected_row_is_read_again_and_counts_as_looked_at(
    province: SimpleNamespace, plan_text: bytes
) -> None:
    reading = read(province, plan_text.replace("Hàng quý".encode(), "Hằng kỳ lạ".encode()))
    assert "time: unread" in reading.read["rows"][2]["unsure"]
    facts = facts_of(reading, 2, time="Hàng tháng")
    fixed = importing.correct_row(
        actor=province.control, reading_id=reading.pk, place=2, facts=facts, revision=0, at=AT
    )
    assert fixed.read["rows"][2]["deadline"]["every"] == "month" and fixed.read["rows"][2]["is_reviewed"]
    assert fixed.read["rows"][2]["unsure"] == []


def test_two_people_at_one_reading_do_not_overwrite_each_other(
    province: SimpleNamespace, plan_text: bytes
) -> None:
    reading = read(province, plan_text)
    importing.remove_row(actor=province.control, reading_id=reading.pk, place=0, revision=0, at=AT)
    with pytest.raises(Refused) as refused:
        importing.remove_row(actor=province.head, reading_id=reading.pk, place=0, revision=0, at=AT)
    assert refused.value.code == "stale"
    assert len(PlanReading.objects.get().read["rows"]) == 3


def test_the_same_file_again_is_recognised_and_changes_nothing(
    province: SimpleNamespace, plan_text: bytes
) -> None:
    plan = keep(province, read(province, plan_text))
    again = read(province, plan_text)
    known = keeping.find_known(again)
    assert known == plan and compare(plan, again.read["rows"]).is_empty
    assert keep(province, again) == plan and Plan.objects.get().version == 2
    assert PlanTask.objects.count() == 4


def test_a_second_import_shows_the_difference_and_keeps_what_was_reported(
    province: SimpleNamespace, plan_text: bytes
) -> None:
    plan = keep(province, read(province, plan_text))
    kept = plan.tasks.get(content="Báo cáo quý")
    changed = plan_text.replace("Hàng quý".encode(), "6 tháng, năm".encode()).replace(
        "1\tXây dựng quy chế".encode(), "1\tXây dựng quy chế mới".encode()
    )
    again = read(province, changed)
    difference = compare(plan, again.read["rows"])
    assert (difference.added, difference.removed) == (("Xây dựng quy chế mới",), ("Xây dựng quy chế",))
    assert difference.changed == (("Báo cáo quý", (("time", "Hàng quý", "6 tháng, năm"),)),)
    keep(province, again)
    assert plan.tasks.get(content="Báo cáo quý") == kept
    assert plan.tasks.get(content="Xây dựng quy chế").is_withdrawn
    assert list(kept.occurrences.values_list("due_on", flat=True)) == [date(2026, 6, 30), date(2026, 12, 31)]


def test_a_row_without_words_cannot_be_kept(province: SimpleNamespace, plan_text: bytes) -> None:
    reading = read(province, plan_text)
    importing.add_row(actor=province.control, reading_id=reading.pk, after=0, revision=0, at=AT)
    with pytest.raises(Refused) as refused:
        keeping.confirm(actor=province.control, reading_id=reading.pk, revision=1, at=AT)
    assert refused.value.code == "no_content" and not Plan.objects.exists()


def test_a_discarded_reading_cannot_be_confirmed(province: SimpleNamespace, plan_text: bytes) -> None:
    reading = read(province, plan_text)
    importing.discard(actor=province.control, reading_id=reading.pk, at=AT + timedelta(hours=1))
    with pytest.raises(Refused):
        keep(province, reading)


def test_the_command_tells_whose_plan_it_is_by_its_issuer_or_asks(
    province: SimpleNamespace, plan_text: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "ke-hoach.txt"
    path.write_bytes(plan_text)
    call_command("import_plan", str(path), "--confirm", stdout=StringIO())
    assert Plan.objects.get().unit_id == province.units["P"].id
    path.write_bytes(plan_text.replace("UBND TỈNH MẪU".encode(), "UBND TỈNH KHÁC".encode()))
    with pytest.raises(CommandError, match="--unit"):
        call_command("import_plan", str(path), stdout=StringIO())
    assert PlanReading.objects.count() == 1


def test_a_letter_that_is_no_plan_is_said_to_be_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cong-van.txt"
    path.write_text("Kính gửi: các xã\nCông văn về việc nghỉ lễ.\n", encoding="utf-8")
    assert show_plan.run(path, as_json=True) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["rows"] == [] and "Không thấy bảng nhiệm vụ" in said.err


def test_a_unit_without_people_is_pointed_out(
    province: SimpleNamespace, tmp_path: Path, plan_text: bytes
) -> None:
    path, said = tmp_path / "ke-hoach.txt", StringIO()
    path.write_bytes(plan_text)
    call_command("import_plan", str(path), "--unit", "P", stdout=said)
    assert "Chưa ai của đơn vị này" not in said.getvalue()
    Assignment.objects.all().delete()
    call_command("import_plan", str(path), "--unit", "P", stdout=said)
    assert "Chưa ai của đơn vị này" in said.getvalue()


def test_the_groups_around_a_group_are_put_right_for_one_row_or_for_the_group(
    province: SimpleNamespace, plan_text: bytes
) -> None:
    reading = read(province, plan_text)
    around = [["A", "PHẦN CHUNG"]]
    facts = facts_of(reading, 0, section="Chỉ đạo", path=around)
    given = {"actor": province.control, "reading_id": reading.pk, "place": 0, "facts": facts, "at": AT}
    once = importing.correct_row(**given, revision=reading.revision)
    assert [row["path"] for row in once.read["rows"]] == [around, [], [], []]
    back = importing.correct_row(
        **given | {"facts": facts_of(once, 0, path=[], section="Quy chế")}, revision=once.revision
    )
    whole = importing.correct_row(
        **given | {"place": 1, "facts": facts_of(back, 1, path=around)},
        whole_group=True,
        revision=back.revision,
    )
    assert [row["path"] for row in whole.read["rows"]] == [[], around, [], []]
    both = importing.correct_row(
        **given | {"place": 2, "facts": facts_of(whole, 2, path=around, section="Báo cáo")},
        whole_group=True,
        revision=whole.revision,
    )
    assert [(row["section"], row["path"]) for row in both.read["rows"][2:]] == [("Báo cáo", around)] * 2
    plan = keep(province, both)
    assert list(plan.groups.values_list("title", "path"))[-1] == ("Báo cáo", around)
