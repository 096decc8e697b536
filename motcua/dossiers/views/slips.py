"""What each slip of a dossier says, filled from what is kept: whoever prints it again changes nothing of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from textwrap import shorten

from django.urls import reverse
from django.utils import timezone

from motcua.core.writing import moment
from motcua.documents.forms_data import (
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
)
from motcua.documents.forms_facts import ApplicantFacts, FormFacts
from motcua.dossiers import queries
from motcua.dossiers.models import Dossier, Event, Party, Printing, Task
from motcua.dossiers.queries.filing import find_group_refused
from motcua.dossiers.rules.handing import find_hand_overs
from motcua.dossiers.rules.papers import number_paper
from motcua.dossiers.rules.route import TaskOutcome
from motcua.dossiers.rules.states import Act
from motcua.organisations import queries as organisations
from motcua.organisations.queries import UnitView
from motcua.organisations.requests import OfficerRequest
from motcua.organisations.rules import TERRITORY_KINDS
from motcua.payments import queries as payments
from motcua.processes import queries as processes

# Longer names of papers would take a receipt to a second sheet; the whole name stands in the dossier.
PAPER_LENGTH = 115
LIMIT_WORDS = {
    "working_hour": "giờ làm việc",
    "working_day": "ngày làm việc",
    "calendar_day": "ngày",
    "month": "tháng",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A dossier with what every form says of it.

    `no` is which of several papers of the form it is, `place` which of those of its mark.
    """

    request: OfficerRequest
    dossier: Dossier
    parties: dict[str, Party]
    form: str
    printing: Printing
    no: int = 1
    place: int = 1

    @property
    def on(self) -> date:
        """The day it was received: layouts and names are those of that day."""
        return timezone.localdate(self.dossier.received_at)

    @property
    def applicant(self) -> Party:
        return self.parties["applicant"]

    @property
    def number(self) -> str:
        """The serial of the dossier with the mark of the form, and which paper of this mark it is."""
        return number_paper(self.form, self.dossier.code, self.place)

    def name(self, unit_id: int | None) -> str:
        return queries.name_unit(unit_id, self.on)

    def find_event(self, *acts: Act) -> Event | None:
        """The last event of one of these acts."""
        return next((e for e in reversed(queries.find_events(self.dossier)) if e.act in acts), None)

    def name_author(self, *acts: Act) -> str:
        """Who did it, whoever prints the paper of it."""
        event = self.find_event(*acts)
        return event.person_name if event else self.request.actor.person_name

    def base(self, issued_on: date | None = None, unit_id: int | None = None) -> FormFacts:
        """Head, code, QR and the mark of a copy.

        :param issued_on: the day the paper speaks of; that of reception when it is none
        :param unit_id: on whose paper; that of the place of reception when it is none
        """
        dossier = self.dossier
        on = issued_on or self.on
        return {
            "head": make_head(unit_id or dossier.receiving_unit_id, on, self.number),
            "dossier_code": dossier.code,
            "tracking_url": self.tracking_url(dossier.code, dossier.token),
            "token": dossier.token,
            "is_reprint": self.printing.is_reprint,
            "reprint_note": f"lần {self.printing.no}, {moment(self.printing.at)}",
        }

    def tracking_url(self, code: str, token: str) -> str:
        """Where the QR leads."""
        return self.request.build_absolute_uri(reverse("portal:follow", args=[code, token]))

    def addressed(self, issued_on: date | None = None, unit_id: int | None = None) -> ApplicantFacts:
        """The applicant's part of the forms given to people."""
        person = self.applicant
        return {
            **self.base(issued_on, unit_id),
            "applicant_name": person.full_name,
            "applicant_id_no": person.id_number,
            "address": person.address,
            "phone": person.phone,
            "email": person.email,
            "request_content": self.dossier.procedure_name,
            "officer_name": self.request.actor.person_name,
        }


