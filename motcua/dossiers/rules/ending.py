"""Dừng theo đề nghị của người nộp: by which way a request to stop reaches the one-stop unit, and on which day."""

from collections.abc import Callable
from datetime import date

from motcua.core.marking import _
from motcua.core.refusal import Refused

# At the counter and by post to the unit of intake, online at the national portal (Decree 118/2025 art. 21).
CHANNELS: dict[str, str] = {
    "counter": _("trực tiếp tại bộ phận một cửa"),
    "postal": _("qua dịch vụ bưu chính công ích"),
    "online": _("trực tuyến trên Cổng Dịch vụ công quốc gia"),
    "written": _("bằng văn bản gửi cơ quan"),
}


def require_asking(
    channel: str, asked_on: date | None, *, received_on: date, today: date, say: Callable[[str], str] = str
) -> dict[str, str]:
    """How the applicant asked, as the event keeps it; nothing where nobody asked.

    :raises Refused: no such way, a way without its day, or a day outside the life of the dossier.
    """
    if not channel and asked_on is None:
        return {}
    if channel not in CHANNELS:
        raise Refused("bad_choice", say(_("Chọn cách người nộp đề nghị.")), field="request_channel")
    if asked_on is None:
        raise Refused("bad_day", say(_("Ghi ngày người nộp đề nghị.")), field="requested_on")
    if not received_on <= asked_on <= today:
        sentence = say(_("Ngày đề nghị từ ngày nhận hồ sơ (%(since)s) đến hôm nay."))
        raise Refused("bad_day", sentence % {"since": f"{received_on:%d/%m/%Y}"}, field="requested_on")
    return {"request_channel": channel, "requested_on": asked_on.isoformat()}
