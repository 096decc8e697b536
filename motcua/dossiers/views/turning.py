"""The turns as pages: asking for completion, payment, suspension, extension, apology, reopening."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.core.writing import moment, money
from motcua.documents.rules import SCANS
from motcua.dossiers import forms, forms_turns, queries
from motcua.dossiers.actions import on_spot, promising, reopening, supplements, suspending
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import counter
from motcua.dossiers.queries.filing import find_withdrawal_wish
from motcua.dossiers.rules.promise import compute_apology_due
from motcua.dossiers.rules.states import Act
from motcua.dossiers.views.act_page import ActPage, Typed, keep_given, plain
from motcua.legal import queries as legal
from motcua.organisations.requests import OfficerRequest, today
from motcua.organisations.rules import POST_LABELS
from motcua.payments import queries as payments
from motcua.worktime import queries as worktime
from motcua.worktime.rules import end_of_office_hours

ANSWER_DAYS, RETURN_DAYS = "supplement.applicant_working_days", "supplement.after_appraisal_working_days"
APOLOGY_DAYS = "apology.working_days_before_due"


def _close(request: OfficerRequest, day: date, field: str) -> datetime:
    """The end of office hours of a working day of the actor's agency."""
    calendar = worktime.get_calendar(request.actor.calendar_code)
    if not calendar.is_working_day(day):
        raise Refused("bad_day", _("Chọn một ngày làm việc."), field=field)
    return end_of_office_hours(day, calendar)


def _cut(name: str, most: int) -> str:
    """The name of a paper without the dash of its list, cut after a word."""
    name = " ".join(name.lstrip("-+*• ").split())
    return name if len(name) <= most else name[:most].rpartition(" ")[0] + "…"


def _read_request(request: OfficerRequest, typed: Typed) -> Typed:
    items = [*typed.get("papers", ()), *typed["items"].splitlines()]
    more = {"override_reason": typed["override_reason"]} if "override_reason" in typed else {}
    return {
        **plain("reason", "basis", "answer_days", "contact_phone")(request, typed),
        "items": items,
        **more,
    }


def _offer_request(request: OfficerRequest, dossier: Dossier) -> Typed:
    parts = queries.get_parts(dossier)
    asked = [one for one in queries.find_requests(dossier) if one.agency_id == dossier.competent_agency_id]
    days = legal.get_int(ANSWER_DAYS, today(request))
    return {
        "papers": [(_cut(part.name, 500), _cut(part.name, 160)) for part in parts],
        "is_again": bool(asked),
        "initial": {"answer_days": days},
    }


def _before_request(request: OfficerRequest, dossier: Dossier) -> list[str]:
    said = [
        _("Thời hạn dừng từ lúc này và tính lại từ đầu khi bộ phận một cửa nhận đủ bổ sung."),
        _("Phiếu yêu cầu bổ sung do bộ phận một cửa chuyển cho người nộp; in ở trang hồ sơ."),
    ]
    days = legal.get_int(RETURN_DAYS, today(request))
    return_by = queries.find_return_by(dossier, days)
    if request.at > return_by:
        sentence = _(
            "Đã quá %(days)s ngày làm việc kể từ khi tiếp nhận (đến %(until)s): yêu cầu này là muộn."
        )
        said.append(sentence % {"days": days, "until": moment(return_by)})
    return said


def _offer_missing(request: OfficerRequest, dossier: Dossier) -> Typed:
    named = [(part, (str(part.pk), _cut(part.name, 160))) for part in queries.get_parts(dossier)]
    missing = [choice for part, choice in named if not part.is_present]
    return {"papers": missing, "parts": [choice for _part, choice in named]}


def _read_accepted(request: OfficerRequest, typed: Typed) -> Typed:
    facts = {"note": typed["note"], "part_ids": [int(pk) for pk in typed.get("papers", ())]}
    if (file_id := keep_given(request, typed, "scan")) is None:
        return facts
    return facts | {"part_files": [(typed["scan_part"], file_id)]}


def _before_accepting(request: OfficerRequest, dossier: Dossier) -> list[str]:
    asked = [one for one in queries.find_requests(dossier) if one.answered_at is None]
    return [_("Đã yêu cầu:"), *(f"– {item}" for one in asked for item in one.items)]


def before_end(request: OfficerRequest, dossier: Dossier) -> list[str]:
    """What ending early does: the clock, what was waited for, the money taken."""
    said = [_("Hồ sơ khép lại ngay; việc đang chờ ở mọi bộ phận được rút về, người nộp nhận thông báo.")]
    taken = payments.get_account(dossier.code).collected_vnd
    if taken:
        sentence = _(
            "Đã thu %(sum)s. Luật chung không nói phí này có được hoàn hay không: theo quy định của khoản thu."
        )
        said.append(sentence % {"sum": money(taken)})
    return said


def offer_end(request: OfficerRequest, dossier: Dossier) -> Typed:
    """How the applicant asks for it: at this counter today, unless it was asked for at the portal."""
    if request.method == "POST":
        return {}
    wished_at = find_withdrawal_wish(dossier)
    if wished_at is None:
        return {"initial": {"requested_on": today(request)}}
    return {"initial": {"request_channel": "online", "requested_on": timezone.localdate(wished_at)}}


def _before_closing(request: OfficerRequest, dossier: Dossier) -> list[str]:
    return [
        _("Người nộp được bổ sung đến %(until)s.") % {"until": moment(one.due_at)}
        for one in queries.find_requests(dossier)
        if one.answered_at is None and one.ended_at is None
    ]


