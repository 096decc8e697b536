"""Giải quyết tại chỗ: received, decided, numbered and given back in one sitting (Decree 61 art. 17.4, 17.5)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.dossiers.actions.closing import SignedPaper, number_result, return_result
from motcua.dossiers.actions.turn import Turn, begin, clean_text
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.numbers import find_series, require_result_file
from motcua.dossiers.rules.powers import LEADERS
from motcua.dossiers.rules.route import OwnTask, TaskKind, TaskOutcome
from motcua.dossiers.rules.states import Act
from motcua.organisations.rules import Actor, Post


@transaction.atomic
def settle_on_spot(
    *,
    actor: Actor,
    dossier_code: str,
    signer_id: int | None = None,
    delegation: str = "",
    title: str = "",
    collector_name: str,
    file_id: int | None = None,
    series: str = "",
    note: str = "",
    task_id: int | None = None,
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """Answer while the person waits: the leader signs at once, or the officer by the power given in writing.

    :param signer_id: a leader of the deciding agency; without one the officer signs by `delegation`, its number and day
    :raises Refused: not due within the day, decided or returned elsewhere (`access`), nobody signs, or nobody collects
    """
    turn = begin(
        actor=actor, act=Act.SETTLE_ON_SPOT, code=dossier_code, revision=revision, key=key, task_id=task_id, at=at
    )  # fmt: skip
    if turn.is_repeat:
        return turn.dossier
    name, position = _require_signer(turn, signer_id, clean_line(delegation))
    is_digitised = file_id is not None and require_result_file(file_id, actor.user_id, turn.dossier.pk)
    signed_on = timezone.localdate(at)
    paper = SignedPaper(
        signed_on, name, position, title or turn.dossier.procedure_name, file_id, is_digitised
    )
    number_result(turn, paper, find_series(turn.dossier, series, signed_on))
    turn.close(turn.task)
    turn.close_all(TaskOutcome.LAPSED)
    turn.open_task(
        TaskKind.RETURN, OwnTask.RETURN, Post.INTAKE_OFFICER, actor.unit_id, assignee_id=actor.user_id
    )
    turn.changes["outcome"] = "approved"
    turn.data |= {"is_final": True, "outcome": "approved"}
    turn.note(clean_text(note), delegation)
    turn.finish()
    return return_result(
        actor=actor, dossier_code=dossier_code, collector_name=collector_name, method="counter", at=at
    )


def _require_signer(turn: Turn, signer_id: int | None, delegation: str) -> tuple[str, str]:
    """Who signs, and in which quality."""
    if signer_id is None:
        if not delegation:
            message = _("Chọn lãnh đạo ký, hoặc ghi văn bản ủy quyền cho anh/chị ký.")
            raise Refused("nobody_signs", message, field="signer_id")
        return turn.actor.person_name, _("Thừa ủy quyền")
    for posting in turn.places.postings_of(turn.dossier.competent_agency_id):
        if posting.user_id == signer_id and posting.post in LEADERS:
            return posting.person_name, posting.position
    raise Refused(
        "not_a_holder", _("Người ký không phải lãnh đạo của cơ quan giải quyết."), field="signer_id"
    )
