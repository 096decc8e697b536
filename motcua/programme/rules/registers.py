"""The registers plans ask for: what each records, how an entry moves, what is written under it, what the public sees."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from motcua.core.marking import _


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    LONG = "long"
    DAY = "day"
    NUMBER = "number"
    MONEY = "money"
    CHOICE = "choice"
    PHONE = "phone"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a register. `is_public` columns are shown to everybody once a list is published."""

    name: str
    words: str
    kind: Kind = Kind.TEXT
    is_required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    is_public: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """Where an entry stands, and where it may go; some moves are the head's alone, some need a column filled in."""

    code: str
    words: str
    tone: str = "plain"
    following: tuple[str, ...] = ()
    is_heads: bool = False
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """A register.

    :param states: the first is that of a new entry; empty when entries only stand there
    :param lines: what is written under an entry, row by row: who took part, who asked what
    :param sums: a column of the lines that is added up or averaged: (column, "sum" or "mean")
    :param issued: its list is published by decision, and how often it is to be reviewed, in months
    """

    code: str
    title: str
    columns: tuple[Column, ...]
    states: tuple[State, ...] = ()
    lines: tuple[Column, ...] = ()
    lines_title: str = ""
    sums: tuple[str, str] = ("", "")
    issued: int = 0

    def get_state(self, code: str) -> State | None:
        """A state by its code."""
        return next((state for state in self.states if state.code == code), None)


K = Kind
_CHANNELS = (
    ("portal", _("Cổng, trang thông tin điện tử")),
    ("radio", _("Đài, loa truyền thanh")),
    ("press", _("Báo chí, truyền hình")),
    ("social", _("Mạng xã hội (Zalo, Fanpage)")),
    ("print", _("Pano, tờ rơi, tờ gấp")),
    ("meeting", _("Hội nghị, sinh hoạt")),
)
_SOURCES = (
    ("budget", _("Ngân sách nhà nước")),
    ("sponsor", _("Tài trợ, viện trợ")),
    ("other", _("Nguồn khác")),
)
_HEADSHIP = (
    ("head", _("Người đứng đầu")),
    ("deputy", _("Cấp phó")),
    ("officer", _("Công chức, viên chức")),
    ("postal", _("Nhân viên bưu chính")),
)


def _person(*more: Column) -> tuple[Column, ...]:
    """The columns every list of people begins with."""
    return (
        Column("name", _("Họ và tên"), is_required=True, is_public=True),
        Column("position", _("Chức vụ, chức danh"), is_required=True, is_public=True),
        *more,
    )