def _read_payment(request: OfficerRequest, typed: Typed) -> Typed:
    facts = plain("paper", "note")(request, typed)
    return facts | {"review_at": _close(request, typed["review_at"], "review_at")}


def _read_suspension(request: OfficerRequest, typed: Typed) -> Typed:
    facts = plain("basis", "note")(request, typed)
    return facts | {"review_at": _close(request, typed["review_at"], "review_at")}


def _read_extension(request: OfficerRequest, typed: Typed) -> Typed:
    facts = plain("reason", "basis", "signer_title")(request, typed)
    return facts | {"new_due_at": _close(request, typed["new_due_at"], "new_due_at")}


def _read_apology(request: OfficerRequest, typed: Typed) -> Typed:
    facts = plain("cause", "reason", "explanation", "signer_title")(request, typed)
    return facts | {"new_due_at": _close(request, typed["new_due_at"], "new_due_at")}


def _offer_signer(request: OfficerRequest, dossier: Dossier) -> Typed:
    actor = request.actor
    return {"initial": {"signer_title": actor.position or _(POST_LABELS[actor.post])}}


def _before_apology(request: OfficerRequest, dossier: Dossier) -> list[str]:
    """Until when it would have been in time, as the law puts it."""
    if dossier.due_at is None:
        return []
    calendar = worktime.get_calendar(dossier.calendar_code)
    last = compute_apology_due(dossier.due_at, legal.get_int(APOLOGY_DAYS, today(request)), calendar)
    late = request.at > last
    sentence = _("Theo luật phải xin lỗi chậm nhất %(until)s; lúc này là muộn.") if late else _(
        "Chậm nhất %(until)s thì còn đúng quy định."
    )  # fmt: skip
    return [
        sentence % {"until": moment(timezone.localtime(last))},
        _("Chỉ được hẹn lại một lần. Người nộp nhận tin báo và phiếu xin lỗi do người đứng đầu ký."),
    ]


def _before_reopening(request: OfficerRequest, dossier: Dossier) -> list[str]:
    said = [_("Hồ sơ trở lại bước giải quyết đầu tiên; thời hạn tính lại từ đầu.")]
    if any(result.voided_at is None for result in queries.find_results(dossier)):
        said.append(_("Số kết quả đã cấp bị hủy, còn trong sổ với lý do; kết quả mới có số mới."))
    if dossier.competent_agency_id in request.actor.inherits:
        said.append(
            _("Cơ quan đã giải quyết nay không còn; %(agency)s kế tục, giải quyết tiếp và cấp số của mình.")
            % {"agency": request.actor.agency_name}
        )
    return said


def _offer_spot(request: OfficerRequest, dossier: Dossier) -> Typed:
    facts = {"title": dossier.procedure_name[:500], "collector_name": dossier.applicant_name}
    return {"signers": counter.find_leaders(dossier, today(request)), "initial": facts}


def _read_spot(request: OfficerRequest, typed: Typed) -> Typed:
    facts = plain("signer_id", "delegation", "title", "collector_name", "note")(request, typed)
    file_id = keep_given(request, typed, "result_file", SCANS)
    return facts if file_id is None else facts | {"file_id": file_id}


def _before_spot(request: OfficerRequest, dossier: Dossier) -> list[str]:
    return [
        _(
            "Kết quả được ký, cấp số và trả ngay cho người đang chờ; không cần giấy tiếp nhận, hồ sơ vẫn vào sổ."
        )
    ]


TURN_PAGES: dict[str, ActPage] = {
    "tai-cho": ActPage(
        Act.SETTLE_ON_SPOT,
        forms_turns.SettleOnSpot,
        on_spot.settle_on_spot,
        _read_spot,
        _offer_spot,
        explain=_before_spot,
    ),
    "yeu-cau-bo-sung": ActPage(
        Act.REQUEST_SUPPLEMENT,
        forms_turns.RequestSupplement,
        supplements.request_supplement,
        _read_request,
        _offer_request,
        explain=_before_request,
    ),
    "nhan-bo-sung": ActPage(
        Act.ACCEPT_SUPPLEMENT,
        forms_turns.AcceptSupplement,
        supplements.accept_supplement,
        _read_accepted,
        _offer_missing,
        explain=_before_accepting,
    ),
    "dong-ho-so": ActPage(
        Act.CLOSE_UNANSWERED,
        forms.Note,
        supplements.close_unanswered,
        plain("note"),
        is_danger=True,
        explain=_before_closing,
    ),
    "cho-nghia-vu-tai-chinh": ActPage(
        Act.REQUEST_PAYMENT, forms_turns.RequestPayment, suspending.request_payment, _read_payment
    ),
    "xong-nghia-vu-tai-chinh": ActPage(
        Act.CONFIRM_PAYMENT, forms_turns.ConfirmPayment, suspending.confirm_payment, plain("proof")
    ),
    "tam-dung": ActPage(Act.SUSPEND, forms_turns.Suspend, suspending.suspend, _read_suspension),
    "tiep-tuc": ActPage(Act.RESUME, forms_turns.Resume, suspending.resume, plain("proof")),
    "gia-han": ActPage(Act.EXTEND, forms_turns.Extend, promising.extend, _read_extension, _offer_signer),
    "xin-loi": ActPage(
        Act.APOLOGISE,
        forms_turns.Apologise,
        promising.apologise,
        _read_apology,
        _offer_signer,
        explain=_before_apology,
    ),
    "mo-lai": ActPage(
        Act.REOPEN,
        forms_turns.Reopen,
        reopening.reopen,
        plain("reason", "basis"),
        is_danger=True,
        explain=_before_reopening,
    ),
}
