"""Work changes hands: one task, a whole desk at once, and the desks of those who are away or gone."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core.reading import read_row, read_rows
from motcua.core.refusal import Refused
from motcua.dossiers import access
from motcua.dossiers.actions.turn import Turn
from motcua.dossiers.models import Dossier, Task
from motcua.dossiers.queries.desks import find_desk
from motcua.dossiers.rules.states import Act
from motcua.organisations import access as organisation
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor

MOST_AT_ONCE = 2000


@transaction.atomic
def reassign(
    *, actor: Actor, dossier_code: str, task_id: int, assignee_id: int | None, reason: str, at: datetime
) -> Dossier:
    """Give an open task to another person of its unit, or to the pool; it is new to whoever has it then.

    :raises Refused: not the actor's unit, the task is done, or the person is not present in the unit.
    """
    dossier = read_row(Dossier, "code = %s FOR UPDATE", [dossier_code]) if "\0" not in dossier_code else None
    if dossier is None:
        raise access.not_found(dossier_code)
    tasks = read_rows(Task, "dossier_id = %s ORDER BY due_at, id", [dossier.pk])
    task = next((one for one in tasks if one.pk == task_id and one.done_at is None), None)
    if task is None:
        raise Refused("not_possible_now", _("Việc này đã xong."))
    organisation.require_absence_keeper(actor, task.unit_id)
    on = timezone.localdate(at)
    if assignee_id is not None and not organisations.find_present([assignee_id], task.unit_id, on):
        raise Refused("away", _("Người nhận không làm việc ở đơn vị này hoặc đang vắng mặt."), field="to")
    Task.objects.filter(pk=task.pk).update(assignee_id=assignee_id, taken_at=None)
    turn = Turn(actor, Act.REASSIGN, dossier, tasks, [task], at)
    turn.data |= {"step": task.name, "reason": reason, "from": task.assignee_id, "to": assignee_id}
    return turn.finish()


@transaction.atomic
def hand_over_desk(
    *, actor: Actor, user_id: int, unit_id: int, to_user_id: int | None, reason: str = "desk", at: datetime
) -> int:
    """Everything open on a person's desk in a unit goes to another, or to the pool; how many tasks.

    :raises Refused: not the actor's unit, or the other is not present there.
    """
    organisation.require_absence_keeper(actor, unit_id)
    if to_user_id == user_id:
        raise Refused("invalid", _("Chọn người khác."), field="to")
    desk = find_desk(user_id, unit_id, MOST_AT_ONCE)
    for task in desk:
        reassign(
            actor=actor,
            dossier_code=task.dossier.code,
            task_id=task.pk,
            assignee_id=to_user_id,
            reason=reason,
            at=at,
        )
    note = f"{user_id} → {to_user_id or ''}: {len(desk)}"
    audit.record(
        "dossiers.desk_handed_over", actor=actor, subject=f"organisations.unit:{unit_id}", note=note, at=at
    )
    return len(desk)


def clear_desk(*, actor: Actor, user_id: int, unit_id: int, at: datetime) -> int:
    """What lies with somebody who is away or gone goes to the substitute of each post, else to the pool; how many."""
    on = timezone.localdate(at)
    moved = 0
    for task in find_desk(user_id, unit_id, MOST_AT_ONCE):
        to = organisations.find_stand_in(user_id, unit_id, task.post, on)
        if to == user_id:
            continue
        reason = "away" if _is_away(user_id, unit_id, on) else "gone"
        reassign(
            actor=actor,
            dossier_code=task.dossier.code,
            task_id=task.pk,
            assignee_id=to,
            reason=reason,
            at=at,
        )
        moved += 1
    return moved


def _is_away(user_id: int, unit_id: int, on: date) -> bool:
    return (user_id, unit_id) in organisations.find_absentees([unit_id], on)
