"""The printed forms of a dossier, each filled from what is kept, in the layout of the day it was received."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from motcua.audit import actions as audit
from motcua.core.writing import moment
from motcua.documents.forms_data import (
    ApologyData,
    ComponentLine,
    ControlSlipData,
    FeeLine,
    FormData,
    HandedDossier,
    HandOverLine,
    HandoverSlipData,
    Head,
    Principal,
    ReceiptData,
    RefusalData,
    RegisterData,
    RegisterLine,
    StopNoticeData,
    SupplementData,
)
from motcua.documents.printing import print_form
from motcua.dossiers import queries
from motcua.dossiers.actions import printing as actions
from motcua.dossiers.models import Dossier, Party, Printing
from motcua.dossiers.queries import counter
from motcua.dossiers.rules.papers import PAPERS, require_printable
from motcua.dossiers.rules.promise import Change
from motcua.dossiers.rules.states import Act, State
from motcua.dossiers.views.listing import read_list
from motcua.organisations import queries as organisations
from motcua.organisations.queries import UnitView
from motcua.organisations.requests import OfficerRequest, today
from motcua.payments import queries as payments

REGISTER_LINES = 200
REGISTER_DAYS = timedelta(days=31)
LIMIT_WORDS = {
    "working_hour": "giờ làm việc",
    "working_day": "ngày làm việc",
    "calendar_day": "ngày",
    "month": "tháng",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A dossier with what every form says of it."""

    request: OfficerRequest
    dossier: Dossier
    parties: dict[str, Party]
    form: str
    printing: Printing

    @property
    def on(self) -> date:
        """The day it was received: layouts and names are those of that day."""
        return timezone.localdate(self.dossier.received_at)

    @property
    def applicant(self) -> Party:
        return self.parties["applicant"]

    @property
    def number(self) -> str:
        """The serial of the dossier with the mark of the form."""
        paper = PAPERS[self.form]
        return f"{self.dossier.code.rpartition('-')[2]}/{paper.mark}{paper.tail}"

    def name(self, unit_id: int | None) -> str:
        return queries.name_unit(unit_id, self.on)

    def base(self) -> dict[str, object]:
        """Head, code, QR and the mark of a copy."""
        dossier = self.dossier
        address = reverse("portal:follow", args=[dossier.code, dossier.token])
        return {
            "head": _head(dossier.receiving_unit_id, self.on, self.number),
            "dossier_code": dossier.code,
            "tracking_url": self.request.build_absolute_uri(address),
            "token": dossier.token,
            "is_reprint": self.printing.is_reprint,
            "reprint_note": f"lần {self.printing.no}, {moment(self.printing.at)}",
        }

    def addressed(self) -> dict[str, object]:
        """The applicant's part of the forms given to people."""
        person = self.applicant
        facts = {"address": person.address, "phone": person.phone, "email": person.email}
        return (
            self.base()
            | facts
            | {
                "applicant_name": person.full_name,
                "applicant_id_no": person.id_number,
                "request_content": self.dossier.procedure_name,
                "officer_name": self.request.actor.person_name,
            }
        )


def _head(unit_id: int, on: date, number: str) -> Head:
    unit = organisations.get_unit(unit_id, on)
    lineage = organisations.get_lineage(unit_id, on)
    above = next((u.agency_name for u in lineage if u.id != unit_id), "")
    return Head(parent_body=above, unit_name=unit.name, number=number, place=_place(lineage), issued_on=on)


def _place(lineage: Sequence[UnitView]) -> str:
    """The commune or province written before the day, without the word for its kind."""
    own = next((u.name for u in lineage if u.kind in ("commune", "province")), "")
    return own.partition(" ")[2] or own


