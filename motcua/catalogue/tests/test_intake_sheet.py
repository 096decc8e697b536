"""The sheet of the counter: cases, papers, limit, fees, from memory."""

from datetime import date

import pytest

from motcua.catalogue import queries
from motcua.catalogue.models import Component, ProcedureCase, ProcedureVersion
from motcua.catalogue.tests.factories import make_procedure, touch
from motcua.core.refusal import Refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def _add_block(procedure, no, name, kind, papers):
    case = ProcedureCase.objects.create(version=procedure.versions.get(), no=no, name=name, kind=kind)
    for place, (paper, originals) in enumerate(papers, 1):
        Component.objects.create(case=case, no=place, name=paper, label=paper[:90], originals=originals)
    touch()
    return case


def test_a_sheet_costs_statements_once(django_assert_max_num_queries):
    make_procedure(fees=(("Lệ phí", 8000),))
    sheet = queries.get_intake_sheet("1.001193", TODAY)
    assert (sheet.limit.unit, sheet.start_rule, sheet.is_operated) == ("same_day", "next_day_after_15", True)
    assert [fee.amount for fee in sheet.fees] == [8000]
    assert [(c.name, c.is_required) for c in sheet.cases[0].components][0] == (
        "Tờ khai đăng ký khai sinh",
        True,
    )
    with django_assert_max_num_queries(0):
        assert queries.get_intake_sheet("1.001193", TODAY) is sheet


def test_papers_under_a_heading_belong_to_every_case_and_notes_to_none():
    procedure = make_procedure()
    own = _add_block(procedure, 2, "Trường hợp mang thai hộ", "case", [("Văn bản của cơ sở y tế", 1)])
    _add_block(procedure, 3, "* Lưu ý:", "note", [("Bản chụp phải rõ nét", 0)])
    sheet = queries.get_intake_sheet("1.001193", TODAY)
    assert [case.name for case in sheet.cases] == ["", own.name]
    assert [len(case.components) for case in sheet.cases] == [3, 4]
    assert sheet.remarks == ("Bản chụp phải rõ nét",)


def test_a_line_that_asks_for_no_paper_is_a_remark():
    procedure = make_procedure()
    _add_block(
        procedure, 2, "Giấy tờ phải nộp", "heading", [("Người tiếp nhận tra cứu dữ liệu", 0), ("Hộ chiếu", 1)]
    )
    sheet = queries.get_intake_sheet("1.001193", TODAY)
    assert [c.name for c in sheet.cases[0].components][-1] == "Hộ chiếu"
    assert "Người tiếp nhận tra cứu dữ liệu" in sheet.remarks


def test_a_procedure_without_a_stated_limit_has_no_deadline():
    make_procedure("1.555555", limit=(0, "none"), is_operated=False)
    sheet = queries.get_intake_sheet("1.555555", TODAY)
    assert sheet.no_deadline and not sheet.is_operated


def test_the_version_of_the_day_is_answered():
    procedure = make_procedure()
    old = procedure.versions.get()
    ProcedureVersion.objects.filter(pk=old.pk).update(valid_to=TODAY)
    values = {f.attname: getattr(old, f.attname) for f in ProcedureVersion._meta.fields if f.name != "id"}
    new = ProcedureVersion.objects.create(**{**values, "number": 2, "valid_from": TODAY, "valid_to": None})
    touch()
    assert queries.get_intake_sheet("1.001193", TODAY).version_id == new.pk
    assert queries.get_intake_sheet("1.001193", date(2026, 11, 19)).version_id == old.pk


def test_an_unknown_code_is_refused():
    with pytest.raises(Refused) as refusal:
        queries.get_intake_sheet("9.999999", TODAY)
    assert refusal.value.code == "not_found"


def test_search_by_letters_words_initials_and_code(django_assert_max_num_queries):
    make_procedure()
    make_procedure("1.000894", name="Thủ tục đăng ký kết hôn")
    make_procedure("1.009999", name="Cấp phép khai thác nước", level="province", is_operated=False)
    found = [row.code for row in queries.search("khai")]
    assert found == ["1.001193", "1.009999"]
    assert [row.code for row in queries.search("khai", operated_only=True)] == ["1.001193"]
    with django_assert_max_num_queries(0):
        assert [row.code for row in queries.search("hon ket")] == ["1.000894"]
        assert [row.code for row in queries.search("dkks")] == ["1.001193"]
        assert [row.code for row in queries.search("1.0008")] == ["1.000894"]
        assert [row.code for row in queries.search("10008")] == ["1.000894"]
        assert [row.code for row in queries.search("khai", agency_kind="department")] == ["1.009999"]
        assert [row.code for row in queries.search("khai", operated_only=True)] == ["1.001193"]
        assert queries.search("  ") == []


def test_lists_are_paged_and_filtered():
    make_procedure()
    make_procedure("1.555555", name="Thủ tục khác", limit=(0, "none"), is_operated=False, level="province")
    assert [p.code for p in queries.search_public("khai sinh").rows] == ["1.001193"]
    assert [p.code for p in queries.search_public("", level="province").rows] == ["1.555555"]
    assert [p.code for p in queries.find_procedures(show="operated").rows] == ["1.001193"]
    assert [p.code for p in queries.find_procedures(show="no_deadline").rows] == ["1.555555"]
    assert queries.count_procedures() == {"all": 2, "operated": 1, "no_deadline": 1}
