"""The shape of what officers type about a whole: one form for several procedures, taking a part over, giving it back."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.core.forms import NfcCharField
from motcua.dossiers.forms import Act, Receive, ReturnResult
from motcua.dossiers.forms_turns import Withdraw

JUDGED = [("early", _("Trước hạn")), ("on_time", _("Đúng hạn")), ("late", _("Quá hạn"))]
NOT_ASKED = (
    "case_id",
    "competent_agency_id",
    "supported_unit_id",
    "set_count",
    "agreed_due_on",
    "agreed_due_reason",
)


def offer_agencies(
    form: forms.Form, part_agencies: Sequence[tuple[int, str, Sequence[tuple[int, str]]]]
) -> list[str]:
    """A field for the agency of each part; their names."""
    names: list[str] = []
    for no, part, choices in part_agencies:
        name = f"agency_{no}"
        form.fields[name] = forms.TypedChoiceField(
            label=_("Cơ quan giải quyết phần %(no)s – %(part)s") % {"no": no, "part": part},
            coerce=int, empty_value=None, required=False,
            choices=[("", _("Theo nơi tiếp nhận")), *choices],
        )  # fmt: skip
        names.append(name)
    return names


def read_agencies(typed: Mapping[str, Any], names: Sequence[str]) -> dict[int, int]:
    """The deciding agencies chosen, by the number of the part."""
    chosen = {int(name.removeprefix("agency_")): typed[name] for name in names}
    return {no: agency_id for no, agency_id in chosen.items() if agency_id is not None}


class ReceiveJoint(Receive):
    """One screen of intake for a group: the same person and papers, and the agency of each part."""

    is_verified = forms.BooleanField(
        label=_("Phải xác minh: lấy thời hạn dài hơn của nhóm"),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        part_agencies: Sequence[tuple[int, str, Sequence[tuple[int, str]]]] = (),
        may_verify: bool = False,
        places: Sequence[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, agencies=[], places=places, **kwargs)
        for name in NOT_ASKED:
            del self.fields[name]
        if not may_verify:
            del self.fields["is_verified"]
        self.agency_names = offer_agencies(self, part_agencies)

    def get_agencies(self) -> dict[int, int]:
        """The deciding agencies chosen, by the number of the part."""
        return read_agencies(self.cleaned_data, self.agency_names)


class TakeOver(Act):
    """The receiving side's part of the slip."""

    judged = forms.ChoiceField(
        label=_("Bên giao đã giải quyết phần của mình"),
        choices=JUDGED,
        widget=forms.RadioSelect,
        help_text=_("Bên nhận ghi; máy gợi ý theo giờ giao và hạn của bên giao."),
    )
    note = NfcCharField(label=_("Ghi chú khi nhận"), max_length=300, required=False)


class SendBack(Act):
    """Why a slip cannot be taken over as it is."""

    reason = NfcCharField(
        label=_("Phiếu còn thiếu hoặc sai gì"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Bên giao đọc đúng lời này để sửa; không ghi thông tin riêng của người nộp."),
    )


class Resend(Act):
    """What was mended."""

    answer = NfcCharField(
        label=_("Đã sửa hoặc bổ sung gì"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class WithdrawWhole(Withdraw):
    """Why the whole is taken back; no single revision stands for several dossiers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["revision"]


class ReturnWhole(ReturnResult):
    """Who collects every result of the whole; no single revision stands for several dossiers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["revision"]
