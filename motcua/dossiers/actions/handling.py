"""Handling: taking up, handing on along the process, proposing, sending back, deciding."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from motcua.core.refusal import Refused
from motcua.core.wording import gettext as _
from motcua.dossiers.actions.facts import Target
from motcua.dossiers.actions.turn import Turn, begin, require_text
from motcua.dossiers.models import Dossier, Task
from motcua.dossiers.rules.route import OwnTask, TaskKind, TaskOutcome
from motcua.dossiers.rules.states import Act
from motcua.organisations.rules import Actor, Post

OUTCOMES = ("approved", "refused")


@transaction.atomic
def start(
    *,
    actor: Actor,
    dossier_code: str,
    note: str = "",
    task_id: int | None = None,
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """Begin to handle a received dossier; the task becomes the actor's own.

    :raises Refused: it is not received, or no task of it waits for the actor.
    """
    turn = begin(
        actor=actor, act=Act.START, code=dossier_code, revision=revision, key=key, task_id=task_id, at=at
    )
    if turn.is_repeat:
        return turn.dossier
    turn.take(turn.task, actor.user_id)
    turn.note(note)
    return turn.finish()


@transaction.atomic
def take(
    *,
    actor: Actor,
    dossier_code: str,
    assignee_id: int | None = None,
    task_id: int | None = None,
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """Take a task from the pool; a head may give it to a colleague of the unit instead.

    :raises Refused: the task is somebody's already, or the colleague does not hold the post there.
    """
    turn = begin(
        actor=actor, act=Act.TAKE, code=dossier_code, revision=revision, key=key, task_id=task_id, at=at
    )
    if turn.is_repeat:
        return turn.dossier
    if assignee_id is not None and assignee_id != actor.user_id:
        turn.places.require_holder(turn.task.unit_id, turn.task.post, assignee_id)
        turn.data["assignee_id"] = assignee_id
    turn.take(turn.task, assignee_id or actor.user_id)
    return turn.finish()


@transaction.atomic
def hand_over(
    *,
    actor: Actor,
    dossier_code: str,
    note: str = "",
    targets: Sequence[Target] = (),
    assignee_id: int | None = None,
    task_id: int | None = None,
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """Finish a step and open what runs after it: one step, several beside each other, or none while a join waits.

    :raises Refused: nothing runs after the step and nothing else is open.
    """
    turn = begin(
        actor=actor, act=Act.HAND_OVER, code=dossier_code, revision=revision, key=key, task_id=task_id, at=at
    )
    if turn.is_repeat:
        return turn.dossier
    turn.close(turn.task)
    turn.advance(targets, assignee_id)
    _require_way_on(turn)
    turn.note(note)
    turn.data |= _describe(turn)
    return turn.finish()


@transaction.atomic
def propose(
    *,
    actor: Actor,
    dossier_code: str,
    outcome: str,
    note: str = "",
    targets: Sequence[Target] = (),
    assignee_id: int | None = None,
    task_id: int | None = None,
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """Submit the file with a proposal, to the step that runs after (Decree 61/2018 art. 19.2).

    :raises Refused: an unknown outcome, or a proposal to refuse without its reason.
    """
    turn = begin(
        actor=actor, act=Act.PROPOSE, code=dossier_code, revision=revision, key=key, task_id=task_id, at=at
    )
    if turn.is_repeat:
        return turn.dossier
    _require_outcome(outcome, note)
    turn.close(turn.task)
    turn.advance(targets, assignee_id)
    _require_way_on(turn)
    turn.note(note)
    turn.data |= {"outcome": outcome, **_describe(turn)}
    return turn.finish()


@transaction.atomic
def return_for_redo(
    *,
    actor: Actor,
    dossier_code: str,
    note: str,
    to_step: int | None = None,
    task_id: int | None = None,
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """Send the file back to an earlier step, with what to do better; steps after it are to be done again.

    :raises Refused: no reason, or no earlier step of handling to go back to.
    """
    turn = begin(
        actor=actor,
        act=Act.RETURN_FOR_REDO,
        code=dossier_code,
        revision=revision,
        key=key,
        task_id=task_id,
        at=at,
    )
    if turn.is_repeat:
        return turn.dossier
    note = require_text(note, field_name="note", message=_("Ghi rõ nội dung cần làm lại."))
    target = _choose_step_back(turn, to_step)
    _undo_from(turn, target)
    turn.note(note)
    turn.data |= {"to_step": target, **_describe(turn)}
    return turn.finish()


@transaction.atomic
def decide(
    *,
    actor: Actor,
    dossier_code: str,
    outcome: str,
    note: str = "",
    task_id: int | None = None,
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """Approve or refuse as the competent person; opinions still waited for are no longer needed.

    :raises Refused: an unknown outcome, a refusal without its reason (Decree 61/2018 art. 19.8), open branches.
    """
    turn = begin(
        actor=actor, act=Act.DECIDE, code=dossier_code, revision=revision, key=key, task_id=task_id, at=at
    )
    if turn.is_repeat:
        return turn.dossier
    _require_outcome(outcome, note)
    task = turn.task
    turn.close(task)
    for other in turn.get_open():
        if other.kind == TaskKind.OPINION and other.step_no is None:
            turn.close(other, TaskOutcome.LAPSED)
    if task.step_no is not None and _is_last_decision(turn, task.step_no):
        turn.changes["outcome"] = outcome
        turn.data["is_final"] = True
        _open_numbering(turn, task.step_no)
    else:
        turn.advance()
    turn.note(note)
    turn.data |= {"outcome": outcome, **_describe(turn)}
    return turn.finish()


def _is_last_decision(turn: Turn, step_no: int) -> bool:
    """A process may ask one leader for approval before the one who signs; only the last decides."""
    later = turn.route.after(step_no)
    return not any(s.no in later and s.post in (Post.APPROVER, Post.UNIT_HEAD) for s in turn.steps)


def _open_numbering(turn: Turn, step_no: int) -> None:
    """The clerk's step comes by the table; where it names none, the number is taken in a task of its own."""
    if turn.route.has_clerk_after(step_no):
        turn.advance()
        return
    agency_id = turn.dossier.competent_agency_id
    has_clerk = any(p.post == Post.CLERK for p in turn.places.postings_of(agency_id))
    post = Post.CLERK if has_clerk else turn.actor.post
    unit_id = turn.places.place_in(agency_id, Post.CLERK) if has_clerk else turn.actor.unit_id
    turn.open_task(TaskKind.SIGN, OwnTask.SIGN, post, unit_id)


