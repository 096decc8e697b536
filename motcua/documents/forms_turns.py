"""What the papers of a turn say: asking for completion, moving a promise, standing still, going on, ending early."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from motcua.documents.forms_data import ApplicantForm


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementData(ApplicantForm):
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (annex 02); `officer_name` is the person who guides."""

    title: ClassVar[str] = "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"
    items: tuple[str, ...]
    reason: str
    basis: str = ""
    answer_by: datetime | None = None
    # Which request of the dossier it is, where there was one before.
    round_no: str = ""
    contact_name: str = ""
    contact_phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApologyData(ApplicantForm):
    """Phiếu xin lỗi và hẹn lại ngày trả kết quả (annex 04); since 2025 it asks for an extension. The head signs."""

    title: ClassVar[str] = "Phiếu xin lỗi"
    addressee: str
    agency_name: str
    received_on: date
    due_at: datetime
    new_due_at: datetime
    reason: str
    basis: str = ""
    signer_title: str = ""
    signer_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopNoticeData(ApplicantForm):
    """Thông báo dừng giải quyết hồ sơ (Circular 03/2025 annex I form 05; its fields are unverified).

    `requested_on` and `request_channel` are of the applicant's own request; handling that ends without one has neither.
    """

    title: ClassVar[str] = "Thông báo dừng giải quyết hồ sơ"
    received_at: datetime
    requested_on: date | None = None
    request_channel: str = ""
    stopped_at: datetime
    state_at_request: str = ""
    reason: str
    basis: str = ""
    returned_papers: tuple[str, ...] = ()
    fee_note: str = ""
    signer_title: str = ""
    signer_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionData(ApplicantForm):
    """Thông báo tạm dừng: why the limit stands still, by which law, since when, and what becomes of the appointment.

    The circulars have no form for it: a letter of the agency (Decree 30/2020/ND-CP, annex I).
    """

    title: ClassVar[str] = "Thông báo tạm dừng tính thời hạn giải quyết hồ sơ"
    agency_name: str
    received_at: datetime
    due_at: datetime | None = None
    since: datetime
    ground: str
    reason: str = ""
    basis: str = ""
    paper: str = ""
    review_on: date
    # Working days of the second of two appointments, where there is one; else what was left is counted on.
    second_days: str = ""
    signer_title: str = ""
    signer_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumptionData(ApplicantForm):
    """Thông báo tiếp tục giải quyết: what ended the wait, and the appointment that holds from now on."""

    title: ClassVar[str] = "Thông báo tiếp tục giải quyết hồ sơ"
    agency_name: str
    received_at: datetime
    since: datetime
    until: datetime
    ground: str
    proof: str
    due_at: datetime | None = None
    signer_title: str = ""
    signer_name: str = ""
