"""The shape of what is typed at the desk's own pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.core.forms import DayField, NfcCharField
from motcua.dossiers.rules.retention import FATE_LABELS, Fate


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

    def __init__(self, fate: Fate, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fate = fate
        left_out = "is_certain" if fate == Fate.ARCHIVED else "place"
        del self.fields[left_out]
        for field in self.fields.values():
            field.required = True

    @property
    def fate_label(self) -> object:
        """What is to be done, as the button says it."""
        return FATE_LABELS[self.fate]
