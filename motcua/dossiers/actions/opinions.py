"""Asking another unit, and answering (Decree 61/2018 art. 19.5). Waiting for an answer does not stop the clock."""

from datetime import datetime

from django.db import transaction

from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.core.wording import gettext as _
from motcua.dossiers import access
from motcua.dossiers.actions.turn import Turn, begin, require_text
from motcua.dossiers.models import Dossier, Opinion
from motcua.dossiers.rules.opinion import Silence, require_silence
from motcua.dossiers.rules.states import Act
from motcua.organisations import queries as organisations
from motcua.organisations.rules import SYSTEM, Actor, Post


@transaction.atomic
def ask_opinion(
    *,
    actor: Actor,
    dossier_code: str,
    unit_id: int | None = None,
    outside_name: str = "",
    question: str,
    due_at: datetime,
    silence: str = Silence.WAITS,
    silence_basis: str = "",
    task_id: int | None = None,
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """Ask another unit for its opinion, with content, deadline and what silence means; the asking step stays open.

    :param outside_name: a body that has no desk here; its answer is written down by the unit that asked
    :raises Refused: nobody, two at once or no question, a deadline in the past, the unit was asked already and has not answered,
        or silence would be a yes without a law that says so.
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
    meaning = require_silence(silence, silence_basis, say=_)
    outside = clean_line(outside_name)[:200]
    placed = _find_place(turn, unit_id, outside)
    if any(task.kind == "opinion" and task.unit_id == placed for task in turn.get_open()):
        raise Refused("asked_already", _("Đơn vị này đã được hỏi và chưa trả lời."), field="unit_id")
    more = {
        "silence": str(meaning),
        "silence_basis": clean_line(silence_basis)[:300],
        "outside_name": outside,
    }
    turn.ask(placed, question, due_at, **more)
    turn.data |= {"asked_unit_id": unit_id, "silence": str(meaning), "is_outside": bool(outside)}
    return turn.finish()


def _find_place(turn: Turn, unit_id: int | None, outside: str) -> int:
    """Where the question waits: at the unit that is asked, or at one's own for a body outside the house."""
    if outside and unit_id is not None:
        raise Refused(
            "two_asked",
            _("Mỗi lần hỏi một nơi: bỏ cơ quan đã chọn, hoặc xóa tên cơ quan ngoài hệ thống."),
            field="outside_name",
        )
    if outside:
        return turn.actor.unit_id
    if unit_id is None:
        raise Refused(
            "nobody_asked", _("Chọn cơ quan được hỏi, hoặc ghi tên cơ quan ngoài hệ thống."), field="unit_id"
        )
    organisations.get_unit(unit_id, turn.places.on)
    placed = turn.places.place_in(unit_id, Post.CASE_OFFICER)
    if placed == turn.actor.unit_id:
        raise Refused("own_unit", _("Không xin ý kiến của chính đơn vị mình."), field="unit_id")
    return placed


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


@transaction.atomic
def lapse_opinion(*, actor: Actor, dossier_code: str, task_id: int, at: datetime) -> Dossier:
    """Take silence for a yes once the day has passed, where the law of the sector says so: done by a job of the house.

    :raises Refused: not the house itself acts, the question was answered, still has time, or silence means nothing
    """
    if actor is not SYSTEM:
        raise Refused("forbidden", _("Việc này do hệ thống tự làm khi quá hạn trả lời."))
    dossier, tasks = access.lock(actor, dossier_code)
    task = next((one for one in tasks if one.pk == task_id and one.done_at is None), None)
    opinion = Opinion.objects.filter(task_id=task_id, answered_at=None, silence=Silence.AGREES).first()
    if task is None or opinion is None or at <= opinion.due_at:
        raise Refused("not_lapsed", _("Ý kiến này chưa đến lúc coi là đồng ý."))
    turn = Turn(actor, Act.LAPSE_OPINION, dossier, tasks, [task], at)
    turn.close(task)
    if task.step_no is not None:
        turn.advance()
    opinion.answered_at, opinion.answer = at, _("Không trả lời trong thời hạn: coi là đồng ý.")
    turn.amend(opinion, "answered_at", "answer")
    turn.note(_("Không trả lời trong thời hạn: coi là đồng ý."), opinion.silence_basis)
    return turn.finish()
