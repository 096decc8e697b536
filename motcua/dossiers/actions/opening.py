"""What a new dossier is made of: its procedure, papers, people, promise and first steps, written in one statement."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from motcua.catalogue import queries as catalogue
from motcua.catalogue.queries import Case, IntakeSheet
from motcua.core import secret
from motcua.core.keeping import make_row
from motcua.core.marking import _ as _mark
from motcua.core.refusal import Refused
from motcua.core.text import clean_line, fold
from motcua.core.wording import gettext as _
from motcua.core.writing import find_day
from motcua.dossiers.actions.facts import Application, Intake, PersonFacts, choose_return_place
from motcua.dossiers.actions.telling import clean_text, make_event
from motcua.dossiers.models import Dossier, Joint, JointPart, store
from motcua.dossiers.models.dossier import CHANNELS, DELIVERIES
from motcua.dossiers.queries.competence import find_competent, find_returning
from motcua.dossiers.queries.placing import find_involved
from motcua.dossiers.rules import numbering
from motcua.dossiers.rules.completeness import Need, require_complete, require_counts, require_known
from motcua.dossiers.rules.outside import Site, require_site
from motcua.dossiers.rules.route import Route, TaskKind, cap_due, compute_transfer_due
from motcua.dossiers.rules.states import Act, State, move
from motcua.legal import queries as legal
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor, Post
from motcua.people import actions as people
from motcua.people.rules import clean_identifier, clean_phone, gather_initials, words_of
from motcua.processes import queries as processes
from motcua.worktime import queries as worktime
from motcua.worktime.rules import LimitUnit, add_working_hours, compute_due

# What a note is about.
MISSING, AGREED = _mark("Giấy tờ chưa có"), _mark("Ngày hẹn thỏa thuận")
LONGEST_AGREED = timedelta(days=3 * 366)


def require_sheet(intake: Intake, on: date) -> tuple[IntakeSheet, Case | None]:
    """What the procedure asks for on a day, and the chosen case of it.

    :raises Refused: the province does not operate it, or the case is another procedure's.
    """
    sheet = catalogue.get_intake_sheet(intake.procedure_code, on, intake.portal_id)
    if not sheet.is_operated:
        message = _("Thủ tục %(code)s chưa được tổ chức thực hiện tại tỉnh.") % {"code": sheet.code}
        raise Refused("not_operated", message, field="procedure_code")
    return sheet, choose_case(sheet, intake.case_id)


def choose_case(sheet: IntakeSheet, case_id: int | None) -> Case | None:
    """The case with this id, or the first when none was chosen.

    :raises Refused: the case is another procedure's.
    """
    if case_id is None:
        return sheet.cases[0] if sheet.cases else None
    for case in sheet.cases:
        if case.id == case_id:
            return case
    raise Refused("unknown_case", _("Trường hợp đã chọn không thuộc thủ tục này."), field="case_id")


def require_papers(intake: Intake, case: Case | None) -> list[Need]:
    """What the case asks for, when what was handed in answers it.

    :raises Refused: a paper that is not asked for, a count out of bounds, or a required paper missing without a reason.
    """
    components = case.components if case else ()
    needs = [Need(c.id, c.label or c.name, c.is_required, c.basis) for c in components]
    require_known(needs, intake.parts, say=_)
    require_counts(needs, intake.parts, say=_)
    require_complete(needs, intake.parts, intake.missing_reason, say=_)
    return needs


def make_dossier(
    *, actor: Actor, intake: Intake, sheet: IntakeSheet, case: Case | None, state: State, at: datetime
) -> Dossier:
    """A dossier of the intake's facts as the procedure stands today, not yet kept and without its promise.

    :raises Refused: nobody is competent, or a word is none of its choices.
    """
    on = find_day(at)
    act = Act.RECEIVE if state == State.RECEIVED else Act.REFUSE_INTAKE
    competent = find_competent(actor, sheet, intake.competent_agency_id, on)
    returning = find_returning(actor, intake.returning_unit_id, on)
    taken_at = require_site(intake.site, intake.site_place, intake.received_at, at=at, say=_)
    process = processes.get_process(sheet.code, competent.id, on) if state == State.RECEIVED else None
    return make_row(
        Dossier,
        token=secret.new_token(),
        state=str(move(State.SUBMITTED, act)),
        procedure_code=sheet.code,
        procedure_name=sheet.name,
        field_code=sheet.field_code,
        version_id=sheet.version_id,
        case_id=case.id if case else None,
        process_version_id=process.version_id if process else None,
        channel=_require_word(intake.channel, _CHANNELS, "channel"),
        filed_as=intake.filed_as,
        site=intake.site,
        site_place=clean_line(intake.site_place)[:200] if intake.site != Site.COUNTER else "",
        supported_unit_id=intake.supported_unit_id,
        receiving_unit_id=actor.unit_id,
        competent_agency_id=competent.id,
        returning_unit_id=returning,
        received_at=taken_at,
        received_by_id=actor.user_id,
        limit_amount=sheet.limit.amount,
        limit_unit=str(sheet.limit.unit),
        limit_basis=sheet.limit_basis,
        start_rule=str(sheet.start_rule),
        calendar_code=organisations.get_calendar_code(competent.id, on),
        result_delivery=_require_word(intake.result_delivery, _DELIVERIES, "result_delivery"),
        return_place=choose_return_place(intake.result_delivery, intake.return_place, intake.applicant),
        copies_sets=max(1, min(intake.copies_sets, 99)),
    )


_CHANNELS, _DELIVERIES = (frozenset(value for value, _label in choices) for choices in (CHANNELS, DELIVERIES))


def _require_word(word: str, words: Collection[str], field: str) -> str:
    if word not in words:
        raise Refused("unknown_choice", _("Lựa chọn không có trong danh sách."), field=field)
    return word


def set_due(dossier: Dossier, intake: Intake, sheet: IntakeSheet, at: datetime) -> None:
    """The promise: from the limit and the calendar, or agreed with a reason where the law sets none."""
    if sheet.no_deadline:
        agreed = intake.agreed_due_at
        if agreed is None or not intake.agreed_reason.strip():
            message = _("Thủ tục này chưa có thời hạn: chọn ngày hẹn trả và ghi lý do.")
            raise Refused(
                "due_needed", message, field="agreed_due_on" if agreed is None else "agreed_due_reason"
            )
        if not at < agreed <= at + LONGEST_AGREED:
            raise Refused(
                "bad_due",
                _("Ngày hẹn trả phải sau lúc tiếp nhận và trong vòng ba năm."),
                field="agreed_due_on",
            )
        dossier.due_at = dossier.original_due_at = agreed
        return
    calendar = worktime.get_calendar(dossier.calendar_code)
    since, limit = dossier.received_at, dossier.limit_amount
    due = compute_due(since, limit, dossier.limit_unit, dossier.start_rule, (), calendar)
    dossier.due_at = dossier.original_due_at = due.at
    dossier.is_provisional = due.is_provisional


def first_tasks(*, actor: Actor, dossier: Dossier, at: datetime) -> list[dict[str, Any]]:
    """The first steps stay with whoever received, until handed over: what came online at once, what came to the counter
    the same day, or the next morning after the hour of Decree 61/2018 art. 18.2."""
    assert dossier.process_version_id is not None
    steps = processes.get_version(dossier.process_version_id).steps
    numbers = Route(steps).ready((), ())
    calendar = worktime.get_calendar(dossier.calendar_code)
    cutoff = legal.get_held_int("transfer.cutoff_hour_of_day", find_day(at), at)
    return [
        {
            "kind": TaskKind.HANDLE,
            "step_no": step.no,
            "name": step.name,
            "post": str(Post.INTAKE_OFFICER),
            "unit_id": actor.unit_id,
            "assignee_id": actor.user_id,
            "hours": step.hours,
            "opened_at": at,
            "due_at": cap_due(
                compute_transfer_due(at, step.hours, cutoff, calendar)
                if dossier.channel != "online"
                else add_working_hours(at, step.hours, calendar),
                at,
                dossier.due_at,
            ),
            "asked_by_unit_id": None,
        }
        for step in steps
        if step.no in numbers
    ]


def bind_part(dossier: Dossier, joint: Joint, row: JointPart, *, start_rule: str, at: datetime) -> None:
    """Make a dossier a part of a whole: the part's own limit counted from now, under the token of the one receipt."""
    dossier.joint_id, dossier.token = joint.pk, joint.token
    dossier.limit_amount, dossier.limit_unit = row.days, LimitUnit.WORKING_DAY.value
    dossier.limit_basis, dossier.start_rule = row.basis, start_rule
    calendar = worktime.get_calendar(dossier.calendar_code)
    due = compute_due(at, row.days, LimitUnit.WORKING_DAY, start_rule, (), calendar)
    dossier.due_at = dossier.original_due_at = due.at
    dossier.is_provisional = due.is_provisional


