"""Filed online: what waits at this counter with its clock, one filing as it came, and its three answers."""

from collections.abc import Sequence
from datetime import datetime, time
from secrets import token_urlsafe
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from motcua.audit import actions as audit
from motcua.catalogue.queries import Case, IntakeSheet
from motcua.core.marking import _ as _mark
from motcua.core.middleware import status_of
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.refusing import say_refusal
from motcua.documents import queries as documents
from motcua.dossiers import access, queries
from motcua.dossiers.actions import filing as actions
from motcua.dossiers.actions.facts import Intake, PartFacts
from motcua.dossiers.actions.filing_joint import accept_group_filing
from motcua.dossiers.forms_online import AcceptFiling, RefuseFiling, ReturnFiling, read_file_choices
from motcua.dossiers.models import Filing, FilingPaper
from motcua.dossiers.queries import filing as filings
from motcua.dossiers.rules.acceptance import FilingState, Step
from motcua.dossiers.views.online_group import GroupDesk
from motcua.organisations.requests import OfficerRequest, today

# The tabs of the list: what waits for us, what waits for the applicant, what was answered.
TABS: dict[str, tuple[str, tuple[FilingState, ...]]] = {
    "cho-tiep-nhan": (_mark("Chờ tiếp nhận"), (FilingState.WAITING,)),
    "cho-hoan-thien": (_mark("Chờ hoàn thiện"), (FilingState.ASKED,)),
    "yeu-cau": (_mark("Yêu cầu sau tiếp nhận"), (FilingState.ACCEPTED,)),
    "da-tra-loi": (
        _mark("Đã trả lời"),
        (FilingState.ACCEPTED, FilingState.REFUSED, FilingState.WITHDRAWN, FilingState.CLOSED),
    ),
}
# Three forms on one page: each names its fields apart.
RETURN_ID, REFUSE_ID = "tra-lai-%s", "tu-choi-%s"
ACCEPT_FIELDS = ("result_delivery", "return_place", "missing_reason", "note")


@require_GET
def waiting(request: OfficerRequest, tab: str = "cho-tiep-nhan") -> HttpResponse:
    """The filings of the counter, the most pressing first."""
    if tab not in TABS:
        raise Refused("not_found", _("Không có nhóm việc này."))
    _require_reader(request)
    cursor = request.GET.get("cursor")
    if tab == "yeu-cau":
        page = filings.find_with_wishes(request.actor, cursor)
    else:
        page = filings.find_filings(request.actor, TABS[tab][1], cursor)
    counts = filings.count_filings(request.actor)
    audit.record_reading(
        "dossiers.filings", actor=request.actor, ids=[f.pk for f in page.rows], at=request.at
    )
    numbers = {
        "cho-tiep-nhan": counts["waiting"],
        "cho-hoan-thien": counts["asked"],
        "yeu-cau": counts["wished"],
    }
    context = {
        "tab": tab,
        "tabs": [(slug, _(label), numbers.get(slug)) for slug, (label, _states) in TABS.items()],
        "page": page,
        "rows": [filings.make_row(filing, request.at) for filing in page.rows],
        "names": filings.name_procedures(page.rows, today(request)),
    }
    return render(request, "dossiers/filings.html", context)


@require_GET
def look(request: OfficerRequest, reference: str) -> HttpResponse:
    """One filing as it came: who, for what, with which papers, and what can be answered."""
    filing = filings.get_filing(request.actor, reference)
    actions.note_seen(actor=request.actor, filing=filing, at=request.at)
    return _show(request, filing)


@require_POST
def accept(request: OfficerRequest, reference: str) -> HttpResponse:
    """Receive it: number, clock, receipt."""
    filing = _require_own(request, reference)
    if filing.bundle_code:
        return _accept_group(request, filing)
    sheet = filings.find_sheet(filing, today(request))
    if sheet is None or "switch_case" in request.POST:
        return _show(request, filing)
    form = _accept_form(request, sheet, data=request.POST)
    if not form.is_valid():
        return _show(request, filing, accept_form=form, status=422)
    try:
        dossier = actions.accept_filing(
            actor=request.actor,
            reference=reference,
            intake=_read_intake(request, filing, sheet, form.cleaned_data),
            revision=form.cleaned_data["revision"],
            key=form.cleaned_data["idempotency_key"],
            at=request.at,
        )
    except Refused as no:
        names = {"parts": "missing_reason", "agreed_due_on": "agreed_due_on"}
        field = names.get(no.field or "", no.field)
        form.add_error(field if field in form.fields else None, no.message)
        return _show(request, filing, accept_form=form, status=status_of(no))
    return redirect("dossiers:received", dossier.code)


