"""What the interface for machines says of itself to people: its addresses, fields and refusals, in words."""

from typing import Any

from django.utils.translation import gettext as _

from motcua.dossiers.rules.states import MOVES, Act


def get_groups() -> dict[str, str]:
    """The things the interface is about, by their mark in the description, in the order of the page."""
    return {
        "procedures": _("Thủ tục và nhóm thủ tục"),
        "dossiers": _("Đọc hồ sơ"),
        "files": _("Tệp"),
        "acts": _("Việc làm với hồ sơ"),
        "joints": _("Bộ hồ sơ liên thông"),
    }


def get_operations() -> dict[str, tuple[str, str]]:
    """Name and meaning of each address, by method and path."""
    return _get_readings() | _get_joints() | _get_counter_acts() | _get_turns()


def _get_readings() -> dict[str, tuple[str, str]]:
    return {
        "get /procedures": (_("Tìm thủ tục"), _("Theo các từ không dấu của tên, thứ tự nào cũng được, hoặc phần đầu của mã.")),
        "get /procedures/{code}": (_("Một thủ tục hôm nay"), _("Trường hợp, giấy tờ, thời hạn, phí và lệ phí như quầy dùng.")),
        "get /bundles": (_("Các nhóm thủ tục liên thông"), _("Mọi nhóm đang có hiệu lực.")),
        "get /bundles/{code}": (_("Một nhóm hôm nay"), _("Các phần theo thứ tự, mỗi phần với giấy tờ mà tờ khai chung hỏi cho phần ấy.")),
        "get /dossiers": (_("Hồ sơ của đơn vị"), _("Mới nhất trước. Có q thì tìm theo mã, số giấy tờ, điện thoại hoặc từ của tên; khi ấy các điều kiện khác không dùng.")),
        "get /dossiers/{code}": (_("Một hồ sơ, đầy đủ"), _("Tình trạng, thời hạn kèm lý do, giấy tờ, các bước, lịch sử và những việc được phép làm lúc này.")),
        "get /dossiers/{code}/targets": (_("Chuyển được cho ai"), _("Những bước sẽ mở khi việc này xong, với người giữ chức danh; và đường trả lại.")),
        "get /dossiers/{code}/files/{file_id}": (_("Tải một tệp"), _("Bản quét hoặc văn bản kết quả, nguyên như lúc nộp; mỗi lần đọc đều được ghi lại.")),
    }  # fmt: skip


def _get_joints() -> dict[str, tuple[str, str]]:
    return {
        "get /joints/{code}": (_("Một bộ hồ sơ với các phần"), _("Cả bộ đang ở đâu; mỗi phần với cơ quan, ngày hẹn, phiếu chuyển và hồ sơ của phần.")),
        "post /joints:receive": (_("Tiếp nhận một tờ khai chung"), _("Phần nào không chờ gì thì bắt đầu ngay, phần khác bắt đầu khi đến lượt.")),
        "post /joints/{code}:return": (_("Trả mọi kết quả đang chờ"), _("Trả một lần các kết quả đang ở nơi trả (Nghị định 61/2018/NĐ-CP điều 19.7b).")),
        "post /joints/{code}:withdraw": (_("Rút cả bộ"), _("Đóng các phần còn mở và chưa quyết định; phần đã quyết định vẫn đi đến kết quả.")),
    }  # fmt: skip


def _get_counter_acts() -> dict[str, tuple[str, str]]:
    return {
        "post /files": (_("Gửi tệp trước khi tiếp nhận"), _("Giữ nguyên tệp; loại tệp đọc từ nội dung, không theo tên. Ghi id nhận được vào part_files khi tiếp nhận; chỉ hệ thống đã gửi mới đính kèm được.")),
        "post /dossiers:receive": (_act(Act.RECEIVE), _("Tiếp nhận tại quầy của đơn vị giữ khóa; thành phần lấy theo thủ tục.")),
        "post /dossiers:refuse-intake": (_act(Act.REFUSE_INTAKE), _("Từ chối bằng văn bản, có lý do; phiếu từ chối có mã riêng.")),
        "post /dossiers/{code}:settle-on-spot": (_act(Act.SETTLE_ON_SPOT), _("Trả lời khi người dân còn đợi: lãnh đạo ký ngay, hoặc cán bộ ký theo văn bản giao quyền.")),
        "post /dossiers/{code}:sign-result": (_act(Act.SIGN_RESULT), _("Lấy số kế tiếp của sổ và đính kèm văn bản đã ký.")),
        "post /dossiers/{code}:void-number": (_act(Act.VOID_NUMBER), _("Hủy số của kết quả chưa trả: số ở lại trong sổ cùng lý do và không cấp lại.")),
        "post /dossiers/{code}:return-result": (_act(Act.RETURN_RESULT), _("Trao kết quả; ghi ai nhận, nhận bằng cách nào (Nghị định 61/2018/NĐ-CP điều 20).")),
        "post /dossiers/{code}:withdraw": (_act(Act.WITHDRAW), _("Người nộp rút hồ sơ trước khi có quyết định.")),
        "post /dossiers/{code}:request-supplement": (_act(Act.REQUEST_SUPPLEMENT), _("Nêu một lần mọi thứ còn thiếu, có lý do; thời hạn dừng đến khi quầy nhận đủ.")),
        "post /dossiers/{code}:accept-supplement": (_act(Act.ACCEPT_SUPPLEMENT), _("Nhận những gì người nộp mang đến: thời hạn tính lại từ đầu (Nghị định 61/2018/NĐ-CP điều 19.4).")),
        "post /dossiers/{code}:close-unanswered": (_act(Act.CLOSE_UNANSWERED), _("Đóng hồ sơ không ai bổ sung đúng hạn; nộp lại lúc nào cũng được.")),
        "post /dossiers/{code}:request-payment": (_act(Act.REQUEST_PAYMENT), _("Chờ người nộp làm xong nghĩa vụ tài chính; thời gian này không tính là chậm.")),
        "post /dossiers/{code}:confirm-payment": (_act(Act.CONFIRM_PAYMENT), _("Nghĩa vụ đã xong: đồng hồ chạy tiếp phần còn lại, hoặc bắt đầu lần hẹn thứ hai.")),
    }  # fmt: skip


