import io
import re
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
import zxingcpp

from motcua.core.refusal import Refused
from motcua.documents.forms_data import (
    ComponentLine,
    ConsignedDossier,
    ConsignmentData,
    ControlSlipData,
    HandedDossier,
    HandOverLine,
    HandoverSlipData,
    Head,
    JointReceiptData,
    PartLine,
    RefusalData,
    RegisterData,
    RegisterLine,
    TransferSlipData,
    write_day,
)
from motcua.documents.printing import FORMS, first_days, print_form
from motcua.documents.tests.factories import AT, DUE, HEAD, receipt
from motcua.documents.tests.turns_said import CODE, TURNS_SAID, WHO, WORDS_OF_TURNS

IN_2019, IN_2026 = date(2019, 3, 1), date(2026, 11, 23)
FORMS_SAID = TURNS_SAID | {
    "receipt": receipt(),
    "refusal_slip": RefusalData(
        head=HEAD, **WHO, dossier_code="H50.12-261123-0007", reason="Không thuộc thẩm quyền",
        basis="Nghị định 118/2025/NĐ-CP", submitter_name="Lê Thị Hoa", officer_name="Phạm Văn Minh",
    ),
    "consignment_list": ConsignmentData(
        head=HEAD, content="Kết quả giải quyết", from_unit="Quầy số 1", to_unit="Bưu điện Đông Hà", made_at=AT, note="Túi số 2",
        giver_name="Phạm Văn Minh", handed_at=AT, receiver_name="Đỗ Thị Lan", received_at=DUE,
        lines=(
            ConsignedDossier(
                dossier_code="H50.12-261123-0007", applicant_name="Lê Thị Hoa", place="Thôn 1, xã Triệu Phong", tracking="VN1",
                state="Đã nhận",
            ),
        ),
    ),
    "joint_receipt": JointReceiptData(
        head=HEAD, **WHO, dossier_code="H50.12-261123-0007", tracking_url="https://motcua.example/x", token="0123456789abcdefghjk", officer_name="Phạm Văn Minh",
        components=(ComponentLine(name="Giấy chứng sinh", originals=1),), statutory_duration="3 ngày làm việc cho cả bộ",
        received_at=AT, due_at=DUE, due_lines=("bỏ ngày nghỉ 24/11",), result_return_place="Quầy số 3",
        submitter_name="Lê Thị Hoa",
        parts=(
            PartLine(no=1, name="Khai sinh", agency="UBND xã", duration="1 ngày làm việc", due_at=AT, code="H50.12-261123-0008"),
            PartLine(no=2, name="Thường trú", agency="Công an xã", duration="2 ngày làm việc", due_at=DUE, later="rồi 3 ngày"),
        ),
    ),
    "transfer_slip": TransferSlipData(
        head=HEAD, dossier_code="H50.12-261123-0007", joint_code="H50.12-261123-0001", request_content="Khai sinh, thường trú",
        applicant_name="Nguyễn Thị Thu Hà", from_unit="UBND xã", to_unit="Công an xã", work="Đăng ký thường trú",
        enclosed="kết quả số 5", handed_at=AT, giver_due_at=DUE, due_at=DUE, take_over_by=DUE, result_return_place="Quầy số 3",
        received_at=AT, judged="đúng hạn", note="Đủ bản sao", returns=("thiếu bản sao, đã gửi lại",), giver_name="Phạm Văn Minh", receiver_name="Đỗ Thị Lan",
    ),
    "control_slip": ControlSlipData(
        head=HEAD, dossier_code="H50.12-261123-0007", processing_agency="Phòng Kinh tế",
        coordinating_agencies=("Thuế cơ sở 3",), received_at=AT, due_at=DUE,
        lines=(
            HandOverLine(
                from_unit="Quầy số 1", to_unit="Phòng Tư pháp", handed_at=AT, step_result="Đúng hạn",
                note="Gấp", giver="Phạm Văn Minh", receiver="Đỗ Thị Lan",
            ),
        ),
    ),
    "handover_slip": HandoverSlipData(
        head=HEAD, from_unit="Quầy số 1", to_unit="Sở Tư pháp", handed_at=AT, giver_name="Phạm Văn Minh",
        receiver_name="Đỗ Thị Lan",
        lines=(
            HandedDossier(
                dossier_code="H50.12-261123-0007", procedure_name="Đăng ký khai sinh", applicant_name="Lê Thị Hoa",
                papers="01 bộ", work="Thẩm định", due_at=DUE,
            ),
        ),
    ),
    "dossier_register": RegisterData(
        head=HEAD, field_name="Hộ tịch", first_day=date(2026, 1, 1), last_day=date(2026, 11, 23), book_no="02",
        lines=(
            RegisterLine(
                entry_no="152", dossier_code="H50.12-261123-0007", procedure_name="Đăng ký khai sinh",
                applicant_name="Lê Thị Hoa", contact="Thôn 1", agency="UBND xã", received_at=AT, due_at=DUE,
                return_method="Bưu chính", set_count=3, note="Gấp",
            ),
        ),
    ),
}  # fmt: skip
IN_EVERY_FORM = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "152/GTN-TTPVHCC",
    "Triệu Phong",
)
SAID = WORDS_OF_TURNS | {
    "receipt": (
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", CODE, "Trung tâm Phục vụ hành chính công", "Nguyễn Thị Thu Hà",
        "045198230382", "Thôn 1, xã Triệu Phong", "0912 345 678", "ha@example.vn", "Trần Văn Bình", "045086631268",
        "Giấy ủy quyền 20/11/2026", "Đăng ký khai sinh", "Tờ khai đăng ký khai sinh", "01 bản chính, 02 bản sao",
        "01 bộ", "02 ngày làm việc", "09 giờ 05 phút, ngày 23/11/2026", "17 giờ 00 phút, ngày 25/11/2026",
        "bỏ ngày nghỉ 24/11", "8.000 đồng", "Quầy số 3", "Quyển số: 01", "Số thứ tự: 152", "Lê Thị Hoa",
        "Phạm Văn Minh", "Mẫu số 01", "0123456789abcdefghjk",
    ),
    "refusal_slip": ("PHIẾU TỪ CHỐI", CODE, *WHO.values(), "Không thuộc thẩm quyền", "Lê Thị Hoa", "Mẫu số 03"),
    "consignment_list": (
        "BẢNG KÊ GIAO NHẬN QUA BƯU CHÍNH", "Kết quả giải quyết", "Quầy số 1", "Bưu điện Đông Hà", CODE, "Lê Thị Hoa",
        "Thôn 1, xã Triệu Phong", "VN1", "Đã nhận", "Tổng số: 1 hồ sơ", "Túi số 2", "Phạm Văn Minh", "Đỗ Thị Lan",
        "Đã ký trên hệ thống lúc 09 giờ 05 phút, ngày 23/11/2026", "lúc 17 giờ 00 phút, ngày 25/11/2026",
    ),
    "control_slip": (
        "PHIẾU KIỂM SOÁT", CODE, "Phòng Kinh tế", "Thuế cơ sở 3", "1. Giao: Quầy số 1", "2. Nhận: Phòng Tư pháp",
        "09:05, 23/11/2026", "Đúng hạn", "Gấp", "Phạm Văn Minh", "Đỗ Thị Lan", "Mẫu số 06",
    ),
    "joint_receipt": (
        "LIÊN THÔNG", CODE, *WHO.values(), "Khai sinh", "UBND xã", "1 ngày làm việc", "09:05, 23/11/2026", "H50.12-261123-0008",
        "Công an xã", "rồi 3 ngày", "Giấy chứng sinh", "01 bản chính", "3 ngày làm việc cho cả bộ", "bỏ ngày nghỉ 24/11",
        "17 giờ 00 phút, ngày 25/11/2026", "Quầy số 3", "Lê Thị Hoa", "Phạm Văn Minh", "0123456789abcdefghjk",
    ),
    "transfer_slip": (
        "PHIẾU CHUYỂN XỬ LÝ", CODE, "H50.12-261123-0001", "Khai sinh, thường trú", "Nguyễn Thị Thu Hà", "UBND xã",
        "Công an xã", "Đăng ký thường trú", "kết quả số 5", "09 giờ 05 phút", "17 giờ 00 phút", "Quầy số 3", "đúng hạn",
        "Đủ bản sao", "thiếu bản sao, đã gửi lại", "Phạm Văn Minh", "Đỗ Thị Lan",
    ),
    "handover_slip": ("PHIẾU CHUYỂN XỬ LÝ", "Quầy số 1", "Sở Tư pháp", CODE, "01 bộ", "Thẩm định", "Đỗ Thị Lan"),
    "dossier_register": (
        "SỔ THEO DÕI HỒ SƠ", "Hộ tịch", "01/01/2026", "Quyển số: 02", "152", CODE, "Đăng ký khai sinh",
        "Lê Thị Hoa", "Thôn 1", "UBND xã", "Bưu chính", "Mẫu số 07",
    ),
}  # fmt: skip


