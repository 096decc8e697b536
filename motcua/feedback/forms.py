"""The shape of an answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.core.forms import NfcCharField, choose_among
from motcua.feedback.rules import CONTENTS, LEVELS, get_words


def _choices(content: str = "") -> list[tuple[int, str]]:
    words = get_words(content)
    return [(int(level), gettext(words[level])) for level in LEVELS]


class RatingForm(forms.Form):
    """The whole, each content, and words."""

    level = forms.TypedChoiceField(
        label=_("Nhìn chung, ông/bà thấy thế nào?"), coerce=int, widget=forms.RadioSelect
    )
    comment = NfcCharField(
        label=_("Ý kiến thêm"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Không ghi số giấy tờ, tài khoản hay thông tin của người khác."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "level", _choices())
        comment = self.fields.pop("comment")
        for name, words in CONTENTS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=gettext(words),
                coerce=int,
                required=False,
                widget=forms.RadioSelect,
                choices=_choices(name),
            )
        self.fields["comment"] = comment

    def get_contents(self) -> dict[str, int]:
        """What was answered of the contents."""
        return {name: self.cleaned_data[name] for name in CONTENTS if self.cleaned_data.get(name)}


class SlipForm(RatingForm):
    """A slip of paper: the dossier's code stands on it."""

    code = NfcCharField(label=_("Mã hồ sơ"), max_length=60)
    field_order = ("code",)


class FollowUpForm(forms.Form):
    """What was found about a low answer."""

    found = NfcCharField(
        label=_("Đã tìm hiểu và đã làm"), max_length=4000, widget=forms.Textarea({"rows": 5})
    )
    is_upheld = forms.TypedChoiceField(
        label=_("Ý kiến của người dân"),
        coerce=lambda told: told == "1",
        choices=[("1", _("Đúng")), ("0", _("Không có cơ sở"))],
        widget=forms.RadioSelect,
    )