def _get_turns() -> dict[str, tuple[str, str]]:
    return {
        "post /dossiers/{code}:start": (_act(Act.START), _("Bắt đầu giải quyết hồ sơ đã tiếp nhận; việc thành của người gọi.")),
        "post /dossiers/{code}:take": (_act(Act.TAKE), _("Nhận một việc chung của đơn vị; người đứng đầu có thể giao cho người khác trong đơn vị.")),
        "post /dossiers/{code}:hand-over": (_act(Act.HAND_OVER), _("Xong bước này, mở bước sau: một bước, nhiều bước song song, hoặc chưa bước nào khi còn phải chờ đủ.")),
        "post /dossiers/{code}:propose": (_act(Act.PROPOSE), _("Trình kèm đề xuất, tới bước kế tiếp (Nghị định 61/2018/NĐ-CP điều 19.2).")),
        "post /dossiers/{code}:decide": (_act(Act.DECIDE), _("Người có thẩm quyền đồng ý hoặc từ chối; các ý kiến còn chờ không cần nữa.")),
        "post /dossiers/{code}:return-for-redo": (_act(Act.RETURN_FOR_REDO), _("Trả về bước trước, nêu cần làm lại điều gì; các bước sau đó phải làm lại.")),
        "post /dossiers/{code}:ask-opinion": (_act(Act.ASK_OPINION), _("Hỏi một đơn vị khác: nội dung, hạn trả lời, im lặng nghĩa là gì; bước đang hỏi vẫn mở.")),
        "post /dossiers/{code}:answer-opinion": (_act(Act.ANSWER_OPINION), _("Trả lời thay đơn vị được hỏi; bước đang chờ câu trả lời thì đi tiếp.")),
        "post /dossiers/{code}:stop": (_act(Act.STOP), _("Dừng giải quyết bằng thông báo, trước khi có quyết định (Nghị định 118/2025/NĐ-CP điều 21).")),
        "post /dossiers/{code}:suspend": (_act(Act.SUSPEND), _("Dừng đồng hồ theo lệnh người đứng đầu, khi luật chuyên ngành cho phép.")),
        "post /dossiers/{code}:resume": (_act(Act.RESUME), _("Lý do dừng đã hết: đồng hồ chạy tiếp phần còn lại.")),
        "post /dossiers/{code}:extend": (_act(Act.EXTEND), _("Thêm thời gian theo luật chuyên ngành, trước khi trễ hẹn.")),
        "post /dossiers/{code}:apologise": (_act(Act.APOLOGISE), _("Xin lỗi người nộp và hẹn lại, một lần (Nghị định 61/2018/NĐ-CP điều 19.9); thư xin lỗi in từ đây.")),
        "post /dossiers/{code}:reopen": (_act(Act.REOPEN), _("Giải quyết lại từ bước đầu; thời hạn tính từ đầu.")),
    }  # fmt: skip


def _act(act: Act) -> str:
    return _(MOVES[act].label)


def get_places() -> dict[str, str]:
    """Where a parameter stands."""
    return {"path": _("trong địa chỉ"), "query": _("sau dấu hỏi"), "header": _("phần đầu")}


