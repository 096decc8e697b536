"""The shape of what is typed about internal processes."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.catalogue import queries as catalogue
from motcua.catalogue.exchange.facts import plain
from motcua.core.forms import DayField, NfcCharField, choose_among
from motcua.core.several import Choices
from motcua.core.text import clean_line
from motcua.processes.models import ProcessVersion
from motcua.processes.rules import StepView
from motcua.processes.words import post_words, role_words

MOST_FILE_BYTES = 5 * 1024 * 1024
SPARE_ROWS = 3


class BeginForm(forms.Form):
    """For which procedure a process is written."""

    procedure_code = NfcCharField(label=_("Mã thủ tục"), max_length=40)

    def clean_procedure_code(self) -> str:
        code = self.cleaned_data["procedure_code"]
        if catalogue.find_missing_codes([code]):
            raise forms.ValidationError(gettext("Danh mục không có thủ tục mang mã này."))
        return code


def _short(size: int, mode: str = "text") -> forms.TextInput:
    """A box as wide as what is typed in it."""
    return forms.TextInput(attrs={"size": size, "inputmode": mode})


def _tall(columns: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2, "cols": columns})


class StepForm(forms.Form):
    """One row of the table; a row without a name is left out."""

    no = forms.IntegerField(
        label=_("Bước"), min_value=1, max_value=999, required=False, widget=_short(3, "numeric")
    )
    name = NfcCharField(label=_("Nội dung công việc"), max_length=300, required=False, widget=_tall(26))
    hours = forms.DecimalField(
        label=_("Giờ"),
        min_value=Decimal(0),
        max_digits=8,
        decimal_places=2,
        required=False,
        localize=False,
        widget=_short(5, "decimal"),
    )
    runs_after = NfcCharField(label=_("Sau bước"), max_length=60, required=False, widget=_short(6))
    post = forms.ChoiceField(label=_("Chức danh"), required=False)
    role = forms.ChoiceField(label=_("Nơi thực hiện"), required=False)
    unit_code = NfcCharField(
        label=_("Phòng hoặc cơ quan"), max_length=40, required=False, widget=forms.Select
    )
    product = NfcCharField(label=_("Kết quả bước"), max_length=300, required=False, widget=_tall(18))

    def __init__(self, *args: Any, units: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_code"].widget.choices = self._offer(units)
        choose_among(self, "post", post_words().items())
        choose_among(self, "role", role_words().items())
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)

    def _offer(self, units: Choices) -> Choices:
        """The units of today and the code of the row: a draft may name what is not there yet, or no more."""
        kept = str(self["unit_code"].value() or "")
        unknown = [(kept, kept)] if kept and kept not in dict(units) else []
        return [("", "—"), *units, *unknown]

    def clean_runs_after(self) -> tuple[int, ...]:
        words = self.cleaned_data["runs_after"].replace(";", ",").split(",")
        try:
            return tuple(int(word) for word in words if word.strip())
        except ValueError as fault:
            raise forms.ValidationError(gettext("Ghi các số bước, cách nhau bằng dấu phẩy.")) from fault

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("name") and typed.get("no") is None and "no" not in self.errors:
            self.add_error("no", gettext("Hãy ghi số bước."))
        return typed

    def get_step(self) -> StepView | None:
        """The row as a step, or nothing when it is left blank."""
        typed = self.cleaned_data
        if not typed.get("name"):
            return None
        role = f"{typed['role']}:{typed['unit_code']}" if typed["unit_code"] else typed["role"]
        return StepView(
            typed["no"],
            clean_line(typed["name"]),
            typed["post"],
            role,
            typed["hours"] or Decimal(0),
            clean_line(typed["product"]),
            typed["runs_after"],
        )


StepTable = forms.formset_factory(StepForm, extra=SPARE_ROWS, max_num=60, absolute_max=80)


class TotalForm(forms.Form):
    """What the whole table must add up to, and where it comes from."""

    total_hours = forms.DecimalField(
        label=_("Tổng giờ theo thời hạn"),
        min_value=Decimal(0),
        max_digits=8,
        decimal_places=2,
        required=False,
        localize=False,
        help_text=_("Thời hạn giải quyết × 8 giờ làm việc; bước song song chỉ tính nhánh dài nhất."),
    )
    source = NfcCharField(label=_("Nguồn"), max_length=300, required=False)
    is_demonstration = forms.BooleanField(label=_("Viết để trình diễn"), required=False)


class PublishForm(forms.Form):
    """The decision that publishes a process."""

    decision_number = NfcCharField(label=_("Số quyết định"), max_length=100)
    published_on = DayField(label=_("Áp dụng từ ngày"))


class TakeBackForm(forms.Form):
    """Why a draft that was sent goes back to its agency; whoever takes one's own back need not say."""

    reason = NfcCharField(label=_("Lý do trả lại"), max_length=500, required=False)


class FileForm(forms.Form):
    """An Excel workbook of step tables."""

    file = forms.FileField(label=_("Tệp .xlsx"))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_FILE_BYTES:
            raise forms.ValidationError(gettext("Tệp lớn hơn 5 MB."))
        return file


def get_rows(steps: Iterable[StepView]) -> list[dict[str, Any]]:
    """Steps as first values of the table."""
    return [
        {
            "no": step.no,
            "name": step.name,
            "post": step.post,
            "role": step.role,
            "unit_code": step.unit_code,
            "hours": plain(step.hours),
            "product": step.product,
            "runs_after": ", ".join(map(str, step.runs_after)),
        }
        for step in steps
    ]


def get_totals(row: ProcessVersion) -> dict[str, Any]:
    """What a draft adds up to, as first values."""
    return {
        "total_hours": None if row.total_hours is None else plain(row.total_hours),
        "source": row.source,
        "is_demonstration": row.is_demonstration,
    }
