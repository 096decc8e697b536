"""Withdrawing an interlinked dossier as a whole: every part not decided ends, and none begins any more."""

from datetime import date, datetime

from django.db import transaction

from motcua.audit import actions as audit
from motcua.core import idempotency
from motcua.core.refusal import Refused
from motcua.core.wording import gettext as _
from motcua.dossiers import access
from motcua.dossiers.actions.closing import Asked, close_early
from motcua.dossiers.actions.following import leave_out, lock_whole, settle, tell_whole
from motcua.dossiers.actions.telling import Account, require_text
from motcua.dossiers.actions.turn import begin_parts
from motcua.dossiers.models import Joint
from motcua.dossiers.queries.joints import require_joint
from motcua.dossiers.rules.states import ALIVE, Act
from motcua.organisations.rules import Actor

WITHDRAW_WHOLE = "withdraw_whole"


@transaction.atomic
def withdraw_whole(
    *,
    actor: Actor,
    joint_code: str,
    reason: str,
    request_channel: str = "",
    requested_on: date | None = None,
    key: str = "",
    at: datetime,
) -> Joint:
    """Close every part that is open and undecided because the applicant takes the one form back.

    What was decided goes on to its result; a part that had not begun never does, unless a part is reopened. The
    applicant hears of it once.

    :param request_channel: how the applicant asked, one of `rules.ending.CHANNELS`; the notices of the parts say it
    :raises Refused: no reason, another counter, or nothing is left to withdraw.
    """
    if key and (code := _repeat(actor, key, joint_code)):
        return require_joint(actor, code)
    account = Account(actor, Act.WITHDRAW, at, key)
    joint = require_joint(actor, joint_code)
    if not access.may_take_back(actor, joint):
        raise Refused("not_yours", _("Cả bộ hồ sơ do bộ phận một cửa nơi nhận hoặc nơi trả rút."))
    reason = require_text(reason, field_name="reason", message=_("Ghi lý do."))
    joint = _take_back(account, joint, reason, Asked(request_channel, requested_on))
    tell_whole(account, joint, "dossiers/withdrawn")
    account.keep(joint.code)
    return joint


def _take_back(account: Account, joint: Joint, reason: str, asked: Asked) -> Joint:
    """Parts before the whole, in one order: two officers never wait for each other."""
    actor, at = account.actor, account.at
    told = asked.tell(joint.received_at, at)
    parts = begin_parts(actor=actor, act=Act.WITHDRAW, joint=joint, states=ALIVE, is_undecided=True, at=at)
    joint, rows = lock_whole(joint.pk, parts.dossiers)
    to_come = [row for row in rows if row.dossier_id is None and row.dropped_at is None]
    if not parts.turns and not to_come:
        raise Refused("not_possible_now", _("Không còn phần nào chưa quyết định để rút."))
    for turn in parts.turns:
        close_early(turn, reason)
        turn.data |= told
    parts.write(account)
    account.done.append(audit.Done("dossiers.joint_withdrawn", f"dossiers.joint:{joint.pk}"))
    leave_out(account, to_come)
    joint.withdrawn_at = at
    settle(account, joint, rows, amended=("withdrawn_at",))
    return joint


def _repeat(actor: Actor, key: str, code: str) -> str | None:
    content = {"code": code, "act": WITHDRAW_WHOLE}
    return idempotency.remember(
        key, f"user:{actor.user_id}", WITHDRAW_WHOLE, idempotency.fingerprint(content)
    )
