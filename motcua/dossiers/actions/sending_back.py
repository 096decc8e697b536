"""Trả lại phiếu chuyển xử lý: what came over cannot be worked on as it is; the giving side mends it and sends it again.

The promise stays where it is: an agency's fault moves no date (Decree 61/2018 art. 19.7b).
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.accounts import queries as accounts
from motcua.catalogue import queries as catalogue
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.dossiers.actions.turn import Turn, begin
from motcua.dossiers.models import Dossier, Event, SlipReturn, Task, Transfer
from motcua.dossiers.rules.route import OwnNamedTask, TaskKind
from motcua.dossiers.rules.states import Act
from motcua.notifications import actions as notifications
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor, Post
from motcua.worktime import queries as worktime
from motcua.worktime.rules import add_working_hours

SENT_BACK = "dossiers/slip_sent_back"


@transaction.atomic
def send_back(
    *,
    actor: Actor,
    dossier_code: str,
    reason: str,
    task_id: int | None = None,
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """Do not take a part over: it lies with who gave it until it is sent again, and they are told why.

    :raises Refused: nothing was handed over to the actor's unit, or no reason.
    """
    turn = begin(
        actor=actor, act=Act.SEND_BACK, code=dossier_code, revision=revision, key=key, task_id=task_id, at=at
    )
    if turn.is_repeat:
        return turn.dossier
    reason = _require(reason, _("Ghi phiếu còn thiếu hoặc sai gì để bên giao sửa."), "reason")
    slip = Transfer.objects.select_for_update().get(part__dossier=turn.dossier)
    SlipReturn.objects.create(
        transfer=slip, sent_back_at=at, sent_back_by=actor.person_name[:120], reason=reason
    )
    turn.close(turn.task)
    _open_at_the_giver(turn, slip)
    turn.data["slip"] = slip.number
    dossier = turn.finish()
    _tell_the_giver(turn, slip)
    return dossier


@transaction.atomic
def resend(
    *,
    actor: Actor,
    dossier_code: str,
    answer: str,
    task_id: int | None = None,
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """Send a slip that came back again, saying what was mended; the receiving side has its hours anew.

    :raises Refused: no slip came back to the actor, or nothing is said.
    """
    turn = begin(
        actor=actor, act=Act.RESEND, code=dossier_code, revision=revision, key=key, task_id=task_id, at=at
    )
    if turn.is_repeat:
        return turn.dossier
    answer = _require(answer, _("Ghi đã sửa hoặc bổ sung gì."), "answer")
    slip = Transfer.objects.select_for_update().select_related("joint").get(part__dossier=turn.dossier)
    SlipReturn.objects.filter(transfer=slip, answered_at=None).update(
        answered_at=at, answered_by=actor.person_name[:120], answer=answer
    )
    turn.close(turn.task)
    _open_at_the_receiver(turn, slip)
    turn.data["slip"] = slip.number
    return turn.finish()


def _require(text: str, message: str, field_name: str) -> str:
    cleaned = clean_line(text)[:500]
    if not cleaned:
        raise Refused("reason_needed", message, field=field_name)
    return cleaned


def _open_at_the_giver(turn: Turn, slip: Transfer) -> None:
    """It lies with whoever handled the giving part last, in their unit and post; else with the unit that signed."""
    told = Event.objects.filter(dossier_id=slip.from_dossier_id, act__in=(Act.PROPOSE, Act.REQUEST_PAYMENT))
    handled = told.filter(at__gte=slip.from_dossier.received_at, at__lte=slip.handed_at).order_by("-revision")
    last = handled.values_list("unit_id", "post", "user_id").first()
    unit_id, post, user_id = last or (slip.from_unit_id, str(Post.CASE_OFFICER), None)
    turn.open_task(
        TaskKind.RESEND,
        OwnNamedTask.RESEND % {"number": slip.number},
        post,
        _stand_for(turn, unit_id),
        assignee_id=user_id,
        due_at=_count_hours(turn, slip),
    )


def _open_at_the_receiver(turn: Turn, slip: Transfer) -> None:
    before = [task for task in turn.tasks if task.kind == TaskKind.TRANSFER]
    last: Task = max(before, key=lambda task: task.pk)
    due_at = _count_hours(turn, slip)
    unit_id = _stand_for(turn, last.unit_id)
    turn.open_task(TaskKind.TRANSFER, last.name, last.post, unit_id, hours=last.hours, due_at=due_at)
    Transfer.objects.filter(pk=slip.pk).update(take_over_by=due_at)


def _stand_for(turn: Turn, unit_id: int) -> int:
    """The unit, or whoever took over from it in between."""
    standing = organisations.find_standing(unit_id, turn.places.on)
    return standing.id if standing else unit_id


def _count_hours(turn: Turn, slip: Transfer) -> datetime:
    """As long as there is to take a part over."""
    hours = catalogue.get_bundle_version(slip.joint.bundle_id).take_over_hours
    return add_working_hours(turn.at, hours, worktime.get_calendar(turn.dossier.calendar_code))


def _tell_the_giver(turn: Turn, slip: Transfer) -> None:
    """A letter without names to the one it lies with; who left no address finds it in the inbox."""
    row = turn.opened[0]
    user_id = row["assignee_id"]
    if user_id is None or user_id not in accounts.find_with_email([user_id]):
        return
    notifications.enqueue_for_officer(
        SENT_BACK, reference=f"officer:{user_id}", agency_id=row["unit_id"], user_id=user_id,
        params={"code": turn.dossier.code, "slip": slip.number, "due_at": row["due_at"]}, at=turn.at,
    )  # fmt: skip
