"""What an act on one part means for the whole: parts that begin now, parts that never will, and where the whole stands."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.catalogue import queries as catalogue
from motcua.core.keeping import amend_row, keep_row
from motcua.core.prepared import open_cursor
from motcua.core.reading import read_row
from motcua.dossiers.actions.opening import bind_part, gather_parts
from motcua.dossiers.actions.telling import AFTER_FILING, make_event, tell
from motcua.dossiers.models import Dossier, Involvement, Joint, JointPart, PartFile, Party, Transfer, store
from motcua.dossiers.queries.joints import find_promises, find_standings, get_group, get_plan, get_rows
from motcua.dossiers.queries.placing import Places, find_involved
from motcua.dossiers.rules import interlinked, national, numbering
from motcua.dossiers.rules.interlinked import Order, Outcome
from motcua.dossiers.rules.route import Route, TaskKind, cap_due
from motcua.dossiers.rules.states import Act, State, move
from motcua.integrations import actions as integrations
from motcua.notifications import actions as notifications
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor
from motcua.processes import queries as processes
from motcua.processes.rules import StepView
from motcua.worktime import queries as worktime
from motcua.worktime.rules import add_working_hours

# What a whole is told by; an act that changes none of these in a part changes nothing in the whole.
TOLD_BY = ("state", "outcome", "original_due_at", "due_at", "finished_at")


def follow(*, actor: Actor, act: Act, dossier: Dossier, at: datetime) -> None:
    """Let the parts begin that waited for this one, leave out those that waited in vain, and say where the whole stands.

    The whole is locked after the part, always in this order. Of a whole that was withdrawn nothing begins until a part
    is reopened.
    """
    assert dossier.joint_id is not None
    joint = read_row(Joint, "id = %s FOR UPDATE", [dossier.joint_id])
    assert joint is not None
    if joint.withdrawn_at is not None:
        if act is not Act.REOPEN:
            settle(joint, get_rows(joint), at)
            return
        joint.withdrawn_at = None
        joint.save(update_fields=["withdrawn_at"])
    rows = get_rows(joint)
    bundle = catalogue.get_bundle_version(joint.bundle_id)
    group = get_group(joint, rows, bundle)
    order = Order(bundle.order)
    ready, dropped = interlinked.find_next(group, order, find_standings(rows))
    for row in rows:
        if row.no in ready:
            transfer(actor=actor, joint=joint, part=row, giver=dossier, hours=bundle.take_over_hours, at=at)
        elif row.dossier_id is None and (row.no in dropped) != (row.dropped_at is not None):
            _leave_out(joint, row, at, is_dropped=row.no in dropped)
    settle(joint, rows, at)


def leave_out_rest(*, joint: Joint, at: datetime) -> Joint:
    """Of a whole that was withdrawn no part begins any more; said once, with the whole. As it now stands."""
    with open_cursor() as cursor:
        cursor.execute(_DROPPED, [at, joint.pk])
    return settle_whole(joint, at)


_DROPPED = """
UPDATE dossiers_jointpart SET dropped_at = %s WHERE joint_id = %s AND dossier_id IS NULL AND dropped_at IS NULL
"""


def settle_whole(joint: Joint, at: datetime) -> Joint:
    """Settle a whole once after an act on several of its parts: locked after them, as always. As it now stands."""
    whole = read_row(Joint, "id = %s FOR UPDATE", [joint.pk])
    assert whole is not None
    settle(whole, get_rows(whole), at)
    return whole


def settle(joint: Joint, rows: Sequence[JointPart], at: datetime) -> None:
    """State, outcome, promise and end of the whole as those of its parts are now; the applicant hears of the end."""
    standings = find_standings(rows)
    left_out = State.WITHDRAWN if joint.withdrawn_at else State.STOPPED
    states = {
        no: left_out if one.is_dropped else one.state or State.RECEIVED for no, one in standings.items()
    }
    bundle = catalogue.get_bundle_version(joint.bundle_id)
    calendar = worktime.get_calendar(joint.calendar_code)
    before, was_open = joint.state, joint.finished_at is None
    stood = _stand(joint)
    joint.state = str(interlinked.find_whole_state(states))
    joint.outcome = str(interlinked.find_outcome(list(standings.values())))
    joint.due_at = interlinked.find_whole_due(
        get_group(joint, rows, bundle), Order(bundle.order), get_plan(joint, rows), find_promises(rows), calendar
    )  # fmt: skip
    is_open = joint.outcome == Outcome.OPEN
    joint.finished_at = None if is_open else joint.finished_at or at
    if joint.filed_as and before != joint.state:
        tell_portal(joint, at)
    if _stand(joint) != stood:
        amend_row(joint, "state", "outcome", "due_at", "finished_at", "told")
    if was_open and joint.state == State.RESULT_READY:
        tell_whole(joint, "dossiers/result_ready", at=at)
    elif before != joint.state == State.RETURNED:
        tell_whole(joint, "dossiers/returned", at=at)


def tell_portal(joint: Joint, at: datetime) -> None:
    """The portal hears of the whole under the code the form was filed as; of each part under the part's own.

    The caller keeps `told`.
    """
    joint.told += 1
    payload = {
        "code": joint.code,
        "act": "whole",
        "status": national.get_code(State(joint.state)),
        "channel": national.get_channel_code(joint.channel),
        "procedure_code": catalogue.get_bundle_version(joint.bundle_id).code,
        "due_at": joint.due_at.isoformat(),
        "at": at.isoformat(),
    }
    integrations.put(
        "npsp",
        "dossier.status",
        agency_id=organisations.get_agency_of(joint.receiving_unit_id, timezone.localdate(at)).id,
        reference=joint.filed_as,
        sequence=AFTER_FILING + joint.told,
        payload=payload,
        at=at,
    )


def _stand(joint: Joint) -> tuple[object, ...]:
    return joint.state, joint.outcome, joint.due_at, joint.finished_at


def tell_whole(joint: Joint, template: str, *, at: datetime, **more: Any) -> None:
    """A message to the applicant about the whole."""
    agency = organisations.get_agency_of(joint.receiving_unit_id, timezone.localdate(at))
    params = {"code": joint.code, "due_at": joint.due_at, "outcome": joint.outcome, **more}
    notifications.enqueue(
        template,
        reference=joint.code,
        agency_id=agency.id,
        person_id=joint.applicant_id,
        params=params,
        at=at,
    )


def _leave_out(joint: Joint, row: JointPart, at: datetime, *, is_dropped: bool) -> None:
    """A part that waits for a result that will not come is not begun, and the applicant is told; it may come back."""
    row.dropped_at = at if is_dropped else None
    row.save(update_fields=["dropped_at"])
    if is_dropped:
        tell_whole(joint, "dossiers/part_left_out", part=row.name, at=at)


def transfer(
    *, actor: Actor, joint: Joint, part: JointPart, giver: Dossier, hours: Decimal, at: datetime
) -> Dossier:
    """The part becomes a dossier of its agency, handed over with a slip that says what to do and until when.

    Called within the act on the giving part that made it possible (Decree 61 art. 19.6, 19.7).

    :raises Refused: the agency has no published process for its procedure any more
    """
    on = timezone.localdate(at)
    dossier = _make(actor, joint, part, on, at)
    steps = processes.get_version(dossier.process_version_id or 0).steps
    task = _take_over_task(dossier, part, steps, hours, at)
    year = f"{on:%Y}"
    serial = store.take_number("transfer", actor.agency_code, year)
    slip = f"{serial:02}/{year}/PCXL-{actor.agency_code or joint.agency_code}"
    event = make_event(
        actor=actor, act=Act.TRANSFER, from_state=State.SUBMITTED, at=at,
        data={"channel": dossier.channel, "joint": joint.code, "slip": slip, "from_code": giver.code},
    )  # fmt: skip
    involved = find_involved(
        [(dossier.receiving_unit_id, "receives"), (dossier.competent_agency_id, "competent"),
         (dossier.returning_unit_id, "returns"), (task["unit_id"], "handles")],
        on,
    )  # fmt: skip
    _insert(joint, dossier, part, giver, event, [task], involved, on)
    assert dossier.due_at is not None
    part.dossier, part.dropped_at = dossier, None
    amend_row(part, "dossier", "dropped_at")
    slip_row = Transfer(
        joint=joint, part=part, number=slip, from_dossier=giver, from_unit_id=actor.unit_id, to_unit_id=task["unit_id"],
        work=part.work or part.name, handed_at=at, giver_name=actor.person_name[:120], due_at=dossier.due_at,
        giver_due_at=giver.due_at, take_over_by=task["due_at"],
    )  # fmt: skip
    keep_row(slip_row)
    _let_read(giver, dossier, involved)
    whole = joint.filed_as or joint.code
    tell(actor=actor, act=Act.TRANSFER, dossier=dossier, key="", whole=whole, at=at)
    audit.record("dossiers.transferred", actor=actor, subject=f"dossiers.joint:{joint.pk}", note=slip, at=at)
    return dossier


def _make(actor: Actor, joint: Joint, row: JointPart, on: Any, at: datetime) -> Dossier:
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
    dossier: Dossier, row: JointPart, steps: tuple[StepView, ...], hours: Any, at: datetime
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


def _insert(
    joint: Joint, dossier: Dossier, row: JointPart, giver: Dossier, event: dict[str, Any], tasks: list[dict[str, Any]],
    involved: list[dict[str, object]], on: Any,
) -> None:  # fmt: skip
    """People and papers are those of the one form: the people as the giving part has them, the papers as handed in."""
    parties = [_copy(party) for party in Party.objects.filter(dossier=giver).order_by("pk")]
    dossier.applicant_id, dossier.name_id = giver.applicant_id, giver.name_id
    dossier.applicant_name, dossier.applicant_folded = giver.applicant_name, giver.applicant_folded
    kept, parts = gather_parts(dossier, row)
    pk, code, _attached = store.insert_received(
        kept, prefix=numbering.make_prefix(joint.agency_code, on), agency_key=joint.agency_code, period=f"{on:%y%m%d}",
        parties=parties, parts=parts, files=[], rows=store.make_rows(event, tasks=tasks, involved=involved, notes=[]),
    )  # fmt: skip
    dossier.pk, dossier.code = pk, code
    dossier._state.adding, dossier._state.db = False, "default"
    _attach_files(dossier, row)


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


def _let_read(giver: Dossier, taker: Dossier, involved: Sequence[dict[str, Any]]) -> None:
    """The receiving agency reads the part it builds on (Decree 61 art. 19.6: the file goes with its result)."""
    Involvement.objects.bulk_create(
        (
            Involvement(
                unit_id=one["unit_id"],
                dossier=giver,
                role="joint",
                received_at=giver.received_at,
                name_id=giver.name_id,
            )  # fmt: skip
            for one in involved
        ),
        ignore_conflicts=True,
    )
