"""Counting a running promise anew after its calendar changed: done by a job of the house, told to the applicant."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.dossiers import access
from motcua.dossiers.actions.turn import Turn
from motcua.dossiers.models import Dossier, Task
from motcua.dossiers.queries.history import find_events
from motcua.dossiers.queries.recount import count_anew
from motcua.dossiers.rules.route import TaskKind, cap_due
from motcua.dossiers.rules.states import Act
from motcua.organisations.rules import SYSTEM, Actor
from motcua.worktime import queries as worktime
from motcua.worktime.rules import Calendar, add_working_hours


@transaction.atomic
def recount(
    *, actor: Actor, dossier_code: str, reason: str, change_id: int | None = None, at: datetime
) -> Dossier:
    """Put the promise where the calendar now puts it; what was promised first stays in `original_due_at`.

    Open steps get their share of the time anew. A dossier whose promise did not move is left untouched.

    :raises Refused: not the house itself acts, or the calendar knows no such year.
    """
    if actor is not SYSTEM:
        raise Refused("forbidden", _("Ngày hẹn chỉ do hệ thống tính lại theo lịch làm việc."))
    dossier, tasks = access.lock(actor, dossier_code)
    calendar = worktime.get_calendar(dossier.calendar_code)
    moved = count_anew(dossier, find_events(dossier), calendar) if dossier.finished_at is None else None
    if moved is None:
        return dossier
    if moved.new_due_at is None or dossier.due_at is None:
        raise Refused(moved.fault, _("Lịch làm việc chưa đủ để tính lại ngày hẹn."))
    if moved.is_same_moment:
        Dossier.objects.filter(pk=dossier.pk).update(is_provisional=moved.is_provisional)
        return dossier
    turn = Turn(actor, Act.RECOUNT, dossier, tasks, [], at)
    turn.data |= {
        "old_due_at": dossier.due_at.isoformat(),
        "new_due_at": moved.new_due_at.isoformat(),
        "reason": reason,
        "calendar_change": change_id,
    }
    turn.changes |= {"due_at": moved.new_due_at, "is_provisional": moved.is_provisional}
    if dossier.paused_at is None:
        _share_anew(tasks, dossier.due_at, moved.new_due_at, calendar)
    return turn.finish()


def _share_anew(tasks: list[Task], old: datetime, new: datetime, calendar: Calendar) -> None:
    """Open steps take their hours of the new time; what was due with the dossier stays due with it."""
    changed = []
    for task in tasks:
        due_at = task.due_at
        if task.done_at is None and task.due_at == old:
            due_at = new
        if task.done_at is None and task.hours and task.kind != TaskKind.OPINION:
            due_at = cap_due(add_working_hours(task.opened_at, task.hours, calendar), task.opened_at, new)
        if due_at != task.due_at:
            task.due_at = due_at
            changed.append(task)
    Task.objects.bulk_update(changed, ["due_at"])