@require_GET
@xframe_options_sameorigin
def dossier_form(request: OfficerRequest, code: str, form: str) -> HttpResponse:
    """One form of a dossier as PDF; every printing is counted, and those after the first say so.

    `lan` names one press of a button: the reader that asks for the same file again prints nothing new.
    """
    dossier = queries.get_dossier(request.actor, code)
    require_printable(form, State(dossier.state), queries.gather_turns(dossier).names, say=_)
    parties = {party.role: party for party in queries.get_parties(dossier)}
    printing = actions.print_form(
        actor=request.actor, dossier=dossier, form=form, key=request.GET.get("lan", ""), at=request.at
    )
    sheet = Sheet(request, dossier, parties, form, printing)
    return _pdf(print_form(form, sheet.on, FILLERS[form](sheet)), f"{code}-{form}.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _receipt(sheet: Sheet) -> FormData:
    dossier = sheet.dossier
    amount = f"{dossier.limit_amount.normalize():f}"
    unit = LIMIT_WORDS.get(dossier.limit_unit, "")
    same_day = "trong ngày làm việc" if dossier.limit_unit == "same_day" else ""
    clock = queries.explain_clock(dossier, sheet.request.at)
    submitter = sheet.parties.get("submitter") or sheet.parties.get("authorised") or sheet.applicant
    return ReceiptData(
        **sheet.addressed(),  # type: ignore[arg-type]
        principal=_principal(sheet),
        components=tuple(
            ComponentLine(name=p.name, originals=p.originals, copies=p.copies, note=p.note)
            for p in queries.get_parts(dossier)
            if p.is_present
        ),
        set_count=dossier.copies_sets,
        statutory_duration=f"{amount} {unit}" if unit else same_day,
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        due_lines=tuple(str(getattr(line, "text", line)).rstrip(".") for line in clock.lines),
        fees=_fees(payments.get_account(dossier.code)),
        result_return_place=dossier.return_place or sheet.name(dossier.returning_unit_id),
        submitter_name=submitter.full_name,
    )


def _fees(account: payments.Account) -> tuple[FeeLine, ...]:
    """Lines charged, then money taken with the number of its receipt; what was waived or voided is left out."""
    charged = [FeeLine(name=c.name, amount_vnd=c.amount_vnd) for c in account.charges if c.waived_at is None]
    taken = [
        FeeLine(
            name=f"đã thu, biên lai số {t.receipt_number}" if t.receipt_number else "đã thu",
            amount_vnd=t.amount_vnd,
        )
        for t in account.collections
        if t.voided_at is None
    ]
    return (*charged, *taken)


def _principal(sheet: Sheet) -> Principal | None:
    """Who authorised the submitter: the applicant, with the paper shown."""
    authorised, person = sheet.parties.get("authorised"), sheet.applicant
    if authorised is None:
        return None
    return Principal(
        full_name=person.full_name,
        address=person.address,
        id_no=person.id_number,
        phone=person.phone,
        email=person.email,
        paper=authorised.authorisation,
    )


def _reason(dossier: Dossier, *acts: Act) -> tuple[str, str]:
    """What was written beside the act that ended it, and its basis."""
    lines = [line for line in queries.get_history(dossier) if line.act in acts]
    return (lines[-1].note, lines[-1].basis) if lines else ("", "")


def _refusal(sheet: Sheet) -> FormData:
    reason, basis = _reason(sheet.dossier, Act.REFUSE_INTAKE)
    return RefusalData(**sheet.addressed(), reason=reason, basis=basis)  # type: ignore[arg-type]


def _stop(sheet: Sheet) -> FormData:
    dossier = sheet.dossier
    reason, basis = _reason(dossier, Act.STOP, Act.WITHDRAW, Act.CLOSE_UNANSWERED)
    return StopNoticeData(
        **sheet.addressed(),  # type: ignore[arg-type]
        received_at=dossier.received_at,
        requested_at=dossier.finished_at,
        state_at_request=dossier.state_label,
        reason=reason,
        basis=basis,
    )


def _supplement(sheet: Sheet) -> FormData:
    """The last request; whoever asked is the one to help."""
    asked = queries.find_requests(sheet.dossier)[-1]
    return SupplementData(
        **sheet.addressed(),  # type: ignore[arg-type]
        items=tuple(asked.items),
        reason=asked.reason,
        basis=asked.basis,
        answer_by=asked.due_at,
        contact_name=asked.contact_name,
        contact_phone=asked.contact_phone,
    )


def _apology(sheet: Sheet) -> FormData:
    """The letter of the head of the agency, on the agency's own paper and of the day it was signed."""
    dossier = sheet.dossier
    changes = queries.find_promise_changes(dossier)
    made = [one for one in changes if one.change == Change.APOLOGISE][-1]
    signed_on = timezone.localdate(made.at)
    facts = sheet.addressed() | {"head": _head(made.agency_id, signed_on, sheet.number)}
    return ApologyData(
        **facts,  # type: ignore[arg-type]
        addressee=f"Ông (Bà)/Tổ chức {sheet.applicant.full_name}",
        agency_name=queries.name_unit(made.agency_id, signed_on),
        received_on=sheet.on,
        due_at=made.old_due_at,
        new_due_at=made.new_due_at,
        reason=made.reason,
        signer_title=made.signer_title,
        signer_name=made.signer_name,
    )


def _control(sheet: Sheet) -> FormData:
    dossier = sheet.dossier
    tasks = sorted(queries.get_tasks(dossier), key=lambda t: (t.opened_at, t.pk))
    lines = tuple(
        HandOverLine(
            from_unit=sheet.name(before.unit_id),
            to_unit=sheet.name(after.unit_id),
            handed_at=after.opened_at,
            step_result=_step_result(before.done_at, before.due_at),
            note=after.name,
            receiver=after.assignee.full_name if after.assignee else "",
        )
        for before, after in zip(tasks, tasks[1:], strict=False)
    )
    return ControlSlipData(
        **sheet.base(),  # type: ignore[arg-type]
        procedure_name=dossier.procedure_name,
        processing_agency=sheet.name(dossier.competent_agency_id),
        coordinating_agencies=tuple(
            sheet.name(opinion.asked_unit_id) for opinion in queries.find_opinions(dossier, sheet.on)
        ),
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        lines=lines,
    )


def _step_result(done_at: object, due_at: object) -> str:
    if done_at is None:
        return ""
    return _("quá hạn") if done_at > due_at else _("đúng hạn")  # type: ignore[operator]


def _handover(sheet: Sheet) -> FormData:
    dossier = sheet.dossier
    waiting = [t for t in queries.get_tasks(dossier) if t.done_at is None]
    work = HandedDossier(
        dossier_code=dossier.code,
        procedure_name=dossier.procedure_name,
        applicant_name=dossier.applicant_name,
        work="; ".join(t.name for t in waiting),
        due_at=waiting[0].due_at if waiting else dossier.due_at,
    )
    return HandoverSlipData(
        **sheet.base(),  # type: ignore[arg-type]
        from_unit=sheet.name(dossier.receiving_unit_id),
        to_unit=sheet.name(waiting[0].unit_id if waiting else dossier.competent_agency_id),
        handed_at=sheet.request.at,
        lines=(work,),
        giver_name=sheet.request.actor.person_name,
    )


FILLERS: dict[str, Callable[[Sheet], FormData]] = {
    "receipt": _receipt,
    "refusal_slip": _refusal,
    "supplement_slip": _supplement,
    "apology_slip": _apology,
    "stop_notice": _stop,
    "control_slip": _control,
    "handover_slip": _handover,
}


@require_GET
@xframe_options_sameorigin
def register(request: OfficerRequest) -> HttpResponse:
    """The register on paper as it is filtered, the newest two hundred."""
    on = today(request)
    rows = queries.find_register(
        request.actor, read_list(request, "register").asked, size=REGISTER_LINES
    ).rows
    audit.record_reading(
        "dossiers.printed.register", actor=request.actor, ids=[d.pk for d in rows], at=request.at
    )
    data = RegisterData(
        head=_head(request.actor.unit_id, on, ""),
        first_day=timezone.localdate(rows[-1].received_at) if rows else on - REGISTER_DAYS,
        last_day=on,
        lines=_lines(rows, on),
        keeper_name=request.actor.person_name,
    )
    return _pdf(print_form("dossier_register", on, data), "so-theo-doi.pdf")


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
        agency=queries.name_unit(dossier.competent_agency_id, on),
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        returned_at=dossier.returned_at,
        return_method=str(dossier.get_result_delivery_display()),
        set_count=dossier.copies_sets,
    )
