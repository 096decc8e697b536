"""The shape of what officers type about a dossier; the law is in rules, the acts in actions."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.core.forms import (
    BirthField,
    DayField,
    LongForm,
    MoneyField,
    NfcCharField,
    PaperNumberField,
    PhoneField,
    choose_among,
    keep_fields,
    offer,
    require,
)
from motcua.dossiers.rules.opinion import SILENCE, Silence
from motcua.dossiers.rules.outside import SITE_LABELS
from motcua.payments.queries import METHODS
from motcua.people.rules import has_shape

PERSON_KINDS = [("person", _("Cá nhân")), ("organisation", _("Tổ chức, doanh nghiệp"))]
ID_KINDS = [
    ("citizen_id", _("Căn cước / số định danh")),
    ("old_id", _("CMND 9 số")),
    ("passport", _("Hộ chiếu")),
    ("tax_code", _("Mã số thuế / doanh nghiệp")),
]
WRONG_NUMBERS = {
    "citizen_id": _("Số căn cước có đúng 12 chữ số. Xem lại số, hoặc chọn loại giấy tờ khác."),
    "old_id": _("CMND có đúng 9 chữ số. Xem lại số, hoặc chọn loại giấy tờ khác."),
    "passport": _("Số hộ chiếu có chữ cái không dấu và chữ số, ví dụ B1234567. Xem lại số."),
    "tax_code": _("Mã số thuế có 10, 12 hoặc 13 chữ số. Xem lại số, hoặc chọn loại giấy tờ khác."),
}
CHANNELS = [
    ("counter", _("Nộp tại quầy")),
    ("online_assisted", _("Nộp trực tuyến có cán bộ hỗ trợ")),
    ("postal", _("Qua bưu chính công ích")),
]
DELIVERIES = [
    ("counter", _("Nhận tại quầy")),
    ("postal", _("Qua bưu chính công ích")),
    ("electronic", _("Bản điện tử")),
]
HERE = [("", _("Tại quầy này"))]
SEXES = [("", "—"), ("male", _("Nam")), ("female", _("Nữ"))]

SITE_CHOICES = [(site.value, _(label)) for site, label in SITE_LABELS.items()]


class NameField(NfcCharField):
    """The name of a person or an organisation: it has a letter and no mark of a web page."""

    def validate(self, value: str) -> None:
        """:raises ValidationError: a name nobody has"""
        super().validate(value)
        if "<" in value or ">" in value:
            raise forms.ValidationError(
                _("Tên có dấu < hoặc >. Xóa phần chép nhầm, chỉ giữ họ tên như trên giấy tờ.")
            )
        if value and not any(letter.isalpha() for letter in value):
            raise forms.ValidationError(_("Tên chưa có chữ nào. Viết họ tên như trên giấy tờ."))


@keep_fields
class Receive(LongForm):
    """One screen of intake: who asks, for what, with which papers, and how the result comes back."""

    idempotency_key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    case_id = forms.IntegerField(required=False)
    # Nothing is typed here: what is said of the papers as a whole stands above their table.
    parts = forms.CharField(required=False, widget=forms.HiddenInput)

    applicant_kind = forms.ChoiceField(label=_("Người đề nghị là"), choices=PERSON_KINDS, initial="person")
    applicant_name = NameField(label=_("Họ tên người đề nghị (chủ hồ sơ)"), max_length=200)
    applicant_id_kind = forms.ChoiceField(label=_("Loại giấy tờ"), choices=ID_KINDS, initial="citizen_id")
    applicant_id_number = NfcCharField(label=_("Số giấy tờ"), max_length=20, required=False)
    applicant_birth_on = BirthField(label=_("Ngày sinh"), required=False)
    applicant_sex = forms.ChoiceField(label=_("Giới tính"), choices=SEXES, required=False)
    applicant_address = NfcCharField(label=_("Địa chỉ"), max_length=300, required=False)
    applicant_phone = PhoneField(label=_("Số điện thoại"), required=False)
    applicant_email = forms.EmailField(label=_("Thư điện tử"), required=False)

    submitter_differs = forms.BooleanField(label=_("Người nộp không phải chủ hồ sơ"), required=False)
    submitter_name = NameField(label=_("Họ tên người nộp"), max_length=200, required=False)
    submitter_id_number = PaperNumberField(label=_("Số giấy tờ của người nộp"), max_length=20, required=False)
    submitter_phone = PhoneField(label=_("Điện thoại người nộp"), required=False)
    authorisation_paper = NfcCharField(
        label=_("Giấy ủy quyền / giới thiệu (nếu có)"),
        max_length=200,
        required=False,
        help_text=_(
            "Ghi số, ngày và nơi chứng thực. Khi có ủy quyền, tài khoản định danh là của người ủy quyền."
        ),
    )

    channel = forms.ChoiceField(label=_("Cách nộp"), choices=CHANNELS, initial="counter")
    competent_agency_id = forms.TypedChoiceField(
        label=_("Cơ quan giải quyết"),
        choices=[("", _("Theo nơi tiếp nhận"))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    returning_unit_id = forms.TypedChoiceField(
        label=_("Nơi trả kết quả"), choices=HERE, coerce=int, empty_value=None, required=False
    )
    supported_unit_id = forms.TypedChoiceField(
        label=_("Nơi hỗ trợ nộp"),
        choices=HERE,
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Nơi đã giúp người dân chuẩn bị và nộp, khi không phải quầy này."),
    )
    site = forms.ChoiceField(
        label=_("Nhận hồ sơ ở đâu"), choices=SITE_CHOICES, initial="counter", required=False
    )
    site_place = NfcCharField(
        label=_("Nơi nhận ngoài trụ sở"),
        max_length=200,
        required=False,
        help_text=_("Ví dụ: nhà văn hóa thôn, trạm y tế, nhà người đề nghị."),
    )
    site_time = forms.TimeField(
        label=_("Giờ nhận tại đó"),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%Hh%M", "%Hg%M", "%H"],
        error_messages={"invalid": _("Ghi giờ và phút, ví dụ 9:30.")},
        widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric"}),
        help_text=_("Trong hôm nay; thời hạn tính từ giờ này. Bỏ trống là ngay bây giờ."),
    )
    set_count = forms.IntegerField(label=_("Số bộ hồ sơ"), min_value=1, max_value=99, initial=1)
    result_delivery = forms.ChoiceField(label=_("Nhận kết quả"), choices=DELIVERIES, initial="counter")
    return_place = NfcCharField(
        label=_("Địa chỉ nhận kết quả"),
        max_length=300,
        required=False,
        help_text=_("Để trống: tại nơi trả kết quả; qua bưu chính thì theo địa chỉ người đề nghị."),
    )
    agreed_due_on = DayField(
        label=_("Ngày hẹn trả"),
        required=False,
        help_text=_("Thủ tục này chưa có thời hạn trong dữ liệu công bố: chọn ngày hẹn và ghi lý do."),
    )
    agreed_due_reason = NfcCharField(label=_("Lý do chọn ngày hẹn"), max_length=500, required=False)
    missing_reason = NfcCharField(
        label=_("Lý do nhận khi còn giấy tờ chưa tích"),
        max_length=500,
        required=False,
        help_text=_("Dữ liệu nguồn không nói giấy này có bắt buộc không; ghi lý do để người sau hiểu."),
    )
    note = NfcCharField(
        label=_("Ghi chú"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        *args: Any,
        agencies: list[tuple[int, str]],
        places: Sequence[tuple[int, str]] = (),
        needs_agreed_due: bool = False,
        on: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        offer(self, "competent_agency_id", agencies)
        offer(self, "returning_unit_id", places)
        offer(self, "supported_unit_id", places)
        if needs_agreed_due:
            require(self, "agreed_due_on", "agreed_due_reason")

    def clean(self) -> dict[str, object]:
        kept = super().clean() or {}
        # What was typed and refused is not lacking: it is said once, as what it is.
        given = {name for name, value in kept.items() if value} | set(self.errors)
        if (kept.get("site") or "counter") != "counter" and "site_place" not in given:
            self.add_error("site_place", _("Ghi nơi đã nhận hồ sơ ngoài trụ sở."))
        if kept.get("submitter_differs") and "submitter_name" not in given:
            self.add_error("submitter_name", _("Nhập họ tên người nộp, hoặc bỏ dấu tích phía trên."))
        if kept.get("result_delivery") == "electronic" and "applicant_email" not in given:
            self.add_error("applicant_email", _("Nhập thư điện tử để gửi bản kết quả điện tử."))
        if kept.get("result_delivery") == "postal" and not {"return_place", "applicant_address"} & given:
            self.add_error("return_place", _("Ghi địa chỉ để bưu chính phát kết quả."))
        return kept

    def clean_applicant_id_number(self) -> str:
        """The number has the shape of its kind; a receipt with eleven digits of an identity card helps nobody."""
        number: str = self.cleaned_data["applicant_id_number"]
        kind = self.cleaned_data.get("applicant_id_kind")
        if number and kind and not has_shape(number, kind):
            raise forms.ValidationError(WRONG_NUMBERS[kind])
        return number

    def clean_applicant_birth_on(self) -> date | str | None:
        """Nobody was born after today."""
        birth: date | str | None = self.cleaned_data["applicant_birth_on"]
        if isinstance(birth, str):
            month, _slash, year = birth.rpartition("/")
            is_ahead = (int(year), int(month or 1)) > (self.on.year, self.on.month)
        else:
            is_ahead = birth is not None and birth > self.on
        if is_ahead:
            raise forms.ValidationError(_("Ngày sinh ở sau hôm nay. Xem lại năm sinh trên giấy tờ."))
        return birth


class Act(forms.Form):
    """What every act on a dossier carries: the revision the person saw and a key against double clicks.

    `one_of` names fields of which one is to be filled in: none of them is called optional.
    """

    one_of: tuple[str, ...] = ()
    revision = forms.IntegerField(widget=forms.HiddenInput)
    idempotency_key = forms.CharField(max_length=64, widget=forms.HiddenInput)


class Note(Act):
    note = NfcCharField(
        label=_("Ý kiến / ghi chú"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class Reason(forms.Form):
    """A reason in writing, with the article it rests on."""

    reason = NfcCharField(label=_("Lý do"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    basis = NfcCharField(label=_("Căn cứ (điều, khoản)"), max_length=300, required=False)


class VoidNumber(Act):
    reason = NfcCharField(label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class HandOver(Note):
    assignee_id = forms.TypedChoiceField(
        label=_("Giao cho"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Để trống: cả bộ phận thấy và ai nhận thì làm."),
    )

    def __init__(
        self,
        *args: Any,
        officers: Callable[[], list[tuple[int, str]]] = list,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["assignee_id"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = lambda: [("", _("Cả bộ phận")), *officers()]


class AskOpinion(Act):
    one_of = ("unit_id", "outside_name")
    unit_id = forms.TypedChoiceField(
        label=_("Cơ quan được hỏi"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Chọn ở đây, hoặc ghi tên cơ quan ngoài hệ thống ở ô dưới: một trong hai."),
    )
    outside_name = NfcCharField(
        label=_("Hoặc cơ quan ngoài hệ thống"),
        max_length=200,
        required=False,
        help_text=_("Gửi bằng văn bản; khi có trả lời, đơn vị mình ghi vào hồ sơ."),
    )
    question = NfcCharField(
        label=_("Nội dung xin ý kiến"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    due_on = DayField(label=_("Trả lời trước ngày"))
    silence = forms.ChoiceField(
        label=_("Quá ngày đó mà chưa trả lời thì"),
        choices=[(key.value, _(label)) for key, label in SILENCE.items()],
        initial=Silence.WAITS.value,
        required=False,
        widget=forms.RadioSelect,
    )
    silence_basis = NfcCharField(label=_("Điều luật coi im lặng là đồng ý"), max_length=300, required=False)

    def __init__(self, *args: Any, units: list[tuple[int, str]] = (), **kwargs: Any) -> None:  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        choose_among(self, "unit_id", [("", "—"), *units])


class AnswerOpinion(Act):
    answer = NfcCharField(
        label=_("Ý kiến trả lời"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ReasonedAct(Act, Reason):
    """An act that needs a reason."""


OUTCOMES = [("approved", _("Đồng ý giải quyết")), ("refused", _("Không đủ điều kiện"))]


class Outcome(Act):
    outcome = forms.ChoiceField(label=_("Kết quả"), choices=OUTCOMES, widget=forms.RadioSelect)
    note = NfcCharField(
        label=_("Nội dung / lý do"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, object]:
        kept = super().clean() or {}
        if kept.get("outcome") == "refused" and not kept.get("note"):
            self.add_error("note", _("Ghi rõ lý do không đủ điều kiện; người dân sẽ đọc lý do này."))
        return kept


class SignResult(Act):
    signed_on = DayField(label=_("Ngày ký"))
    signer_name = NfcCharField(label=_("Người ký"), max_length=120)
    signer_position = NfcCharField(
        label=_("Chức vụ ghi trên kết quả"),
        max_length=120,
        required=False,
        help_text=_("Người ký thay thì ghi cả hình thức ký, ví dụ KT. CHỦ TỊCH – PHÓ CHỦ TỊCH."),
    )
    title = NfcCharField(label=_("Trích yếu kết quả"), max_length=500)
    result_file = forms.FileField(label=_("Tệp kết quả (PDF, ảnh)"))


class ReturnResult(Act):
    collector_name = NameField(label=_("Người nhận kết quả"), max_length=200)
    collector_id_number = NfcCharField(label=_("Số giấy tờ người nhận"), max_length=20, required=False)
    collector_relation = forms.ChoiceField(
        label=_("Là"),
        choices=[
            ("applicant", _("Chủ hồ sơ")),
            ("submitter", _("Người nộp")),
            ("authorised", _("Người được ủy quyền")),
        ],
    )
    method = forms.ChoiceField(label=_("Cách trả"), choices=DELIVERIES)
    has_receipt = forms.BooleanField(label=_("Đã thu lại giấy tiếp nhận"), required=False)


class Collect(forms.Form):
    """Money taken at the counter."""

    idempotency_key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    amount = MoneyField(label=_("Số tiền thu (đồng)"), min_value=1)
    method = forms.ChoiceField(
        label=_("Hình thức"), choices=METHODS, initial="cash", widget=forms.RadioSelect
    )
    receipt_number = NfcCharField(
        label=_("Số biên lai"),
        max_length=60,
        required=False,
        help_text=_("Ký hiệu và số in trên biên lai, hoặc số giao dịch chuyển khoản."),
    )


class ShortReason(forms.Form):
    """One line that says why."""

    reason = NfcCharField(label=_("Lý do"), max_length=500)
