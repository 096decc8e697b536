"""What an act on one part means for the whole: parts that begin now, parts that never will, and where the whole stands."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from motcua.catalogue import queries as catalogue
from motcua.core.drafts import Draft, write
from motcua.core.keeping import amend_row
from motcua.core.prepared import open_cursor
from motcua.core.reading import read_row
from motcua.dossiers.actions.telling import AFTER_FILING
from motcua.dossiers.actions.transferring import transfer
from motcua.dossiers.models import Dossier, Joint, JointPart
from motcua.dossiers.queries.joints import find_promises, find_standings, get_group, get_plan, get_rows
from motcua.dossiers.rules import interlinked, national
from motcua.dossiers.rules.interlinked import Order, Outcome
from motcua.dossiers.rules.states import Act, State
from motcua.integrations import actions as integrations
from motcua.notifications import actions as notifications
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor
from motcua.worktime import queries as worktime

# What a whole is told by; an act that changes none of these in a part changes nothing in the whole.
TOLD_BY = ("state", "outcome", "original_due_at", "due_at", "finished_at")


def follow(*, actor: Actor, act: Act, dossier: Dossier, at: datetime) -> None:
    """Let the parts begin that waited for this one, leave out those that waited in vain, and say where the whole stands.

    The whole is locked after the part, always in this order. Of a whole that was withdrawn nothing begins until a part
    is reopened.
    """
    assert dossier.joint_id is not None
    joint, rows = lock_whole(dossier.joint_id, [dossier])
    if joint.withdrawn_at is not None:
        if act is not Act.REOPEN:
            settle(joint, rows, at)
            return
        joint.withdrawn_at = None
        amend_row(joint, "withdrawn_at")
    bundle = catalogue.get_bundle_version(joint.bundle_id)
    group = get_group(joint, rows, bundle)
    order = Order(bundle.order)
    ready, dropped = interlinked.find_next(group, order, find_standings(rows))
    begun = [row for row in rows if row.no in ready]
    transfer(actor=actor, joint=joint, parts=begun, giver=dossier, hours=bundle.take_over_hours, at=at)
    for row in rows:
        if row.dossier_id is None and (row.no in dropped) != (row.dropped_at is not None):
            _leave_out(joint, row, at, is_dropped=row.no in dropped)
    settle(joint, rows, at)


def lock_whole(joint_id: int, held: Iterable[Dossier]) -> tuple[Joint, list[JointPart]]:
    """The whole, locked after the parts the caller holds, as always; and all its parts."""
    joint = read_row(Joint, "id = %s FOR UPDATE", [joint_id])
    assert joint is not None
    return joint, get_rows(joint, held)


def leave_out(rows: Sequence[JointPart], at: datetime) -> None:
    """Of a whole that was withdrawn these parts begin no more; said once, with the whole."""
    if rows:
        with open_cursor() as cursor:
            cursor.execute(_DROPPED, [at, [row.pk for row in rows]])
    for row in rows:
        row.dropped_at = at


_DROPPED = "UPDATE dossiers_jointpart SET dropped_at = %s WHERE id = ANY(%s)"


def settle(joint: Joint, rows: Sequence[JointPart], at: datetime, *, amended: Sequence[str] = ()) -> None:
    """State, outcome, promise and end of the whole as those of its parts are now; the applicant hears of the end.

    `amended` are columns the caller changed and leaves to be kept with these.
    """
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
    if amended or _stand(joint) != stood:
        amend_row(joint, "state", "outcome", "due_at", "finished_at", "told", *amended)
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


def tell_whole(
    joint: Joint, template: str, *, beside: Sequence[Draft] = (), at: datetime, **more: Any
) -> None:
    """A message to the applicant about the whole; `beside` is written along."""
    agency = organisations.get_agency_of(joint.receiving_unit_id, timezone.localdate(at))
    params = {"code": joint.code, "due_at": joint.due_at, "outcome": joint.outcome, **more}
    message = notifications.draft(
        template,
        reference=joint.code,
        agency_id=agency.id,
        person_id=joint.applicant_id,
        params=params,
        at=at,
    )
    write([message, *beside])


def _leave_out(joint: Joint, row: JointPart, at: datetime, *, is_dropped: bool) -> None:
    """A part that waits for a result that will not come is not begun, and the applicant is told; it may come back."""
    row.dropped_at = at if is_dropped else None
    row.save(update_fields=["dropped_at"])
    if is_dropped:
        tell_whole(joint, "dossiers/part_left_out", part=row.name, at=at)