def get_kinds() -> dict[str, str]:
    """Kinds of values, by type or format."""
    return {
        "string": _("chữ"),
        "integer": _("số nguyên"),
        "number": _("số"),
        "boolean": "true, false",
        "date": _("ngày (2026-03-02)"),
        "date-time": _("thời điểm (2026-03-02T09:30:00+07:00)"),
        "binary": _("tệp"),
        "object": _("cặp tên và giá trị"),
        "any": _("bất kỳ"),
    }


def get_fields() -> dict[str, str]:
    """What is not said by the name alone."""
    return {
        "Idempotency-Key": _("Mã tự đặt cho một việc. Gửi lại cùng mã, cùng nội dung thì chỉ có một kết quả."),
        "If-Match": _("ETag đọc được lần cuối. Hồ sơ đã đổi thì trả 412 thay vì ghi đè."),
        "code": _("mã"),
        "cursor": _("lấy từ next_cursor hoặc previous_cursor của trang trước"),
        "q": _("từ cần tìm"),
        "since": _("tiếp nhận từ ngày"),
        "until": _("tiếp nhận đến hết ngày"),
        "state": _("tình trạng"),
        "task_id": _("việc nào của người gọi, khi có nhiều việc mở"),
        "assignee_id": _("giao cho người này; bỏ trống là việc chung"),
        "note": _("ghi chú"),
        "reason": _("lý do"),
        "basis": _("căn cứ"),
        "outcome": _("đồng ý (approved) hoặc từ chối (refused)"),
        "applicant": _("người đề nghị"),
        "submitter": _("người nộp, khi không phải người đề nghị"),
        "authorised": _("người được ủy quyền"),
        "authorisation": _("văn bản ủy quyền"),
        "procedure": _("mã thủ tục"),
        "procedure_code": _("mã thủ tục"),
        "portal_id": _("bản của thủ tục trên Cổng quốc gia, khi một mã có nhiều bản"),
        "case_id": _("trường hợp, lấy từ thủ tục"),
        "parts": _("giấy tờ"),
        "part_files": _("bản quét của giấy tờ, gửi trước bằng POST /files"),
        "part_ids": _("giấy tờ trước thiếu, nay đã có"),
        "component_id": _("giấy tờ nào, lấy từ thủ tục"),
        "missing_reason": _("vì sao vẫn nhận khi thiếu giấy tờ"),
        "received_at": _("lúc tiếp nhận"),
        "site": _("tại quầy, lưu động hay tại nơi kiểm tra"),
        "supported_unit_id": _("đơn vị được nhận thay, khi nộp không phụ thuộc địa giới"),
        "competent_agency_id": _("cơ quan giải quyết; bỏ trống thì suy từ thủ tục và nơi nhận"),
        "returning_unit_id": _("nơi trả kết quả"),
        "result_delivery": _("nhận kết quả bằng cách nào"),
        "agreed_due_at": _("ngày hẹn thỏa thuận, khi thủ tục không có thời hạn"),
        "due_at": _("hẹn trả, hoặc hạn trả lời"),
        "silence": _("im lặng là chờ (waits) hay đồng ý (agrees)"),
        "silence_basis": _("luật coi im lặng là đồng ý"),
        "to_step": _("trả về bước số"),
        "series": _("sổ cấp số, khi cơ quan có nhiều sổ"),
        "signed_on": _("ngày ký"),
        "signer_name": _("người ký"),
        "file": _("tệp"),
        "file_id": _("số của tệp"),
        "has_receipt": _("người nhận còn giữ giấy tiếp nhận"),
        "collector_name": _("người nhận kết quả"),
        "answer_days": _("số ngày để bổ sung; khác số chung thì phải có căn cứ"),
        "review_at": _("lúc xem lại"),
        "new_due_at": _("ngày hẹn mới"),
        "proof": _("chứng từ, văn bản làm căn cứ"),
        "revision": _("lần sửa, cũng là ETag"),
        "allowed_acts": _("những việc được phép làm lúc này"),
        "possible": _("những việc được phép làm thay"),
        "request_id": _("số của lời gọi, để tìm trong nhật ký"),
        "next_cursor": _("cho trang sau; null là hết"),
        "is_provisional": _("tạm tính, lịch nghỉ chưa đủ"),
        "bundle_code": _("mã nhóm thủ tục liên thông"),
        "agencies": _("cơ quan giải quyết từng phần"),
    }  # fmt: skip