def _accept_group(request: OfficerRequest, filing: Filing) -> HttpResponse:
    """Receive the whole: one number, a promise for the whole and one for each part."""
    bundle = filings.find_group(filing, today(request))
    if bundle is None:
        return _show(request, filing)
    desk = GroupDesk(request, filing, bundle)
    form = desk.make_form(data=request.POST)
    if not form.is_valid():
        return _show(request, filing, accept_form=form, status=422)
    try:
        joint = accept_group_filing(
            actor=request.actor,
            reference=filing.reference,
            intake=desk.read_intake(form),
            revision=form.cleaned_data["revision"],
            key=form.cleaned_data["idempotency_key"],
            at=request.at,
        )
    except Refused as no:
        field = {"parts": "missing_reason"}.get(no.field or "", no.field)
        form.add_error(field if field in form.fields else None, no.message)
        return _show(request, filing, accept_form=form, status=status_of(no))
    return redirect("dossiers:joint", joint.code)


@require_POST
def give_back(request: OfficerRequest, reference: str) -> HttpResponse:
    """Return it once for completion, with everything that is wanting."""
    filing = _require_own(request, reference)
    form = ReturnFiling(request.POST, auto_id=RETURN_ID, is_again=bool(filings.find_rounds(filing)))
    if not form.is_valid():
        return _show(request, filing, return_form=form, status=422)
    typed = form.cleaned_data
    asked = actions.Asked(form.get_items(), typed["reason"], typed["basis"], typed["override_reason"])
    try:
        actions.return_filing(
            actor=request.actor, reference=reference, asked=asked, revision=typed["revision"], at=request.at
        )
    except Refused as no:
        say_refusal(form, no)
        return _show(request, filing, return_form=form, status=status_of(no))
    messages.success(request, _("Đã trả lại hồ sơ để người nộp hoàn thiện."))
    return redirect("dossiers:filing", reference)


@require_POST
def refuse(request: OfficerRequest, reference: str) -> HttpResponse:
    """Do not accept it, with the reason."""
    filing = _require_own(request, reference)
    form = RefuseFiling(request.POST, auto_id=REFUSE_ID)
    if not form.is_valid():
        return _show(request, filing, refuse_form=form, status=422)
    typed = form.cleaned_data
    intake = Intake(
        procedure_code=filing.procedure_code,
        applicant=filings.read_person(filing),
        competent_agency_id=filing.agency_id,
    )
    try:
        actions.refuse_filing(
            actor=request.actor,
            reference=reference,
            intake=intake,
            reason=typed["reason"],
            basis=typed["basis"],
            revision=typed["revision"],
            key=typed["idempotency_key"],
            at=request.at,
        )
    except Refused as no:
        say_refusal(form, no)
        return _show(request, filing, refuse_form=form, status=status_of(no))
    messages.success(request, _("Đã từ chối tiếp nhận; Cổng Dịch vụ công quốc gia và người nộp được báo."))
    return redirect("dossiers:filing", reference)


@require_POST
def settle(request: OfficerRequest, reference: str, wish_id: int) -> HttpResponse:
    """What the applicant asked of an accepted dossier has been seen to."""
    _require_own(request, reference)
    actions.settle_wish(actor=request.actor, reference=reference, wish_id=wish_id, at=request.at)
    messages.success(request, _("Đã ghi là đã xử lý."))
    return redirect("dossiers:filing", reference)


@require_GET
def paper(request: OfficerRequest, reference: str, paper_id: int) -> FileResponse:
    """A paper of a filing as it was sent."""
    filing = filings.get_filing(request.actor, reference)
    found = [one for one in filings.find_papers(filing) if one.pk == paper_id and one.file is not None]
    if not found or found[0].file is None:
        raise Refused("not_found", _("Không có giấy tờ này."))
    audit.record_reading("dossiers.filing_paper", actor=request.actor, ids=[found[0].file.pk], at=request.at)
    return documents.serve_file(found[0].file, inline=True)


def _require_reader(request: OfficerRequest) -> None:
    heads = request.actor.post in access.HEADS or request.actor.sees_all
    if not (access.may_receive(request.actor) or heads):
        raise Refused("forbidden", _("Chỉ bộ phận một cửa và người đứng đầu xem hồ sơ nộp trực tuyến."))


def _require_own(request: OfficerRequest, reference: str) -> Filing:
    access.require_intake_post(request.actor)
    return filings.get_filing(request.actor, reference)


