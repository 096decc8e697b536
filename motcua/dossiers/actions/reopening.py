"""Mở lại: a closed dossier is handled again by decision of the head; a number given before is voided, not reused."""

from datetime import datetime

from django.db import transaction

from motcua.core.marking import _ as _mark
from motcua.core.reading import read_row
from motcua.core.refusal import Refused
from motcua.core.wording import gettext as _
from motcua.dossiers.actions.turn import Turn, begin, clean_text, require_text
from motcua.dossiers.actions.waits import count_anew
from motcua.dossiers.models import Dossier, Joint, Result
from motcua.dossiers.rules.route import OwnTask, TaskKind, TaskOutcome
from motcua.dossiers.rules.states import Act
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor, Post
from motcua.worktime import queries as worktime

REOPENED = _mark("mở lại theo quyết định")


@transaction.atomic
def reopen(
    *,
    actor: Actor,
    dossier_code: str,
    reason: str,
    basis: str,
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """Handle a dossier again from its first step of handling; its limit is counted from the start.

    What ended in an agency that is no more is handled by the one that took over from it.

    :param basis: number and day of the decision
    :raises Refused: no reason or no decision is named
    """
    turn = begin(actor=actor, act=Act.REOPEN, code=dossier_code, revision=revision, key=key, at=at)
    if turn.is_repeat:
        return turn.dossier
    reason = require_text(reason, field_name="reason", message=_("Ghi lý do mở lại."))
    basis = clean_text(basis)[:300]
    if not basis:
        raise Refused("basis_needed", _("Ghi số, ngày quyết định mở lại."), field="basis")
    turn.data |= _void_number(turn, reason)
    _move_to_standing(turn)
    # The shares of the steps that open are cut at the promise as it is then.
    due_at = count_anew(turn, REOPENED, worktime.get_calendar(turn.dossier.calendar_code))
    turn.dossier.due_at = due_at
    _open_again(turn)
    turn.changes |= {"outcome": "", "finished_at": None, "returned_at": None}
    turn.note(reason, basis)
    return turn.finish()


def _move_to_standing(turn: Turn) -> None:
    """Units that are no more are replaced by those that took over: the agency that decides, and both counters."""
    places = {}
    for name in ("competent_agency_id", "receiving_unit_id", "returning_unit_id"):
        standing = organisations.find_standing(getattr(turn.dossier, name), turn.places.on)
        if standing and standing.id != getattr(turn.dossier, name):
            places[name] = standing.id
            setattr(turn.dossier, name, standing.id)
    turn.changes |= places
    if turn.dossier.joint_id and places:
        counters = {name: unit_id for name, unit_id in places.items() if name != "competent_agency_id"}
        Joint.objects.filter(pk=turn.dossier.joint_id).update(**counters)


def _void_number(turn: Turn, reason: str) -> dict[str, str]:
    """The number given before stays in the book with the reason."""
    result = read_row(Result, "dossier_id = %s AND voided_at IS NULL FOR UPDATE", [turn.dossier.pk])
    if result is None:
        return {}
    result.voided_at, result.void_reason = turn.at, reason[:500]
    turn.amend(result, "voided_at", "void_reason")
    return {"number": result.number}


def _open_again(turn: Turn) -> None:
    """Begin where handling began; what never was begun goes on where it lay."""
    turn.close_all(TaskOutcome.RECALLED)
    counter = {step.no for step in turn.steps if step.role in ("one_stop", "opinion")}
    first = min((no for no in turn.get_done() if no not in counter), default=None)
    if first is not None:
        affected = {first, *turn.route.after(first)}
        for task in turn.tasks:
            if task.outcome == TaskOutcome.DONE and task.step_no in affected:
                turn.close(task, TaskOutcome.UNDONE)
    turn.advance()
    if not turn.opened:
        unit_id = turn.places.place_in(turn.dossier.competent_agency_id, Post.CASE_OFFICER)
        turn.open_task(TaskKind.HANDLE, OwnTask.HANDLE_AGAIN, Post.CASE_OFFICER, unit_id)
