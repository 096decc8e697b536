"""The state of a dossier in the words of the National Public Service Portal."""

from motcua.core.marking import _
from motcua.dossiers.rules.states import MEANINGS, State

# fmt: off
STATUSES: dict[int, str] = {
    1: _("Mới đăng ký"),
    2: _("Được tiếp nhận"),
    3: _("Không được tiếp nhận"),
    4: _("Đang xử lý"),
    5: _("Yêu cầu bổ sung giấy tờ"),
    6: _("Yêu cầu thực hiện nghĩa vụ tài chính"),
    7: _("Công dân yêu cầu rút hồ sơ"),
    8: _("Dừng xử lý"),
    9: _("Đã xử lý xong"),
    10: _("Đã trả kết quả"),
}
CHANNELS: dict[str, int] = {"counter": 1, "online_assisted": 1, "online": 2, "postal": 3}
# fmt: on


def get_code(state: State) -> int:
    """The one national status code of a state."""
    return MEANINGS[state].national_code


def get_channel_code(channel: str) -> int:
    """The portal's code of the way a dossier came in; help at the counter counts as direct."""
    return CHANNELS[channel]