def begin_part(
    dossier: Dossier, row: JointPart, event: store.Row, *,
    tasks: list[dict[str, Any]], involved: list[dict[str, object]], notes: Sequence[dict[str, str]] = (),
) -> store.Begun:  # fmt: skip
    """A part that begins, with the papers handed in for it, to be written at the end of the act.

    Its scans were checked as the counter's own when the whole was received.
    """
    columns = read_columns(dossier)
    parts = row.papers.get("parts", [])
    names = {part["component_id"] for part in parts}
    scans = dict.fromkeys(map(tuple, row.papers.get("files", [])))
    files = [{"component_id": c, "file_id": f} for c, f in scans if c in names]
    dossier._state.adding, dossier._state.db = False, "default"
    row.dossier, row.dropped_at = dossier, None
    return store.Begun(dossier.pk, dossier.code, columns, event, parts, files, tasks, involved, notes)


def write_notes(*written: tuple[str, str]) -> list[dict[str, str]]:
    """What was written at the counter, each with what it is about in a marked sentence, if anything was."""
    return [
        {"text": clean_text(text), "basis": _(basis) if basis else ""}
        for text, basis in written
        if text.strip()
    ]


def bear_people(dossier: Dossier, kept: "KeptPeople | Dossier") -> None:
    """Who applies, as the people just kept say it or as another part does."""
    for name in ("applicant_id", "applicant_name", "applicant_folded", "name_id", "initials"):
        setattr(dossier, name, getattr(kept, name))


