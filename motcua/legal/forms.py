"""The shape of what an administrator types about legal numbers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.core.forms import DayField, NfcCharField

BASIS_HINT = _("Số văn bản, điều, khoản.")


class FilterForm(forms.Form):
    """What to show."""

    q = NfcCharField(label=_("Tìm theo khóa, nội dung, căn cứ"), required=False, max_length=100)


class ValueForm(forms.Form):
    """A new value from a day on."""

    value = NfcCharField(label=_("Giá trị mới"), max_length=40)
    valid_from = DayField(label=_("Áp dụng từ ngày"))
    basis = NfcCharField(label=_("Căn cứ"), max_length=240, help_text=BASIS_HINT)
    is_verified = forms.BooleanField(label=_("Đã đối chiếu với văn bản"), required=False)


class VerifyForm(forms.Form):
    """Where the value stands in the text of the law."""

    basis = NfcCharField(label=_("Căn cứ đã đối chiếu"), max_length=240, help_text=BASIS_HINT)
