"""The shape of what is typed about books of result numbers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.core.forms import DayField, NfcCharField, choose_among
from motcua.core.several import Choices, SeveralChoiceField


class OpenSeries(forms.Form):
    """A new book of result numbers."""

    agency_id = forms.TypedChoiceField(label=_("Cơ quan"), coerce=int)
    code = NfcCharField(label=_("Mã sổ"), max_length=40, help_text=_("Ngắn, ví dụ KQ, QĐ, GP."))
    name = NfcCharField(label=_("Tên sổ"), max_length=200)
    pattern = NfcCharField(
        label=_("Mẫu số"),
        max_length=60,
        help_text=_("{n} là số, {nn} là số có hai chữ số, {year} là năm; ví dụ {n}/{year}/QĐ-UBND."),
    )
    first_day = DayField(label=_("Cấp số từ ngày"))
    procedure_codes = SeveralChoiceField(
        label=_("Chỉ dùng cho các thủ tục"),
        required=False,
        help_text=_("Để trống: mọi thủ tục của cơ quan."),
    )

    def __init__(
        self, *args: Any, agencies: Sequence[tuple[int, str]], procedures: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "agency_id", agencies)
        choose_among(self, "procedure_codes", procedures)


class CloseSeries(forms.Form):
    """The last day a book gives numbers."""

    last_day = DayField(label=_("Ngày cuối cùng cấp số"))