def _show(request: OfficerRequest, filing: Filing, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page, with whatever form was typed into; the reading is kept."""
    on = today(request)
    audit.record_reading("dossiers.filing_read", actor=request.actor, ids=[filing.pk], at=request.at)
    sheet, papers = filings.find_sheet(filing, on), filings.find_papers(filing)
    case = _choose_case(request, sheet)
    may_answer = filing.is_open and access.may_answer(request.actor, filing)
    start = {"revision": filing.revision, "idempotency_key": token_urlsafe(16)}
    context: dict[str, Any] = {
        "filing": filing,
        "row": filings.make_row(filing, request.at),
        "is_unseen_late": filings.find_step_of(filing, request.at) in (Step.ALERTED, Step.LATE),
        "facts": filing.facts,
        "sheet": sheet,
        "case": case,
        "papers": papers,
        "chosen": _find_choices(request, papers, case),
        "requests": list(filing.requests.order_by("round")),
        "wishes": filings.find_wishes(filing),
        "group": None,
        "may_settle": access.may_answer(request.actor, filing),
        "place_name": queries.name_unit(filing.unit_id, on),
        "agency_name": queries.name_unit(filing.agency_id, on) if filing.agency_id else "",
        "may_answer": may_answer,
        "preview": queries.preview_due(request.actor, sheet, filing.agency_id, at=request.at)
        if sheet and may_answer
        else None,
    }
    bundle = filings.find_group(filing, on)
    desk = GroupDesk(request, filing, bundle) if bundle else None
    if desk:
        context |= {"group": bundle, "asked": desk.asked, "chosen": desk.chosen, "plan": desk.plan}
    if may_answer:
        is_again = bool(context["requests"])
        fresh = {
            "accept_form": desk.make_form(initial=start | _guess(filing) | desk.guess())
            if desk
            else _accept_form(request, sheet, initial=start | _guess(filing))
            if sheet
            else None,
            "return_form": ReturnFiling(initial=start, auto_id=RETURN_ID, is_again=is_again),
            "refuse_form": RefuseFiling(initial=start, auto_id=REFUSE_ID),
        }
        context |= fresh | {"opened": next(iter(forms), "")} | forms
    return render(request, "dossiers/filing.html", context, status=status)


def _accept_form(request: OfficerRequest, sheet: IntakeSheet, **given: Any) -> AcceptFiling:
    return AcceptFiling(
        given.get("data"),
        initial=given.get("initial"),
        needs_agreed_due=sheet.no_deadline,
        agencies=queries.find_agency_choices(sheet, on=today(request)),
    )


def _guess(filing: Filing) -> dict[str, object]:
    """What follows from the filing: the agency it names, and the electronic result where there is an address for it."""
    email = str(filing.facts.get("email", ""))
    return {
        "competent_agency_id": filing.agency_id,
        "result_delivery": "electronic" if email else "counter",
        "return_place": email,
    }


def _choose_case(request: OfficerRequest, sheet: IntakeSheet | None) -> Case | None:
    if sheet is None or not sheet.cases:
        return None
    asked = request.POST.get("switch_case") or request.POST.get("case_id") or request.GET.get("case")
    return next((case for case in sheet.cases if str(case.id) == asked), sheet.cases[0])


def _find_choices(
    request: OfficerRequest, papers: Sequence[FilingPaper], case: Case | None
) -> dict[int, int]:
    """{file: component}: as chosen on the page, else as the names suggest."""
    if case is None:
        return {}
    if request.method == "POST" and "accepting" in request.POST:
        ids = [one.file_id for one in papers if one.file_id]
        return read_file_choices(request.POST, ids, [c.id for c in case.components])
    return filings.match_papers(case.components, papers)


def _read_intake(
    request: OfficerRequest, filing: Filing, sheet: IntakeSheet, typed: dict[str, Any]
) -> Intake:
    case = _choose_case(request, sheet)
    papers = filings.find_papers(filing)
    chosen = _find_choices(request, papers, case)
    agreed = typed["agreed_due_on"]
    components = case.components if case else ()
    present = set(chosen.values()) | {c.id for c in components if f"part_{c.id}" in request.POST}
    return Intake(
        procedure_code=sheet.code,
        portal_id=sheet.portal_id,
        case_id=case.id if case else None,
        applicant=filings.read_person(filing),
        parts=tuple(PartFacts(c.id, 0, int(c.id in present), c.id in present, "") for c in components),
        part_files=tuple((component, file_id) for file_id, component in chosen.items()),
        competent_agency_id=typed["competent_agency_id"],
        agreed_due_at=timezone.make_aware(datetime.combine(agreed, time(17))) if agreed else None,
        agreed_reason=typed["agreed_due_reason"],
        **{name: typed[name] for name in ACCEPT_FIELDS},
    )
