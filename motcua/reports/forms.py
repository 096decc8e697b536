"""The shape of what people type about reports."""

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.core.forms import DayField, NfcCharField
from motcua.indices.forms import NumberField


class BeginForm(forms.Form):
    """Which period to report."""

    kind = forms.ChoiceField(
        label=_("Kỳ"),
        choices=[("quarter", _("Quý")), ("year", _("Năm")), ("half", _("6 tháng")), ("month", _("Tháng"))],
    )
    number = forms.IntegerField(label=_("Số"), min_value=1, max_value=12, initial=1)
    year = forms.IntegerField(label=_("Năm"), min_value=2017, max_value=2100)


class AdjustForm(forms.Form):
    """A value over the automatic one, and why."""

    value = NumberField(
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
