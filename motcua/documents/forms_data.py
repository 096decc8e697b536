"""What each printed form says: one frozen dataclass per form, its fields named as in the circulars' annexes.

The texts are made here (moments, counts, dotted blanks are the layout's); nothing is ever read as markup.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from motcua.core.text import nfc

_VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_LONGEST_RUN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Head of every form: who issues it, its number, where and when (Decree 30/2020, annex I)."""

    parent_body: str
    unit_name: str
    number: str
    place: str
    issued_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """The person who authorises the submitter."""

    full_name: str
    address: str = ""
    id_no: str = ""
    phone: str = ""
    email: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentLine:
    """One paper handed in: its name and how many originals and copies."""

    name: str
    originals: int = 0
    copies: int = 0
    note: str = ""

    @property
    def count(self) -> str:
        """`01 bản chính, 02 bản sao`"""
        parts = ((self.originals, "bản chính"), (self.copies, "bản sao"))
        return ", ".join(f"{number:02} {word}" for number, word in parts if number)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeLine:
    """One fee with its amount in đồng."""

    name: str
    amount_vnd: int

    @property
    def amount(self) -> str:
        """`8.000 đồng`"""
        return f"{self.amount_vnd:,}".replace(",", ".") + " đồng"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverLine:
    """One hand-over of a dossier; the result is entered by the receiving side."""

    from_unit: str
    to_unit: str
    handed_at: datetime | None = None
    step_result: str = ""
    note: str = ""
    giver: str = ""
    receiver: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedDossier:
    """One dossier of a hand-over slip: the work asked and the deadline of the receiving agency."""

    dossier_code: str
    procedure_name: str
    applicant_name: str
    papers: str = ""
    work: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """One dossier in the register."""

    entry_no: str
    dossier_code: str
    procedure_name: str
    applicant_name: str
    contact: str = ""
    agency: str = ""
    received_at: datetime | None = None
    due_at: datetime | None = None
    returned_at: datetime | None = None
    return_method: str = ""
    set_count: int = 1
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormData:
    """What all forms share. `tracking_url` becomes the QR; `dossier_code` the Code 128."""

    title: ClassVar[str] = ""
    head: Head
    dossier_code: str = ""
    tracking_url: str = ""
    token: str = ""
    is_reprint: bool = False
    reprint_note: str = ""
    footnote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantForm(FormData):
    """A form addressed to the applicant."""

    applicant_name: str
    applicant_id_no: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    request_content: str
    officer_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptData(ApplicantForm):
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Circular 01/2018 annex 01, Circular 03/2025 annex I form 01)."""

    title: ClassVar[str] = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
    principal: Principal | None = None
    components: tuple[ComponentLine, ...] = ()
    set_count: int = 1
    statutory_duration: str = ""
    received_at: datetime
    due_at: datetime | None = None
    due_lines: tuple[str, ...] = ()
    fees: tuple[FeeLine, ...] = ()
    result_return_place: str = ""
    book_no: str = ""
    entry_no: str = ""
    submitter_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLine:
    """One part of an interlinked dossier on its receipt: which agency, how long, until when, and what comes later."""

    no: int
    name: str
    agency: str
    duration: str
    due_at: datetime
    code: str = ""
    later: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JointReceiptData(ReceiptData):
    """The one receipt of an interlinked dossier: form 01 with every part and its own appointment (Decree 61 art. 19.6)."""

    title: ClassVar[str] = "Giấy tiếp nhận hồ sơ liên thông và hẹn trả kết quả"
    parts: tuple[PartLine, ...] = ()
    due_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferSlipData(FormData):
    """Phiếu chuyển xử lý between agencies: the work, the deadline, and the receiving side's own time (art. 19.6)."""

    title: ClassVar[str] = "Phiếu chuyển xử lý"
    joint_code: str
    request_content: str
    applicant_name: str
    from_unit: str
    to_unit: str
    work: str
    enclosed: str = ""
    handed_at: datetime
    giver_due_at: datetime | None = None
    due_at: datetime
    take_over_by: datetime | None = None
    result_return_place: str = ""
    received_at: datetime | None = None
    judged: str = ""
    note: str = ""
    giver_name: str = ""
    receiver_name: str = ""
    # Each time the slip came back: when, why, by whom; and when and how it was sent again.
    returns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalData(ApplicantForm):
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ (annex 03)."""

    title: ClassVar[str] = "Phiếu từ chối tiếp nhận giải quyết hồ sơ"
    reason: str
    basis: str = ""
    submitter_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlSlipData(FormData):
    """Phiếu kiểm soát quá trình giải quyết hồ sơ (2018 annex 05, 2025 form 06)."""

    title: ClassVar[str] = "Phiếu kiểm soát quá trình giải quyết hồ sơ"
    procedure_name: str = ""
    processing_agency: str = ""
    coordinating_agencies: tuple[str, ...] = ()
    received_at: datetime
    due_at: datetime | None = None
    lines: tuple[HandOverLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverSlipData(FormData):
    """Phiếu chuyển xử lý hồ sơ: the paper hand-over between agencies (Decree 61/2018 art. 19.6)."""

    title: ClassVar[str] = "Phiếu chuyển xử lý hồ sơ"
    from_unit: str
    to_unit: str
    handed_at: datetime
    lines: tuple[HandedDossier, ...]
    note: str = ""
    giver_name: str = ""
    receiver_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsignedDossier:
    """One dossier of a list for the postal partner: where it goes, under which number of the post, and what became of it."""

    dossier_code: str
    applicant_name: str
    place: str = ""
    tracking: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsignmentData(FormData):
    """Bảng kê giao nhận qua bưu chính: what goes over at once, with room for both signatures (Decision 45/2016/QĐ-TTg)."""

    title: ClassVar[str] = "Bảng kê giao nhận qua bưu chính"
    content: str
    from_unit: str
    to_unit: str
    made_at: datetime
    lines: tuple[ConsignedDossier, ...]
    note: str = ""
    giver_name: str = ""
    handed_at: datetime | None = None
    receiver_name: str = ""
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterData(FormData):
    """Sổ theo dõi hồ sơ (2018 annex 06, 2025 form 07), per field, between two days."""

    title: ClassVar[str] = "Sổ theo dõi hồ sơ"
    field_name: str = ""
    first_day: date
    last_day: date
    book_no: str = ""
    lines: tuple[RegisterLine, ...] = ()
    keeper_name: str = ""
    head_title: str = ""
    head_name: str = ""


def write_day(day: date) -> str:
    """`ngày 05 tháng 01 năm 2026`: days under 10 and the first two months with a nought (Decree 30/2020)."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def to_plain(data: FormData) -> dict[str, object]:
    """The form's data as plain texts, lists and dictionaries for the layout."""
    names = (column.name for column in fields(data) if column.name != "head")
    plain = {name: _plain(getattr(data, name), write_moment) for name in names}
    head = data.head
    place_and_day = ", ".join(part for part in (head.place, write_day(head.issued_on)) if part)
    return plain | {
        "title": data.title,
        "tracking_url": data.tracking_url,
        "parent_body": _text(head.parent_body),
        "unit_name": _text(head.unit_name),
        "number": _text(head.number),
        "issued_on": head.issued_on.isoformat(),
        "place_and_day": _text(place_and_day[:1].upper() + place_and_day[1:]),
    }


