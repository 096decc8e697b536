"""Withdrawing an interlinked dossier as a whole: every part not decided ends, and none begins any more."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core import idempotency
from motcua.core.keeping import amend_row
from motcua.core.refusal import Refused
from motcua.dossiers import access
from motcua.dossiers.actions.closing import close_early
from motcua.dossiers.actions.following import leave_out_rest, tell_whole
from motcua.dossiers.actions.telling import require_text
from motcua.dossiers.actions.turn import begin
from motcua.dossiers.models import Joint
from motcua.dossiers.queries.joints import find_part_codes, has_parts_to_come, require_joint
from motcua.dossiers.rules.states import ALIVE, Act
from motcua.organisations.rules import Actor

WITHDRAW_WHOLE = "withdraw_whole"


@transaction.atomic
def withdraw_whole(*, actor: Actor, joint_code: str, reason: str, key: str = "", at: datetime) -> Joint:
    """Close every part that is open and undecided because the applicant takes the one form back.

    What was decided goes on to its result; a part that had not begun never does, unless a part is reopened. The
    applicant hears of it once.

    :raises Refused: no reason, another counter, or nothing is left to withdraw.
    """
    if key and (code := _repeat(actor, key, joint_code)):
        return require_joint(actor, code)
    joint = require_joint(actor, joint_code)
    if not access.may_take_back(actor, joint):
        raise Refused("not_yours", _("Cả bộ hồ sơ do bộ phận một cửa nơi nhận hoặc nơi trả rút."))
    reason = require_text(reason, field_name="reason", message=_("Ghi lý do."))
    # Parts before the whole, in one order: two officers never wait for each other.
    codes = find_part_codes(joint, ALIVE, is_undecided=True)
    if not codes and not has_parts_to_come(joint):
        raise Refused("not_possible_now", _("Không còn phần nào chưa quyết định để rút."))
    withdraw = Act.WITHDRAW
    turns = [begin(actor=actor, act=withdraw, code=code, revision=None, key="", at=at) for code in codes]
    joint.withdrawn_at = at
    amend_row(joint, "withdrawn_at")
    for turn in turns:
        close_early(turn, reason)
        turn.finish(is_followed=False)
    joint = leave_out_rest(joint=joint, at=at)
    tell_whole(joint, "dossiers/withdrawn", at=at)
    audit.record("dossiers.joint_withdrawn", actor=actor, subject=f"dossiers.joint:{joint.pk}", at=at)
    if key:
        idempotency.complete(key, f"user:{actor.user_id}", joint.code)
    return joint


def _repeat(actor: Actor, key: str, code: str) -> str | None:
    content = {"code": code, "act": WITHDRAW_WHOLE}
    return idempotency.remember(
        key, f"user:{actor.user_id}", WITHDRAW_WHOLE, idempotency.fingerprint(content)
    )
