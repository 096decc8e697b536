"""Nhận chuyển xử lý: the receiving agency records when it got its part, and how the giving side kept its time."""

from datetime import datetime

from django.db import transaction

from motcua.core.reading import read_row
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.core.wording import gettext as _
from motcua.dossiers.actions.turn import begin
from motcua.dossiers.models import Dossier, Transfer
from motcua.dossiers.rules.route import TaskKind
from motcua.dossiers.rules.states import Act
from motcua.organisations.rules import Actor

JUDGED = ("early", "on_time", "late")
_SLIP = "part_id = (SELECT id FROM dossiers_jointpart WHERE dossier_id = %s) FOR UPDATE"


@transaction.atomic
def take_over(
    *,
    actor: Actor,
    dossier_code: str,
    judged: str,
    note: str = "",
    task_id: int | None = None,
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """Receive a part from another agency: the slip gets its second signature and the first step of handling opens.

    :param judged: early, on_time or late, entered by the receiving side (control slip, 2025 form 06)
    :raises Refused: nothing was handed over to the actor's unit, or an unknown judgement.
    """
    turn = begin(
        actor=actor, act=Act.TAKE_OVER, code=dossier_code, revision=revision, key=key, task_id=task_id, at=at
    )
    if turn.is_repeat:
        return turn.dossier
    if judged not in JUDGED:
        raise Refused("unknown_choice", _("Chọn trước hạn, đúng hạn hoặc quá hạn."), field="judged")
    slip = read_row(Transfer, _SLIP, [turn.dossier.pk])
    assert slip is not None
    slip.received_at, slip.receiver_name, slip.judged = at, actor.person_name[:120], judged
    slip.note = clean_line(note)[:300]
    turn.amend(slip, "received_at", "receiver_name", "judged", "note")
    for task in turn.get_open():
        if task.kind == TaskKind.TRANSFER:
            turn.close(task)
    turn.advance()
    turn.data |= {"slip": slip.number, "judged": judged}
    return turn.finish()