def get_statuses() -> dict[str, str]:
    """What each status means and what to do then."""
    return {
        "200": _("Xong."),
        "201": _("Đã tạo; Location là địa chỉ của nó."),
        "400": _("Không đọc được nội dung gửi lên. Sửa rồi gửi lại."),
        "401": _("Không có khóa, hoặc khóa đã hết hạn, đã thu hồi. Xin khóa khác."),
        "403": _("Khóa không có phạm vi này, hoặc người giữ khóa không được làm việc này."),
        "404": _("Không có, hoặc không thuộc phạm vi của đơn vị giữ khóa."),
        "409": _("Lúc này không làm được. possible nêu việc làm được."),
        "412": _("Hồ sơ đã đổi từ lần đọc cuối. Đọc lại rồi quyết định."),
        "422": _("Nội dung không đúng. field hoặc errors chỉ chỗ sai."),
        "429": _("Gọi quá nhiều trong phút này. Đợi số giây ở Retry-After."),
        "500": _("Lỗi của hệ thống; chưa có gì được lưu. Gửi lại cùng Idempotency-Key; báo request_id."),
        "503": _("Mất kết nối cơ sở dữ liệu; chưa có gì được lưu. Gửi lại sau ít phút, cùng Idempotency-Key."),
    }  # fmt: skip


def get_codes() -> list[tuple[str, str, str]]:
    """The stable words of problems that a program should tell apart: word, status, meaning."""
    return [
        ("unauthorised", "401", _("Khóa không có, sai, hết hạn hoặc đã thu hồi.")),
        ("forbidden", "403", _("Ngoài phạm vi của khóa, hoặc chức danh không có quyền này.")),
        ("not_found", "404", _("Không có, hoặc không thuộc phạm vi.")),
        ("method_not_allowed", "405", _("Địa chỉ không nhận cách gọi này; xem Allow.")),
        ("bad_request", "400", _("Nội dung không đọc được.")),
        ("bad_cursor", "400", _("Con trỏ trang không dùng được; bắt đầu lại từ trang đầu.")),
        ("invalid", "422", _("Không đúng mô tả; errors nêu từng chỗ.")),
        ("stale", "412", _("Đã đổi từ lần đọc cuối (If-Match).")),
        ("not_possible_now", "409", _("Tình trạng của hồ sơ không cho làm việc này.")),
        ("not_yours", "409", _("Việc này của đơn vị hoặc người khác.")),
        ("idempotency_mismatch", "409", _("Mã chống gửi trùng đã dùng cho nội dung khác.")),
        ("idempotency_in_progress", "409", _("Lời gọi trước cùng mã còn đang chạy; thử lại sau.")),
        ("too_many", "429", _("Quá số lần gọi mỗi phút của khóa.")),
        ("not_operated", "422", _("Thủ tục chưa tiếp nhận ở nơi này.")),
        ("unknown_case", "422", _("Trường hợp không thuộc thủ tục.")),
        ("unknown_component", "422", _("Giấy tờ không thuộc thủ tục và trường hợp đã chọn.")),
        ("unknown_file", "422", _("Tệp không dùng được, hoặc do hệ thống khác gửi.")),
        ("unknown_unit", "422", _("Không có đơn vị này.")),
        ("missing_component", "422", _("Thiếu giấy tờ bắt buộc; bổ sung cho đủ, hoặc từ chối tiếp nhận.")),
        ("reason_needed", "422", _("Phải có lý do.")),
        ("basis_needed", "422", _("Phải có căn cứ.")),
        ("bad_file", "422", _("Tệp rỗng, có mật khẩu, hỏng, hoặc không phải loại được nhận.")),
        ("too_large", "422", _("Tệp lớn quá mức cho phép.")),
        ("no_calendar", "409", _("Lịch làm việc của năm chưa mở, nên không tính được ngày hẹn.")),
        ("no_series", "422", _("Cơ quan chưa có sổ cấp số này.")),
        ("no_process", "409", _("Thủ tục chưa có quy trình nội bộ.")),
        ("fault", "500", _("Lỗi của hệ thống.")),
        ("database_lost", "503", _("Mất kết nối cơ sở dữ liệu.")),
    ]


# Values that an example sends, by field; then by kind.
SAMPLES: dict[str, Any] = {
    "procedure_code": "1.001193",
    "bundle_code": "LT-KS",
    "full_name": "Nguyễn Thị Hoa",
    "file_id": 12,
    "reason": "Người nộp đề nghị",
    "note": "Kiểm tra lại địa chỉ",
    "basis": "Nghị định 61/2018/NĐ-CP",
    "outcome": "approved",
    "signed_on": "2026-03-02",
    "signer_name": "Trần Văn Bình",
    "collector_name": "Nguyễn Thị Hoa",
    "question": "Thửa đất có nằm trong quy hoạch không?",
    "answer": "Không nằm trong quy hoạch.",
    "paper": "Thông báo thuế số 12",
    "proof": "Biên lai số 0123",
    "items": ["Giấy chứng sinh"],
}
SAMPLES_BY_KIND: dict[str, Any] = {
    "date": "2026-03-02",
    "date-time": "2026-03-02T17:00:00+07:00",
    "integer": 12,
    "number": 1,
    "boolean": True,
}
CODES = {
    "procedures": "1.001193",
    "bundles": "LT-KS",
    "dossiers": "H50.12-260302-0001",
    "joints": "H50.12-260302-0002",
}