REGISTERS: Mapping[str, Register] = {
    register.code: register
    for register in (
        Register(
            "can-bo-dau-moi",
            _("Cán bộ đầu mối kiểm soát thủ tục"),
            _person(
                Column("phone", _("Điện thoại"), K.PHONE, is_public=True),
                Column("email", _("Thư điện tử")),
                Column("since", _("Từ ngày"), K.DAY),
            ),
            issued=6,
        ),
        Register(
            "bo-phan-mot-cua",
            _("Cán bộ tại Bộ phận Một cửa"),
            _person(
                Column(
                    "headship", _("Vai trò"), K.CHOICE, is_required=True, choices=_HEADSHIP, is_public=True
                ),
                Column("field", _("Lĩnh vực"), is_public=True),
                Column("phone", _("Điện thoại"), K.PHONE, is_required=True, is_public=True),
                Column("note", _("Ghi chú nội bộ")),
            ),
            issued=12,
        ),
        Register(
            "van-ban-chi-dao",
            _("Văn bản chỉ đạo, hướng dẫn"),
            (
                Column("number", _("Số, ký hiệu"), is_required=True),
                Column("day", _("Ngày văn bản"), K.DAY, is_required=True),
                Column("abstract", _("Trích yếu"), K.LONG, is_required=True),
                Column("reply_by", _("Hạn báo cáo lại"), K.DAY),
                Column("link", _("Liên kết"), K.LINK),
            ),
            (
                State("sent", _("đã gửi"), "info", ("done",)),
                State("done", _("đã thực hiện"), "ok"),
            ),
            (
                Column("unit", _("Đơn vị nhận"), is_required=True),
                Column("acknowledged", _("Ngày xác nhận"), K.DAY),
                Column("answer", _("Kết quả thực hiện"), K.LONG),
            ),
            _("Đơn vị nhận và xác nhận"),
        ),
        Register(
            "truyen-thong",
            _("Hoạt động truyền thông"),
            (
                Column("day", _("Ngày"), K.DAY, is_required=True),
                Column("channel", _("Kênh"), K.CHOICE, is_required=True, choices=_CHANNELS),
                Column("title", _("Tên tin, bài, hoạt động"), is_required=True),
                Column("audience", _("Đối tượng")),
                Column("officer", _("Người thực hiện"), is_required=True),
                Column("link", _("Liên kết, minh chứng"), K.LINK),
                Column("count", _("Số lượng"), K.NUMBER),
            ),
        ),
        Register(
            "tap-huan",
            _("Tập huấn, bồi dưỡng"),
            (
                Column("title", _("Tên lớp"), is_required=True),
                Column("day", _("Từ ngày"), K.DAY, is_required=True),
                Column("last_day", _("Đến ngày"), K.DAY),
                Column("place", _("Địa điểm, hình thức")),
                Column("host", _("Đơn vị tổ chức")),
                Column("materials", _("Tài liệu"), K.LINK),
            ),
            (
                State("planned", _("dự kiến"), "info", ("held", "cancelled")),
                State("held", _("đã tổ chức"), "ok"),
                State("cancelled", _("không tổ chức"), "plain"),
            ),
            (
                Column("name", _("Họ và tên"), is_required=True),
                Column("unit", _("Đơn vị")),
                Column("attended", _("Tham dự"), K.CHOICE, choices=(("yes", _("có mặt")), ("no", _("vắng")))),
                Column("score", _("Điểm kiểm tra"), K.NUMBER),
            ),
            _("Danh sách học viên"),
            ("score", "mean"),
        ),
        Register(
            "sang-kien",
            _("Sáng kiến cải cách thủ tục"),
            (
                Column("title", _("Tên sáng kiến"), is_required=True),
                Column("author", _("Tác giả"), is_required=True),
                Column("summary", _("Nội dung, giải pháp"), K.LONG, is_required=True),
                Column("effect", _("Hiệu quả"), K.LONG),
                Column("link", _("Đề án, báo cáo"), K.LINK),
            ),
            (
                State("proposed", _("đề xuất"), "info", ("scoring", "refused")),
                State("scoring", _("đang chấm"), "wait", ("approved", "refused")),
                State("approved", _("được công nhận"), "ok", ("replicated",), is_heads=True),
                State("replicated", _("đã nhân rộng"), "ok"),
                State("refused", _("không công nhận"), "plain", ("proposed",), is_heads=True),
            ),
            (
                Column("judge", _("Người chấm"), is_required=True),
                Column("score", _("Điểm"), K.NUMBER, is_required=True),
                Column("remark", _("Nhận xét"), K.LONG),
            ),
            _("Phiếu chấm"),
            ("score", "mean"),
        ),
        Register(
            "thi-dua",
            _("Phong trào thi đua"),
            (
                Column("title", _("Tên phong trào"), is_required=True),
                Column("day", _("Từ ngày"), K.DAY, is_required=True),
                Column("last_day", _("Đến ngày"), K.DAY),
                Column("criteria", _("Tiêu chí"), K.LONG, is_required=True),
            ),
            (
                State("launched", _("đã phát động"), "info", ("closed",)),
                State("closed", _("đã tổng kết"), "ok", is_heads=True),
            ),
            (
                Column("unit", _("Tập thể, cá nhân"), is_required=True),
                Column("score", _("Điểm"), K.NUMBER, is_required=True),
                Column("rank", _("Xếp loại")),
            ),
            _("Kết quả chấm điểm"),
            ("score", "mean"),
        ),
        Register(
            "doi-thoai",
            _("Đối thoại với người dân, doanh nghiệp"),
            (
                Column("day", _("Ngày"), K.DAY, is_required=True),
                Column("topic", _("Chủ đề"), is_required=True),
                Column("chair", _("Chủ trì"), is_required=True),
                Column("place", _("Địa điểm")),
                Column("people", _("Số người dự"), K.NUMBER),
                Column("link", _("Biên bản, thông báo kết luận"), K.LINK),
            ),
            (
                State("planned", _("dự kiến"), "info", ("held", "cancelled")),
                State("held", _("đã tổ chức"), "ok", ("followed",)),
                State("followed", _("đã giải quyết xong kiến nghị"), "ok"),
                State("cancelled", _("không tổ chức"), "plain"),
            ),
            (
                Column("question", _("Câu hỏi, kiến nghị"), K.LONG, is_required=True),
                Column("answer", _("Trả lời"), K.LONG),
                Column("unit", _("Đơn vị giải quyết")),
                Column("due", _("Hạn giải quyết"), K.DAY),
            ),
            _("Câu hỏi và trả lời"),
        ),
        Register(
            "hoc-tap",
            _("Trao đổi, học tập kinh nghiệm"),
            (
                Column("place", _("Nơi đến"), is_required=True),
                Column("day", _("Từ ngày"), K.DAY, is_required=True),
                Column("last_day", _("Đến ngày"), K.DAY),
                Column("purpose", _("Nội dung"), K.LONG, is_required=True),
                Column("plan", _("Kế hoạch"), K.LINK),
                Column("report", _("Báo cáo kết quả"), K.LINK),
            ),
            (
                State("planned", _("dự kiến, nếu có điều kiện"), "info", ("gone", "cancelled")),
                State("gone", _("đã đi"), "wait", ("reported",)),
                State("reported", _("đã báo cáo kết quả"), "ok"),
                State("cancelled", _("không tổ chức"), "plain"),
            ),
            _person(Column("unit", _("Đơn vị"))),
            _("Thành phần đoàn"),
        ),
        Register(
            "kinh-phi",
            _("Kinh phí thực hiện"),
            (
                Column("item", _("Nội dung chi"), is_required=True),
                Column("source", _("Nguồn"), K.CHOICE, is_required=True, choices=_SOURCES),
                Column("basis", _("Căn cứ"), is_required=True),
                Column("estimate", _("Dự toán"), K.MONEY, is_required=True),
                Column("settled", _("Quyết toán"), K.MONEY),
            ),
            (
                State("estimated", _("dự toán"), "info", ("approved", "refused")),
                State("approved", _("được duyệt"), "wait", ("settled",), is_heads=True),
                State("settled", _("đã quyết toán"), "ok", needs="settled"),
                State("refused", _("không duyệt"), "plain", is_heads=True),
            ),
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Change:
    """Who came and who went since a list was published."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the list is as it was published."""
        return not (self.added or self.removed or self.changed)


def compare_lists(before: list[dict[str, str]], now: list[dict[str, str]]) -> Change:
    """What changed between two lists of people, by name."""
    old, new = ({row["name"]: row for row in rows} for rows in (before, now))
    return Change(
        tuple(name for name in new if name not in old),
        tuple(name for name in old if name not in new),
        tuple(name for name, row in new.items() if name in old and old[name] != row),
    )
