"""Tạm dừng: the clock stands still for a reason on the list, until the proof that it has ended."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from motcua.core.reading import read_row
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.core.wording import gettext as _
from motcua.dossiers.actions.turn import Turn, begin, clean_text, require_text
from motcua.dossiers.actions.waits import begin_stage, go_on, pause
from motcua.dossiers.models import Dossier, JointPart, Suspension
from motcua.dossiers.rules import suspension as rules
from motcua.dossiers.rules.route import OwnTask, TaskKind
from motcua.dossiers.rules.states import Act
from motcua.organisations.rules import Actor, Post


@transaction.atomic
def request_payment(
    *,
    actor: Actor,
    dossier_code: str,
    review_at: datetime,
    paper: str,
    note: str = "",
    task_id: int | None = None,
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """Wait until the applicant has met a financial obligation; this time is nobody's delay.

    :param paper: number and day of the notice that sets the obligation
    :param review_at: when somebody looks whether it still holds
    :raises Refused: no notice is named, or nobody will look again
    """
    turn = begin(
        actor=actor, act=Act.REQUEST_PAYMENT, code=dossier_code, revision=revision, key=key, task_id=task_id, at=at
    )  # fmt: skip
    if turn.is_repeat:
        return turn.dossier
    paper = require_text(paper, field_name="paper", message=_("Ghi số, ngày thông báo nghĩa vụ tài chính."))
    _suspend(turn, rules.Reason.FINANCIAL_OBLIGATION, basis="", paper=paper, review_at=review_at)
    turn.open_task(
        TaskKind.COMPLETE,
        OwnTask.PAYMENT,
        Post.INTAKE_OFFICER,
        turn.dossier.receiving_unit_id,
        due_at=review_at,
    )
    turn.note(note or paper)
    return turn.finish()


@transaction.atomic
def confirm_payment(
    *,
    actor: Actor,
    dossier_code: str,
    proof: str,
    task_id: int | None = None,
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """The obligation is met: the clock goes on with what was left, or the second appointment begins where there are two.

    :param proof: the voucher, or the message of the tax office
    :raises Refused: no proof is named
    """
    turn = begin(
        actor=actor, act=Act.CONFIRM_PAYMENT, code=dossier_code, revision=revision, key=key, task_id=task_id, at=at
    )  # fmt: skip
    if turn.is_repeat:
        return turn.dossier
    proof = require_text(proof, field_name="proof", message=_("Ghi chứng từ đã hoàn thành nghĩa vụ."))
    _end(turn, proof)
    for task in turn.get_open():
        if task.kind == TaskKind.COMPLETE:
            turn.close(task)
    turn.note(proof)
    return turn.finish()


@transaction.atomic
def suspend(
    *,
    actor: Actor,
    dossier_code: str,
    ground: str = rules.Reason.OPINION,
    basis: str,
    review_at: datetime,
    note: str = "",
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """Stop the clock by order of the head, where the sector's law names the ground.

    :raises Refused: the ground is not on the list or has an act of its own, its article is not named, nobody looks again
    """
    turn = begin(actor=actor, act=Act.SUSPEND, code=dossier_code, revision=revision, key=key, at=at)
    if turn.is_repeat:
        return turn.dossier
    if ground == rules.Reason.FINANCIAL_OBLIGATION:
        message = _("Nghĩa vụ tài chính có việc riêng: “Chờ nghĩa vụ tài chính”.")
        raise Refused("another_act", message, field="ground", possible=(Act.REQUEST_PAYMENT,))
    _suspend(turn, ground, basis=clean_text(basis)[:300], paper="", review_at=review_at)
    turn.note(note, basis)
    return turn.finish()


@transaction.atomic
def resume(
    *,
    actor: Actor,
    dossier_code: str,
    proof: str,
    task_id: int | None = None,
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Dossier:
    """The ground has ended: the clock goes on with what was left.

    :param proof: the answer or paper that ends the ground
    :raises Refused: it is not said what ended it
    """
    turn = begin(
        actor=actor, act=Act.RESUME, code=dossier_code, revision=revision, key=key, task_id=task_id, at=at
    )
    if turn.is_repeat:
        return turn.dossier
    proof = require_text(proof, field_name="proof", message=_("Ghi lý do tạm dừng đã kết thúc thế nào."))
    _end(turn, proof)
    turn.note(proof)
    return turn.finish()


def _suspend(turn: Turn, reason: str, *, basis: str, paper: str, review_at: datetime) -> None:
    ground = rules.require_suspension(reason, basis=basis, review_at=review_at, at=turn.at, say=_)
    held = pause(turn, ground.label, review_at)
    row = Suspension(
        dossier=turn.dossier,
        ground=str(reason),
        basis=basis,
        paper=clean_line(paper)[:200],
        unit_id=turn.actor.unit_id,
        since=turn.at,
        review_at=review_at,
        held=held,
    )
    turn.keep(row)
    turn.data |= {"ground": str(reason), "review_at": review_at.isoformat()}


def _end(turn: Turn, proof: str) -> None:
    row = read_row(Suspension, "dossier_id = %s AND ended_at IS NULL ORDER BY id LIMIT 1", [turn.dossier.pk])
    if row is None:
        raise Refused("no_suspension", _("Hồ sơ không có lần tạm dừng nào đang kéo dài."))
    row.ended_at, row.proof = turn.at, clean_line(proof)[:300]
    turn.amend(row, "ended_at", "proof")
    if (days := _find_second_stage(turn)) is not None:
        begin_stage(turn, days)
    else:
        go_on(turn, row.held)
    turn.data["ground"] = row.ground


def _find_second_stage(turn: Turn) -> Decimal | None:
    """The working days after the obligation, for a part with two appointments; None where the clock just goes on."""
    if turn.act is not Act.CONFIRM_PAYMENT or turn.dossier.joint_id is None:
        return None
    rows = JointPart.objects.filter(dossier=turn.dossier)
    days: Decimal | None = rows.values_list("second_days", flat=True).first()
    return days
