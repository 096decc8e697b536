"""What may be answered, by which way, and what an answer calls for: pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from motcua.core.marking import _


class Level(IntEnum):
    """Three levels (Circular 32/2017/TT-BTTTT art. 12)."""

    DISSATISFIED = 1
    SATISFIED = 2
    VERY_SATISFIED = 3


class Way(StrEnum):
    """How the answer came: by the link of the message, at the device of the counter, on a slip of paper."""

    LINK = "link"
    DEVICE = "device"
    SLIP = "slip"


LEVELS: Mapping[Level, str] = {
    Level.VERY_SATISFIED: _("Rất hài lòng"),
    Level.SATISFIED: _("Hài lòng"),
    Level.DISSATISFIED: _("Chưa hài lòng"),
}
WAYS: Mapping[Way, str] = {
    Way.LINK: _("Qua đường dẫn trong tin báo"),
    Way.DEVICE: _("Tại máy ở quầy"),
    Way.SLIP: _("Phiếu giấy"),
}
# What citizens judge beside the whole (Decree 61/2018/NĐ-CP art. 31); every one may be left open.
CONTENTS: Mapping[str, str] = {
    "time": _("Thời gian giải quyết"),
    "contacts": _("Số lần phải đi lại, bổ sung"),
    "bodies": _("Sau khi nộp, phải liên hệ thêm cơ quan nào để hoàn thiện hồ sơ"),
    "information": _("Thông tin thủ tục đầy đủ, chính xác"),
    "attitude": _("Thái độ của cán bộ"),
    "explanation": _("Giải thích, hướng dẫn"),
    "online": _("Dịch vụ trực tuyến"),
}

# A question of fact has words of its own for the three levels (Circular 01/2018/TT-VPCP art. 15, indicator 4).
BODIES = "bodies"
_OWN_WORDS: Mapping[str, Mapping[Level, str]] = {
    BODIES: {
        Level.VERY_SATISFIED: _("Không phải liên hệ thêm"),
        Level.SATISFIED: _("Chỉ Bộ phận Một cửa, hoặc cơ quan xác minh theo luật"),
        Level.DISSATISFIED: _("Từ hai cơ quan trở lên"),
    }
}


def get_words(content: str) -> Mapping[Level, str]:
    """The words of the three levels for a content: those of satisfaction, or the content's own."""
    return _OWN_WORDS.get(content, LEVELS)


def needs_follow_up(level: Level, contents: Mapping[str, int]) -> bool:
    """A low answer, in whole or about the attitude, is looked into by somebody."""
    return level == Level.DISSATISFIED or contents.get("attitude") == Level.DISSATISFIED


@dataclass(frozen=True, slots=True)
class Tally:
    """Answers of a share: how many were asked, how many answered with which level."""

    asked: int = 0
    very: int = 0
    satisfied: int = 0
    dissatisfied: int = 0

    @property
    def answered(self) -> int:
        """How many answered."""
        return self.very + self.satisfied + self.dissatisfied

    @property
    def rate(self) -> float | None:
        """Percent of those who answered that are satisfied or more, one decimal; None when nobody answered."""
        return round((self.very + self.satisfied) * 100 / self.answered, 1) if self.answered else None

    @property
    def response(self) -> float | None:
        """Percent of those asked that answered, one decimal; None when nobody was asked."""
        return round(self.answered * 100 / self.asked, 1) if self.asked else None

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.asked + other.asked, self.very + other.very, self.satisfied + other.satisfied,
            self.dissatisfied + other.dissatisfied,
        )  # fmt: skip
