"""The intake desk: one screen from the procedure to the receipt."""

from dataclasses import asdict
from datetime import date
from secrets import token_urlsafe

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from motcua.audit import actions as audit
from motcua.catalogue import queries as catalogue
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.dossiers import access, queries
from motcua.dossiers.actions import intake as actions
from motcua.dossiers.forms import PaperRow, Reason, Receive, read_papers
from motcua.organisations import queries as organisations
from motcua.people import rules as people

PERSON_FIELDS = ("name", "id_kind", "id_number", "birth_on", "sex", "address", "phone", "email")


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """The empty desk: the officer's favourite procedures and the box that finds any other."""
    access.require_intake_post(request.actor)
    favourites = queries.find_favourites(request.actor, on=request.today)
    return render(request, "dossiers/choose.html", {"favourites": favourites})


@require_GET
def find_procedure(request: HttpRequest) -> HttpResponse:
    """Procedures whose name or code begins with what was typed, unaccented; a fragment of options."""
    access.require_intake_post(request.actor)
    found = catalogue.search(request.GET.get("q", ""), operated_only=True, limit=12)
    return render(request, "dossiers/_procedure_options.html", {"found": found, "q": request.GET.get("q", "")})


def receive(request: HttpRequest, procedure_code: str) -> HttpResponse:
    """Show the intake form of a procedure; a POST receives the dossier and opens its receipt."""
    access.require_intake_post(request.actor)
    sheet = catalogue.get_intake_sheet(procedure_code, on=request.today, portal_id=request.GET.get("ban"))
    needs_day = sheet.limit_unit in ("none", "")
    if request.method != "POST":
        form = Receive(initial=_initial(request), needs_agreed_due=needs_day)
        return _desk(request, sheet, form, [])
    form = Receive(request.POST, needs_agreed_due=needs_day)
    papers = read_papers(request.POST, [c.id for c in _components(sheet, request.POST.get("case_id"))])
    if not form.is_valid():
        return _desk(request, sheet, form, papers, status=422)
    try:
        dossier = actions.receive(
            actor=request.actor,
            intake=_intake(sheet, form.cleaned_data, papers),
            key=form.cleaned_data["idempotency_key"],
            at=request.at,
        )
    except Refused as no:
        form.add_error(no.field if no.field in form.fields else None, no.message)
        return _desk(request, sheet, form, papers, status=409)
    return redirect("dossiers:received", dossier.code)


@require_POST
def read_card(request: HttpRequest) -> JsonResponse:
    """Read a citizen card's QR text (pasted or scanned) into the fields of the form."""
    access.require_intake_post(request.actor)
    try:
        card = people.parse_citizen_qr(request.POST.get("text", ""))
    except Refused as no:
        return JsonResponse({"error": no.message}, status=422)
    fields = asdict(card)
    for name in ("birth_on", "issued_on"):
        day: date | None = fields[name]
        fields[name] = day.strftime("%d/%m/%Y") if day else ""
    return JsonResponse({"fields": fields, "warnings": list(card.warnings)})


@require_GET
def check_person(request: HttpRequest) -> HttpResponse:
    """The person's open dossiers and possible duplicates, shown beside the form before receiving."""
    access.require_intake_post(request.actor)
    number = request.GET.get("applicant_id_number", "")
    phone = request.GET.get("applicant_phone", "")
    found = queries.find_open_of_person(request.actor, id_number=number, phone=phone)
    audit.record_reading("dossiers.person_checked", actor=request.actor, ids=[d.id for d in found], at=request.at)
    code = request.GET.get("procedure_code", "")
    context = {"found": found, "same": [d for d in found if d.procedure_code == code]}
    return render(request, "dossiers/_person_check.html", context)


def refuse(request: HttpRequest, procedure_code: str) -> HttpResponse:
    """Refuse at intake, in writing and with the reason (Decree 61/2018 art. 17.1b)."""
    access.require_intake_post(request.actor)
    sheet = catalogue.get_intake_sheet(procedure_code, on=request.today, portal_id=request.GET.get("ban"))
    start = {"idempotency_key": token_urlsafe(16), "revision": 0, **{k: v for k, v in request.GET.items()}}
    person = Receive(request.POST or None, initial=_initial(request) | start)
    reason = Reason(request.POST or None, initial=start)
    if request.method == "POST" and person.is_valid() and reason.is_valid():
        try:
            dossier = actions.refuse_intake(
                actor=request.actor,
                intake=_intake(sheet, person.cleaned_data, []),
                reason=reason.cleaned_data["reason"],
                basis=reason.cleaned_data["basis"],
                key=person.cleaned_data["idempotency_key"],
                at=request.at,
            )
        except Refused as no:
            reason.add_error(no.field if no.field in reason.fields else None, no.message)
        else:
            return redirect("dossiers:intake_refused", dossier.code)
    context = {"sheet": sheet, "form": person, "reason": reason}
    return render(request, "dossiers/refuse_intake.html", context, status=422 if request.method == "POST" else 200)


@require_GET
def refused(request: HttpRequest, code: str) -> HttpResponse:
    """The refusal as kept, with the slip to print."""
    dossier = queries.get_dossier(request.actor, code)
    return render(request, "dossiers/intake_refused.html", {"dossier": dossier})