KEPT = (
    "token", "state", "outcome", "revision", "procedure_code", "procedure_name", "field_code", "version_id", "case_id",
    "joint_id", "process_version_id", "channel", "filed_as", "site", "site_place", "supported_unit_id", "receiving_unit_id", "competent_agency_id",
    "returning_unit_id", "applicant_id", "applicant_name", "applicant_folded", "name_id", "initials", "received_at",
    "received_by_id", "original_due_at", "due_at", "is_provisional", "limit_amount", "limit_unit", "limit_basis",
    "start_rule", "calendar_code", "finished_at", "returned_at", "result_delivery", "return_place", "copies_sets",
)  # fmt: skip


def read_columns(dossier: Dossier) -> dict[str, Any]:
    """What is kept of a new dossier beside its number."""
    held = dossier.__dict__
    return {name: held[name] for name in KEPT}


@dataclass(frozen=True, slots=True)
class KeptPeople:
    """The people of one application: who applies, and a row for each party as it was said."""

    applicant_id: int
    applicant_name: str
    applicant_folded: str
    name_id: int
    initials: int
    parties: list[Mapping[str, Any]]


def keep_people(application: Application, at: datetime) -> KeptPeople:
    """Keep the people of an application, each once however many dossiers come of it.

    :raises Refused: no name, or a name longer than the column.
    """
    applicant = people.keep_person(application.applicant, at=at)
    rows: list[Mapping[str, Any]] = [_party("applicant", applicant.pk, application.applicant)]
    for role, facts in (("submitter", application.submitter), ("authorised", application.authorised)):
        if facts is not None:
            person = people.keep_person(facts, at=at)
            rows.append(_party(role, person.pk, facts, application.authorisation))
    name = clean_line(application.applicant.full_name)
    words = words_of(fold(name)[:300])
    return KeptPeople(applicant.pk, name, " ".join(words), applicant.name_id, gather_initials(words), rows)


