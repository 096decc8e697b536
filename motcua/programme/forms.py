"""The shape of what is typed about plans."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.core.forms import DayField, NfcCharField

MOST_FILE_BYTES = 60 * 1024 * 1024
_TALL = forms.Textarea(attrs={"rows": 4})


class FileForm(forms.Form):
    """A plan's file and, when its own words do not say it, its year."""

    file = forms.FileField(
        label=_("Tệp kế hoạch"),
        help_text=_("Word (.docx), PDF, Excel (.xlsx), văn bản (.txt) hoặc ảnh quét."),
    )
    year = forms.IntegerField(
        label=_("Năm của kế hoạch"),
        required=False,
        min_value=2000,
        max_value=2100,
        localize=False,
        help_text=_("Để trống nếu tên kế hoạch đã ghi năm."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_FILE_BYTES:
            raise forms.ValidationError(gettext("Tệp lớn hơn 60 MB. Nén hoặc tách tệp rồi thử lại."))
        return file


class LetterForm(forms.Form):
    """What stands at the head and the foot of a plan."""

    title = NfcCharField(label=_("Tên kế hoạch"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}))
    number = NfcCharField(label=_("Số, ký hiệu"), max_length=80, required=False)
    date = DayField(label=_("Ngày ban hành"), required=False)
    year = forms.IntegerField(label=_("Năm"), min_value=2000, max_value=2100, localize=False)
    issuer = NfcCharField(label=_("Cơ quan ban hành"), max_length=300, required=False)
    signer = NfcCharField(label=_("Người ký"), max_length=120, required=False)


class RowForm(forms.Form):
    """A row of an appendix."""

    section_no = NfcCharField(label=_("Số nhóm"), max_length=20, required=False)
    section = NfcCharField(label=_("Tên nhóm"), max_length=1000, required=False)
    no = NfcCharField(label=_("Số"), max_length=20, required=False)
    content = NfcCharField(label=_("Nội dung"), max_length=8000, widget=forms.Textarea(attrs={"rows": 3}))
    lead = NfcCharField(
        label=_("Chủ trì"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    coordinating = NfcCharField(
        label=_("Phối hợp"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    time = NfcCharField(label=_("Thời gian"), max_length=1000, required=False)
    product = NfcCharField(
        label=_("Sản phẩm"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    note = NfcCharField(
        label=_("Ghi chú"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    appendix = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)


class ReportForm(forms.Form):
    """What was done, and what shows it."""

    text = NfcCharField(label=_("Kết quả"), max_length=8000, widget=_TALL)
    words = NfcCharField(label=_("Tên minh chứng"), max_length=300, required=False)
    address = NfcCharField(
        label=_("Liên kết"),
        max_length=500,
        required=False,
        help_text=_("Địa chỉ trang, hoặc một trang của hệ thống này, ví dụ /ho-so/…"),
    )
    file = forms.FileField(label=_("Hoặc tệp"), required=False)


class AnswerForm(forms.Form):
    """An opinion on a report."""

    answer = NfcCharField(
        label=_("Ý kiến"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class DifficultyForm(forms.Form):
    """What stands in the way."""

    text = NfcCharField(label=_("Khó khăn, vướng mắc"), max_length=4000, widget=_TALL)


class EventForm(forms.Form):
    """That what a task waits for has come."""

    event = NfcCharField(label=_("Sự việc"), max_length=300)
    on = DayField(label=_("Ngày có sự việc"))
    due_on = DayField(label=_("Hạn hoàn thành"), required=False)
