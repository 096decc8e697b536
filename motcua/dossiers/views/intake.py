"""The intake desk: one screen from the procedure to the receipt."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, time
from secrets import token_urlsafe
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from motcua.audit import actions as audit
from motcua.catalogue import queries as catalogue
from motcua.catalogue.queries import Case, IntakeSheet, ProcedureRow
from motcua.core.forms import BirthField
from motcua.core.pages import render, render_fragment
from motcua.core.refusal import Refused
from motcua.dossiers import access, queries
from motcua.dossiers.actions import intake as actions
from motcua.dossiers.actions import preferences
from motcua.dossiers.actions.facts import Intake, PartFacts, PersonFacts
from motcua.dossiers.forms import Reason, Receive
from motcua.dossiers.forms_papers import PaperRow, read_papers
from motcua.dossiers.views.listing import go_back
from motcua.dossiers.views.scans import keep_scans, name_files
from motcua.organisations.requests import OfficerRequest, today
from motcua.people import queries as persons
from motcua.people import rules as people

PERSON_FIELDS = ("id_kind", "id_number", "birth_on", "sex", "address", "phone", "email")
# What an act calls a fact, and the field of this page where it is typed.
CARD_FIELDS = {
    "id_number": "applicant_id_number",
    "full_name": "applicant_name",
    "birth_on": "applicant_birth_on",
    "sex": "applicant_sex",
    "address": "applicant_address",
}
# Buttons that only look: the form comes back as it was typed, and nothing is received.
LOOK = {"switch_case", "look"}
FIELD_NAMES = {
    "full_name": "applicant_name",
    "received_at": "site_time",
    "id_number": "applicant_id_number",
}


@require_GET
def choose(request: OfficerRequest) -> HttpResponse:
    """The empty desk: the officer's favourite procedures and the box that finds any other."""
    access.require_intake_post(request.actor)
    asked = request.GET.get("q", "").strip()[:100]
    own = queries.find_favourite_codes(request.actor)
    at_hand = queries.find_favourites(request.actor, on=today(request))
    context = {
        "own": own,
        "favourites": [sheet for sheet in at_hand if sheet.code in own],
        "often": [sheet for sheet in at_hand if sheet.code not in own],
        "q": asked,
        "found": _find(asked, own),
        "bundles": catalogue.find_bundles(today(request)),
    }
    return render(request, "dossiers/choose.html", context)


@require_GET
def find_procedure(request: OfficerRequest) -> HttpResponse:
    """Procedures whose name or code begins with what was typed, unaccented; a fragment of options."""
    access.require_intake_post(request.actor)
    asked = request.GET.get("q", "").strip()[:100]
    own = queries.find_favourite_codes(request.actor)
    context = {"found": _find(asked, own), "q": asked, "own": own}
    return render_fragment(request, "dossiers/_procedure_options.html", context)


def _find(asked: str, own: set[str]) -> list[ProcedureRow]:
    """What matches, the officer's favourites first, else in the order of the catalogue."""
    found = catalogue.search(asked, operated_only=True, limit=60) if asked else []
    return sorted(found, key=lambda row: row.code not in own)[:12]


@require_POST
def keep_favourite(request: OfficerRequest) -> HttpResponse:
    """Keep a procedure at hand, or put it back; the star is a button, so it works without JavaScript."""
    access.require_intake_post(request.actor)
    act = preferences.keep_favourite if request.POST.get("keep") == "1" else preferences.drop_favourite
    act(actor=request.actor, procedure_code=request.POST.get("code", "")[:40], at=request.at)
    return redirect(go_back(request, reverse("dossiers:choose")))


def receive(request: OfficerRequest, procedure_code: str) -> HttpResponse:
    """Show the intake form of a procedure; a POST receives the dossier and opens its receipt.

    Scans of the POST are kept first and come back with the form, so that no answer loses them.
    """
    access.require_intake_post(request.actor)
    sheet = catalogue.get_intake_sheet(procedure_code, on=today(request), portal_id=request.GET.get("ban"))
    if request.method != "POST":
        return _desk(request, sheet, _form(request, sheet, initial=_initial(request)), [])
    case = _chosen_case(sheet, request.POST.get("case_id"))
    papers = read_papers(request.POST, [c.id for c in case.components] if case else [])
    papers, not_taken = keep_scans(request, papers)
    if LOOK & request.POST.keys():
        typed = {name: value for name, value in request.POST.items() if name in Receive.base_fields}
        return _desk(request, sheet, _form(request, sheet, initial=typed), papers)
    form = _form(request, sheet, data=request.POST)
    if not form.is_valid() or not_taken:
        for sentence in not_taken:
            form.add_error(None, sentence)
        return _desk(request, sheet, form, papers, status=422)
    if "check_first" in request.POST and (known := know_person(request, sheet.code))["is_warning"]:
        return _desk(request, sheet, form, papers, known, status=409)
    try:
        intake = _intake(sheet, form.cleaned_data, papers, request.at)
        dossier = actions.receive(
            actor=request.actor, intake=intake, key=form.cleaned_data["idempotency_key"], at=request.at
        )
    except Refused as no:
        say_at_field(form, no)
        return _desk(request, sheet, form, papers, status=409)
    return redirect("dossiers:received", dossier.code)


