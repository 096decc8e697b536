import re
from datetime import date
from io import BytesIO

import pytest
import xlsxwriter
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.accounts.models import User
from motcua.core.refusal import Refused
from motcua.organisations import actions, queries, sheets
from motcua.organisations.models import Assignment, Unit, UnitVersion
from motcua.organisations.rules import is_dialled
from motcua.organisations.tests.factories import AT, ON


def make_book(columns, *lines):
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        for place, title in enumerate(columns.values()):
            sheet.write_string(0, place, title)
        for number, line in enumerate(lines, 1):
            for place, field in enumerate(columns):
                sheet.write_string(number, place, str(line.get(field, "")))
    return content.getvalue()


NEW = {
    "code": "A.kt", "kind": "Phòng, bộ phận", "name": "Phòng Kinh tế", "parent_code": "A", "decision_number": "1/QĐ",
    "first_day": "01/09/2025",
}  # fmt: skip


def test_what_is_exported_can_be_imported_and_changes_nothing(province):
    units = queries.find_units(on=ON)
    content = sheets.write_units(units, queries.get_tree(ON), ON)
    report = actions.import_units(actor=province.administrator, content=content, dry_run=False, at=AT)
    assert (report.unchanged, report.created, report.changed, report.problems) == (len(units), [], [], [])


def test_a_dry_run_says_what_would_happen_and_keeps_nothing(province):
    content = make_book(sheets.UNIT_COLUMNS, NEW)
    report = actions.import_units(actor=province.commune_administrator, content=content, dry_run=True, at=AT)
    assert report.created == ["A.kt · Phòng Kinh tế"]
    assert not Unit.objects.filter(code="A.kt").exists()
    assert queries.find_unit_by_code("A.kt", ON) is None
    actions.import_units(actor=province.commune_administrator, content=content, dry_run=False, at=AT)
    assert queries.find_unit_by_code("A.kt", ON).name == "Phòng Kinh tế"


def test_a_wrong_line_is_named_by_row_and_column_and_nothing_is_kept(province):
    lines = (
        NEW,
        NEW | {"code": "A.x", "kind": "lâu đài"},
        NEW | {"code": "A.y", "first_day": "31/02/2026"},
        NEW | {"code": "B.z", "parent_code": "B"},
        NEW | {"code": "A.w", "agency_code": "???"},
    )
    content = make_book(sheets.UNIT_COLUMNS, *lines)
    report = actions.import_units(actor=province.commune_administrator, content=content, dry_run=False, at=AT)
    assert [(one.row, one.column) for one in report.problems] == [
        (3, "Loại"),
        (4, "Từ ngày"),
        (5, ""),
        (6, "Mã định danh"),
    ]
    assert not Unit.objects.filter(code="A.kt").exists()


def test_postings_come_from_a_file_with_accounts_for_new_people(province):
    line = {
        "username": "nguoi.moi", "full_name": "Nguyễn Văn Mới (mẫu)", "unit_code": "A.vhxh", "post": "Chuyên viên thụ lý",
        "decision_number": "7/QĐ", "first_day": "01/02/2026", "field_codes": "G15-TP07, G15-TP03",
    }  # fmt: skip
    content = make_book(sheets.POSTING_COLUMNS, line)
    tried = actions.import_postings(
        actor=province.commune_administrator, content=content, dry_run=True, at=AT
    )
    assert tried.created and not tried.passwords and not User.objects.filter(username="nguoi.moi").exists()
    report = actions.import_postings(
        actor=province.commune_administrator, content=content, dry_run=False, at=AT
    )
    assert User.objects.get(username="nguoi.moi").check_password(report.passwords[0].password)
    assert Assignment.objects.get(user__username="nguoi.moi").field_codes == ["G15-TP07", "G15-TP03"]
    again = actions.import_postings(
        actor=province.commune_administrator, content=content, dry_run=False, at=AT
    )
    assert (again.unchanged, again.created) == (1, [])


def test_an_unknown_unit_is_named_by_its_column(province):
    line = {
        "username": "a.case", "unit_code": "KHONG", "post": "Văn thư", "decision_number": "7", "first_day": "01/02/2026",
    }  # fmt: skip
    content = make_book(sheets.POSTING_COLUMNS, line)
    report = actions.import_postings(
        actor=province.commune_administrator, content=content, dry_run=True, at=AT
    )
    assert [(one.row, one.column) for one in report.problems] == [(2, "Mã đơn vị")]


@pytest.mark.parametrize("content", [b"", b"not excel", b"PK\x03\x04broken"])
def test_a_file_that_is_no_excel_is_refused_in_words(province, content):
    with pytest.raises(Refused) as refused:
        actions.import_units(actor=province.administrator, content=content, dry_run=True, at=AT)
    assert refused.value.field == "file"


def test_the_page_tries_first_and_takes_when_asked(province, client):
    client.force_login(province.users["commune_administrator"])
    content = make_book(sheets.UNIT_COLUMNS, NEW)
    for button, kept in (("try", False), ("take", True)):
        upload = SimpleUploadedFile("don-vi.xlsx", content)
        page = client.post("/quan-tri/don-vi/nhap/", {"file": upload, button: "1"})
        assert page.status_code == 200
        assert Unit.objects.filter(code="A.kt").exists() is kept


def test_a_kind_that_is_none_or_another_than_the_units_is_not_passed_over(province):
    line = {"code": "A", "name": "xã An"}
    content = make_book(
        sheets.UNIT_COLUMNS,
        line | {"kind": "Trung tâm lạ"},
        line | {"kind": "Sở, ban, ngành"},
        NEW | {"kind": ""},
    )
    report = actions.import_units(actor=province.administrator, content=content, dry_run=True, at=AT)
    assert [(one.row, one.column) for one in report.problems] == [(2, "Loại"), (3, "Loại"), (4, "Loại")]
    assert (
        "Xã, phường, đặc khu" in report.problems[0].reason and "không đổi được" in report.problems[1].reason
    )