def read(pdf: bytes) -> str:
    """The text of all pages as one line."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [document[n].get_textpage().get_text_range() for n in range(len(document))]
    return re.sub(r"\s+", " ", " ".join(pages).replace("\u200b", "").replace("\ufffe", "-"))


def count_lines(printed):
    """Lines drawn on the first page: rules, and the dotted blanks."""
    objects = pypdfium2.PdfDocument(printed)[0].get_objects()
    return sum(one.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH for one in objects)


def draw(pdf: bytes, scale: float = 4):
    return pypdfium2.PdfDocument(pdf)[0].render(scale=scale).to_pil()


@pytest.mark.parametrize("form", FORMS)
def test_every_field_of_the_form_is_printed(form):
    text = read(print_form(form, IN_2026, FORMS_SAID[form]))
    for words in (*IN_EVERY_FORM, *SAID[form]):
        assert words in text or words.upper() in text, words


@pytest.mark.parametrize("form", FORMS)
def test_the_layout_of_2018_prints_too(form):
    assert len(first_days(form)) == 2
    text = read(print_form(form, IN_2019, FORMS_SAID[form]))
    assert "Độc lập - Tự do - Hạnh phúc" in text


def test_the_apology_changed_its_name_in_2025():
    before = read(print_form("apology_slip", IN_2019, FORMS_SAID["apology_slip"]))
    assert "HẸN LẠI NGÀY TRẢ KẾT QUẢ" in before and "GIA HẠN" not in before and "045198230382" not in before


def test_the_refusal_of_2018_did_not_ask_for_the_number_of_the_person():
    before, after = (
        read(print_form("refusal_slip", day, FORMS_SAID["refusal_slip"])) for day in (IN_2019, IN_2026)
    )
    assert "045198230382" not in before and "045198230382" in after


def test_an_extension_asks_for_time_and_owns_no_delay():
    said = read(print_form("extension_slip", IN_2026, FORMS_SAID["extension_slip"]))
    assert (
        "sự chậm trễ" not in said
        and "chưa thể trả" not in said
        and "thông cảm của Ông (Bà)/Tổ chức./." in said
    )


def test_one_dossier_with_two_works_is_handed_over_once():
    slip = FORMS_SAID["handover_slip"]
    lines = (*slip.lines, replace(slip.lines[0], work="Kiểm tra thực địa"))
    assert "Tổng số: 1 hồ sơ" in read(print_form("handover_slip", IN_2026, replace(slip, lines=lines)))


@pytest.mark.parametrize("form", ["transfer_slip", "consignment_list", "suspension_notice", "receipt"])
def test_no_name_of_a_body_ends_in_a_line_of_one_word(form):
    printed = print_form(form, IN_2026, FORMS_SAID[form])
    lines = pypdfium2.PdfDocument(printed)[0].get_textpage().get_text_range().splitlines()
    assert not {"PHONG", "CÔNG"} & {line.strip() for line in lines}, lines[:8]


def test_the_heading_of_a_register_stands_clear_of_its_table():
    page = pypdfium2.PdfDocument(print_form("dossier_register", IN_2026, FORMS_SAID["dossier_register"]))[0]
    words = page.get_textpage()
    start, _count = words.search("Quyển số").get_next()
    rules = [one.get_bounds() for one in page.get_objects() if one.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH]
    table = max(top for left, _bottom, right, top in rules if right - left > 300)
    assert words.get_charbox(start)[1] > table + 4


def test_a_slip_without_a_telephone_leaves_room_to_write_one():
    said = replace(FORMS_SAID["supplement_slip"], contact_name="", contact_phone="")
    lines = [one for one in pypdfium2.PdfDocument(print_form("supplement_slip", IN_2026, said))[0].get_objects()
             if one.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH]  # fmt: skip
    widths = sorted(right - left for left, _bottom, right, _top in (one.get_bounds() for one in lines))
    assert sum(width > 85 for width in widths) >= 2, widths


def test_forms_follow_the_day_of_the_dossier():
    before, after = (
        read(print_form("receipt", day, receipt())) for day in (date(2025, 6, 30), date(2025, 7, 1))
    )
    assert "045198230382" not in before
    assert "045198230382" in after
    numbers = {
        day: read(print_form("control_slip", day, FORMS_SAID["control_slip"])) for day in (IN_2019, IN_2026)
    }
    assert "Mẫu số 05" in numbers[IN_2019]
    assert "Mẫu số 06" in numbers[IN_2026]
    assert "Số bộ" in read(print_form("dossier_register", IN_2019, FORMS_SAID["dossier_register"]))


@pytest.mark.parametrize(
    ("form", "on"), [("receipt", date(2018, 6, 20)), ("../secrets", IN_2026), ("no", IN_2026)]
)
def test_no_such_form_is_refused(form, on):
    with pytest.raises(Refused) as refusal:
        print_form(form, on, receipt())
    assert refusal.value.code == "no_form"


def test_the_codes_are_read_back_from_the_paper():
    read_back = {
        code.text for code in zxingcpp.read_barcodes(draw(print_form("receipt", IN_2026, receipt())))
    }
    assert read_back == {receipt().tracking_url, "H50.12-261123-0007"}


@pytest.mark.parametrize("form", ["receipt", "control_slip", "handover_slip", "refusal_slip"])
def test_the_longest_code_is_read_back_as_an_office_printer_sets_it(form):
    data = replace(FORMS_SAID[form], dossier_code="000.05.31.H50-230918-0001")
    found = zxingcpp.read_barcodes(draw(print_form(form, IN_2019, data), 300 / 72))
    assert "000.05.31.H50-230918-0001" in {code.text for code in found}


def test_a_reprint_says_so_and_a_first_print_does_not():
    again = read(print_form("receipt", IN_2026, receipt(is_reprint=True, reprint_note="lần 2")))
    assert "BẢN IN LẠI" in again
    assert "lần 2" in again
    assert "BẢN IN LẠI" not in read(print_form("receipt", IN_2026, receipt()))


def test_what_people_type_is_printed_and_never_run():
    name = '<b>An</b> #panic("x") $x$ *_` [a] \\ @ref // '
    text = read(print_form("receipt", IN_2026, receipt(applicant_name=name)))
    assert '<b>An</b> #panic("x") $x$ *_` [a] \\ @ref //' in text


def test_long_texts_and_strange_letters_print():
    long = "Cấp giấy chứng nhận " * 500
    print_form("receipt", IN_2026, receipt(request_content=long))
    unbroken = print_form("receipt", IN_2026, receipt(request_content="x" * 10_000))
    assert read(unbroken).count("x") >= 10_000
    page = draw(unbroken, 1).convert("L")
    right_edge = page.crop((page.width - 20, 0, page.width, page.height))
    assert right_edge.getextrema()[0] > 200
    strange = print_form(
        "receipt", IN_2026, receipt(applicant_name="Lý 李😀 An", request_content="\uf0b7 Một\uffff")
    )
    assert "Lý □□ An" in read(strange) and "• Một□" in read(strange) and b"<pdfaid:part>2" in strange


def test_decomposed_letters_are_printed_composed():
    text = read(print_form("receipt", IN_2026, receipt(applicant_name="Nguye\u0302\u0303n")))
    assert "Nguyễn" in text


def test_a_usual_receipt_is_one_a5_sheet_and_archival():
    pdf = print_form("receipt", IN_2026, receipt())
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    assert [round(side * 25.4 / 72) for side in document[0].get_size()] == [148, 210]
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf


def test_a_register_of_many_lines_repeats_its_head():
    line = FORMS_SAID["dossier_register"].lines[0]
    data = RegisterData(head=HEAD, first_day=IN_2026, last_day=IN_2026, lines=(line,) * 60)
    pdf = print_form("dossier_register", IN_2026, data)
    pages = len(pypdfium2.PdfDocument(io.BytesIO(pdf)))
    assert pages > 1
    assert read(pdf).count("Phương thức nhận kết quả") == pages


@pytest.mark.parametrize("count", range(1, 40, 3))
def test_the_signatures_of_a_register_never_stand_on_a_page_alone(count):
    line = FORMS_SAID["dossier_register"].lines[0]
    data = RegisterData(
        head=HEAD, first_day=IN_2026, last_day=IN_2026, lines=(line,) * count, keeper_name="Phạm Văn Minh"
    )
    pages = pypdfium2.PdfDocument(print_form("dossier_register", IN_2026, data))
    texts = [page.get_textpage().get_text_range() for page in pages]
    assert line.dossier_code in texts[-1] and "Phạm Văn Minh" in texts[-1]
    assert all("Ký nhận" in text for text in texts), "each page has the head of the table"
    assert sum(text.count(line.dossier_code) for text in texts) == count


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 3, 15), "ngày 15 tháng 3 năm 2026"),
        (date(2026, 11, 23), "ngày 23 tháng 11 năm 2026"),
    ],
)
def test_the_day_is_written_as_the_decree_says(day, written):
    assert write_day(day) == written


def test_a_form_with_nothing_filled_in_has_dotted_blanks_to_write_on():
    empty = receipt(
        head=Head(parent_body="", unit_name="Trung tâm", number="", place="", issued_on=IN_2026),
        dossier_code="", tracking_url="", token="", applicant_id_no="", address="", phone="", email="",
        principal=None, components=(), statutory_duration="", due_at=None, due_lines=(), fees=(),
        result_return_place="", book_no="", entry_no="", submitter_name="", officer_name="",
    )  # fmt: skip
    printed = print_form("receipt", IN_2026, empty)
    assert "Ngày 23 tháng 11 năm 2026" in read(printed)
    assert count_lines(printed) > count_lines(print_form("receipt", IN_2026, receipt())) + 3
    assert "Vào Sổ theo dõi hồ sơ: sổ điện tử, tra theo mã hồ sơ" in read(printed)
    assert "None" not in read(printed)


def test_a_long_code_is_parted_and_a_row_of_the_register_stays_on_its_page():
    code = "000.05.31.H50-230918-0001"
    line = replace(
        FORMS_SAID["dossier_register"].lines[0], dossier_code=code, procedure_name="Chứng thực bản sao " * 12
    )
    data = RegisterData(head=HEAD, first_day=IN_2019, last_day=IN_2019, lines=(line,) * 12)
    pages = pypdfium2.PdfDocument(print_form("dossier_register", IN_2019, data))
    texts = [page.get_textpage().get_text_range() for page in pages]
    assert code not in "".join(texts)  # in two lines: the agency, then day and serial
    assert [text.count("230918-0001") for text in texts] == [text.count("000.05.31.H50") for text in texts]
    whole = [text.count("Chứng thực bản sao") / 12 for text in texts]
    assert sum(whole) == 12 and all(count == int(count) for count in whole)


def test_a_receipt_of_a_procedure_with_a_long_name_is_one_sheet():
    data = receipt(
        request_content="Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan, tổ chức có thẩm quyền "
        * 3
    )
    assert len(pypdfium2.PdfDocument(print_form("receipt", IN_2026, data))) == 1
