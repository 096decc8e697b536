"""What an act on one part means for the whole: parts that begin now, parts that never will, and where the whole stands."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from motcua.catalogue import queries as catalogue
from motcua.core.drafts import Draft
from motcua.core.keeping import draft_amended
from motcua.core.reading import read_row
from motcua.core.writing import find_day
from motcua.dossiers.actions.telling import AFTER_FILING, TOLD_BY_THE_WHOLE, Account
from motcua.dossiers.actions.transferring import transfer
from motcua.dossiers.models import Dossier, Joint, JointPart
from motcua.dossiers.queries.joints import find_promises, find_standings, get_group, get_plan, get_rows
from motcua.dossiers.rules import interlinked, national
from motcua.dossiers.rules.interlinked import Order, Outcome
from motcua.dossiers.rules.states import Act, State
from motcua.integrations import actions as integrations
from motcua.notifications import actions as notifications
from motcua.organisations import queries as organisations
from motcua.worktime import queries as worktime

# What a whole is told by; an act that changes none of these in a part changes nothing in the whole.
TOLD_BY = ("state", "outcome", "original_due_at", "due_at", "finished_at")


def speaks_for(joint: Joint, rows: Sequence[JointPart], act: Act, dossier: Dossier) -> bool:
    """Whether the whole tells the applicant of an act on this part, as `telling.is_told_by_the_whole` asks."""
    if act is Act.WITHDRAW:
        return joint.withdrawn_at is not None
    return act in TOLD_BY_THE_WHOLE and not any(r.tells_at_once for r in rows if r.dossier_id == dossier.pk)


def follow(account: Account, joint: Joint, rows: Sequence[JointPart], dossier: Dossier) -> None:
    """Let the parts begin that waited for this one, leave out those that waited in vain, and say where the whole stands.

    The whole is locked after the part, always in this order. Of a whole that was withdrawn nothing begins until a part
    is reopened.
    """
    is_back = joint.withdrawn_at is not None
    if is_back and account.act is not Act.REOPEN:
        settle(account, joint, rows)
        return
    joint.withdrawn_at = None
    bundle = catalogue.get_bundle_version(joint.bundle_id)
    group = get_group(joint, rows, bundle)
    ready, dropped = interlinked.find_next(group, Order(bundle.order), find_standings(rows))
    begun = [row for row in rows if row.no in ready]
    transfer(account, joint, begun, giver=dossier, hours=bundle.take_over_hours)
    _leave_out_in_vain(account, joint, rows, dropped)
    settle(account, joint, rows, amended=("withdrawn_at",) if is_back else ())


def lock_whole(joint_id: int, held: Iterable[Dossier]) -> tuple[Joint, list[JointPart]]:
    """The whole, locked after the parts the caller holds, as always; and all its parts."""
    joint = read_row(Joint, "id = %s FOR UPDATE", [joint_id])
    assert joint is not None
    return joint, get_rows(joint, held)


def leave_out(account: Account, rows: Sequence[JointPart]) -> None:
    """These parts begin no more; who waits for them hears of it from the caller."""
    if rows:
        places = ", ".join(["%s"] * len(rows))
        account.rows.append(
            Draft(f"left_out AS ({_DROPPED} ({places}))", [account.at, *(row.pk for row in rows)])
        )
    for row in rows:
        row.dropped_at = account.at


def _leave_out_in_vain(
    account: Account, joint: Joint, rows: Sequence[JointPart], dropped: Collection[int]
) -> None:
    """Parts that wait for a result that will not come, and the applicant is told of each; they may come back."""
    waiting = [row for row in rows if row.dossier_id is None]
    leave_out(account, new := [row for row in waiting if row.no in dropped and row.dropped_at is None])
    for row in new:
        tell_whole(account, joint, "dossiers/part_left_out", part=row.name)
    if back := [row for row in waiting if row.no not in dropped and row.dropped_at is not None]:
        places = ", ".join(["%s"] * len(back))
        account.rows.append(Draft(f"taken_in AS ({_DROPPED} ({places}))", [None, *(row.pk for row in back)]))
        for row in back:
            row.dropped_at = None


_DROPPED = "UPDATE dossiers_jointpart SET dropped_at = %s WHERE id IN"


def settle(account: Account, joint: Joint, rows: Sequence[JointPart], *, amended: Sequence[str] = ()) -> None:
    """State, outcome, promise and end of the whole as those of its parts are now; the applicant hears of the end.

    `amended` are columns the caller changed and leaves to be kept with these.
    """
    before, was_open, stood = joint.state, joint.finished_at is None, _stand(joint)
    sum_up(joint, rows, account.at)
    if joint.filed_as and before != joint.state:
        tell_portal(account, joint)
    if amended or _stand(joint) != stood:
        kept = ("state", "outcome", "due_at", "finished_at", "told", *amended)
        account.rows.append(draft_amended(joint, *kept))
    if was_open and joint.state == State.RESULT_READY:
        tell_whole(account, joint, "dossiers/result_ready")
    elif before != joint.state == State.RETURNED:
        tell_whole(account, joint, "dossiers/returned")


def sum_up(joint: Joint, rows: Sequence[JointPart], at: datetime) -> None:
    """The whole as its parts are now; the caller keeps it."""
    standings = find_standings(rows)
    left_out = State.WITHDRAWN if joint.withdrawn_at else State.STOPPED
    states = {
        no: left_out if one.is_dropped else one.state or State.RECEIVED for no, one in standings.items()
    }
    bundle = catalogue.get_bundle_version(joint.bundle_id)
    calendar = worktime.get_calendar(joint.calendar_code)
    joint.state = str(interlinked.find_whole_state(states))
    joint.outcome = str(interlinked.find_outcome(list(standings.values())))
    joint.due_at = interlinked.find_whole_due(
        get_group(joint, rows, bundle), Order(bundle.order), get_plan(joint, rows), find_promises(rows), calendar
    )  # fmt: skip
    is_open = joint.outcome == Outcome.OPEN
    joint.finished_at = None if is_open else joint.finished_at or at


def tell_portal(account: Account, joint: Joint) -> None:
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
        "at": account.at.isoformat(),
    }
    agency_id, sequence = _find_agency(joint, account.at), AFTER_FILING + joint.told
    account.said.append(integrations.Said(agency_id, joint.filed_as, payload, sequence))


def _stand(joint: Joint) -> tuple[object, ...]:
    return joint.state, joint.outcome, joint.due_at, joint.finished_at


def tell_whole(account: Account, joint: Joint, template: str, **more: Any) -> None:
    """A message to the applicant about the whole."""
    params = {"code": joint.code, "due_at": joint.due_at, "outcome": joint.outcome, **more}
    agency_id = _find_agency(joint, account.at)
    account.notices.append(notifications.Message(template, joint.code, agency_id, joint.applicant_id, params))


def _find_agency(joint: Joint, at: datetime) -> int:
    return organisations.get_agency_of(joint.receiving_unit_id, find_day(at)).id
