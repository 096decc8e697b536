"""The shape of what officers type when a dossier takes a turn."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.core.forms import DayField, NfcCharField, PhoneField, choose_among
from motcua.dossiers.forms import Act, ReasonedAct, VoidNumber
from motcua.dossiers.rules.ending import CHANNELS
from motcua.dossiers.rules.promise import CAUSES

Choices = Sequence[tuple[str, str]]
ASKED = [(key, _(label)) for key, label in CHANNELS.items()]


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class Redo(Act):
    to_step = forms.TypedChoiceField(
        label=_("Trả về bước"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Các bước sau bước này cũng làm lại; nhánh song song đã xong thì giữ nguyên."),
    )
    note = NfcCharField(
        label=_("Cần làm lại điều gì"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, steps: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "to_step", steps)
        self.fields["to_step"].required = bool(steps)


class _WithPapers(Act):
    """A form that offers papers of the dossier; without any the field is not there."""

    papers = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, papers: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "papers", papers)
        if not papers:
            del self.fields["papers"]


class RequestSupplement(_WithPapers):
    """Everything that is missing, at once."""

    papers = forms.MultipleChoiceField(
        label=_("Giấy tờ cần nộp lại hoặc nộp thêm"), required=False, widget=forms.CheckboxSelectMultiple
    )
    items = NfcCharField(
        label=_("Nội dung khác cần bổ sung"),
        max_length=5000,
        required=False,
        widget=_lines(3),
        help_text=_(
            "Mỗi dòng một nội dung. Ghi đủ trong một lần: pháp luật chỉ cho yêu cầu bổ sung một lần."
        ),
    )
    reason = NfcCharField(label=_("Lý do"), max_length=2000, widget=_lines(3))
    basis = NfcCharField(label=_("Căn cứ (điều, khoản)"), max_length=300, required=False)
    answer_days = forms.IntegerField(
        label=_("Số ngày làm việc để bổ sung"),
        min_value=1,
        max_value=120,
        help_text=_("Luật chuyên ngành quy định khác thì sửa số này và ghi căn cứ."),
    )
    contact_phone = PhoneField(
        label=_("Điện thoại người hướng dẫn"),
        required=False,
        help_text=_("In trên phiếu; người nộp gọi khi vướng."),
    )
    override_reason = NfcCharField(
        label=_("Lý do đặc biệt để yêu cầu thêm lần nữa"), max_length=2000, required=False, widget=_lines(2)
    )

    def __init__(self, *args: Any, is_again: bool = False, papers: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, papers=papers, **kwargs)
        if is_again:
            self.fields["override_reason"].required = True
        else:
            del self.fields["override_reason"]


class Explain(forms.Form):
    """Why a result came late, for the head of the agency."""

    cause = forms.ChoiceField(
        label=_("Nguyên nhân"), choices=[(key, _(label)) for key, label in CAUSES.items()]
    )
    text = NfcCharField(
        label=_("Giải trình với người đứng đầu"),
        max_length=4000,
        widget=_lines(5),
        help_text=_("Người đứng đầu cơ quan đọc; không gửi cho người nộp."),
    )


class AcceptSupplement(_WithPapers):
    """What was missing and is there now."""

    papers = forms.MultipleChoiceField(
        label=_("Giấy tờ còn thiếu, nay đã nộp"), required=False, widget=forms.CheckboxSelectMultiple
    )
    scan = forms.FileField(label=_("Bản quét giấy tờ bổ sung"), required=False)
    scan_part = forms.TypedChoiceField(
        label=_("Là bản quét của"), coerce=int, empty_value=None, required=False
    )
    note = NfcCharField(label=_("Ghi chú"), max_length=2000, required=False, widget=_lines(3))

    def __init__(self, *args: Any, parts: Choices = (), papers: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, papers=papers, **kwargs)
        choose_among(self, "scan_part", [("", "—"), *parts])

    def clean(self) -> dict[str, object]:
        kept = super().clean() or {}
        if kept.get("scan") and not kept.get("scan_part"):
            self.add_error("scan_part", _("Chọn bản quét là của giấy tờ nào."))
        return kept


class RequestPayment(Act):
    """What has to be paid by which notice, and when somebody looks again."""

    paper = NfcCharField(
        label=_("Thông báo nghĩa vụ tài chính"), max_length=200, help_text=_("Số, ngày, cơ quan ban hành.")
    )
    review_at = DayField(
        label=_("Xem lại vào ngày"), help_text=_("Ngày này hồ sơ trở lại danh sách việc để kiểm tra.")
    )
    note = NfcCharField(label=_("Ghi chú"), max_length=2000, required=False, widget=_lines(2))


class ConfirmPayment(Act):
    proof = NfcCharField(
        label=_("Chứng từ đã hoàn thành nghĩa vụ"),
        max_length=300,
        help_text=_("Số chứng từ, hoặc thông báo của cơ quan thuế."),
    )


class Suspend(Act):
    basis = NfcCharField(
        label=_("Điều luật cho dừng tính thời hạn"),
        max_length=300,
        help_text=_(
            "Chỉ dừng được khi luật chuyên ngành nêu rõ; chờ đồng nghiệp hay cơ quan phối hợp thì không."
        ),
    )
    review_at = DayField(
        label=_("Xem lại vào ngày"), help_text=_("Ngày này hồ sơ trở lại danh sách việc để kiểm tra.")
    )
    note = NfcCharField(label=_("Lý do"), max_length=2000, widget=_lines(3))


class Resume(Act):
    proof = NfcCharField(
        label=_("Lý do tạm dừng đã kết thúc thế nào"),
        max_length=300,
        help_text=_("Ví dụ số, ngày văn bản trả lời."),
    )


class Extend(Act):
    new_due_at = DayField(label=_("Ngày hẹn trả mới"))
    reason = NfcCharField(label=_("Lý do gia hạn"), max_length=2000, widget=_lines(3))
    basis = NfcCharField(label=_("Điều luật cho gia hạn"), max_length=300)
    signer_title = NfcCharField(label=_("Chức vụ người ký"), max_length=120, required=False)


class Apologise(Act):
    new_due_at = DayField(label=_("Ngày hẹn trả mới"))
    cause = forms.ChoiceField(
        label=_("Nguyên nhân"),
        choices=[(key, _(label)) for key, label in CAUSES.items()],
        widget=forms.RadioSelect,
        help_text=_("Được công khai trong danh sách hằng tháng."),
    )
    reason = NfcCharField(
        label=_("Lý do, như ghi trong phiếu xin lỗi"),
        max_length=2000,
        widget=_lines(3),
        help_text=_("Người dân đọc lý do này."),
    )
    explanation = NfcCharField(
        label=_("Giải trình với người đứng đầu"),
        max_length=4000,
        required=False,
        widget=_lines(3),
        help_text=_("Bắt buộc khi đã quá ngày hẹn: vì sao không xin lỗi trước hạn."),
    )
    signer_title = NfcCharField(label=_("Chức vụ người ký"), max_length=120, required=False)


class SettleOnSpot(Act):
    """Answered while the person waits."""

    signer_id = forms.TypedChoiceField(label=_("Lãnh đạo ký"), coerce=int, empty_value=None, required=False)
    delegation = NfcCharField(
        label=_("Hoặc văn bản ủy quyền cho tôi ký"),
        max_length=300,
        required=False,
        help_text=_("Số, ngày, nội dung ủy quyền."),
    )
    title = NfcCharField(label=_("Trích yếu kết quả"), max_length=500)
    collector_name = NfcCharField(label=_("Người nhận kết quả"), max_length=200)
    result_file = forms.FileField(label=_("Bản quét kết quả (PDF, ảnh)"), required=False)
    note = NfcCharField(label=_("Ghi chú"), max_length=2000, required=False, widget=_lines(2))

    def __init__(self, *args: Any, signers: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "signer_id", [("", "—"), *signers])


class _Asked(forms.Form):
    """How the applicant asked for the end, and on which day: the notice says it."""

    request_channel = forms.ChoiceField(
        label=_("Người nộp đề nghị bằng cách nào"),
        choices=ASKED,
        initial="counter",
        widget=forms.RadioSelect,
        help_text=_("In trong thông báo dừng giải quyết."),
    )
    requested_on = DayField(label=_("Ngày người nộp đề nghị"))


class Withdraw(VoidNumber, _Asked):
    """The applicant takes the dossier back."""

    field_order = ("reason", "request_channel", "requested_on")


class Stop(ReasonedAct, _Asked):
    """Handling ends, at the applicant's request or without one."""

    field_order = ("reason", "basis", "request_channel", "requested_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "request_channel", [("", _("không do người nộp đề nghị")), *ASKED])
        for name in ("request_channel", "requested_on"):
            self.fields[name].required, self.fields[name].initial = False, ""


class Reopen(Act):
    reason = NfcCharField(label=_("Lý do mở lại"), max_length=500, widget=_lines(3))
    basis = NfcCharField(label=_("Quyết định mở lại (số, ngày)"), max_length=300)
