"""What the use-log says of each act and each reading, in words. Codes are permanent, words are for readers.

Acts upon a dossier take theirs from the table of acts (`dossiers.rules.states`). A code without words fails a test.
"""

from collections.abc import Callable

from motcua.core.marking import _
from motcua.core.wording import gettext
from motcua.dossiers.rules.acceptance import FilingAct
from motcua.dossiers.rules.states import MOVES

_PRINTED = "dossiers.printed."

# fmt: off
WORDS: dict[str, str] = {
    **{f"dossiers.{act}": move.label for act, move in MOVES.items()},
    f"dossiers.{FilingAct.ACCEPT}": _("Tiếp nhận hồ sơ nộp trực tuyến"),
    f"dossiers.{FilingAct.RETURN}": _("Trả lại hồ sơ nộp trực tuyến để hoàn thiện"),
    f"dossiers.{FilingAct.REFUSE}": _("Từ chối hồ sơ nộp trực tuyến"),
    f"dossiers.{FilingAct.COMPLETE}": _("Nhận phần hoàn thiện của hồ sơ nộp trực tuyến"),
    f"dossiers.{FilingAct.WITHDRAW}": _("Người nộp rút hồ sơ nộp trực tuyến"),
    f"dossiers.{FilingAct.CLOSE}": _("Đóng hồ sơ nộp trực tuyến không hoàn thiện"),
    "accounts.left_elsewhere": _("Đăng xuất khỏi các máy khác"),
    "accounts.password_changed": _("Đổi mật khẩu"),
    "accounts.recovery_code_used": _("Dùng mã dự phòng"),
    "accounts.second_factor_removed": _("Tắt xác thực hai lớp"),
    "accounts.second_factor_set": _("Bật xác thực hai lớp"),
    "accounts.sign_in_failed": _("Đăng nhập không thành công"),
    "accounts.signed_in": _("Đăng nhập"),
    "accounts.signed_out": _("Đăng xuất"),
    "catalogue.fields_handed_over": _("Chuyển lĩnh vực cho cơ quan khác"),
    "catalogue.fields_taken_back": _("Đưa lĩnh vực về cơ quan cũ"),
    "catalogue.imported": _("Nhập danh mục thủ tục"),
    "catalogue.operated": _("Ghi cách thực hiện thủ tục"),
    "catalogue.operated_loaded": _("Nạp cách thực hiện thủ tục"),
    "catalogue.operation_stopped": _("Ngừng thực hiện thủ tục"),
    "core.rekeyed": _("Mã hóa lại bằng khóa mới"),
    "catalogue.bundle_dropped": _("Bỏ bản chưa áp dụng của nhóm thủ tục liên thông"),
    "catalogue.bundle_ended": _("Ngừng nhận theo nhóm thủ tục liên thông"),
    "catalogue.bundle_stated": _("Ghi bản mới của nhóm thủ tục liên thông"),
    "catalogue.bundles_loaded": _("Nạp nhóm thủ tục liên thông"),
    "audit.exported": _("Xuất nhật ký sử dụng"),
    "dossiers.batch_received": _("Tiếp nhận theo danh sách"),
    "dossiers.consigning": _("Xem việc chờ giao bưu chính"),
    "dossiers.consignment": _("Xem bảng kê giao nhận bưu chính"),
    "dossiers.consignment_drawn_up": _("Lập bảng kê giao nhận bưu chính"),
    "dossiers.consignment_dropped": _("Bỏ bảng kê giao nhận bưu chính"),
    "dossiers.consignment_handed": _("Ký giao cho bưu chính"),
    "dossiers.consignment_received": _("Ký nhận từ bưu chính"),
    "dossiers.desk": _("Xem việc trên bàn của cán bộ"),
    "dossiers.desk_handed_over": _("Bàn giao việc của cán bộ"),
    "dossiers.desk_not_cleared": _("Chưa bàn giao được việc của cán bộ"),
    "dossiers.fees_read": _("Xem sổ thu phí, lệ phí"),
    "dossiers.file_read": _("Mở tệp của hồ sơ"),
    "dossiers.filing_arrived": _("Nhận hồ sơ từ Cổng Dịch vụ công"),
    "dossiers.filing_paper": _("Mở tệp của hồ sơ nộp trực tuyến"),
    "dossiers.filing_read": _("Xem hồ sơ nộp trực tuyến"),
    "dossiers.filing_seen": _("Bắt đầu xem hồ sơ nộp trực tuyến"),
    "dossiers.filing_wish": _("Người nộp gửi yêu cầu sau tiếp nhận"),
    "dossiers.filing_wish_settled": _("Ghi đã xử lý yêu cầu sau tiếp nhận"),
    "dossiers.filings": _("Xem danh sách nộp trực tuyến"),
    "dossiers.inbox": _("Xem việc phải làm"),
    "dossiers.joint_read": _("Xem hồ sơ liên thông"),
    "dossiers.joint_received": _("Tiếp nhận hồ sơ liên thông"),
    "dossiers.explained": _("Giải trình hồ sơ trễ hẹn"),
    "dossiers.explanations": _("Xem giải trình hồ sơ trễ hẹn"),
    "dossiers.joint_withdrawn": _("Rút cả bộ hồ sơ liên thông"),
    "dossiers.joint_returned": _("Trả kết quả cả bộ hồ sơ liên thông"),
    "dossiers.joints": _("Xem danh sách hồ sơ liên thông"),
    "dossiers.transferred": _("Lập phiếu chuyển xử lý"),
    "dossiers.lapse_refused": _("Chưa đóng được việc xin ý kiến quá hạn"),
    "dossiers.listed": _("Xem danh sách hồ sơ"),
    "dossiers.numbers_read": _("Xem sổ cấp số"),
    "dossiers.person_checked": _("Tra người nộp khi tiếp nhận"),
    "dossiers.read": _("Xem hồ sơ"),
    "dossiers.recount_failed": _("Chưa tính lại được ngày hẹn"),
    "dossiers.register": _("Xem sổ theo dõi"),
    "dossiers.relocated": _("Chuyển hồ sơ theo sắp xếp tổ chức"),
    "dossiers.reminders": _("Xem nhắc việc"),
    "dossiers.searched": _("Tìm kiếm hồ sơ"),
    "dossiers.series_closed": _("Đóng sổ cấp số"),
    "dossiers.series_opened": _("Mở sổ cấp số"),
    "dossiers.stalled": _("Xem hồ sơ bị bỏ quên"),
    "dossiers.stalled_exported": _("Xuất danh sách hồ sơ bị bỏ quên"),
    "dossiers.state_differs": _("Trạng thái khác với Cổng Dịch vụ công"),
    "dossiers.tracked": _("Người dân tra cứu bằng giấy hẹn"),
    "feedback.closed": _("Đóng việc theo dõi đánh giá thấp"),
    "feedback.listed": _("Xem danh sách đánh giá"),
    "feedback.read": _("Xem đánh giá"),
    "feedback.slip": _("Nhập phiếu đánh giá"),
    "feedback.taken": _("Nhận việc theo dõi đánh giá thấp"),
    "figures.behind": _("Xem hồ sơ đứng sau một con số"),
    "figures.behind_exported": _("Xuất danh sách hồ sơ đứng sau một con số"),
    "figures.closed": _("Chốt số liệu của kỳ"),
    "figures.exported": _("Xuất số liệu"),
    "figures.table_forgotten": _("Bỏ bảng số liệu đã lưu"),
    "figures.table_kept": _("Lưu bảng số liệu"),
    "figures.work": _("Xem số liệu theo cán bộ"),
    "indices.note_written": _("Viết ghi chú tuần về chỉ số"),
    "indices.typed": _("Nhập số liệu chỉ số"),
    "indices.why": _("Xem hồ sơ làm mất điểm"),
    "indices.why_exported": _("Xuất danh sách hồ sơ làm mất điểm"),
    "integrations.retried": _("Gửi lại tin cho cơ quan khác"),
    "integrations.set_aside": _("Bỏ qua tin cho cơ quan khác"),
    "integrations.taken_over": _("Nhận xử lý tin cho cơ quan khác"),
    "integrations.told_otherwise": _("Ghi đã báo cơ quan khác bằng cách khác"),
    "notifications.retried": _("Gửi lại tin cho người nộp"),
    "notifications.set_aside": _("Bỏ qua tin cho người nộp"),
    "notifications.taken_over": _("Nhận xử lý tin cho người nộp"),
    "notifications.told_otherwise": _("Ghi đã báo người nộp bằng cách khác"),
    "organisations.absence_ended": _("Kết thúc vắng mặt"),
    "organisations.absence_recorded": _("Ghi vắng mặt và người thay"),
    "organisations.appointed": _("Phân công cán bộ"),
    "organisations.officer_registered": _("Thêm cán bộ"),
    "organisations.password_renewed": _("Cấp lại mật khẩu"),
    "organisations.post_chosen": _("Chọn chức danh làm việc"),
    "organisations.posting_ended": _("Thôi phân công"),
    "organisations.reorganisation_changed": _("Sửa phương án sắp xếp tổ chức"),
    "organisations.reorganisation_dropped": _("Bỏ phương án sắp xếp tổ chức"),
    "organisations.reorganisation_failed": _("Sắp xếp tổ chức không thành công"),
    "organisations.reorganisation_planned": _("Lập phương án sắp xếp tổ chức"),
    "organisations.reorganisation_scheduled": _("Hẹn ngày sắp xếp tổ chức"),
    "organisations.reorganisation_undone": _("Hoàn tác sắp xếp tổ chức"),
    "organisations.reorganised": _("Thực hiện sắp xếp tổ chức"),
    "organisations.second_factor_removed": _("Tắt xác thực hai lớp của cán bộ"),
    "organisations.signing_ended": _("Kết thúc ký thay"),
    "organisations.signing_granted": _("Giao ký thay"),
    "organisations.token_issued": _("Cấp khóa hệ thống"),
    "organisations.token_revoked": _("Thu hồi khóa hệ thống"),
    "organisations.unit_changed": _("Thay đổi đơn vị"),
    "organisations.unit_closed": _("Giải thể đơn vị"),
    "organisations.unit_corrected": _("Đính chính đơn vị"),
    "organisations.unit_created": _("Thành lập đơn vị"),
    "payments.collect": _("Thu phí, lệ phí"),
    "payments.void": _("Hủy khoản thu"),
    "payments.waive": _("Miễn phí, lệ phí"),
    "people.seen": _("Xem số của người nộp"),
    "people.phone": _("Xem điện thoại của người nộp"),
    "processes.draft_discarded": _("Bỏ dự thảo quy trình"),
    "processes.draft_saved": _("Lưu dự thảo quy trình"),
    "processes.moved": _("Chuyển quy trình theo sắp xếp tổ chức"),
    "processes.moved_back": _("Đưa quy trình về đơn vị cũ"),
    "dossiers.ended": _("Xem hồ sơ hết thời hạn lưu"),
    "dossiers.archived": _("Ghi giao nộp lưu trữ"),
    "dossiers.destroyed": _("Hủy dữ liệu cá nhân của hồ sơ hết thời hạn lưu"),
    "processes.submitted": _("Trình tỉnh công bố quy trình"),
    "processes.taken_back": _("Đưa dự thảo quy trình về đơn vị soạn"),
    "processes.published": _("Ban hành quy trình"),
    "programme.accepted": _("Nghiệm thu nhiệm vụ"),
    "programme.answered": _("Trả lời khó khăn, vướng mắc"),
    "programme.answered_call": _("Trả lời yêu cầu của kế hoạch cấp trên"),
    "programme.begun": _("Bắt đầu soạn kế hoạch"),
    "programme.commented": _("Góp ý của đơn vị giám sát"),
    "programme.difficulty": _("Nêu khó khăn, vướng mắc"),
    "programme.discarded": _("Bỏ bản đọc kế hoạch"),
    "programme.draft_returned": _("Trả lại dự thảo kế hoạch"),
    "programme.entry_added": _("Ghi vào sổ của kế hoạch"),
    "programme.entry_changed": _("Sửa dòng trong sổ của kế hoạch"),
    "programme.entry_withdrawn": _("Rút dòng khỏi sổ của kế hoạch"),
    "programme.event": _("Ghi sự kiện của nhiệm vụ"),
    "programme.handed_down": _("Giao kế hoạch cho cấp dưới"),
    "programme.issued": _("Ban hành kế hoạch"),
    "programme.kept": _("Ghi kế hoạch"),
    "programme.line_added": _("Thêm nhiệm vụ vào dự thảo"),
    "programme.line_removed": _("Bỏ nhiệm vụ khỏi dự thảo"),
    "programme.list_published": _("Công bố danh sách"),
    "programme.passed_up": _("Chuyển khó khăn lên cấp trên"),
    "programme.product_set": _("Gắn sản phẩm của nhiệm vụ"),
    "programme.proven": _("Nhiệm vụ xong theo bằng chứng"),
    "programme.read": _("Đọc tệp kế hoạch"),
    "programme.reported": _("Báo cáo nhiệm vụ"),
    "programme.returned": _("Trả lại báo cáo nhiệm vụ"),
    "programme.signed": _("Ký kế hoạch"),
    "programme.submitted": _("Trình kế hoạch"),
    "programme.target_added": _("Thêm chỉ tiêu"),
    "programme.target_corrected": _("Sửa chỉ tiêu"),
    "programme.target_removed": _("Bỏ chỉ tiêu"),
    "programme.target_set": _("Đặt chỉ tiêu"),
    "programme.upload_cancelled": _("Dừng đọc tệp kế hoạch"),
    "programme.uploaded": _("Nộp tệp kế hoạch để đọc"),
    "programme.value_typed": _("Nhập giá trị chỉ tiêu"),
    "reports.accept": _("Chấp nhận báo cáo"),
    "reports.adjust": _("Điều chỉnh số liệu báo cáo"),
    "reports.amend": _("Sửa báo cáo đã chốt"),
    "reports.answer_kept": _("Lưu câu trả lời yêu cầu số liệu"),
    "reports.answer_returned": _("Trả lại câu trả lời yêu cầu số liệu"),
    "reports.answered": _("Trả lời yêu cầu số liệu"),
    "reports.asked": _("Yêu cầu số liệu"),
    "reports.file": _("Xuất tệp báo cáo"),
    "reports.form_changed": _("Sửa biểu mẫu báo cáo"),
    "reports.generate": _("Lập báo cáo"),
    "reports.lock": _("Chốt báo cáo"),
    "reports.read": _("Xem báo cáo"),
    "reports.record": _("Ghi nhận báo cáo giấy của đơn vị làm trên hệ thống khác"),
    "reports.request_closed": _("Đóng yêu cầu số liệu"),
    "reports.request_file": _("Xuất tệp yêu cầu số liệu"),
    "reports.request_read": _("Xem yêu cầu số liệu"),
    "reports.return": _("Trả lại báo cáo"),
    "reports.send": _("Gửi báo cáo"),
    "reports.sign": _("Ký báo cáo"),
}
# fmt: on


