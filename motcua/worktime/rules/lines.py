"""The explanation of a due moment: one line per step of the count, said in any language from the same facts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from motcua.core.marking import _

MISSING_YEAR = _("Chưa có lịch làm việc năm {year} ({calendar}): không tính được thời hạn.")
NEGATIVE_LIMIT = _("Thời hạn không được là số âm.")
EARLIER_EXTENSION = _("Ngày hẹn lại phải sau ngày hẹn đang có hiệu lực.")

SENTENCES: Mapping[str, str] = {
    "received": _("Nhận hồ sơ lúc {at}."),
    "outside_hours": _("Ngoài giờ làm việc: thời hạn tính từ {at}."),
    "after_cutoff": _("Nhận sau {hour} giờ: thời hạn tính từ {at}."),
    "last_hour": _("Nhận trong giờ làm việc cuối cùng của ngày: thời hạn tính từ {at}."),
    "limit_working_hour": _("Thời hạn {amount} giờ làm việc, chỉ tính trong giờ làm việc."),
    "limit_working_day": _("Thời hạn {amount} ngày làm việc, không tính ngày bắt đầu {day}."),
    "limit_working_day_hour": _("Thời hạn {amount} ngày làm việc, giữ nguyên giờ bắt đầu."),
    "limit_working_day_part": _("Thời hạn {amount} ngày làm việc, quy ra giờ làm việc."),
    "limit_calendar_day": _("Thời hạn {amount} ngày, tính cả ngày nghỉ, không tính ngày bắt đầu {day}."),
    "limit_month": _("Thời hạn {amount} tháng, tính từ ngày {day}."),
    "limit_same_day": _("Giải quyết ngay trong ngày làm việc {day}."),
    "limit_none": _("Thủ tục không quy định thời hạn."),
    "month_end": _("Tháng kết thúc không có ngày {number}: lấy ngày cuối tháng {day}."),
    "days_off": _("Không tính thứ Bảy, Chủ nhật và: {days}."),
    "days_worked": _("Có tính ngày làm bù: {days}."),
    "half_days": _("Ngày làm việc nửa buổi vẫn tính là một ngày: {days}."),
    "rolled": _("Ngày cuối {day} là ngày nghỉ: thời hạn kết thúc vào ngày làm việc tiếp theo {next}."),
    "counted": _("Hết thời hạn lúc {at}."),
    "paused": _("Tạm dừng tính từ {at}{reason}."),
    "resumed": _("Tính tiếp từ {at}: hẹn trả lùi đến {due}."),
    "paused_late": _("Tạm dừng từ {at} sau khi đã quá hạn: hẹn trả không đổi."),
    "still_paused": _("Thời hạn đang tạm dừng: hẹn trả sẽ lùi khi tính tiếp."),
    "restarted": _("Đủ hồ sơ lúc {at}: thời hạn tính lại từ đầu{reason}."),
    "stage": _("Giai đoạn tiếp theo tính từ {at}{reason}."),
    "extended": _("Gia hạn lúc {at}{reason}: hẹn trả lùi đến {due}."),
    "provisional": _("Lịch nghỉ năm {year} chưa chính thức: ngày hẹn là tạm tính."),
    "due": _("Hẹn trả kết quả: {at}."),
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
