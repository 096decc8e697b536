"""Codes of plans in words: doubts of a reading, standings, kinds of deadlines."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from motcua.programme.rules.standing import Standing

DOUBT_WORDS = {
    "time: none": _later("Không ghi thời hạn."),
    "time: unread": _later("Không hiểu được thời hạn; hệ thống không đoán."),
    "time: partly": _later("Thời hạn còn chữ chưa hiểu."),
    "time: year": _later("Thời hạn không rõ năm nào."),
    "time: day": _later("Thời hạn ghi một ngày không có thật."),
    "time: vague": _later("Thời hạn không rõ ngày."),
    "time: hours": _later("Thời hạn tính bằng giờ, đã quy ra ngày."),
    "time: slip": _later("Số quý có thể bị nhận dạng sai chữ."),
    "time: also in content": _later("Trong nội dung còn một thời hạn khác."),
    "no: missing": _later("Dòng không có số."),
    "no: out of order": _later("Số của dòng không nối tiếp dòng trên."),
    "section: flattened": _later("Tên nhóm và nhiệm vụ nằm chung một dòng."),
    "section: missing": _later("Không thấy dòng tên nhóm."),
    "section_no: repeated": _later("Số của nhóm bị lặp."),
    "section_no: out of order": _later("Số của nhóm không theo thứ tự."),
    "section_no: slip": _later("Số của nhóm có thể bị nhận dạng sai chữ."),
    "content: joined": _later("Đã nối với dòng dưới không có số."),
    "content: empty": _later("Chưa có nội dung."),
    "lead: empty": _later("Không ghi đơn vị chủ trì."),
    "cells: joined": _later("Dòng có thừa ô; đã nối hai ô."),
    "cells: placed": _later("Dòng thiếu ô; vị trí các ô là suy ra."),
    "scan: unclear": _later("Bản quét mờ ở dòng này."),
}
STANDING_WORDS = {
    Standing.NOT_YET: (_later("chưa đến kỳ"), "plain"),
    Standing.OPEN: (_later("đang thực hiện"), "info"),
    Standing.DUE_SOON: (_later("sắp đến hạn"), "due"),
    Standing.LATE: (_later("quá hạn"), "late"),
    Standing.UNPROVEN: (_later("chưa có minh chứng"), "due"),
    Standing.REPORTED: (_later("chờ nghiệm thu"), "wait"),
    Standing.RETURNED: (_later("bị trả lại"), "due"),
    Standing.ACCEPTED: (_later("đã xong"), "ok"),
}


def say_doubts(codes: Iterable[str]) -> list[str]:
    """Doubts as sentences; a code nobody knows is shown as it is."""
    return [str(DOUBT_WORDS.get(code, code)) for code in codes]


def say_standing(standing: Standing | None) -> tuple[str, str]:
    """The word and the tone of a standing; a task that waits for an event or a document has its own."""
    if standing is None:
        return _("chờ sự việc"), "plain"
    words, tone = STANDING_WORDS[standing]
    return str(words), tone
