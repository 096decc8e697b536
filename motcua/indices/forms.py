"""The shape of figures people paste or hand in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.core.forms import DayField
from motcua.indices.rules.reading import MOST_BYTES


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
