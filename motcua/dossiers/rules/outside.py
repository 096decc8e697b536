"""Nhận ngoài trụ sở: received on the move or where something is inspected, tracked all the same (Decree 61/2018 art. 14.5)."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from motcua.core.marking import _
from motcua.core.refusal import Refused
from motcua.worktime.rules.calendar import to_local

Say = Callable[[str], str]


class Site(StrEnum):
    """Where the counter stood when it received."""

    COUNTER = "counter"
    MOBILE = "mobile"  # lưu động: a village hall, a hospital, somebody's home
    INSPECTION = "inspection"  # where something is inspected, received and answered there


SITE_LABELS: dict[Site, str] = {
    Site.COUNTER: _("Tại quầy"),
    Site.MOBILE: _("Lưu động, ngoài trụ sở"),
    Site.INSPECTION: _("Tại nơi kiểm tra, thẩm định"),
}


def require_site(
    site: str, place: str, received_at: datetime | None, *, at: datetime, say: Say = str
) -> datetime:
    """When it was received: now at a counter; outside, the moment said there, of the same day.

    The limit counts from the moment the papers were taken, not from the one they were typed in.

    :raises Refused: unknown, no place is named, or the moment is to come or of another day: that day's book is closed.
    """
    if site not in {one.value for one in Site}:
        raise Refused("unknown_choice", say(_("Lựa chọn không có trong danh sách.")), field="site")
    if site == Site.COUNTER:
        return at
    if not place.strip():
        raise Refused("place_needed", say(_("Ghi nơi đã nhận hồ sơ ngoài trụ sở.")), field="site_place")
    moment = received_at or at
    if moment > at or to_local(moment).date() != to_local(at).date():
        raise Refused(
            "bad_moment", say(_("Giờ nhận phải trong hôm nay và không sau lúc này.")), field="received_at"
        )
    return moment