def make_head(unit_id: int, on: date, number: str) -> Head:
    """Who issues a paper: a People's Committee by its full name and alone, others under the body above them.

    The body above may be written short, as in `UBND xã Hướng Phùng` (Decree 30/2020/ND-CP, annex I, part I, II.2).
    """
    unit = organisations.get_unit(unit_id, on)
    lineage = organisations.get_lineage(unit_id, on)
    above = next((u.short_agency_name for u in lineage if u.id != unit_id), "")
    return Head(
        parent_body="" if unit.kind in TERRITORY_KINDS else above,
        unit_name=unit.agency_name,
        number=number,
        place=_place(lineage),
        issued_on=on,
    )


def _place(lineage: Sequence[UnitView]) -> str:
    """The commune or province written before the day, without the word for its kind."""
    own = next((u.name for u in lineage if u.kind in ("commune", "province")), "")
    return own.partition(" ")[2] or own


def _receipt(sheet: Sheet) -> FormData:
    dossier = sheet.dossier
    amount = f"{dossier.limit_amount.normalize():f}"
    unit = LIMIT_WORDS.get(dossier.limit_unit, "")
    same_day = "trong ngày làm việc" if dossier.limit_unit == "same_day" else ""
    return ReceiptData(
        **_received_of(sheet) | {"officer_name": sheet.name_author(Act.RECEIVE)},
        principal=_principal(sheet),
        components=tuple(
            ComponentLine(
                name=shorten(p.name, PAPER_LENGTH, placeholder="…"),
                originals=p.originals,
                copies=p.copies,
                note=p.note,
            )
            for p in queries.get_parts(dossier)
            if p.is_present
        ),
        set_count=dossier.copies_sets,
        statutory_duration=f"{amount} {unit}" if unit else same_day,
        received_at=dossier.received_at,
        due_at=dossier.original_due_at,
        due_lines=tuple(line.text.rstrip(".") for line in queries.explain_first_promise(dossier)),
        fees=_fees(payments.get_account(dossier.code)),
        result_return_place=dossier.return_place or sheet.name(dossier.returning_unit_id),
        submitter_name=_submitter(sheet),
    )


def _submitter(sheet: Sheet) -> str:
    parties = sheet.parties
    return (parties.get("submitter") or parties.get("authorised") or sheet.applicant).full_name


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


def _received_of(sheet: Sheet) -> ApplicantFacts:
    """Received of whoever was authorised, for the applicant, who is named below as the one who authorised."""
    facts, person = sheet.addressed(), sheet.parties.get("authorised")
    if person is not None:
        facts["applicant_name"], facts["applicant_id_no"] = person.full_name, person.id_number
        facts["address"], facts["phone"], facts["email"] = person.address, person.phone, person.email
    return facts


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
    facts = sheet.addressed() | {"officer_name": sheet.name_author(Act.REFUSE_INTAKE)}
    if name := find_group_refused(sheet.dossier):
        facts["request_content"] = name
    return RefusalData(
        **facts,
        reason=reason,
        basis=basis,
        submitter_name=_submitter(sheet),
    )


def _control(sheet: Sheet) -> FormData:
    dossier = sheet.dossier
    return ControlSlipData(
        **sheet.base(),
        procedure_name=dossier.procedure_name,
        processing_agency=sheet.name(dossier.competent_agency_id),
        coordinating_agencies=tuple(dict.fromkeys(_name_asked(sheet))),
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        lines=_find_lines(sheet),
    )


