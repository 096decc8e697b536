"""The shape of what an administrator types about calendars."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.core.forms import DayField, NfcCharField, choose_among
from motcua.core.refusal import Refused
from motcua.worktime.models import CalendarDay, CalendarYear
from motcua.worktime.queries import find_calendars
from motcua.worktime.rules.hours import read_hours

WEEKDAYS = (
    (0, _("Thứ Hai")),
    (1, _("Thứ Ba")),
    (2, _("Thứ Tư")),
    (3, _("Thứ Năm")),
    (4, _("Thứ Sáu")),
    (5, _("Thứ Bảy")),
    (6, _("Chủ nhật")),
)
BASIS_HINT = _("Số văn bản hoặc người quyết định; lưu lại cùng thay đổi.")
NATIONAL = _("Cả nước")


class HoursField(NfcCharField):
    """Office hours as text, checked but kept as typed."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            read_hours(text)
        except Refused as refusal:
            raise forms.ValidationError(gettext(refusal.message), code=refusal.code) from refusal
        return text


class CalendarChoice(forms.Form):
    """For whom a day counts."""

    calendar_code = forms.ChoiceField(label=_("Áp dụng cho"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", NATIONAL), *((row.code, row.name) for row in find_calendars())]
        choose_among(self, "calendar_code", choices)


class DayForm(CalendarChoice):
    """One day that differs from its weekday."""

    on = DayField(label=_("Ngày"))
    kind = forms.ChoiceField(label=_("Loại ngày"), choices=CalendarDay.Kind.choices)
    name = NfcCharField(label=_("Tên ngày"), max_length=160)
    hours = HoursField(
        label=_("Giờ làm việc"),
        required=False,
        max_length=80,
        help_text=_("Chỉ ghi cho ngày nửa buổi hoặc làm bù, ví dụ 07:30-11:30."),
    )
    is_provisional = forms.BooleanField(label=_("Tạm tính, chưa có văn bản chính thức"), required=False)
    basis = NfcCharField(label=_("Căn cứ"), max_length=200, help_text=BASIS_HINT)

    field_order = ["calendar_code", "on", "kind", "name", "hours", "is_provisional", "basis"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if (
            cleaned.get("kind") == CalendarDay.Kind.HALF_DAY
            and not cleaned.get("hours")
            and "hours" not in self.errors
        ):
            self.add_error("hours", _("Ngày làm việc nửa buổi cần ghi giờ làm việc."))
        return cleaned


class SwapForm(CalendarChoice):
    """A day off given for a rest day worked."""

    day_off = DayField(label=_("Ngày được nghỉ"))
    working_day = DayField(label=_("Ngày làm bù"), help_text=_("Thường là thứ Bảy."))
    is_provisional = forms.BooleanField(label=_("Tạm tính, chưa có văn bản chính thức"), required=False)
    basis = NfcCharField(label=_("Căn cứ"), max_length=200, help_text=BASIS_HINT)

    field_order = ["calendar_code", "day_off", "working_day", "is_provisional", "basis"]


class YearForm(forms.Form):
    """Whether the days off of a year are official."""

    year = forms.IntegerField(
        label=_("Năm"), min_value=2000, max_value=2100, widget=forms.NumberInput({"size": 6})
    )
    status = forms.ChoiceField(
        label=_("Tình trạng"),
        choices=CalendarYear.Status.choices,
        widget=forms.RadioSelect,
        initial="provisional",
    )
    basis = NfcCharField(label=_("Căn cứ"), max_length=200, help_text=BASIS_HINT)


class RemoveForm(forms.Form):
    """Why a day is taken back."""

    basis = NfcCharField(label=_("Lý do, căn cứ"), max_length=200, help_text=BASIS_HINT)


class HoursForm(forms.Form):
    """Office hours of some weekdays from a day on."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Các ngày trong tuần"), choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    hours = HoursField(
        label=_("Giờ làm việc"),
        required=False,
        max_length=80,
        help_text=_("Ví dụ 07:30-11:30; 13:30-17:00. Để trống nếu là ngày nghỉ hằng tuần."),
    )
    valid_from = DayField(label=_("Áp dụng từ ngày"))
    basis = NfcCharField(label=_("Căn cứ"), max_length=200, help_text=BASIS_HINT)


class CalendarForm(forms.Form):
    """A new calendar for units that keep other hours."""

    name = NfcCharField(label=_("Tên lịch"), max_length=160, help_text=_("Ví dụ: Lịch của các xã miền núi."))
    code = forms.SlugField(label=_("Mã lịch"), max_length=40, help_text=_("Chữ không dấu, số và gạch nối."))
    copy_of = forms.ChoiceField(label=_("Chép giờ làm việc từ"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "copy_of", [(row.code, row.name) for row in find_calendars()])


class ImportForm(CalendarChoice):
    """An Excel file of days."""

    file = forms.FileField(
        label=_("Tệp Excel"),
        help_text=_("Tệp .xlsx có các cột như tệp xuất ra từ trang này."),
        widget=forms.ClearableFileInput({"accept": ".xlsx"}),
        error_messages={"empty": _("Tệp rỗng."), "required": _("Chọn tệp Excel.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > 2 * 1024 * 1024:
            raise forms.ValidationError(_("Tệp lớn hơn 2 MB."))
        return file
