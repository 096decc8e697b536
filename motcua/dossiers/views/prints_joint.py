"""The two papers of an interlinked dossier: its one receipt, and the slip by which a part goes to another agency."""

from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from motcua.catalogue import queries as catalogue
from motcua.catalogue.queries import BundleView
from motcua.core.writing import moment
from motcua.documents.forms_data import ComponentLine, JointReceiptData, PartLine, TransferSlipData
from motcua.documents.printing import print_form
from motcua.dossiers import access, queries
from motcua.dossiers.actions import printing as actions
from motcua.dossiers.models import Dossier, Joint, SlipReturn, Transfer
from motcua.dossiers.queries.history import JUDGED
from motcua.dossiers.queries.joints import find_total, get_rows
from motcua.dossiers.rules.states import Act
from motcua.dossiers.views.prints import IN_VIETNAMESE, answer_pdf
from motcua.dossiers.views.slips import Sheet, make_head
from motcua.organisations.requests import OfficerRequest

LATER = "rồi {days} ngày làm việc từ khi hoàn thành nghĩa vụ tài chính"


@require_GET
@xframe_options_sameorigin
def receipt(request: OfficerRequest, code: str) -> HttpResponse:
    """The one receipt of the whole, with every part and its own appointment."""
    joint = queries.require_joint(request.actor, code)
    sheet = _sheet(request, _first(joint), "joint_receipt")
    with translation.override(IN_VIETNAMESE):
        content = print_form("joint_receipt", sheet.on, _fill_receipt(joint, sheet))
    return answer_pdf(content, f"{code}-giay-tiep-nhan.pdf")


@require_GET
@xframe_options_sameorigin
def slip(request: OfficerRequest, code: str, no: int) -> HttpResponse:
    """The slip by which a part went over; what the receiving side wrote is on it once it did."""
    joint = queries.require_joint(request.actor, code)
    handed = queries.find_slip(request.actor, joint, no)
    sheet = _sheet(request, handed.part.dossier or handed.from_dossier, "transfer_slip")
    with translation.override(IN_VIETNAMESE):
        content = print_form(
            "transfer_slip", timezone.localdate(handed.handed_at), _fill_slip(joint, handed, sheet)
        )
    return answer_pdf(content, f"{code}-phieu-chuyen-{no}.pdf")


def _fill_slip(joint: Joint, handed: Transfer, sheet: Sheet) -> TransferSlipData:
    on = timezone.localdate(handed.handed_at)
    result = next((r for r in queries.find_results(handed.from_dossier) if r.voided_at is None), None)
    facts = sheet.base() | {
        "head": make_head(handed.from_unit_id, on, handed.number),
        "tracking_url": "",
        "token": "",
    }
    return TransferSlipData(
        **facts,
        joint_code=joint.code,
        request_content=joint.name,
        applicant_name=joint.applicant_name,
        from_unit=queries.name_unit(handed.from_unit_id, on),
        to_unit=queries.name_unit(handed.to_unit_id, on),
        work=handed.work,
        enclosed=_enclosed(handed.from_dossier, result.number if result else ""),
        handed_at=handed.handed_at,
        giver_due_at=handed.giver_due_at,
        due_at=handed.due_at,
        take_over_by=handed.take_over_by,
        result_return_place=joint.return_place or queries.name_unit(joint.returning_unit_id, on),
        received_at=handed.received_at,
        judged=_(JUDGED.get(handed.judged, "")) if handed.judged else "",
        note=handed.note,
        giver_name=handed.giver_name,
        receiver_name=handed.receiver_name,
        returns=tuple(_say_return(back) for back in handed.returns.order_by("pk")),
    )


def _say_return(back: SlipReturn) -> str:
    told = f"{moment(back.sent_back_at)}, {back.sent_back_by}: {back.reason}"
    if back.answered_at is None:
        return told
    return f"{told}; chuyển lại {moment(back.answered_at)}, {back.answered_by}: {back.answer}"


def _first(joint: Joint) -> Dossier:
    """Printings of the whole's receipt are counted at its first part: it is always there."""
    return next(row.dossier for row in get_rows(joint) if row.dossier)


def _sheet(request: OfficerRequest, dossier: Dossier, form: str) -> Sheet:
    if dossier.is_erased:
        raise access.erased()
    parties = {party.role: party for party in queries.get_parties(dossier)}
    printing = actions.print_form(
        actor=request.actor, dossier=dossier, form=form, key=request.GET.get("lan", ""), at=request.at
    )
    return Sheet(request, dossier, parties, form, printing)


def _enclosed(giver: Dossier, number: str) -> str:
    told = f"hồ sơ {giver.code}"
    return f"{told}, kết quả số {number}" if number else told


def _fill_receipt(joint: Joint, sheet: Sheet) -> JointReceiptData:
    bundle = catalogue.get_bundle_version(joint.bundle_id)
    clock = queries.explain_whole(joint, bundle, joint.received_at)
    lines = queries.find_part_lines(joint, sheet.on, joint.received_at, is_full=False)
    submitter = sheet.parties.get("submitter") or sheet.parties.get("authorised") or sheet.applicant
    # What was promised then: a receipt printed later says the same.
    facts = sheet.addressed() | {
        "head": make_head(joint.receiving_unit_id, sheet.on, joint.code.rpartition("-")[2] + "/TTPVHCC"),
        "dossier_code": joint.code,
        "tracking_url": sheet.tracking_url(joint.code, joint.token),
        "request_content": joint.name,
        "officer_name": sheet.name_author(Act.RECEIVE),
    }
    return JointReceiptData(
        **facts,
        components=_components(joint),
        statutory_duration=_duration(joint, bundle),
        received_at=joint.received_at,
        due_at=joint.original_due_at,
        due_lines=tuple(
            str(getattr(line, "text", line)).rstrip(".")
            for line in clock.lines
            if getattr(line, "kind", "") not in ("part", "moved")
        ),
        result_return_place=joint.return_place or sheet.name(joint.returning_unit_id),
        submitter_name=submitter.full_name,
        parts=tuple(_part(line) for line in lines),
        due_text=_say_two_appointments(lines),
    )


def _say_two_appointments(lines: list[queries.PartLine]) -> str:
    """Where a part has two appointments the second is not a day yet: it is said from what it will be counted."""
    staged = next((line for line in lines if line.second_days), None)
    if staged is None:
        return ""
    return f"lần một {moment(staged.planned_due_at)}; lần hai {LATER.format(days=staged.second_days).removeprefix('rồi ')}"


def _part(line: queries.PartLine) -> PartLine:
    return PartLine(
        no=line.no, name=line.name, agency=line.agency_name, duration=f"{line.limit_days} ngày làm việc",
        due_at=line.planned_due_at, code=line.code if line.slip is None else "",
        later=LATER.format(days=line.second_days) if line.second_days else "",
    )  # fmt: skip


def _duration(joint: Joint, bundle: BundleView) -> str:
    total = find_total(bundle, is_verified=joint.is_verified)
    return f"{total.normalize():f} ngày làm việc cho cả bộ" if total else "theo từng phần"


def _components(joint: Joint) -> tuple[ComponentLine, ...]:
    """The papers of every part, as handed in once."""
    kept = [part for row in get_rows(joint) for part in row.papers.get("parts", []) if part["is_present"]]
    return tuple(ComponentLine(name=p["name"], originals=p["originals"], copies=p["copies"]) for p in kept)