def _find_lines(sheet: Sheet) -> tuple[HandOverLine, ...]:
    """Each hand-over with who did it and who took it on, as their acts name them."""
    dossier = sheet.dossier
    who = {event.at: event.person_name for event in queries.find_events(dossier)}
    tasks = sorted(queries.get_tasks(dossier), key=lambda t: (t.opened_at, t.pk))
    version_id = dossier.process_version_id
    steps = processes.get_version(version_id).steps if version_id else ()
    outside = {o.task_id: o.outside_name for o in queries.find_opinions(dossier, sheet.on) if o.outside_name}
    return tuple(
        HandOverLine(
            from_unit=sheet.name(line.giver.unit_id),
            to_unit=outside.get(line.receiver.pk) or sheet.name(line.receiver.unit_id),
            handed_at=line.at,
            step_result=_step_result(line.giver.done_at, line.giver.due_at) if line.is_done else "",
            note=line.receiver.name,
            giver=_name_holder(line.giver, who),
            # A body outside signs for nothing here: who wrote its answer down is not who was asked.
            receiver="" if line.receiver.pk in outside else _name_holder(line.receiver, who),
        )
        for line in find_hand_overs(tasks, {step.no: step.runs_after for step in steps})
    )


def _name_holder(task: Task, who: Mapping[datetime, str]) -> str:
    """Whoever ended the task with an act of their own, else whoever it was given to."""
    own = task.done_at is not None and task.outcome not in (TaskOutcome.LAPSED, TaskOutcome.RECALLED)
    done_by = who.get(task.done_at, "") if own and task.done_at else ""
    return done_by or (task.assignee.full_name if task.assignee else "")


def _name_asked(sheet: Sheet) -> list[str]:
    """Who was asked for an opinion, within the system and outside it."""
    asked = queries.find_opinions(sheet.dossier, sheet.on)
    return [opinion.outside_name or sheet.name(opinion.asked_unit_id) for opinion in asked]


def _step_result(done_at: datetime | None, due_at: datetime) -> str:
    """Earlier by a day at least is early; on the day and before the hour is in time."""
    if done_at is None:
        return ""
    if done_at > due_at:
        return "quá hạn"
    return "trước hạn" if timezone.localdate(done_at) < timezone.localdate(due_at) else "đúng hạn"


def _handover(sheet: Sheet) -> FormData:
    """What is handed on now: a line for each other unit that has work to do, with that work and its term."""
    dossier, now = sheet.dossier, sheet.request.at
    open_ = [t for t in queries.get_tasks(dossier) if t.done_at is None]
    # Nobody hands anything to themselves: what the giver does besides (taking what was asked for) stays with it.
    waiting = [t for t in open_ if t.unit_id != sheet.request.actor.unit_id] or open_
    units = list(dict.fromkeys(t.unit_id for t in waiting)) or [dossier.competent_agency_id]
    return HandoverSlipData(
        **sheet.base(timezone.localdate(now), sheet.request.actor.unit_id),
        from_unit=sheet.name(sheet.request.actor.unit_id),
        to_unit="; ".join(sheet.name(unit_id) for unit_id in units),
        handed_at=now,
        lines=tuple(_handed(sheet, unit_id, waiting, len(units) > 1) for unit_id in units),
        giver_name=sheet.request.actor.person_name,
    )


def _handed(sheet: Sheet, unit_id: int, waiting: Sequence[Task], is_one_of_many: bool) -> HandedDossier:
    dossier = sheet.dossier
    own = [t for t in waiting if t.unit_id == unit_id]
    work = "; ".join(t.name for t in own)
    return HandedDossier(
        dossier_code=dossier.code,
        procedure_name=dossier.procedure_name,
        applicant_name=dossier.applicant_name,
        papers=_count_papers(sheet),
        work=f"{sheet.name(unit_id)}: {work}" if is_one_of_many else work,
        due_at=min((t.due_at for t in own), default=dossier.due_at),
    )


def _count_papers(sheet: Sheet) -> str:
    parts = [part for part in queries.get_parts(sheet.dossier) if part.is_present]
    counts = ComponentLine(
        name="", originals=sum(p.originals for p in parts), copies=sum(p.copies for p in parts)
    ).count
    return f"{len(parts):02} giấy tờ ({counts})" if counts else f"{len(parts):02} giấy tờ"


FILLERS: dict[str, Callable[[Sheet], FormData]] = {
    "receipt": _receipt,
    "refusal_slip": _refusal,
    "control_slip": _control,
    "handover_slip": _handover,
}
