"""The pages where procedures are kept: who may, what they show, what they change."""

import gzip
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from motcua.catalogue import queries
from motcua.catalogue.exchange.workbook import read_workbook, write_workbook
from motcua.catalogue.models import Operation, ProcedureVersion
from motcua.catalogue.queries.held import read_facts
from motcua.catalogue.tests.factories import make_procedure

pytestmark = pytest.mark.django_db
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def control(client, province):
    client.force_login(province.users["control"])
    return client


@pytest.mark.parametrize("address", ["", "nhap/", "xuat/", "1.001193/", "1.001193/tiep-nhan/"])
def test_strangers_sign_in_and_officers_of_the_counter_are_refused(client, province, address):
    make_procedure()
    assert client.get(f"/quan-tri/thu-tuc/{address}").status_code == 302
    client.force_login(province.users["commune_intake"])
    assert client.get(f"/quan-tri/thu-tuc/{address}").status_code == 403
    client.force_login(province.users["administrator"])
    assert client.get(f"/quan-tri/thu-tuc/{address}").status_code == 200


def test_the_list_is_searched_and_filtered(control):
    make_procedure()
    make_procedure("1.555555", name="Thủ tục chưa có thời hạn", limit=(0, "none"), is_operated=False)
    page = control.get("/quan-tri/thu-tuc/", {"q": "khai sinh"}).text
    assert "1.001193" in page
    assert "1.555555" not in page
    assert "1.555555" in control.get("/quan-tri/thu-tuc/", {"xem": "no_deadline"}).text
    assert "1.555555" not in control.get("/quan-tri/thu-tuc/", {"xem": "operated"}).text
    assert "Không có thủ tục nào khớp" in control.get("/quan-tri/thu-tuc/", {"q": "zzz"}).text


def test_pages_keep_their_statements(control, django_assert_max_num_queries):
    for number in range(60):
        make_procedure(f"1.10{number:04}", name=f"Thủ tục {number}")
    with django_assert_max_num_queries(20):
        control.get("/quan-tri/thu-tuc/")
    with django_assert_max_num_queries(20):
        control.get("/quan-tri/thu-tuc/1.100001/")


def test_an_unknown_procedure_is_not_found(control):
    assert control.get("/quan-tri/thu-tuc/9.999999/").status_code == 404


def test_names_from_a_file_are_shown_as_text(control):
    make_procedure(name="<script>alert(1)</script>")
    page = control.get("/quan-tri/thu-tuc/1.001193/").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


TYPED = {
    "agency_level": "commune", "limit_amount": "5", "limit_unit": "working_day", "start_rule": "default", "basis": "Nghị quyết 1",
    "required_1": "on", "basis_1": "Luật Hộ tịch 2014 Điều 16", "label_1": "Giấy chứng sinh",
    "fee_name_0": "Lệ phí", "fee_amount_0": "8.000", "fee_kind_0": "charge", "fee_basis_0": "Nghị quyết 2",
}  # fmt: skip


def test_what_is_stated_holds_at_the_counter_the_same_day(control):
    make_procedure(limit=(0, "none"), is_operated=False)
    answer = control.post("/quan-tri/thu-tuc/1.001193/tiep-nhan/", TYPED)
    assert answer.status_code == 302
    sheet = queries.get_intake_sheet("1.001193", timezone.localdate())
    assert (sheet.limit.amount, sheet.limit.unit, [fee.amount for fee in sheet.fees]) == (
        5,
        "working_day",
        [8000],
    )
    assert [paper.label for paper in sheet.cases[0].components if paper.is_required] == ["Giấy chứng sinh"]
    assert 'value="Nghị quyết 2"' in control.get("/quan-tri/thu-tuc/1.001193/tiep-nhan/").text
    assert control.post("/quan-tri/thu-tuc/1.001193/ngung-tiep-nhan/").status_code == 302


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"basis": ""}, "Căn cứ của thời hạn"),
        ({"basis_1": ""}, "Giấy tờ bắt buộc phải có căn cứ"),
        ({"limit_amount": "0"}, "Thời hạn phải lớn hơn 0"),
        ({"limit_amount": "x"}, "Thời hạn"),
        ({"fee_basis_0": ""}, "Khoản thu phải có căn cứ"),
        ({"basis": "x" * 10_000}, "Căn cứ của thời hạn"),
    ],
)
def test_what_is_typed_wrong_is_said_at_its_field_and_kept(control, change, said):
    make_procedure(limit=(0, "none"), is_operated=False)
    answer = control.post("/quan-tri/thu-tuc/1.001193/tiep-nhan/", {**TYPED, **change})
    assert answer.status_code == 422
    assert said in answer.text
    assert "Lệ phí" in answer.text
    assert not queries.get_intake_sheet("1.001193", timezone.localdate()).is_operated