def insert(
    *,
    actor: Actor,
    act: Act,
    dossier: Dossier,
    intake: Intake,
    kept: KeptPeople,
    needs: list[Need],
    tasks: list[dict[str, Any]],
    notes: list[dict[str, str]],
    at: datetime,
) -> None:
    """Keep a dossier of people already kept, with every row of it in one statement; the number is taken there.

    :raises Refused: a file that is not the officer's own
    """
    on = find_day(at)
    event = make_event(actor=actor, act=act, from_state=State.SUBMITTED, data=say_intake(dossier), at=at)
    bear_people(dossier, kept)
    parts = list_papers(intake, needs)
    names = {part["component_id"] for part in parts}
    files = [{"component_id": c, "file_id": f} for c, f in dict.fromkeys(intake.part_files) if c in names]
    pk, code, attached = store.insert_received(
        read_columns(dossier),
        prefix=numbering.make_prefix(actor.agency_code, on, say=_),
        agency_key=actor.agency_code,
        period=f"{on:%y%m%d}",
        parties=kept.parties,
        parts=parts,
        files=files,
        event=event,
        rows={
            "tasks": tasks,
            "involved": find_units(dossier, on),
            "notes": notes,
            "events": [store.say_event(event)],
        },
    )
    if attached != len(files):
        raise Refused("unknown_file", _("Có tệp đính kèm không dùng được. Tải tệp lên lại."), field="files")
    dossier.pk, dossier.code = pk, code
    dossier._state.adding, dossier._state.db = False, "default"


def list_papers(intake: Intake, needs: list[Need]) -> list[dict[str, Any]]:
    """What was handed in of the papers asked for, as it is kept."""
    names = {need.component_id: need.name for need in needs}
    return [
        {"component_id": p.component_id, "name": names[p.component_id], "originals": p.originals, "copies": p.copies,
         "is_present": p.is_present, "note": clean_line(p.note)[:300]}
        for p in intake.parts if p.component_id in names
    ]  # fmt: skip


def find_units(dossier: Dossier, on: date) -> list[dict[str, object]]:
    """The units a new dossier concerns."""
    places = (
        (dossier.receiving_unit_id, "receives"),
        (dossier.competent_agency_id, "competent"),
        (dossier.returning_unit_id, "returns"),
        (dossier.supported_unit_id, "supports"),
    )
    return find_involved(places, on)


def say_intake(dossier: Dossier) -> dict[str, Any]:
    """How it came; of the site only that it was outside: the place may be somebody's home."""
    told = {"channel": dossier.channel}
    return told if dossier.site == Site.COUNTER else {**told, "site": dossier.site}


def _party(role: str, person_id: int, facts: PersonFacts, authorisation: str = "") -> dict[str, Any]:
    number, phone = clean_identifier(facts.id_number), clean_phone(facts.phone)
    birth = facts.birth_text or (f"{facts.birth_on:%d/%m/%Y}" if facts.birth_on else "")
    return {
        "role": role,
        "person_id": person_id,
        "kind": facts.kind,
        "full_name": clean_line(facts.full_name)[:250],
        "birth_text": birth[:20],
        "sex": facts.sex[:10],
        "address": clean_line(facts.address)[:500],
        "id_kind": str(facts.id_kind)[:16],
        "id_hex": secret.encrypt(number).hex() if number else None,
        "phone_hex": secret.encrypt(phone).hex() if phone else None,
        "email": clean_line(facts.email)[:254],
        "authorisation": clean_line(authorisation)[:300],
    }