def _require_way_on(turn: Turn) -> None:
    if not turn.opened and not turn.get_open():
        raise Refused("no_next_step", _("Quy trình không còn bước nào sau bước này."))


def _require_outcome(outcome: str, note: str) -> None:
    if outcome not in OUTCOMES:
        raise Refused("unknown_choice", _("Chọn đồng ý hoặc từ chối."), field="outcome")
    if outcome == "refused":
        require_text(note, field_name="note", message=_("Từ chối thì phải ghi rõ lý do."))


def _choose_step_back(turn: Turn, to_step: int | None) -> int:
    step_no = turn.task.step_no
    choices = turn.route.may_go_back_to(step_no, turn.get_done()) if step_no is not None else ()
    if not choices:
        raise Refused("no_step_back", _("Không có bước giải quyết nào trước đó để trả lại."))
    if to_step is not None and to_step not in choices:
        raise Refused("no_step_back", _("Bước đã chọn không nằm trước bước này."), field="to_step")
    return choices[0] if to_step is None else to_step


def _undo_from(turn: Turn, target: int) -> None:
    """Close what is open on the way, forget what was done there, and give the step back to whoever did it."""
    affected = {target, *turn.route.after(target)}
    last = _last_done(turn.tasks, target)
    for task in turn.tasks:
        if task.done_at is None and task.step_no in affected:
            turn.close(task, TaskOutcome.REDO if task.pk == turn.task.pk else TaskOutcome.RECALLED)
        elif task.step_no in affected and task.outcome == TaskOutcome.DONE:
            turn.close(task, TaskOutcome.UNDONE)
    assignee_id = last.done_by_id or last.assignee_id
    turn.open_task(
        TaskKind(last.kind),
        last.name,
        last.post,
        last.unit_id,
        step_no=target,
        hours=last.hours,
        assignee_id=assignee_id,
    )


def _last_done(tasks: Sequence[Task], step_no: int) -> Task:
    done = [t for t in tasks if t.step_no == step_no and t.outcome == TaskOutcome.DONE and t.done_at]
    return max(done, key=lambda t: (t.done_at, t.pk))


def _describe(turn: Turn) -> dict[str, object]:
    """What the history tells of the move: the step left and the steps opened."""
    return {
        "step": turn.task.name,
        "opened": [{"name": row["name"], "unit_id": row["unit_id"]} for row in turn.opened],
    }
