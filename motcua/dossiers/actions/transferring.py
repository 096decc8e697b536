"""Parts of a whole that begin by transfer: each a dossier of its agency, handed over with a slip (Decree 61 art. 19)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.audit.actions import Done
from motcua.catalogue import queries as catalogue
from motcua.core.keeping import keep_rows
from motcua.dossiers.actions.opening import bind_part, gather_parts, mark_kept
from motcua.dossiers.actions.telling import make_event, report
from motcua.dossiers.models import Dossier, Joint, JointPart, PartFile, Party, Transfer, store
from motcua.dossiers.queries.placing import Places, find_involved
from motcua.dossiers.rules import numbering
from motcua.dossiers.rules.route import Route, TaskKind, cap_due
from motcua.dossiers.rules.states import Act, State, move
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor
from motcua.processes import queries as processes
from motcua.processes.rules import StepView
from motcua.worktime import queries as worktime
from motcua.worktime.rules import add_working_hours

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _HandOver:
    """Within the act on one part that lets others begin: who hands what over, and for how long it waits to be taken."""

    actor: Actor
    joint: Joint
    giver: Dossier
    parties: Rows
    hours: Decimal
    at: datetime

    @property
    def on(self) -> date:
        """The day of it."""
        return timezone.localdate(self.at)


def transfer(
    *, actor: Actor, joint: Joint, parts: Sequence[JointPart], giver: Dossier, hours: Decimal, at: datetime
) -> None:
    """Parts become dossiers of their agencies, handed over with a slip each that says what to do and until when.

    Called within the act on the giving part that made it possible (Decree 61 art. 19.6, 19.7); none is no transfer.

    :raises Refused: an agency has no published process for its procedure any more
    """
    if not parts:
        return
    parties = [_copy(party) for party in Party.objects.filter(dossier=giver).order_by("pk")]
    over = _HandOver(actor, joint, giver, parties, hours, at)
    year = f"{over.on:%Y}"
    first = store.take_numbers("transfer", actor.agency_code, year, len(parts))
    book = actor.agency_code or joint.agency_code
    slips = [_hand_over(over, part, f"{first + i:02}/{year}/PCXL-{book}") for i, part in enumerate(parts)]
    store.begin_parts({part.pk: part.dossier_id for part in parts})
    keep_rows(slips)
    _report(over, [part.dossier for part in parts if part.dossier], slips)


def _hand_over(over: _HandOver, part: JointPart, number: str) -> Transfer:
    """One part begun; its slip, to be kept with the others."""
    actor, joint, giver, at = over.actor, over.joint, over.giver, over.at
    dossier = _make(actor, joint, part, over.on, at)
    steps = processes.get_version(dossier.process_version_id or 0).steps
    task = _take_over_task(dossier, part, steps, over.hours, at)
    _insert(over, dossier, part, task, number)
    assert dossier.due_at is not None
    part.dossier, part.dropped_at = dossier, None
    return Transfer(
        joint=joint, part=part, number=number, from_dossier=giver, from_unit_id=actor.unit_id, to_unit_id=task["unit_id"],
        work=part.work or part.name, handed_at=at, giver_name=actor.person_name[:120], due_at=dossier.due_at,
        giver_due_at=giver.due_at, take_over_by=task["due_at"],
    )  # fmt: skip


def _report(over: _HandOver, dossiers: Sequence[Dossier], slips: Sequence[Transfer]) -> None:
    whole = f"dossiers.joint:{over.joint.pk}"
    report(
        actor=over.actor, act=Act.TRANSFER, dossiers=dossiers, whole=over.joint.filed_as or over.joint.code,
        also=[Done("dossiers.transferred", whole, slip.number) for slip in slips], at=over.at,
    )  # fmt: skip


def _make(actor: Actor, joint: Joint, row: JointPart, on: date, at: datetime) -> Dossier:
    sheet = catalogue.get_intake_sheet(row.procedure_code, on)
    process = processes.get_process(sheet.code, row.competent_agency_id, on)
    dossier = Dossier(
        state=str(move(State.SUBMITTED, Act.TRANSFER)), procedure_code=sheet.code, procedure_name=sheet.name,
        field_code=sheet.field_code, version_id=sheet.version_id, case_id=row.papers.get("case_id"),
        process_version_id=process.version_id, channel=joint.channel, filed_as="", site="counter", site_place="", receiving_unit_id=joint.receiving_unit_id,
        competent_agency_id=row.competent_agency_id, returning_unit_id=joint.returning_unit_id,
        received_at=at, received_by_id=actor.user_id, result_delivery=joint.result_delivery,
        return_place=joint.return_place, copies_sets=1,
        calendar_code=organisations.get_calendar_code(row.competent_agency_id, on),
    )  # fmt: skip
    bind_part(dossier, joint, row, start_rule="default", at=at)
    return dossier


def _take_over_task(
    dossier: Dossier, row: JointPart, steps: tuple[StepView, ...], hours: Decimal, at: datetime
) -> dict[str, Any]:
    """The counter's step is done by the hand-over itself: it waits where the step after it will be done."""
    route = Route(steps)
    first = route.ready((), ())
    following = tuple(step for step in steps if step.no in route.ready(first, ())) or steps
    step = following[0]
    unit_id = Places(dossier, timezone.localdate(at)).place(step, is_last=False)
    calendar = worktime.get_calendar(dossier.calendar_code)
    return {
        "kind": TaskKind.TRANSFER,
        "step_no": first[0],
        "name": _("Nhận chuyển xử lý: %(part)s") % {"part": row.name},
        "post": str(step.post),
        "unit_id": unit_id,
        "assignee_id": None,
        "hours": hours,
        "opened_at": at,
        "due_at": cap_due(add_working_hours(at, hours, calendar), at, dossier.due_at),
        "asked_by_unit_id": None,
    }