# Neighbours and what goes between us and them, as a person calls it; a name not in the lists stays as it is.
NEIGHBOURS = {"npsp": _("Cổng Dịch vụ công quốc gia")}
TOPICS = {
    "dossier.status": _("trạng thái hồ sơ"),
    "dossier.filed": _("hồ sơ nộp trực tuyến"),
    "dossier.supplemented": _("phần hoàn thiện"),
    "dossier.withdrawal_requested": _("xin rút"),
    "payment.made": _("báo đã thanh toán"),
}
SUBJECTS = {
    "accounts.user": _("Tài khoản"),
    "dossiers.consignment": _("Bảng kê"),
    "dossiers.disposal": _("Quyết định"),
    "dossiers.dossier": _("Hồ sơ"),
    "dossiers.filing": _("Hồ sơ trực tuyến"),
    "dossiers.series": _("Sổ cấp số"),
    "indices.weeklynote": _("Ghi chép tuần"),
    "organisations.absence": _("Vắng mặt"),
    "organisations.reorganisation": _("Phương án sắp xếp"),
    "organisations.signingright": _("Ký thay"),
    "processes.version": _("Quy trình"),
    "reports.dataanswer": _("Trả lời yêu cầu số liệu"),
    "reports.datarequest": _("Yêu cầu số liệu"),
}


def name_subject(subject: str, say: Callable[[str], str]) -> str:
    """What an act was upon: the kind of thing in words and its number; a code stays a code."""
    kind, colon, number = subject.partition(":")
    return f"{say(SUBJECTS[kind])} {number}" if colon and kind in SUBJECTS else subject


def name_neighbour(code: str) -> str:
    """A neighbouring system by its name."""
    return gettext(NEIGHBOURS.get(code, code))


def name_traffic(code: str, topic: str) -> str:
    """Who, and about what."""
    return f"{name_neighbour(code)} · {gettext(TOPICS.get(topic, topic))}"


def name_entry(what: str) -> str:
    """The words of a code, to be translated; a print has those of printing; a code of old keeps its own name."""
    return _("In giấy tờ") if what.startswith(_PRINTED) else WORDS.get(what, what)


def find_codes(words: str, say: Callable[[str], str]) -> list[str]:
    """The codes whose words, as `say` puts them into the reader's language, hold these."""
    asked = words.casefold()
    return [code for code, said in WORDS.items() if asked in say(said).casefold()]
