"""The shape of what the counter types about a dossier filed online."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from motcua.core.forms import DayField, NfcCharField, choose_among
from motcua.core.text import read_count
from motcua.dossiers.forms import DELIVERIES, Act, Reason
from motcua.dossiers.forms_joint import offer_agencies


class AcceptFiling(Act):
    """What is decided when a filing is accepted; who applies and what was sent stands as it was filed."""

    case_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    competent_agency_id = forms.TypedChoiceField(
        label=_("Cơ quan giải quyết"), coerce=int, empty_value=None, required=False
    )
    result_delivery = forms.ChoiceField(label=_("Nhận kết quả"), choices=DELIVERIES)
    return_place = NfcCharField(label=_("Địa chỉ nhận kết quả"), max_length=300, required=False)
    agreed_due_on = DayField(label=_("Ngày hẹn trả"), required=False)
    agreed_due_reason = NfcCharField(label=_("Lý do chọn ngày hẹn"), max_length=500, required=False)
    missing_reason = NfcCharField(
        label=_("Lý do nhận khi còn giấy tờ chưa tích"), max_length=500, required=False
    )
    note = NfcCharField(
        label=_("Ghi chú"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        *args: Any,
        agencies: Sequence[tuple[int, str]],
        needs_agreed_due: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "competent_agency_id", [("", _("Theo nơi tiếp nhận")), *agencies])
        for name in ("agreed_due_on", "agreed_due_reason"):
            self.fields[name].required = needs_agreed_due

    def clean(self) -> dict[str, Any]:
        """The address of electronic mail that stands there at first is no place for papers."""
        kept = super().clean() or {}
        if kept.get("result_delivery") != "electronic" and "@" in kept.get("return_place", ""):
            kept["return_place"] = ""
        return kept


NOT_OF_A_GROUP = ("case_id", "competent_agency_id", "agreed_due_on", "agreed_due_reason")


class AcceptGroupFiling(AcceptFiling):
    """The same for a group filed under one form: the agency of each part, and whether something is to be verified."""

    is_verified = forms.BooleanField(label=_("Phải xác minh: lấy thời hạn dài hơn của nhóm"), required=False)

    def __init__(
        self,
        *args: object,
        part_agencies: Sequence[tuple[int, str, Sequence[tuple[int, str]]]],
        may_verify: bool,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, agencies=[], **kwargs)  # type: ignore[arg-type]
        for name in NOT_OF_A_GROUP + (() if may_verify else ("is_verified",)):
            del self.fields[name]
        self.agency_names = offer_agencies(self, part_agencies)


class ReturnFiling(Act, Reason):
    """Everything to be completed, one thing a line, with the reason; a second request says why."""

    items = NfcCharField(
        label=_("Nội dung cần hoàn thiện"),
        max_length=4000,
        help_text=_("Mỗi dòng một nội dung; nêu đủ trong một lần."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    override_reason = NfcCharField(
        label=_("Lý do đặc biệt để yêu cầu thêm lần nữa"), max_length=2000, required=False
    )
    field_order = ("items", "reason", "basis", "override_reason")

    def __init__(self, *args: Any, is_again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["override_reason"].required = is_again
        if not is_again:
            self.fields["override_reason"].widget = forms.HiddenInput()

    def get_items(self) -> tuple[str, ...]:
        """The lines that say something."""
        return tuple(line.strip() for line in self.cleaned_data["items"].splitlines() if line.strip())


class RefuseFiling(Act, Reason):
    """Not accepted, with the reason in writing."""


def read_file_choices(
    data: QueryDict, file_ids: Sequence[int], component_ids: Sequence[int]
) -> dict[int, int]:
    """Which component each file was put to, `tep_<file>`; what is none of the two is left out."""
    chosen: dict[int, int] = {}
    for file_id in file_ids:
        asked = read_count(data.get(f"tep_{file_id}", ""))
        if asked is not None and asked in component_ids:
            chosen[file_id] = asked
    return chosen
