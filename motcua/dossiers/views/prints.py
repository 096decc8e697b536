"""Printing the forms of a dossier and the register, in the layout of the day that counts and always in Vietnamese."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from motcua.audit import actions as audit
from motcua.catalogue import queries as catalogue
from motcua.core.refusal import Refused
from motcua.core.text import read_count
from motcua.documents.forms_data import RegisterData, RegisterLine
from motcua.documents.printing import print_form
from motcua.dossiers import access, queries
from motcua.dossiers.actions import printing as actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import Narrowing, counter
from motcua.dossiers.queries.tracking import ENDED_EARLY
from motcua.dossiers.rules.papers import require_printable
from motcua.dossiers.rules.states import State
from motcua.dossiers.views.listing import read_list
from motcua.dossiers.views.slips import FILLERS, Sheet, make_head
from motcua.dossiers.views.slips_turns import TURN_FILLERS
from motcua.organisations.requests import OfficerRequest, today

REGISTER_LINES = 1000
REGISTER_DAYS = timedelta(days=31)
# A paper of the office is in Vietnamese, whatever language its officer reads (Decree 30/2020/ND-CP, annex I).
IN_VIETNAMESE = "vi"


@require_GET
@xframe_options_sameorigin
def dossier_form(request: OfficerRequest, code: str, form: str) -> HttpResponse:
    """One form of a dossier as PDF; every printing is counted, and those after the first say so.

    `lan` names one press of a button: the reader that asks for the same file again prints nothing new. `so` says which
    of several papers of the form; the last when it is not said.
    """
    dossier = queries.get_dossier(request.actor, code)
    if dossier.is_erased:
        raise access.erased()
    if form == "receipt" and (whole := queries.find_joint_code(dossier)):
        return redirect(
            f"{reverse('dossiers:print_joint', args=[whole])}?lan={request.GET.get('lan', '')[:32]}"
        )
    turns = queries.gather_turns(dossier)
    paper = require_printable(form, State(dossier.state), turns.times, say=_)
    no = _choose_paper(request.GET.get("so", ""), queries.count_papers(dossier, form, turns))
    parties = {party.role: party for party in queries.get_parties(dossier)}
    printing = actions.print_form(
        actor=request.actor, dossier=dossier, form=form, no=no, key=request.GET.get("lan", ""), at=request.at
    )
    sheet = Sheet(request, dossier, parties, form, printing, no, turns.find_place(paper.needs, no))
    with translation.override(IN_VIETNAMESE):
        content = print_form(form, sheet.on, (FILLERS | TURN_FILLERS)[form](sheet))
    return answer_pdf(content, f"{code}-{form}{f'-{no}' if no > 1 else ''}.pdf")


def _choose_paper(asked: str, times: int) -> int:
    """Which of the papers of a form; :raises Refused: there are not so many."""
    if not asked:
        return times
    if not (number := read_count(asked, times)):
        raise Refused("not_found", _("Hồ sơ không có giấy này."))
    return number


def answer_pdf(content: bytes, name: str) -> HttpResponse:
    """A printed form shown in the page or a tab of its own."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@require_GET
@xframe_options_sameorigin
def register(request: OfficerRequest) -> HttpResponse:
    """The register on paper as it is filtered: the newest thousand, and a line that says so when there are more."""
    asked = read_list(request, "register").asked
    page = queries.find_register(request.actor, asked, size=REGISTER_LINES)
    rows = page.rows
    audit.record_reading(
        "dossiers.printed.register", actor=request.actor, ids=[d.pk for d in rows], at=request.at
    )
    with translation.override(IN_VIETNAMESE):
        book = _book(request, rows, asked, is_cut=page.next_cursor is not None)
        content = print_form("dossier_register", _find_layout_day(rows, today(request)), book)
    return answer_pdf(content, "so-theo-doi.pdf")


def _find_layout_day(rows: Sequence[Dossier], on: date) -> date:
    """A book of old dossiers keeps the layout of its time: that of its newest line."""
    return timezone.localdate(rows[0].received_at) if rows else on


def _book(
    request: OfficerRequest, rows: Sequence[Dossier], asked: Narrowing, *, is_cut: bool
) -> RegisterData:
    """One book: of the field and the days that were asked, else from the first line to today."""
    on = today(request)
    more = f"Chỉ in {len(rows)} hồ sơ mới nhất; lọc theo ngày để in phần còn lại." if is_cut else ""
    return RegisterData(
        head=make_head(request.actor.unit_id, on, ""),
        footnote=more,
        field_name=dict(catalogue.find_fields()).get(asked.field, ""),
        first_day=(None if is_cut else asked.since) or _first_day(rows, on),
        last_day=asked.until or on,
        lines=_lines(rows, on),
        keeper_name=request.actor.person_name,
    )


def _first_day(rows: Sequence[Dossier], on: date) -> date:
    return timezone.localdate(rows[-1].received_at) if rows else on - REGISTER_DAYS


def _lines(rows: Sequence[Dossier], on: date) -> tuple[RegisterLine, ...]:
    contacts = counter.find_contacts([dossier.pk for dossier in rows])
    return tuple(
        _line(number, dossier, contacts.get(dossier.pk, ""), on)
        for number, dossier in enumerate(reversed(rows), start=1)
    )


def _line(number: int, dossier: Dossier, contact: str, on: date) -> RegisterLine:
    return RegisterLine(
        entry_no=f"{number:02}",
        dossier_code=dossier.code,
        procedure_name=dossier.procedure_name,
        applicant_name=dossier.applicant_name,
        contact=contact,
        agency=_name_agency(dossier, on),
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        returned_at=dossier.returned_at,
        return_method=str(dossier.get_result_delivery_display()),
        set_count=dossier.copies_sets,
        note=dossier.state_label if State(dossier.state) in ENDED_EARLY else "",
    )


def _name_agency(dossier: Dossier, on: date) -> str:
    """As it is called now; one that is no more, as it was called when it received the dossier."""
    agency_id = dossier.competent_agency_id
    return queries.name_unit(agency_id, on) or queries.name_unit(
        agency_id, timezone.localdate(dossier.received_at)
    )
