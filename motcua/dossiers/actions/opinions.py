"""Asking another unit, and answering (Decree 61/2018 art. 19.5). Waiting for an answer does not stop the clock."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.dossiers.actions.turn import begin, require_text
from motcua.dossiers.models import Dossier, Opinion
from motcua.dossiers.rules.states import Act
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor, Post


@transaction.atomic
def ask_opinion(
    *,
    actor: Actor,
    dossier_code: str,
    unit_id: int,
    question: str,
    due_at: datetime,
    task_id: int | None = None,
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """Ask another unit for its opinion, with content and deadline; the asking step stays open.

    :raises Refused: no question, a deadline in the past, or the unit was asked already and has not answered.
    """
    turn = begin(
        actor=actor,
        act=Act.ASK_OPINION,
        code=dossier_code,
        revision=revision,
        key=key,
        task_id=task_id,
        at=at,
    )
    if turn.is_repeat:
        return turn.dossier
    question = require_text(question, field_name="question", message=_("Ghi nội dung xin ý kiến."))
    if due_at <= at:
        raise Refused("bad_due", _("Hạn trả lời phải sau lúc này."), field="due_on")
    organisations.get_unit(unit_id, turn.places.on)
    placed = turn.places.place_in(unit_id, Post.CASE_OFFICER)
    if placed == actor.unit_id:
        raise Refused("own_unit", _("Không xin ý kiến của chính đơn vị mình."), field="unit_id")
    if any(task.kind == "opinion" and task.unit_id == placed for task in turn.get_open()):
        raise Refused("asked_already", _("Đơn vị này đã được hỏi và chưa trả lời."), field="unit_id")
    turn.ask(placed, question, due_at)
    turn.data["asked_unit_id"] = unit_id
    return turn.finish()


@transaction.atomic
def answer_opinion(
    *,
    actor: Actor,
    dossier_code: str,
    answer: str,
    task_id: int | None = None,
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """Answer for the unit that was asked; a join that waited for the answer goes on.

    :raises Refused: no answer written, or the unit was not asked.
    """
    turn = begin(
        actor=actor,
        act=Act.ANSWER_OPINION,
        code=dossier_code,
        revision=revision,
        key=key,
        task_id=task_id,
        at=at,
    )
    if turn.is_repeat:
        return turn.dossier
    answer = require_text(answer, field_name="answer", message=_("Ghi ý kiến trả lời."))
    task = turn.task
    Opinion.objects.filter(task=task).update(
        answer=answer, answered_at=at, answered_by_name=actor.person_name
    )
    turn.close(task)
    if task.step_no is not None:
        turn.advance()
    turn.data["step"] = task.name if task.step_no is not None else ""
    return turn.finish()
