"""The pages where processes are written, published and moved through Excel."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from motcua.catalogue.tests.factories import make_procedure
from motcua.core.spreadsheet import Spreadsheet
from motcua.core.text import fold
from motcua.organisations.rules import POST_LABELS, Post
from motcua.processes import queries
from motcua.processes.exchange.workbook import read_tables, write_tables
from motcua.processes.models import ProcessVersion
from motcua.processes.rules import POSTS, UNIT_ROLES
from motcua.processes.tests.factories import PARALLEL_STEPS, make_process
from motcua.processes.words import ROLE_LABELS, post_words

pytestmark = pytest.mark.django_db
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def control(client, province):
    client.force_login(province.users["control"])
    return client


@pytest.mark.parametrize("address", ["", "moi/", "nhap/", "xuat/", "{id}/", "{id}/sua/"])
def test_strangers_sign_in_and_officers_of_the_counter_are_refused(client, province, address):
    version = make_process(published_on=None)
    address = f"/quan-tri/quy-trinh/{address.format(id=version.pk)}"
    assert client.get(address).status_code == 302
    client.force_login(province.users["commune_intake"])
    assert client.get(address).status_code == 403
    client.force_login(province.users["administrator"])
    assert client.get(address).status_code == 200


def _typed(page):
    """The boxes of the editor as the browser would send them."""
    from django.test.html import parse_html  # noqa: PLC0415

    typed = {}

    def walk(node):
        if getattr(node, "name", None) in ("input", "select", "textarea"):
            attrs = dict(node.attributes)
            if node.name == "select":
                chosen = [
                    c
                    for c in node.children
                    if getattr(c, "name", "") == "option" and "selected" in dict(c.attributes)
                ]
                typed[attrs["name"]] = dict(chosen[0].attributes)["value"] if chosen else ""
            elif node.name == "textarea":
                typed[attrs["name"]] = "".join(map(str, node.children))
            elif attrs.get("type") != "checkbox":
                typed[attrs.get("name", "")] = attrs.get("value", "")
        for child in getattr(node, "children", []):
            walk(child)

    walk(parse_html(page[page.index("<main") : page.index("</main>") + 7]))
    return typed


def test_a_process_is_begun_edited_and_published(control):
    make_procedure(limit=(2, "working_day"))
    begun = control.post("/quan-tri/quy-trinh/moi/", {"procedure_code": "1.001193"})
    draft = ProcessVersion.objects.get()
    assert (begun.status_code, draft.total_hours, draft.steps.count()) == (302, Decimal(16), 5)
    typed = _typed(control.get(begun.url).text)
    assert control.post(begun.url, {**typed, "buoc-1-name": "Thẩm tra kỹ"}).status_code == 302
    assert draft.steps.get(no=2).name == "Thẩm tra kỹ"
    publish = f"/quan-tri/quy-trinh/{draft.pk}/cong-bo/"
    today = f"{timezone.localdate():%d/%m/%Y}"
    assert control.post(publish, {"decision_number": "", "published_on": today}).status_code == 422
    assert control.post(publish, {"decision_number": "12/QĐ-UBND", "published_on": today}).status_code == 302
    assert queries.get_process("1.001193", None, timezone.localdate()).decision_number == "12/QĐ-UBND"
    assert control.post(publish, {"decision_number": "13/QĐ-UBND", "published_on": today}).status_code == 409


def test_steps_that_need_more_than_the_limit_are_said_before_anybody_is_promised_a_day(control):
    make_procedure(limit=(2, "working_day"))
    address = control.post("/quan-tri/quy-trinh/moi/", {"procedure_code": "1.001193"}).url
    assert "Các bước cần" not in control.get(address.removesuffix("sua/")).text
    typed = _typed(control.get(address).text)
    kept = control.post(address, {**typed, "buoc-1-hours": "12.5", "total_hours": "20.5"})
    said = control.get(kept.url).text
    assert "Các bước cần 20.5 giờ, thời hạn của thủ tục chỉ có 16 giờ" in said


def test_a_draft_with_faults_is_kept_shows_them_and_cannot_be_published(control):
    version = make_process(published_on=None, total_hours=Decimal(8))
    address = f"/quan-tri/quy-trinh/{version.pk}/"
    typed = _typed(control.get(address + "sua/").text)
    assert control.post(address + "sua/", {**typed, "buoc-1-runs_after": "4"}).status_code == 302
    assert "chờ nhau thành vòng" in control.get(address).text
    today = f"{timezone.localdate():%d/%m/%Y}"
    answer = control.post(address + "cong-bo/", {"decision_number": "1/QĐ", "published_on": today})
    assert answer.status_code == 422
    assert "vòng" in answer.text


def test_wrong_cells_are_said_and_what_was_typed_stays(control):
    version = make_process(published_on=None)
    address = f"/quan-tri/quy-trinh/{version.pk}/sua/"
    typed = _typed(control.get(address).text)
    answer = control.post(
        address,
        {**typed, "buoc-1-hours": "-4", "buoc-2-runs_after": "hai", "buoc-0-name": "<b>Tiếp nhận</b>"},
    )
    assert answer.status_code == 422
    assert "field-error" in answer.text
    assert 'value="hai"' in answer.text
    assert "<b>Tiếp" not in answer.text
    assert control.post(address, {**typed, "buoc-1-no": "1"}).status_code == 422


def test_a_new_version_replaces_the_old_one_from_its_day(control):
    old = make_process(published_on=date(2020, 1, 1), total_hours=Decimal(8))
    copied = control.post(f"/quan-tri/quy-trinh/{old.pk}/ban-moi/")
    draft = ProcessVersion.objects.get(state="draft")
    assert (copied.status_code, draft.number) == (302, 2)
    control.post(
        f"/quan-tri/quy-trinh/{draft.pk}/cong-bo/", {"decision_number": "2/QĐ", "published_on": "01/03/2026"}
    )
    assert queries.get_process("1.001193", None, date(2026, 2, 28)).version_id == old.pk
    assert queries.get_process("1.001193", None, date(2026, 3, 1)).version_id == draft.pk
    assert "Đã thay thế" in control.get(f"/quan-tri/quy-trinh/{old.pk}/").text


def test_a_draft_is_discarded_and_a_published_one_never(control):
    draft, published = make_process(published_on=None), make_process("2.000815")
    assert control.post(f"/quan-tri/quy-trinh/{draft.pk}/bo/").status_code == 302
    assert control.post(f"/quan-tri/quy-trinh/{published.pk}/bo/").status_code == 409
    assert [row.pk for row in ProcessVersion.objects.all()] == [published.pk]


def test_excel_out_is_edited_previewed_and_becomes_a_draft(control):
    make_procedure()
    make_process(total_hours=Decimal(8))
    make_process("TTHC-TINH-08")  # work of an agency's own, of no published procedure
    reading = read_tables(control.get("/quan-tri/quy-trinh/xuat/").content)
    assert reading.rejections == [] and len(reading.tables) == 2
    same = control.post("/quan-tri/quy-trinh/nhap/", _upload(write_tables(reading.tables)))
    assert "Không có gì để ghi" in same.text and "không có thủ tục này" not in same.text
    edited = [reading.tables[0]._replace(steps=PARALLEL_STEPS, total_hours=Decimal(80))]
    preview = control.post("/quan-tri/quy-trinh/nhap/", _upload(write_tables(edited)))
    assert "Lấy ý kiến" in preview.text and "intake_officer" not in preview.text
    assert ProcessVersion.objects.count() == 2
    packed = preview.text.split('name="packed" value="')[1].split('"')[0]
    assert control.post("/quan-tri/quy-trinh/nhap/ghi/", {"packed": packed}).status_code == 302
    assert queries.find_latest("1.001193", None).steps == PARALLEL_STEPS
    assert control.post("/quan-tri/quy-trinh/nhap/ghi/", {"packed": "x"}).status_code == 409


def test_rows_that_cannot_be_read_are_named(control):
    make_procedure()
    make_process()
    tables = read_tables(control.get("/quan-tri/quy-trinh/xuat/").content).tables
    steps = tables[0].steps
    broken = tables[0]._replace(steps=(steps[0], steps[1].__class__(2, "x", "king", "palace", Decimal(1))))
    unknown = tables[0]._replace(procedure_code="9.999999")
    answer = control.post("/quan-tri/quy-trinh/nhap/", _upload(write_tables([broken, unknown])))
    assert "palace" in answer.text
    assert "king" in answer.text
    assert "9.999999" in answer.text
    bad = control.post("/quan-tri/quy-trinh/nhap/", _upload(b"not a workbook"))
    assert bad.status_code == 422


def test_the_file_speaks_vietnamese_and_older_ones_with_codes_are_read_too(control):
    make_procedure()
    make_process(steps=PARALLEL_STEPS)
    content = control.get("/quan-tri/quy-trinh/xuat/").content
    table = Spreadsheet(content).read()
    words = {str(cell) for row in table[1:] for cell in row}
    assert "Cán bộ tiếp nhận và trả kết quả" in words and not words & {*POSTS, *UNIT_ROLES}
    reading = read_tables(content)
    assert reading.tables[0].steps == PARALLEL_STEPS and not reading.rejections
    with_codes = _rewrite(table, {str(POST_LABELS[Post(post)]): post for post in POSTS} | _ROLES_BACK)
    assert read_tables(with_codes).tables == reading.tables
    wrong = control.post("/quan-tri/quy-trinh/nhap/", _upload(_rewrite(table, {"Bộ phận Một cửa": "quầy"})))
    assert "Bộ phận Một cửa, Cơ quan giải quyết" in wrong.text


_ROLES_BACK = {label: role for role, label in ROLE_LABELS.items()}


def _rewrite(table, words):
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("Quy trình nội bộ")
        for number, row in enumerate(table):
            for place, cell in enumerate(row):
                text, colon, rest = str(cell).partition(": ")
                sheet.write(number, place, f"{words[text]}:{rest}".rstrip(":") if text in words else cell)
    return content.getvalue()


def _upload(content):
    return {"file": SimpleUploadedFile("quy-trinh.xlsx", content, XLSX)}


def test_the_procedure_of_a_process_is_found_by_name_and_chosen_with_a_button(control):
    name = make_procedure().name
    page = control.get("/quan-tri/quy-trinh/moi/", {"q": fold(name)[:9]}).content.decode()
    assert '<input type="hidden" name="procedure_code" value="1.001193">' in page
    nothing = control.get("/quan-tri/quy-trinh/moi/", {"q": "khong co chu nay"}).content.decode()
    assert 'name="procedure_code"' not in nothing and "Không có thủ tục nào khớp" in nothing


def test_a_step_is_given_to_posts_that_handle_dossiers_alone():
    assert set(post_words()) == set(POSTS) and "observer" not in post_words()