def _form(request: OfficerRequest, sheet: IntakeSheet, **given: Any) -> Receive:
    return Receive(
        given.get("data"),
        initial=given.get("initial"),
        needs_agreed_due=sheet.no_deadline,
        agencies=queries.find_agency_choices(sheet, on=today(request)),
        places=queries.find_places(today(request)),
        on=today(request),
    )


@require_POST
def read_card(request: OfficerRequest) -> JsonResponse:
    """Read a citizen card's QR text (pasted or scanned) into the fields of the form."""
    access.require_intake_post(request.actor)
    try:
        card = people.parse_citizen_qr(request.POST.get("text", ""))
    except Refused as no:
        return JsonResponse({"title": _(no.message)}, status=422)
    typed = {name: _as_typed(value) for name, value in asdict(card).items() if name in CARD_FIELDS}
    if card.birth_on is None and BirthField.reads(card.birth_text):
        typed["birth_on"] = card.birth_text
    fields = {CARD_FIELDS[name]: value for name, value in typed.items()}
    return JsonResponse({"fields": fields, "warnings": [_(warning) for warning in card.warnings]})


def _as_typed(value: object) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "")


@require_GET
def check_person(request: OfficerRequest) -> HttpResponse:
    """What is known of the person typed, shown beside the form before receiving."""
    access.require_intake_post(request.actor)
    code = request.GET.get("procedure_code", "")
    return render_fragment(request, "dossiers/_person_check.html", know_person(request, code))


def know_person(request: OfficerRequest, procedure_code: str) -> dict[str, Any]:
    """Open dossiers, possible duplicates, and the other name the number is kept under; the look is kept."""
    typed = request.POST if request.method == "POST" else request.GET
    number, phone = (typed.get(f"applicant_{name}", "")[:40] for name in ("id_number", "phone"))
    found = queries.find_open_of_person(request.actor, id_number=number, phone=phone)
    name = typed.get("applicant_name", "")[:200]
    conflict = persons.find_name_conflict(number, name) if number and name.strip() else ""
    audit.record_reading(
        "dossiers.person_checked", actor=request.actor, ids=[d.id for d in found], at=request.at
    )
    same = [d for d in found if d.procedure_code == procedure_code]
    return {"found": found, "same": same, "conflict": conflict, "is_warning": bool(same or conflict)}


def refuse(request: OfficerRequest, procedure_code: str) -> HttpResponse:
    """Refuse at intake, in writing and with the reason (Decree 61/2018 art. 17.1b); what was typed at the desk comes along."""
    access.require_intake_post(request.actor)
    sheet = catalogue.get_intake_sheet(procedure_code, on=today(request), portal_id=request.GET.get("ban"))
    agencies = queries.find_agency_choices(sheet, on=today(request))
    comes_from_desk = "from_intake" in request.POST
    if request.method != "POST" or comes_from_desk:
        typed = {name: value for name, value in request.POST.items() if name in Receive.base_fields}
        person = Receive(initial=_initial(request) | typed, agencies=agencies, on=today(request))
        return render(
            request, "dossiers/refuse_intake.html", {"sheet": sheet, "form": person, "reason": Reason()}
        )
    person, reason = Receive(request.POST, agencies=agencies, on=today(request)), Reason(request.POST)
    if person.is_valid() and reason.is_valid():
        try:
            dossier = actions.refuse_intake(
                actor=request.actor,
                intake=_intake(sheet, person.cleaned_data, [], request.at),
                reason=reason.cleaned_data["reason"],
                basis=reason.cleaned_data["basis"],
                key=person.cleaned_data["idempotency_key"],
                at=request.at,
            )
        except Refused as no:
            say_at_field(reason if no.field in reason.fields else person, no)
        else:
            return redirect("dossiers:intake_refused", dossier.code)
    context = {"sheet": sheet, "form": person, "reason": reason}
    return render(request, "dossiers/refuse_intake.html", context, status=422)


