"""What administrators type of units, postings and accounts."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from motcua.accounts.rules import USERNAME
from motcua.core.forms import DayField, NfcCharField, choose_among
from motcua.core.several import Choices, SeveralChoiceField
from motcua.organisations.rules import ABSENCE_REASONS, KIND_LABELS, POST_LABELS, SIGNING_LABELS

SCOPE_LABELS = (
    ("dossiers:read", _("Đọc hồ sơ và thủ tục")),
    ("dossiers:write", _("Tiếp nhận và xử lý hồ sơ")),
)


def _translate(labels: Any) -> list[tuple[str, str]]:
    return [(str(code.value), _now(label)) for code, label in labels.items()]


class Facts(forms.Form):
    """What is said of a unit."""

    name = NfcCharField(label=_("Tên đơn vị"), max_length=200)
    short_name = NfcCharField(label=_("Tên gọi tắt"), max_length=80, required=False)
    parent_code = forms.ChoiceField(label=_("Đơn vị cấp trên"), required=False)
    agency_code = forms.CharField(
        label=_("Mã định danh"),
        max_length=35,
        required=False,
        help_text=_("Theo QĐ 20/2020/QĐ-TTg, ví dụ H50.12."),
    )
    calendar_code = forms.ChoiceField(label=_("Lịch làm việc"), required=False)
    address = NfcCharField(label=_("Địa chỉ"), max_length=250, required=False)
    phone = NfcCharField(label=_("Điện thoại"), max_length=30, required=False)

    def __init__(self, *args: Any, parents: Choices, calendars: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "parent_code", [("", _("(không có)")), *parents])
        same = _("Như đơn vị cấp trên")
        choose_among(self, "calendar_code", [("", same), *calendars])


class Change(Facts):
    """A change by decision, from a day on."""

    decision_number = NfcCharField(label=_("Số quyết định"), max_length=100)
    first_day = DayField(label=_("Hiệu lực từ ngày"))


class NewUnit(Change):
    """A unit set up by decision."""

    code = forms.CharField(
        label=_("Mã đơn vị"), max_length=40, help_text=_("Không đổi về sau, ví dụ construction.qlxd.")
    )
    kind = forms.ChoiceField(label=_("Loại đơn vị"))
    field_order = ("code", "kind", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "kind", _translate(KIND_LABELS))


class Close(forms.Form):
    """The end of a unit."""

    last_day = DayField(label=_("Ngày cuối hoạt động"))
    decision_number = NfcCharField(label=_("Số quyết định"), max_length=100)
    successors = SeveralChoiceField(
        label=_("Đơn vị kế thừa"),
        required=False,
        help_text=_("Có thể chọn nhiều; đơn vị đầu là mặc định."),
    )

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "successors", units)


class Appointment(forms.Form):
    """A person in a post of a unit."""

    username = forms.CharField(label=_("Tên đăng nhập"), max_length=64)
    unit_code = forms.ChoiceField(label=_("Đơn vị"))
    post = forms.ChoiceField(label=_("Chức danh"))
    position = NfcCharField(label=_("Chức vụ"), max_length=120, required=False)
    decision_number = NfcCharField(label=_("Số quyết định"), max_length=100)
    first_day = DayField(label=_("Từ ngày"))
    last_day = DayField(label=_("Đến hết ngày"), required=False)
    field_codes = SeveralChoiceField(label=_("Lĩnh vực phụ trách"), required=False)
    is_reserve = forms.BooleanField(label=_("Người dự phòng"), required=False)

    def __init__(self, *args: Any, units: Choices, fields: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "unit_code", units)
        choose_among(self, "post", _translate(POST_LABELS))
        choose_among(self, "field_codes", fields)


class EndPosting(forms.Form):
    """The end of a posting."""

    last_day = DayField(label=_("Ngày làm việc cuối"))
    decision_number = NfcCharField(label=_("Số quyết định"), max_length=100)


class AbsenceForm(forms.Form):
    """Somebody is away; another stands in."""

    reason = forms.ChoiceField(label=_("Lý do"))
    decision_number = NfcCharField(
        label=_("Số văn bản"), max_length=100, help_text=_("Quyết định, giấy cử đi hoặc đơn đã duyệt.")
    )
    first_day = DayField(label=_("Vắng từ ngày"))
    last_day = DayField(label=_("Đến hết ngày"), required=False)
    substitute = forms.ChoiceField(label=_("Người thay"), required=False)
    signing_form = forms.ChoiceField(label=_("Người thay ký theo hình thức"), required=False)

    def __init__(self, *args: Any, people: Choices, is_leader: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "reason", [(code, _now(words)) for code, words in ABSENCE_REASONS.items()])
        choose_among(self, "substitute", people)
        signing = [
            ("", _now("Không ký thay")),
            *((f.value, f"{f.value} {_now(w)}") for f, w in SIGNING_LABELS.items()),
        ]
        choose_among(self, "signing_form", signing)
        if not is_leader:
            self.fields["signing_form"].widget = forms.HiddenInput()


class EndAbsence(forms.Form):
    """The last day of an absence or of a right."""

    last_day = DayField(label=_("Ngày cuối"))


class Signing(forms.Form):
    """Who signs for whom."""

    principal_id = forms.TypedChoiceField(label=_("Ký thay cho"), coerce=int)
    signer_id = forms.TypedChoiceField(label=_("Người ký"), coerce=int)
    form = forms.ChoiceField(label=_("Hình thức"))
    decision_number = NfcCharField(label=_("Số văn bản"), max_length=100)
    first_day = DayField(label=_("Từ ngày"))
    last_day = DayField(label=_("Đến hết ngày"), required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("principal_id", "signer_id"):
            choose_among(self, name, people)
        forms_of_signing = [(f.value, f"{f.value} {_now(words)}") for f, words in SIGNING_LABELS.items()]
        choose_among(self, "form", forms_of_signing)


class Officer(forms.Form):
    """A person who is to sign in."""

    username = forms.RegexField(
        USERNAME,
        label=_("Tên đăng nhập"),
        max_length=64,
        help_text=_("Chữ thường không dấu, số, dấu chấm, gạch nối."),
        error_messages={"invalid": _("Chỉ dùng chữ thường không dấu, số, dấu chấm, gạch nối.")},
    )
    full_name = NfcCharField(label=_("Họ và tên"), max_length=120)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    phone = NfcCharField(label=_("Điện thoại"), max_length=20, required=False)


class Token(forms.Form):
    """The key of a neighbouring system."""

    name = NfcCharField(
        label=_("Tên hệ thống"), max_length=120, help_text=_("Ví dụ: Phần mềm hộ tịch dùng chung.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("Phạm vi"), widget=forms.CheckboxSelectMultiple, choices=SCOPE_LABELS
    )
    first_day = DayField(label=_("Từ ngày"))
    last_day = DayField(label=_("Đến hết ngày"), required=False)
    calls_per_minute = forms.IntegerField(
        label=_("Số lần gọi mỗi phút"), min_value=1, max_value=60_000, widget=forms.NumberInput({"size": 8})
    )


class Import(forms.Form):
    """An Excel file, first tried."""

    file = forms.FileField(
        label=_("Tệp Excel (.xlsx)"),
        help_text=_("Lấy mẫu bằng nút Xuất Excel, sửa rồi nhập lại."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
