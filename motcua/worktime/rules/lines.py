"""The explanation of a due moment: one line per step of the count, said in any language from the same facts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


def gettext_noop(message: str) -> str:
    """Marks a sentence for the translation catalogue; the rules themselves know no language."""
    return message


MISSING_YEAR = gettext_noop("Chưa có lịch làm việc năm {year} ({calendar}): không tính được thời hạn.")
NEGATIVE_LIMIT = gettext_noop("Thời hạn không được là số âm.")
EARLIER_EXTENSION = gettext_noop("Ngày hẹn lại phải sau ngày hẹn đang có hiệu lực.")

SENTENCES: Mapping[str, str] = {
    "received": gettext_noop("Nhận hồ sơ lúc {at}."),
    "outside_hours": gettext_noop("Ngoài giờ làm việc: thời hạn tính từ {at}."),
    "after_cutoff": gettext_noop("Nhận sau {hour} giờ: thời hạn tính từ {at}."),
    "last_hour": gettext_noop("Nhận trong giờ làm việc cuối cùng của ngày: thời hạn tính từ {at}."),
    "limit_working_hour": gettext_noop("Thời hạn {amount} giờ làm việc, chỉ tính trong giờ làm việc."),
    "limit_working_day": gettext_noop("Thời hạn {amount} ngày làm việc, không tính ngày bắt đầu {day}."),
    "limit_working_day_hour": gettext_noop("Thời hạn {amount} ngày làm việc, giữ nguyên giờ bắt đầu."),
    "limit_working_day_part": gettext_noop("Thời hạn {amount} ngày làm việc, quy ra giờ làm việc."),
    "limit_calendar_day": gettext_noop(
        "Thời hạn {amount} ngày, tính cả ngày nghỉ, không tính ngày bắt đầu {day}."
    ),
    "limit_month": gettext_noop("Thời hạn {amount} tháng, tính từ ngày {day}."),
    "limit_same_day": gettext_noop("Giải quyết ngay trong ngày làm việc {day}."),
    "limit_none": gettext_noop("Thủ tục không quy định thời hạn."),
    "month_end": gettext_noop("Tháng kết thúc không có ngày {number}: lấy ngày cuối tháng {day}."),
    "days_off": gettext_noop("Không tính thứ Bảy, Chủ nhật và: {days}."),
    "days_worked": gettext_noop("Có tính ngày làm bù: {days}."),
    "half_days": gettext_noop("Ngày làm việc nửa buổi vẫn tính là một ngày: {days}."),
    "rolled": gettext_noop(
        "Ngày cuối {day} là ngày nghỉ: thời hạn kết thúc vào ngày làm việc tiếp theo {next}."
    ),
    "counted": gettext_noop("Hết thời hạn lúc {at}."),
    "paused": gettext_noop("Tạm dừng tính từ {at}{reason}."),
    "resumed": gettext_noop("Tính tiếp từ {at}: hẹn trả lùi đến {due}."),
    "paused_late": gettext_noop("Tạm dừng từ {at} sau khi đã quá hạn: hẹn trả không đổi."),
    "still_paused": gettext_noop("Thời hạn đang tạm dừng: hẹn trả sẽ lùi khi tính tiếp."),
    "restarted": gettext_noop("Đủ hồ sơ lúc {at}: thời hạn tính lại từ đầu{reason}."),
    "extended": gettext_noop("Gia hạn lúc {at}{reason}: hẹn trả lùi đến {due}."),
    "provisional": gettext_noop("Lịch nghỉ năm {year} chưa chính thức: ngày hẹn là tạm tính."),
    "due": gettext_noop("Hẹn trả kết quả: {at}."),
}
ARTICLES: Mapping[str, str] = {
    "limit_working_day": "Bộ luật Dân sự điều 147",
    "limit_calendar_day": "Bộ luật Dân sự điều 147",
    "limit_month": "Bộ luật Dân sự điều 148",
    "month_end": "Bộ luật Dân sự điều 148",
    "rolled": "Bộ luật Dân sự điều 148.5",
    "days_off": "Bộ luật Lao động điều 111, 112",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One step: a stable kind, the moment it speaks of, and the facts the sentence is filled with."""

    kind: str
    at: datetime | None
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def article(self) -> str:
        """Article of law the step rests on, or nothing."""
        return ARTICLES.get(self.kind, "")

    @property
    def text(self) -> str:
        """The sentence in Vietnamese."""
        return self.say()

    def say(self, translate: Callable[[str], str] = str) -> str:
        """The sentence in the language of `translate` (usually gettext)."""
        facts = {name: _spell(value) for name, value in self.values.items()}
        return translate(SENTENCES[self.kind]).format(at=_spell(self.at), **facts)


def _spell(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%H:%M %d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, tuple):
        return ", ".join(f"{_spell(day)} ({name})" if name else _spell(day) for day, name in value)
    return str(value)
