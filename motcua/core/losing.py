"""What a person is told when the database gave no answer: it is away, it has no room left, or it is busy."""

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

from motcua.core.refusal import Refused

LOST = (OperationalError, InterfaceError)
# PostgreSQL's own codes (appendix A of its manual): no room on the disk; a question that was cut short, a lock that
# was not had, two that waited for each other.
_FULL = frozenset({"53100"})
_BUSY = frozenset({"57014", "55P03", "40P01", "40001"})


def tell_lost(fault: Exception) -> Refused:
    """The same code for machines whatever the cause; the sentence says which it was."""
    return Refused("database_lost", _say(getattr(fault.__cause__, "sqlstate", None) or ""))


def _say(state: str) -> str:
    if state in _FULL:
        return _("Máy chủ hết chỗ trống nên chưa lưu được. Hãy báo người vận hành, rồi gửi lại.")
    if state in _BUSY:
        return _("Cơ sở dữ liệu đang bận việc khác. Chưa có gì được lưu; hãy gửi lại sau ít phút.")
    return _("Mất kết nối với cơ sở dữ liệu. Chưa có gì được lưu; hãy gửi lại sau ít phút.")