@require_GET
def refused(request: OfficerRequest, code: str) -> HttpResponse:
    """The refusal as kept, with the slip to print."""
    dossier = queries.get_dossier(request.actor, code)
    return render(request, "dossiers/intake_refused.html", {"dossier": dossier})


def _initial(request: OfficerRequest) -> dict[str, object]:
    return {"idempotency_key": token_urlsafe(16)}


def _chosen_case(sheet: IntakeSheet, case_id: str | None) -> Case | None:
    chosen = [case for case in sheet.cases if str(case.id) == case_id]
    return chosen[0] if chosen else (sheet.cases[0] if sheet.cases else None)


def _desk(
    request: OfficerRequest,
    sheet: IntakeSheet,
    form: Receive,
    papers: list[PaperRow],
    known: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    if known is None and request.method == "POST":
        known = know_person(request, sheet.code)
    chosen = request.POST.get("switch_case") or request.POST.get("case_id") or request.GET.get("case")
    context = {
        "sheet": sheet,
        "form": form,
        "papers": {row.component_id: row for row in papers},
        "file_names": name_files(request, papers),
        "chosen_case": _chosen_case(sheet, chosen),
        "preview": queries.preview_due(request.actor, sheet, at=request.at),
        "known": known,
        "is_favourite": sheet.code in queries.find_favourite_codes(request.actor),
    }
    return render(request, "dossiers/receive.html", context, status=status)


def say_at_field(form: Any, refusal: Refused) -> None:
    """The refusal's sentence at the field it speaks of, else at the top of the form."""
    field = FIELD_NAMES.get(refusal.field or "", refusal.field)
    form.add_error(field if field in form.fields else None, refusal.message)


def read_hour(typed: time | None, at: datetime) -> datetime | None:
    """The hour said outside, today."""
    return timezone.make_aware(datetime.combine(timezone.localdate(at), typed)) if typed else None


def _intake(sheet: IntakeSheet, typed: dict[str, Any], papers: Sequence[PaperRow], at: datetime) -> Intake:
    """What was typed, as the act takes it."""
    other = read_submitter(typed) if typed["submitter_differs"] else None
    agreed: date | None = typed["agreed_due_on"]
    return Intake(
        procedure_code=sheet.code,
        portal_id=sheet.portal_id,
        case_id=typed["case_id"],
        applicant=read_applicant(typed),
        submitter=other if not typed["authorisation_paper"] else None,
        authorised=other if typed["authorisation_paper"] else None,
        authorisation=typed["authorisation_paper"],
        parts=tuple(PartFacts(p.component_id, p.originals, p.copies, p.is_present, p.note) for p in papers),
        part_files=tuple((p.component_id, f) for p in papers for f in p.file_ids),
        missing_reason=typed["missing_reason"],
        channel=typed["channel"],
        site=typed["site"] or "counter",
        site_place=typed["site_place"],
        received_at=read_hour(typed["site_time"], at),
        competent_agency_id=typed["competent_agency_id"],
        returning_unit_id=typed["returning_unit_id"],
        supported_unit_id=typed["supported_unit_id"],
        result_delivery=typed["result_delivery"],
        return_place=typed["return_place"],
        copies_sets=typed["set_count"],
        agreed_due_at=timezone.make_aware(datetime.combine(agreed, time(17))) if agreed else None,
        agreed_reason=typed["agreed_due_reason"],
        note=typed["note"],
    )


def read_applicant(typed: dict[str, Any]) -> PersonFacts:
    """Whose matter it is, as typed at the desk."""
    facts = {name: typed[f"applicant_{name}"] for name in PERSON_FIELDS}
    if isinstance(facts["birth_on"], str):  # as much of the day as the papers say
        facts["birth_on"], facts["birth_text"] = None, facts["birth_on"]
    return PersonFacts(full_name=typed["applicant_name"], kind=typed["applicant_kind"], **facts)


def read_submitter(typed: dict[str, Any]) -> PersonFacts:
    """Who hands it in instead, as typed at the desk."""
    number = typed["submitter_id_number"]
    kind = people.guess_kind(number) if number else None
    return PersonFacts(
        full_name=typed["submitter_name"],
        id_number=number,
        id_kind=kind or "",
        phone=typed["submitter_phone"],
    )
