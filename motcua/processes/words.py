"""What the codes of a step table are called, and its faults in sentences."""

from django.utils.translation import gettext as _

from motcua.core.marking import _ as _mark
from motcua.organisations.rules import POST_LABELS, Post
from motcua.processes.rules import POSTS, Problem


def post_words() -> dict[str, str]:
    """Posts a step may name."""
    return {post: _(POST_LABELS[Post(post)]) for post in POSTS}


ROLE_LABELS = {
    "one_stop": _mark("Bộ phận Một cửa"),
    "competent": _mark("Cơ quan giải quyết"),
    "leader": _mark("Lãnh đạo cơ quan"),
    "section": _mark("Phòng chuyên môn"),
    "opinion": _mark("Cơ quan được hỏi ý kiến"),
}


def role_words() -> dict[str, str]:
    """Where a step is done."""
    return {role: _(label) for role, label in ROLE_LABELS.items()}


def say(problem: Problem) -> str:
    """A fault of a table as a sentence."""
    words = _faults()[problem.code] % {"detail": problem.detail}
    return _("Bước %(no)s: %(words)s") % {"no": problem.step_no, "words": words} if problem.step_no else words


def _faults() -> dict[str, str]:
    return {
        "empty": _("Bảng chưa có bước nào."),
        "no_name": _("chưa có tên bước."),
        "unknown_post": _("chức danh “%(detail)s” không thuộc danh mục."),
        "unknown_unit": _("nơi thực hiện “%(detail)s” không thuộc danh mục."),
        "opinion_of_whom": _("chưa nêu mã cơ quan được hỏi ý kiến."),
        "negative_hours": _("số giờ không được âm."),
        "number_twice": _("số thứ tự bị lặp."),
        "runs_after_unknown": _("chạy sau bước %(detail)s không có trong bảng."),
        "circle": _("các bước %(detail)s chờ nhau thành vòng."),
        "first_not_intake": _("bước đầu tiên phải do Bộ phận Một cửa thực hiện."),
        "several_ends": _("quy trình kết thúc ở nhiều bước: %(detail)s."),
        "last_not_return": _("bước cuối phải do Bộ phận Một cửa trả kết quả."),
        "nobody_decides": _("Chưa có bước của lãnh đạo phê duyệt."),
        "hours_differ": _("Tổng giờ không khớp thời hạn giải quyết: %(detail)s giờ."),
    }
