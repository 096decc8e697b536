"""Codes of plans in words: doubts of a reading, standings, kinds of deadlines."""

from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.programme.rules.products import Product
from motcua.programme.rules.standing import Receipt, Standing

DOUBT_WORDS = {
    "time: none": _("Không ghi thời hạn."),
    "time: unread": _("Không hiểu được thời hạn; hệ thống không đoán."),
    "time: partly": _("Thời hạn còn chữ chưa hiểu."),
    "time: year": _("Thời hạn không rõ năm nào."),
    "time: day": _("Thời hạn ghi một ngày không có thật."),
    "time: vague": _("Thời hạn không rõ ngày."),
    "time: open": _("Thời hạn chỉ ghi ngày bắt đầu."),
    "time: marked": _("Thời hạn là dấu đánh trong các cột quý, tháng."),
    "time: hours": _("Thời hạn tính bằng giờ, đã quy ra ngày."),
    "time: slip": _("Số quý có thể bị nhận dạng sai chữ."),
    "time: also in content": _("Trong nội dung còn một thời hạn khác."),
    "no: missing": _("Dòng không có số."),
    "no: slip": _("Số của dòng khó đọc trên bản quét; đã suy từ các dòng bên cạnh."),
    "no: out of order": _("Số của dòng không nối tiếp dòng trên."),
    "section: flattened": _("Tên nhóm và nhiệm vụ nằm chung một dòng."),
    "section: missing": _("Không thấy dòng tên nhóm."),
    "section_no: repeated": _("Số của nhóm bị lặp."),
    "section_no: out of order": _("Số của nhóm không theo thứ tự."),
    "section_no: slip": _("Số của nhóm có thể bị nhận dạng sai chữ."),
    "content: joined": _("Đã nối với dòng dưới không có số."),
    "content: merged": _("Ô nội dung gộp với dòng trên; dòng này có người chủ trì hoặc thời hạn riêng."),
    "content: guessed": _("Cột này không có tên quen thuộc; đã coi là nội dung."),
    "lead: as above": _("Ô chủ trì ghi như trên; đã lấy của dòng trên."),
    "coordinating: as above": _("Ô phối hợp ghi như trên; đã lấy của dòng trên."),
    "time: as above": _("Ô thời gian ghi như trên; đã lấy của dòng trên."),
    "product: as above": _("Ô sản phẩm ghi như trên; đã lấy của dòng trên."),
    "lead: divided": _("Một ô ghi cả chủ trì và phối hợp; đã tách."),
    "content: empty": _("Chưa có nội dung."),
    "lead: empty": _("Không ghi đơn vị chủ trì."),
    "cells: joined": _("Dòng có thừa ô; đã nối hai ô."),
    "cells: left out": _("Có cột không nhập vào kế hoạch; xem văn bản gốc."),
    "cells: no head": _("Bảng không có dòng tên cột; các cột được đoán theo nội dung ô."),
    "cells: by space": _("Bảng không kẻ khung; các cột được chia theo khoảng trắng."),
    "cells: placed": _("Dòng thiếu ô; vị trí các ô là suy ra."),
    "scan: mended": _("Có chữ bản quét đọc nhầm đã được sửa (ví dụ TTHG thành TTHC)."),
    "scan: unclear": _("Bản quét mờ ở dòng này."),
    "lead: two": _("Có hai đơn vị cùng chủ trì."),
    "product: empty": _("Không ghi sản phẩm."),
    "content: twice": _("Nhiệm vụ này đã có ở dòng trên."),
    "coordinating: leads too": _("Đơn vị chủ trì cũng ghi ở cột phối hợp."),
    "lead: mapped": _("Đơn vị được đặt theo kế hoạch cấp trên; xem lại."),
    "coordinating: not mapped": _("Có đơn vị phối hợp của kế hoạch cấp trên chưa có đơn vị tương ứng."),
    "year: moved": _("Năm trong câu đã được chuyển sang năm của kế hoạch này; xem lại."),
}
FILE_DOUBT_WORDS = {
    "scanned": _("Tệp là bản quét: chữ do máy nhận dạng, hãy đối chiếu với bản gốc."),
    "columns by space": _(
        "Bảng trong tệp không kẻ khung: các cột được chia theo khoảng trắng, hãy xem từng dòng."
    ),
    "columns untold": _(
        "Có phần bảng không kẻ khung mà không phân biệt được các cột; phần ấy CHƯA được đọc thành dòng. Đối chiếu với nguyên văn và thêm dòng còn thiếu, hoặc dùng tệp Word."
    ),
}
STANDING_WORDS = {
    Standing.NOT_YET: (_("chưa đến kỳ"), "plain"),
    Standing.OPEN: (_("đang thực hiện"), "info"),
    Standing.DUE_SOON: (_("sắp đến hạn"), "due"),
    Standing.LATE: (_("quá hạn"), "late"),
    Standing.UNPROVEN: (_("chưa có minh chứng"), "due"),
    Standing.REPORTED: (_("chờ nghiệm thu"), "wait"),
    Standing.RETURNED: (_("bị trả lại"), "due"),
    Standing.ACCEPTED: (_("đã xong"), "ok"),
}
RECEIPT_WORDS = {
    Receipt.RECEIVED: (_("đã nhận"), "ok"),
    Receipt.DRAFTED: (_("đang soạn"), "info"),
    Receipt.MISSING: (_("chưa gửi"), "wait"),
    Receipt.LATE: (_("quá hạn gửi"), "late"),
}

PRODUCT_WORDS = {
    Product.PROCESS: _("Quy trình nội bộ được phê duyệt"),
    Product.OFFICER_LIST: _("Danh sách cán bộ đầu mối được công bố"),
    Product.UNIT_PLAN: _("Kế hoạch của đơn vị"),
    Product.STATUTORY_REPORT: _("Báo cáo định kỳ đã gửi"),
}


def say_receipt(receipt: Receipt) -> tuple[str, str]:
    """The word and the tone of a plan that was asked for."""
    words, tone = RECEIPT_WORDS[receipt]
    return str(words), tone


def say_file_doubts(codes: Iterable[str]) -> list[str]:
    """What is uncertain about a whole file, in words."""
    return [str(FILE_DOUBT_WORDS[code]) for code in codes if code in FILE_DOUBT_WORDS]


def say_doubts(codes: Iterable[str]) -> list[str]:
    """Doubts as sentences; a code nobody knows is shown as it is."""
    return [str(DOUBT_WORDS.get(code, code)) for code in codes]


def say_standing(standing: Standing | None) -> tuple[str, str]:
    """The word and the tone of a standing; a task that waits for an event or a document has its own."""
    if standing is None:
        return gettext("chờ sự việc"), "plain"
    words, tone = STANDING_WORDS[standing]
    return str(words), tone
