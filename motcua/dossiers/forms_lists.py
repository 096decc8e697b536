"""The filters of a list and the columns it shows, as the address carries them."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.core.forms import DayField, NfcCharField, offer
from motcua.dossiers.rules.states import MEANINGS

STATES = [
    ("", _("Mọi trạng thái")),
    *((state.value, _(meaning.label)) for state, meaning in MEANINGS.items()),
]
# Before the number of an agency that is no more.
FORMER = "truoc-"


class ListFilters(forms.Form):
    """Filters and columns of a list, as the address carries them."""

    q = NfcCharField(label=_("Chữ trong mã, họ tên hoặc thủ tục"), max_length=100, required=False)
    procedure = NfcCharField(label=_("Thủ tục (mã hoặc vài chữ)"), max_length=200, required=False)
    field = forms.ChoiceField(label=_("Lĩnh vực"), choices=[("", _("Mọi lĩnh vực"))], required=False)
    state = forms.ChoiceField(label=_("Trạng thái"), choices=STATES, required=False)
    agency = forms.ChoiceField(
        label=_("Cơ quan giải quyết"), choices=[("", _("Mọi cơ quan"))], required=False
    )
    since = DayField(label=_("Nhận từ ngày"), required=False)
    until = DayField(label=_("Nhận đến ngày"), required=False)
    due_from = DayField(label=_("Hạn từ ngày"), required=False)
    due_to = DayField(label=_("Hạn đến ngày"), required=False)

    def __init__(
        self,
        *args: Any,
        agencies: Sequence[tuple[int, str]],
        former: Sequence[tuple[int, str]] = (),
        fields: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        before = [(f"{FORMER}{pk}", name) for pk, name in former]
        choices = [*((str(pk), name) for pk, name in agencies), *before]
        self.agencies = dict(choices)
        self.field_names = _tell_apart(fields)
        offer(self, "agency", choices)
        offer(self, "field", list(self.field_names.items()))

    def clean(self) -> dict[str, Any]:
        """A span that ends before it begins finds nothing, which nobody means."""
        kept = super().clean() or {}
        for first, last in (("since", "until"), ("due_from", "due_to")):
            if kept.get(first) and kept.get(last) and kept[last] < kept[first]:
                self.add_error(last, _("Ngày đến sớm hơn ngày từ. Xem lại hai ngày."))
        return kept


def _tell_apart(fields: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Fields of several ministries with one name have their codes beside it."""
    often = Counter(name for _code, name in fields)
    return {code: f"{name} ({code})" if often[name] > 1 else name for code, name in fields}
