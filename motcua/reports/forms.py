"""The shape of what people type about reports."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.core.forms import DayField, NfcCharField, choose_among
from motcua.indices.forms import NumberField
from motcua.organisations.rules import KIND_LABELS, Kind
from motcua.reports.rules.asking import AskedColumn, BadColumns, read_columns
from motcua.reports.rules.reading import read_figure


class BeginForm(forms.Form):
    """Which period to report."""

    kind = forms.ChoiceField(
        label=_("Kỳ"),
        choices=[("quarter", _("Quý")), ("year", _("Năm")), ("half", _("6 tháng")), ("month", _("Tháng"))],
    )
    number = forms.IntegerField(label=_("Số"), min_value=1, max_value=12, initial=1)
    year = forms.IntegerField(label=_("Năm"), min_value=2017, max_value=2100)


class FigureField(NumberField):
    """A count of a form: points between thousands, as the page writes it."""

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        try:
            return read_figure(str(value).strip())
        except ValueError as fault:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from fault


class AdjustForm(forms.Form):
    """A value over the automatic one, and why."""

    value = FigureField(
        label=_("Số được báo cáo"), required=False, help_text=_("Để trống để lấy lại số tự động.")
    )
    reason = NfcCharField(label=_("Lý do, nguồn chứng minh"), max_length=500, required=False)


class ReturnForm(forms.Form):
    """Why a report goes back, or a new version is made."""

    reason = NfcCharField(label=_("Lý do"), max_length=1000)


class SignForm(forms.Form):
    """A signature that knows what is missing."""

    with_missing = forms.BooleanField(label=_("Tôi ký dù còn đơn vị chưa gửi báo cáo"), required=False)


class NarrativeForm(forms.Form):
    """The words of the report."""

    text = NfcCharField(
        label=_("Phần lời"), widget=forms.Textarea({"rows": 24}), max_length=100_000, required=False
    )


class ImportForm(forms.Form):
    """A sheet filled elsewhere."""

    file = forms.FileField(label=_("Tệp Excel của biểu"))


class LayoutForm(forms.Form):
    """A new layout of a form."""

    title = NfcCharField(label=_("Tên biểu"), max_length=300)
    lines = forms.CharField(
        label=_("Cột và điều kiện"),
        strip=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 22, "spellcheck": "false"}),
        help_text=_(
            "Mỗi dòng: số cột | tiêu đề › tiêu đề con | công thức | nguồn số liệu. Điều kiện: lỗi hoặc nhắc | điều kiện | câu giải thích."
        ),
    )
    valid_from = DayField(label=_("Áp dụng từ ngày"))
    basis = NfcCharField(label=_("Căn cứ"), max_length=240)


class AskForm(forms.Form):
    """What is asked of other units, in columns of one's own."""

    title = NfcCharField(label=_("Tên yêu cầu"), max_length=200)
    body = NfcCharField(
        label=_("Nội dung"), max_length=5000, required=False, widget=forms.Textarea({"rows": 4})
    )
    lines = forms.CharField(
        label=_("Các cột"),
        strip=False,
        max_length=6000,
        widget=forms.Textarea({"rows": 6, "spellcheck": "false"}),
        help_text=_(
            "Mỗi dòng một cột. “Tên cột | nguồn” tự điền từ số liệu, ví dụ: Hồ sơ quá hạn | late pending_overdue. Dòng bắt đầu bằng # là cột chữ."
        ),
    )
    first_on = DayField(label=_("Số liệu từ ngày"), required=False)
    last_on = DayField(label=_("Đến ngày"), required=False)
    due_on = DayField(label=_("Trả lời trước hết ngày"))
    kinds = forms.MultipleChoiceField(
        label=_("Cả loại đơn vị"), required=False, widget=forms.CheckboxSelectMultiple
    )
    unit_ids = forms.TypedMultipleChoiceField(
        label=_("Hoặc từng đơn vị"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, units: Sequence[tuple[int, str, str]] = (), **kwargs: Any) -> None:
        """`units`: id, name and kind of those that may be asked."""
        super().__init__(*args, **kwargs)
        self.units = units
        counts = Counter(kind for _id, _name, kind in units)
        said = [(kind, f"{gettext(KIND_LABELS[Kind(kind)])} ({count})") for kind, count in counts.items()]
        choose_among(self, "kinds", said)
        choose_among(self, "unit_ids", [(pk, name) for pk, name, _kind in units])

    def clean_lines(self) -> str:
        """The columns have to be readable before anything is sent."""
        lines = str(self.cleaned_data["lines"])
        try:
            read_columns(lines)
        except BadColumns as fault:
            told = gettext(fault.sentence).format(**fault.facts)
            place = gettext("Dòng %(line)s: %(told)s") % {"line": fault.line, "told": told}
            raise ValidationError(place if fault.line else told) from fault
        return lines

    def clean(self) -> dict[str, Any]:
        """Units named one by one and by their kind are one list."""
        cleaned = super().clean() or {}
        kinds, chosen = set(cleaned.pop("kinds", ())), set(cleaned.get("unit_ids", ()))
        cleaned["unit_ids"] = [pk for pk, _name, kind in self.units if pk in chosen or kind in kinds]
        if not cleaned["unit_ids"]:
            self.add_error("unit_ids", gettext("Chọn ít nhất một đơn vị."))
        return cleaned


class AnswerForm(forms.Form):
    """The columns of a request, each as a field."""

    note = NfcCharField(
        label=_("Ghi chú"), max_length=5000, required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, columns: Sequence[AskedColumn] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        figure = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
        asked = {
            f"c{column.no}": forms.CharField(
                label=column.name,
                required=False,
                max_length=2000,
                widget=forms.TextInput() if column.is_text else figure,
            )
            for column in columns
        }
        self.fields = {**asked, **self.fields}

    def get_values(self) -> dict[str, str]:
        """What was typed, by column number."""
        return {name[1:]: str(told) for name, told in self.cleaned_data.items() if name != "note"}