def _plain(value: object, moment: Callable[[datetime], str]) -> object:
    """Texts, and lists and dictionaries of texts; moments inside tables are written short."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, tuple):
        return [_plain(each, _write_short) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(getattr(value, name), moment) for name in _names(value)}
    return "" if value is None else _number(value)


def _number(value: object) -> object:
    """Whole numbers with two digits; what is yes or no stays so."""
    return f"{value:02}" if isinstance(value, int) and not isinstance(value, bool) else value


def _names(value: object) -> list[str]:
    """Fields and the texts made from them (`count`, `amount`)."""
    made = [name for name, part in vars(type(value)).items() if isinstance(part, property)]
    return [column.name for column in fields(value)] + made  # type: ignore[arg-type]


def write_moment(moment: datetime) -> str:
    """`09 giờ 05 phút, ngày 21/11/2026`, in Vietnam's time."""
    local = moment.astimezone(_VIETNAM)
    return f"{local:%H} giờ {local:%M} phút, ngày {local:%d/%m/%Y}"


def _write_short(moment: datetime) -> str:
    return f"{moment.astimezone(_VIETNAM):%H:%M, %d/%m/%Y}"


def _text(value: str) -> str:
    """Composed, and no run of letters wider than a page."""
    lines = (nfc(line).split() for line in value.splitlines())
    return "\n".join(" ".join(_break_long(word) for word in line) for line in lines)


def _break_long(word: str) -> str:
    return "\u200b".join(word[start : start + _LONGEST_RUN] for start in range(0, len(word), _LONGEST_RUN))
