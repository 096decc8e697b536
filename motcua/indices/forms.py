"""The shape of figures people paste or hand in."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from motcua.core.forms import DayField, NfcCharField, choose_among
from motcua.indices.rules.reading import MOST_BYTES, read_number


class NumberField(forms.Field):
    """A figure as offices write it."""

    default_error_messages = {"invalid": _("Nhập một số, ví dụ 1234 hoặc 97,5.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput({"inputmode": "decimal", "size": 12, "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        try:
            return read_number(str(value))
        except ValueError as fault:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from fault


class FiguresForm(forms.Form):
    """Figures as pasted text or as a CSV file, and the day whose rules are used."""

    figures = forms.CharField(
        label=_("Số liệu"),
        required=False,
        max_length=MOST_BYTES,
        strip=False,
        widget=forms.Textarea({"rows": 12, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("Dán bảng có dòng tiêu đề indicator,numerator,denominator; mỗi dòng một chỉ số."),
    )
    file = forms.FileField(label=_("Hoặc chọn tệp CSV"), required=False)
    on = DayField(label=_("Theo quy định ngày"))

    def clean(self) -> dict[str, Any]:
        """One of the two has to be there; the file wins."""
        cleaned = super().clean() or {}
        if (
            not cleaned.get("file")
            and not (cleaned.get("figures") or "").strip()
            and "figures" not in self.errors
        ):
            self.add_error("figures", _("Dán số liệu hoặc chọn một tệp."))
        return cleaned

    def read_content(self) -> str | bytes:
        """What was handed in: at most a little more than the limit is read."""
        file = self.cleaned_data.get("file")
        content: str | bytes = file.read(MOST_BYTES + 1) if file else self.cleaned_data["figures"]
        return content


class TypedForm(forms.Form):
    """A figure known from elsewhere."""

    code = forms.ChoiceField(label=_("Chỉ số"))
    numerator = NumberField(label=_("Tử số"))
    denominator = NumberField(label=_("Mẫu số"))
    evidence = NfcCharField(
        label=_("Nguồn"), max_length=300, help_text=_("Ví dụ: Cổng Dịch vụ công quốc gia, ngày xem.")
    )

    def __init__(self, *args: Any, codes: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "code", codes)


class WhatIfForm(forms.Form):
    """How many more of each indicator would count."""

    def __init__(self, *args: Any, asked: Sequence[tuple[str, str, int]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name, most in asked:
            self.fields[f"them-{code}"] = forms.IntegerField(
                label=f"{code} {name}", required=False, min_value=-most, max_value=most,
                widget=forms.NumberInput({"size": 6}),
            )  # fmt: skip

    def get_more(self) -> dict[str, int]:
        """What was typed, by indicator."""
        told = self.cleaned_data if self.is_valid() else {}
        return {name.removeprefix("them-"): count for name, count in told.items() if count}


class NoteForm(forms.Form):
    """The words of a week."""

    text = NfcCharField(label=_("Ghi chép"), max_length=10_000, widget=forms.Textarea({"rows": 12}))
