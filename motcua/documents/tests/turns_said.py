"""The papers of a turn filled in, and what each is to say."""

from datetime import date
from typing import Any

from motcua.documents.forms_turns import (
    ApologyData,
    ResumptionData,
    StopNoticeData,
    SupplementData,
    SuspensionData,
)
from motcua.documents.tests.factories import AT, DUE, HEAD

CODE = "H50.12-261123-0007"
WHO: dict[str, Any] = {
    "applicant_name": "Nguyễn Thị Thu Hà",
    "applicant_id_no": "045198230382",
    "address": "Thôn 1, xã Triệu Phong",
    "phone": "0912 345 678",
    "email": "ha@example.vn",
    "request_content": "Đăng ký khai sinh",
}
TURNS_SAID = {
    "supplement_slip": SupplementData(
        head=HEAD, **WHO, dossier_code="H50.12-261123-0007", items=("Bản vẽ có dấu", "Ảnh 4x6"), reason="Bản vẽ thiếu dấu",
        basis="Nghị định 61/2018/NĐ-CP", answer_by=DUE, contact_name="Đỗ Thị Lan", contact_phone="0233 385 1234",
        officer_name="Phạm Văn Minh",
    ),
    "apology_slip": ApologyData(
        head=HEAD, **WHO, dossier_code="H50.12-261123-0007", addressee="Bà Nguyễn Thị Thu Hà",
        agency_name="Ủy ban nhân dân xã Triệu Phong", received_on=date(2026, 11, 20), due_at=AT, new_due_at=DUE,
        reason="Phải xác minh thực địa", signer_title="Chủ tịch", signer_name="Trần Văn Bình",
    ),
    "extension_slip": ApologyData(
        head=HEAD, **WHO, dossier_code="H50.12-261123-0007", addressee="Bà Nguyễn Thị Thu Hà",
        agency_name="Ủy ban nhân dân xã Triệu Phong", received_on=date(2026, 11, 20), due_at=AT, new_due_at=DUE,
        reason="Hồ sơ phức tạp", basis="Luật Xây dựng điều 102", signer_title="Chủ tịch", signer_name="Trần Văn Bình",
    ),
    "stop_notice": StopNoticeData(
        head=HEAD, **WHO, dossier_code="H50.12-261123-0007", received_at=AT, requested_on=date(2026, 11, 24), stopped_at=DUE,
        request_channel="Trực tiếp", state_at_request="Đang xử lý", reason="Theo đề nghị",
        returned_papers=("Tờ khai", "Giấy phép cũ"), fee_note="Không hoàn phí", signer_title="Chủ tịch",
        signer_name="Trần Văn Bình",
    ),
    "suspension_notice": SuspensionData(
        head=HEAD, **WHO, dossier_code=CODE, agency_name="Ủy ban nhân dân xã Triệu Phong", received_at=AT, due_at=DUE, since=AT,
        ground="Chờ ý kiến cơ quan khác", reason="Sở Xây dựng đang cho ý kiến", basis="Luật Xây dựng điều 102",
        paper="TB 12/TB-CCT", review_on=date(2026, 12, 1), signer_title="Chủ tịch", signer_name="Trần Văn Bình",
    ),
    "resumption_notice": ResumptionData(
        head=HEAD, **WHO, dossier_code=CODE, agency_name="Ủy ban nhân dân xã Triệu Phong", received_at=AT, since=AT, until=AT,
        ground="Chờ ý kiến cơ quan khác", proof="Công văn 5/SXD", due_at=DUE, signer_title="Chủ tịch", signer_name="Trần Văn Bình",
    ),
}  # fmt: skip
WORDS_OF_TURNS = {
    "supplement_slip": (
        "PHIẾU YÊU CẦU BỔ SUNG", CODE, *(v for k, v in WHO.items() if k != "applicant_id_no"), "1. Bản vẽ có dấu", "2. Ảnh 4x6",
        "Bản vẽ thiếu dấu", "17 giờ 00 phút, ngày 25/11/2026", "Đỗ Thị Lan", "0233 385 1234", "NGƯỜI HƯỚNG DẪN",
        "Phạm Văn Minh", "Mẫu số 02",
    ),
    "apology_slip": (
        "PHIẾU XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN", CODE, *WHO.values(), "Bà Nguyễn Thị Thu Hà", "20/11/2026", "09 giờ 05 phút",
        "17 giờ 00 phút, ngày 25/11/2026", "Phải xác minh thực địa", "xin lỗi", "CHỦ TỊCH", "Trần Văn Bình", "Mẫu số 04",
    ),
    "extension_slip": (
        "PHIẾU XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN", CODE, *WHO.values(), "cần thêm thời gian giải quyết", "Hồ sơ phức tạp",
        "Căn cứ gia hạn: Luật Xây dựng điều 102", "17 giờ 00 phút, ngày 25/11/2026", "CHỦ TỊCH", "Trần Văn Bình", "Mẫu số 04",
    ),
    "stop_notice": (
        "THÔNG BÁO", CODE, *WHO.values(), "09 giờ 05 phút", "17 giờ 00 phút", "đề nghị dừng giải quyết: 24/11/2026", "Trực tiếp", "Đang xử lý",
        "Theo đề nghị", "1. Tờ khai 2. Giấy phép cũ", "Không hoàn phí", "CHỦ TỊCH", "Trần Văn Bình", "Mẫu số 05",
    ),
    "suspension_notice": (
        "THÔNG BÁO", "Tạm dừng tính thời hạn", CODE, *WHO.values(), "kể từ 09 giờ 05 phút", "17 giờ 00 phút, ngày 25/11/2026",
        "Chờ ý kiến cơ quan khác", "Sở Xây dựng đang cho ý kiến", "Luật Xây dựng điều 102", "TB 12/TB-CCT", "01/12/2026",
        "phần thời hạn còn lại được tính tiếp", "thông báo thời gian hẹn trả kết quả mới", "CHỦ TỊCH", "Trần Văn Bình",
    ),
    "resumption_notice": (
        "THÔNG BÁO", "Tiếp tục giải quyết hồ sơ", CODE, *WHO.values(), "Chờ ý kiến cơ quan khác", "Công văn 5/SXD",
        "hẹn trả kết quả mới: 17 giờ 00 phút, ngày 25/11/2026", "CHỦ TỊCH", "Trần Văn Bình",
    ),
}  # fmt: skip
