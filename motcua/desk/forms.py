"""The shape of what is typed at the desk's own pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.core.forms import DayField, NfcCharField
from motcua.dossiers.rules.retention import FATE_LABELS, Fate


class EntryFilters(forms.Form):
    """What is looked for in the evidence of use."""

    what = NfcCharField(label=_("Việc"), max_length=80, required=False)
    person = NfcCharField(label=_("Người làm"), max_length=80, required=False)
    subject = NfcCharField(label=_("Mã hồ sơ hoặc đối tượng"), max_length=80, required=False)
    since = DayField(label=_("Từ ngày"), required=False)
    until = DayField(label=_("Đến hết ngày"), required=False)


class DecisionForm(forms.Form):
    """The decision on dossiers whose time of keeping ended; destroying is confirmed by a tick of its own."""

    decision_number = NfcCharField(label=_("Số quyết định"), max_length=100)
    decided_on = DayField(label=_("Ngày ký"))
    signer = NfcCharField(label=_("Người ký quyết định"), max_length=200)
    place = NfcCharField(label=_("Nơi nhận lưu trữ"), max_length=300, required=False)
    is_certain = forms.BooleanField(
        label=_("Tôi đã đối chiếu danh mục với quyết định. Dữ liệu đã hủy không lấy lại được."),
        required=False,
    )

    def __init__(self, fate: Fate, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fate = fate
        left_out = "is_certain" if fate == Fate.ARCHIVED else "place"
        del self.fields[left_out]
        for field in self.fields.values():
            field.required = True

    @property
    def fate_label(self) -> object:
        """What is to be done, as the button says it."""
        return FATE_LABELS[self.fate]