def _insert(over: _HandOver, dossier: Dossier, part: JointPart, task: dict[str, Any], number: str) -> None:
    """People and papers are those of the one form: the people as the giving part has them, the papers as handed in."""
    joint, giver, on = over.joint, over.giver, over.on
    for name in ("applicant_id", "name_id", "applicant_name", "applicant_folded"):
        setattr(dossier, name, getattr(giver, name))
    told = {"channel": dossier.channel, "joint": joint.code, "slip": number, "from_code": giver.code}
    event = make_event(actor=over.actor, act=Act.TRANSFER, from_state=State.SUBMITTED, data=told, at=over.at)
    involved = find_involved(
        [(dossier.receiving_unit_id, "receives"), (dossier.competent_agency_id, "competent"),
         (dossier.returning_unit_id, "returns"), (task["unit_id"], "handles")],
        on,
    )  # fmt: skip
    kept, papers = gather_parts(dossier, part)
    pk, code, _attached = store.insert_received(
        kept, prefix=numbering.make_prefix(joint.agency_code, on), agency_key=joint.agency_code, period=f"{on:%y%m%d}",
        parties=over.parties, parts=papers, files=[],
        rows=store.make_rows(event, tasks=[task], involved=involved, notes=[]),
    )  # fmt: skip
    mark_kept(dossier, pk, code)
    _attach_files(dossier, part)
    # The receiving agency reads the part it builds on (Decree 61 art. 19.6: the file goes with its result).
    store.let_read(giver.pk, involved)


def _attach_files(dossier: Dossier, row: JointPart) -> None:
    """Scans the counter put in for this part; they were checked as its own when the whole was received."""
    files = row.papers.get("files", [])
    if not files:
        return
    parts = dict(dossier.parts.values_list("component_id", "pk"))
    PartFile.objects.bulk_create(
        PartFile(part_id=parts[component_id], file_id=file_id)
        for component_id, file_id in files
        if component_id in parts
    )


def _copy(party: Party) -> dict[str, Any]:
    names = (
        "role",
        "person_id",
        "kind",
        "full_name",
        "birth_text",
        "sex",
        "address",
        "id_kind",
        "email",
        "authorisation",
    )
    row = {name: getattr(party, name) for name in names}
    hidden = {"id_hex": party.id_enc, "phone_hex": party.phone_enc}
    return row | {name: bytes(value).hex() if value else None for name, value in hidden.items()}