def _upload(content, name="thu-tuc.xlsx"):
    return {"file": SimpleUploadedFile(name, content, XLSX)}


def test_excel_out_is_edited_previewed_and_then_kept(control):
    make_procedure()
    content = control.get("/quan-tri/thu-tuc/xuat/").content
    edited = [facts._replace(name="Đăng ký khai sinh") for facts in read_workbook(content).procedures]
    preview = control.post("/quan-tri/thu-tuc/nhap/", _upload(write_workbook(edited)))
    assert "Đăng ký khai sinh" in preview.text
    assert ProcedureVersion.objects.count() == 1
    packed = preview.text.split('name="packed" value="')[1].split('"')[0]
    assert control.post("/quan-tri/thu-tuc/nhap/ghi/", {"packed": packed}).status_code == 302
    assert [facts.name for facts in read_facts()] == ["Đăng ký khai sinh"]
    assert control.post("/quan-tri/thu-tuc/nhap/ghi/", {"packed": packed + "x"}).status_code == 409


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.xlsx"),
        (b"<html>", "a.xlsx"),
        (b"x", "a.exe"),
        (b"\x1f\x8bxx", "a.jsonl.gz"),
        (gzip.compress(b"{}" * 500)[:-9], "a.jsonl.gz"),
        (b"MZ\x90\x00\xff", "a.jsonl"),
        (gzip.compress(b" " * 20_000_001), "a.jsonl.gz"),
    ],
)
def test_a_file_that_is_not_one_is_said_at_the_field(control, content, name):
    answer = control.post("/quan-tri/thu-tuc/nhap/", _upload(content, name))
    assert answer.status_code == 422
    assert "field-error" in answer.text
    assert "codec" not in answer.text and "gzipped" not in answer.text
    assert ("Tên tệp phải kết thúc bằng" in answer.text) is name.endswith(".exe")


def test_rejected_cells_are_listed(control):
    make_procedure()
    facts = next(read_facts())
    broken = facts._replace(channels=(facts.channels[0]._replace(kind="bồ câu"),))
    answer = control.post("/quan-tri/thu-tuc/nhap/", _upload(write_workbook([broken])))
    assert "bồ câu" in answer.text
    assert "Hình thức" in answer.text


def test_the_administrator_of_one_commune_reads_procedures_and_drafts_its_own_processes(client, province):
    make_procedure()
    client.force_login(province.users["commune_administrator"])
    assert client.get("/quan-tri/thu-tuc/1.001193/").status_code == 200
    assert "tiep-nhan" not in client.get("/quan-tri/thu-tuc/1.001193/").text
    for address in ("1.001193/tiep-nhan/", "nhap/"):
        assert client.get(f"/quan-tri/thu-tuc/{address}").status_code == 403
    assert client.get("/quan-tri/quy-trinh/").status_code == 200
    for address in ("moi/", "nhap/"):
        assert client.get(f"/quan-tri/quy-trinh/{address}").status_code == 200, "the province publishes"


def test_a_limit_is_changed_from_a_day_and_who_signs_is_kept(control):
    make_procedure(limit=(3, "working_day"))
    Operation.objects.update(signing_post="unit_head")
    today = timezone.localdate()
    day = today + timedelta(days=10)
    typed = {**TYPED, "first_day": f"{day:%d/%m/%Y}"}
    assert control.post("/quan-tri/thu-tuc/1.001193/tiep-nhan/", typed).status_code == 302
    assert queries.get_intake_sheet("1.001193", today).limit.amount == 3
    assert queries.get_intake_sheet("1.001193", day).limit.amount == 5
    assert set(Operation.objects.values_list("signing_post", flat=True)) == {"unit_head"}
    past = {**TYPED, "first_day": f"{today - timedelta(days=1):%d/%m/%Y}"}
    assert "từ hôm nay trở đi" in control.post("/quan-tri/thu-tuc/1.001193/tiep-nhan/", past).text
