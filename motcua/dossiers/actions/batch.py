"""Nhận hàng loạt: applications one organisation brings together, line by line from its Excel file, tried first."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.dossiers import access
from motcua.dossiers.actions.facts import Intake, PartFacts, PersonFacts
from motcua.dossiers.actions.intake import receive
from motcua.dossiers.queries.batch import COLUMNS, find_twice
from motcua.dossiers.queries.lists import find_possible_duplicates
from motcua.organisations.rules import Actor
from motcua.organisations.sheets import SheetRow, read_rows
from motcua.people.rules import clean_identifier, guess_kind

MOST_LINES = 500
SEXES = {"nam": "male", "nữ": "female", "nu": "female"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What all applications of the file have in common; who brings them is the submitter of each."""

    procedure_code: str
    submitter: PersonFacts
    component_ids: tuple[int, ...] = ()
    case_id: int | None = None
    missing_reason: str = ""
    competent_agency_id: int | None = None
    result_delivery: str = "counter"
    return_place: str = ""
    agreed_due_at: datetime | None = None
    agreed_reason: str = ""


@dataclass(slots=True)
class Line:
    """What became, or would become, of one line of the file."""

    number: int
    name: str
    code: str = ""
    due_at: datetime | None = None
    problem: str = ""
    warning: str = ""


@dataclass(slots=True)
class BatchReport:
    """The file line by line; nothing is kept of a trial, or when a line is wrong."""

    is_dry_run: bool
    lines: list[Line] = field(default_factory=list)

    @property
    def problems(self) -> list[Line]:
        """Lines that cannot be received."""
        return [line for line in self.lines if line.problem]


# Typed once for the whole file: said at its field and not line by line.
OF_ALL = frozenset({"competent_agency_id"})


class _Undo(Exception):
    """Leaves the transaction without a trace."""


def receive_batch(
    *, actor: Actor, content: bytes, batch: Batch, dry_run: bool, key: str = "", at: datetime
) -> BatchReport:
    """Receive every line of the file as an application of its own, all of them or none; a trial receives none.

    :raises Refused: not a counter, not an Excel file, no lines or more than five hundred, or what all lines share is wrong.
    """
    access.require_intake_post(actor)
    rows = read_rows(content, COLUMNS)
    if not rows or len(rows) > MOST_LINES:
        raise Refused("bad_file", _("Tệp phải có từ 1 đến %(n)s dòng.") % {"n": MOST_LINES}, field="file")
    report = BatchReport(dry_run)
    twice = find_twice([clean_identifier(row.get("id_number")) for row in rows])
    try:
        with transaction.atomic():
            for row in rows:
                report.lines.append(_take(actor, row, batch, twice, key, at))
            if dry_run or report.problems:
                raise _Undo
            codes = [line.code for line in report.lines]
            audit.record("dossiers.batch_received", actor=actor, ids=codes, note=batch.procedure_code, at=at)
    except _Undo:
        for line in report.lines:
            line.code = ""
    return report


def _take(actor: Actor, row: SheetRow, batch: Batch, twice: frozenset[str], key: str, at: datetime) -> Line:
    line = Line(row.number, clean_line(row.get("full_name"))[:120])
    number = clean_identifier(row.get("id_number"))
    if faults := _find_faults(row, number, twice):
        line.problem = " ".join(faults)
        return line
    try:
        with transaction.atomic():
            dossier = receive(
                actor=actor, intake=_make_intake(row, batch), key=f"{key}:{row.number}" if key else "", at=at
            )
    except Refused as no:
        if no.field in OF_ALL:
            raise
        line.problem = no.message
        return line
    line.code, line.due_at = dossier.code, dossier.due_at
    line.warning = _warn(actor, batch, number, dossier.code)
    return line


def _find_faults(row: SheetRow, number: str, twice: frozenset[str]) -> list[str]:
    """Everything a line says wrongly by itself, at once: nobody mends a file one fault at a time."""
    faults, sex = [], row.get("sex")
    if not clean_line(row.get("full_name")):
        faults.append(_("Chưa có họ tên."))
    if not number or guess_kind(row.get("id_number")) is None:
        said = {"number": row.get("id_number")[:30]}
        faults.append(_("Số giấy tờ không đúng dạng: %(number)s.") % said)
    if number in twice:
        faults.append(_("Số giấy tờ này có ở hai dòng của tệp."))
    try:
        row.get_day("birth_on")
    except Refused as no:
        faults.append(no.message)
    if sex and sex.lower() not in SEXES:
        faults.append(_("Giới tính ghi Nam hoặc Nữ: %(sex)s.") % {"sex": sex[:30]})
    return faults


def _make_intake(row: SheetRow, batch: Batch) -> Intake:
    """A line without faults of its own."""
    number = row.get("id_number")
    birth = row.get_day("birth_on")
    applicant = PersonFacts(
        full_name=row.get("full_name"),
        id_number=number,
        id_kind=str(guess_kind(number)),
        birth_on=birth,
        sex=SEXES.get(row.get("sex").lower(), ""),
        address=row.get("address"),
        phone=row.get("phone"),
        email=row.get("email"),
    )
    return Intake(
        procedure_code=batch.procedure_code,
        applicant=applicant,
        submitter=batch.submitter,
        case_id=batch.case_id,
        parts=tuple(PartFacts(component, 1, 0, True, "") for component in batch.component_ids),
        missing_reason=batch.missing_reason,
        competent_agency_id=batch.competent_agency_id,
        result_delivery=batch.result_delivery,
        return_place=batch.return_place,
        agreed_due_at=batch.agreed_due_at,
        agreed_reason=batch.agreed_reason,
        note=row.get("note"),
    )


def _warn(actor: Actor, batch: Batch, number: str, code: str) -> str:
    """An open dossier of the same person and procedure is no refusal, but worth a look."""
    others = find_possible_duplicates(actor, procedure_code=batch.procedure_code, id_number=number)
    same = [one.code for one in others if one.code != code]
    return _("Đang có hồ sơ %(codes)s cùng thủ tục.") % {"codes": ", ".join(same[:3])} if same else ""
