"""Parts of a whole that begin by transfer: each a dossier of its agency, handed over with a slip (Decree 61 art. 19)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from motcua.audit.actions import Done
from motcua.catalogue import queries as catalogue
from motcua.core.keeping import draft_rows, make_row
from motcua.core.writing import find_day
from motcua.dossiers.actions.opening import bear_people, begin_part, bind_part
from motcua.dossiers.actions.telling import Account, make_event
from motcua.dossiers.models import Dossier, Joint, JointPart, Transfer, serials, store
from motcua.dossiers.queries.placing import Places, find_involved
from motcua.dossiers.rules import numbering
from motcua.dossiers.rules.route import OwnNamedTask, Route, TaskKind, cap_due
from motcua.dossiers.rules.states import Act, State, move
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor
from motcua.processes import queries as processes
from motcua.processes.rules import StepView
from motcua.worktime import queries as worktime
from motcua.worktime.rules import add_working_hours


@dataclass(frozen=True, slots=True)
class _HandOver:
    """Within the act on one part that lets others begin: who hands what over, and for how long it waits to be taken."""

    account: Account
    joint: Joint
    giver: Dossier
    hours: Decimal

    @property
    def on(self) -> date:
        """The day of it."""
        return find_day(self.account.at)


def transfer(
    account: Account, joint: Joint, parts: Sequence[JointPart], *, giver: Dossier, hours: Decimal
) -> None:
    """Parts become dossiers of their agencies, handed over with a slip each that says what to do and until when.

    Called within the act on the giving part that made it possible (Decree 61 art. 19.6, 19.7), whose account keeps
    them; none is no transfer.

    :raises Refused: an agency has no published process for its procedure any more
    """
    if not parts:
        return
    over = _HandOver(account, joint, giver, hours)
    dossiers = [_make(account.actor, joint, part, over.on, account.at) for part in parts]
    numbers = _number(over, dossiers)
    handed = [_hand_over(over, *one) for one in zip(parts, dossiers, numbers, strict=True)]
    slips = [slip for slip, _begun in handed]
    begun = [begun for _slip, begun in handed]
    account.rows += [
        store.draft_begun(begun, giver_id=giver.pk),
        store.draft_parts_begun({part.pk: dossier.pk for part, dossier in zip(parts, dossiers, strict=True)}),
        draft_rows(slips),
    ]
    for dossier in dossiers:
        account.report(dossier, act=Act.TRANSFER, whole=joint.filed_as or joint.code)
    account.done += [
        Done("dossiers.transferred", f"dossiers.joint:{joint.pk}", slip.number) for slip in slips
    ]


def _number(over: _HandOver, dossiers: Sequence[Dossier]) -> list[str]:
    """Give each its code and key, taken with the numbers of their slips, which are the answer."""
    joint, agency_code, year = over.joint, over.account.actor.agency_code, f"{over.on:%Y}"
    taken = serials.reserve(
        joint.agency_code, f"{over.on:%y%m%d}", len(dossiers), slips=(agency_code, year)
    )  # fmt: skip
    for i, dossier in enumerate(dossiers):
        dossier.pk, dossier.code = (
            taken.dossier_ids[i],
            numbering.make_code(joint.agency_code, over.on, taken.serial + i),
        )
    book = agency_code or joint.agency_code
    return [f"{taken.slip + i:02}/{year}/PCXL-{book}" for i in range(len(dossiers))]


def _hand_over(
    over: _HandOver, part: JointPart, dossier: Dossier, number: str
) -> tuple[Transfer, store.Begun]:
    """One part begun under its slip."""
    joint, giver, at = over.joint, over.giver, over.account.at
    steps = processes.get_version(dossier.process_version_id or 0).steps
    task = _take_over_task(dossier, part, steps, over.hours, at)
    begun = _begin(over, dossier, part, task, number)
    assert dossier.due_at is not None
    actor = over.account.actor
    slip = make_row(
        Transfer, joint_id=joint.pk, part_id=part.pk, number=number, from_dossier_id=giver.pk, from_unit_id=actor.unit_id, to_unit_id=task["unit_id"],
        work=part.work or part.name, handed_at=at, giver_name=actor.person_name[:120], due_at=dossier.due_at,
        giver_due_at=giver.due_at, take_over_by=task["due_at"],
    )  # fmt: skip
    return slip, begun


def _make(actor: Actor, joint: Joint, row: JointPart, on: date, at: datetime) -> Dossier:
    sheet = catalogue.get_intake_sheet(row.procedure_code, on)
    process = processes.get_process(sheet.code, row.competent_agency_id, on)
    dossier = make_row(
        Dossier,
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
    unit_id = Places(dossier, find_day(at)).place(step, is_last=False)
    calendar = worktime.get_calendar(dossier.calendar_code)
    return {
        "kind": TaskKind.TRANSFER,
        "step_no": first[0],
        "name": OwnNamedTask.TAKE_OVER % {"part": row.name},
        "post": str(step.post),
        "unit_id": unit_id,
        "assignee_id": None,
        "hours": hours,
        "opened_at": at,
        "due_at": cap_due(add_working_hours(at, hours, calendar), at, dossier.due_at),
        "asked_by_unit_id": None,
    }


def _begin(
    over: _HandOver, dossier: Dossier, part: JointPart, task: dict[str, Any], number: str
) -> store.Begun:
    """People and papers are those of the one form: the people as the giving part has them, the papers as handed in.

    The receiving agency reads the part it builds on (Decree 61 art. 19.6: the file goes with its result).
    """
    joint, giver, actor, at = over.joint, over.giver, over.account.actor, over.account.at
    bear_people(dossier, giver)
    told = {"channel": dossier.channel, "joint": joint.code, "slip": number, "from_code": giver.code}
    event = make_event(actor=actor, act=Act.TRANSFER, from_state=State.SUBMITTED, data=told, at=at)
    involved = find_involved(
        [(dossier.receiving_unit_id, "receives"), (dossier.competent_agency_id, "competent"),
         (dossier.returning_unit_id, "returns"), (task["unit_id"], "handles")],
        over.on,
    )  # fmt: skip
    return begin_part(dossier, part, event, tasks=[task], involved=involved)
