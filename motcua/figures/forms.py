"""The shape of what people ask of figures and keep."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.core.forms import NfcCharField, choose_among
from motcua.figures.asking import PeriodForm

SHARES = [
    ("don-vi", _("Đơn vị")),
    ("linh-vuc", _("Lĩnh vực")),
    ("thu-tuc", _("Thủ tục")),
    ("don-vi-linh-vuc", _("Đơn vị và lĩnh vực")),
    ("cap", _("Cấp")),
    ("kenh", _("Cách nộp")),
]


class StatisticsForm(PeriodForm):
    """A table of figures: which days, whose, of which field, and what its rows are."""

    donvi = forms.ChoiceField(label=_("Đơn vị"), required=False)
    linhvuc = forms.ChoiceField(label=_("Lĩnh vực"), required=False)
    theo = forms.ChoiceField(label=_("Mỗi dòng là"), choices=SHARES, required=False)

    def __init__(
        self,
        *args: Any,
        units: Sequence[tuple[str, str]] = (),
        fields: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "donvi", units)
        choose_among(self, "linhvuc", [("", _("Mọi lĩnh vực")), *fields])


class KeepForm(forms.Form):
    """The name a table is kept under."""

    name = NfcCharField(label=_("Lưu bảng này với tên"), max_length=80)


class CloseForm(forms.Form):
    """Which period is to be closed."""

    kind = forms.ChoiceField(
        label=_("Kỳ"),
        choices=[("quarter", _("Quý")), ("half", _("6 tháng")), ("nine", _("9 tháng")), ("year", _("Năm"))],
    )
    number = forms.IntegerField(label=_("Số"), min_value=1, max_value=4)
    year = forms.IntegerField(label=_("Năm"), min_value=2011, max_value=2100)