def test_an_edited_posting_that_is_kept_already_says_how_it_is_changed(province):
    postings = queries.find_officers_of({unit.id for unit in queries.find_units(on=ON)}, on=ON)
    content = sheets.write_postings(postings, queries.get_tree(ON), ON)
    rows = sheets.read_rows(content, sheets.POSTING_COLUMNS)
    for name, said, why in (
        ("position", "Chức vụ khác", "thêm một dòng mới"),
        ("field_codes", "G15-TP07, X", "thêm một dòng mới"),
        ("full_name", "Tên Khác", rows[0].get("full_name")),
    ):
        edited = make_book(sheets.POSTING_COLUMNS, rows[0].cells | {name: said}, *(r.cells for r in rows[1:]))
        report = actions.import_postings(actor=province.administrator, content=edited, dry_run=True, at=AT)
        assert [(one.row, one.column) for one in report.problems] == [(2, sheets.POSTING_COLUMNS[name])]
        assert why in report.problems[0].reason


def test_a_new_persons_name_to_sign_in_with_can_be_typed(province):
    line = {
        "username": "nguyễn văn", "full_name": "Nguyễn Văn", "unit_code": "A", "post": "Văn thư", "decision_number": "1/QĐ",
        "first_day": "01/09/2025",
    }  # fmt: skip
    content = make_book(sheets.POSTING_COLUMNS, line, line | {"username": "moi", "post": "Chức lạ"})
    report = actions.import_postings(actor=province.administrator, content=content, dry_run=True, at=AT)
    assert [one.column for one in report.problems] == ["Tên đăng nhập", "Chức danh"]
    assert "Văn thư" in report.problems[1].reason


def test_what_was_tried_is_taken_without_choosing_the_file_again(province, client):
    client.force_login(province.users["commune_administrator"])
    tried = post_file(client, make_book(sheets.UNIT_COLUMNS, NEW))
    packed = re.search(r'name="packed" value="([^"]+)"', tried)[1]
    assert "Xem lại rồi bấm Nhập thật" in tried and not Unit.objects.filter(code="A.kt").exists()
    for wrong in (
        packed[:-1] + ("a" if packed[-1] != "a" else "b"),
        signing.dumps("x", salt="/quan-tri/can-bo/nhap/"),
    ):
        answer = client.post("/quan-tri/don-vi/nhap/", {"packed": wrong})
        assert answer.status_code == 422 and "Hãy chọn lại tệp" in answer.content.decode()
    answer = client.post("/quan-tri/don-vi/nhap/", {"packed": packed})
    assert "Đã nhập xong" in answer.content.decode() and Unit.objects.filter(code="A.kt").exists()


def test_a_file_that_would_change_nothing_says_so(province, client):
    client.force_login(province.users["commune_administrator"])
    assert "không có dòng nào" in post_file(client, make_book(sheets.UNIT_COLUMNS))
    post_file(client, make_book(sheets.UNIT_COLUMNS, NEW), button="take")
    page = post_file(client, make_book(sheets.UNIT_COLUMNS, NEW))
    assert "không có gì để ghi" in page and "packed" not in page


def test_a_wrong_calendar_names_its_column(province):
    content = make_book(sheets.UNIT_COLUMNS, NEW | {"calendar_code": "khong"})
    report = actions.import_units(actor=province.commune_administrator, content=content, dry_run=True, at=AT)
    assert [(one.row, one.column) for one in report.problems] == [(2, "Mã lịch")]


def test_words_are_no_telephone(province):
    content = make_book(sheets.UNIT_COLUMNS, NEW | {"phone": "hỏi chị Lan"})
    report = actions.import_units(actor=province.commune_administrator, content=content, dry_run=True, at=AT)
    assert [(one.row, one.column) for one in report.problems] == [(2, "Điện thoại")]


def test_a_telephone_of_old_hinders_nobody_who_renames_or_moves_the_unit(province):
    UnitVersion.objects.filter(unit__code="A").update(phone="0233 1 gặp Lan")
    queries.forget_trees()
    actions.rename_unit(
        actor=province.administrator, code="A", name="xã An Mới", decision_number="2/QĐ", first_day=date(2026, 9, 1), at=AT
    )  # fmt: skip
    version = UnitVersion.objects.get(unit__code="A", name="xã An Mới")
    assert version.phone == "0233 1 gặp Lan"


@pytest.mark.parametrize(
    ("phone", "is_one"),
    [
        ("0233 3852 501", True),
        ("(0233) 3.852.501 / 1900 1234", True),
        ("+84 233-3852-501", True),
        ("0233 3852 501 máy lẻ 2", False),
        ("---", False),
        ("113", True),
    ],
)
def test_a_telephone_as_people_write_it(phone, is_one):
    assert is_dialled(phone) is is_one


def post_file(client, content, button="try"):
    """The page that answers a file."""
    upload = SimpleUploadedFile("don-vi.xlsx", content)
    return client.post("/quan-tri/don-vi/nhap/", {"file": upload, button: "1"}).content.decode()


def test_what_a_line_would_change_is_said_column_by_column(province):
    line = {"code": "A", "name": "xã An", "parent_code": "P", "address": "Số 2 Lê Lợi", "phone": "0233 1"}
    report = actions.import_units(
        actor=province.administrator, content=make_book(sheets.UNIT_COLUMNS, line), dry_run=True, at=AT
    )
    assert not report.problems
    assert "Địa chỉ: – → Số 2 Lê Lợi; Điện thoại: – → 0233 1" in report.changed[0]
