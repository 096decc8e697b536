"""Giving neighbouring systems their tokens, and taking them back."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core import secret
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.organisations import access
from motcua.organisations.models import ApiToken, Assignment
from motcua.organisations.queries.tokens import hash_token
from motcua.organisations.rules import Actor

SCOPES = ("dossiers:read", "dossiers:write")
CALLS_PER_MINUTE = 600
MOST_CALLS_PER_MINUTE = 60_000

# One statement counts the call and says how many came in this minute; callers in many processes share the row.
_COUNT = """
UPDATE organisations_apitoken
SET minute_calls = CASE WHEN minute_at = %(minute)s THEN minute_calls + 1 ELSE 1 END,
    minute_at = %(minute)s, last_used_at = %(at)s
WHERE id = %(token_id)s
RETURNING minute_calls, calls_per_minute
"""


@transaction.atomic
def issue_token(
    *,
    actor: Actor,
    assignment_id: int,
    name: str,
    scopes: Iterable[str],
    valid_from: date,
    valid_to: date | None = None,
    calls_per_minute: int = CALLS_PER_MINUTE,
    at: datetime,
) -> str:
    """Give a system a token that acts in the post of an assignment. The text is told once and not kept.

    :raises Refused: not the actor's unit to look after, no name, an unknown scope, or days that are none.
    """
    assignment = Assignment.objects.filter(pk=assignment_id).first()
    if assignment is None:
        raise Refused("not_found", _("Không có phân công này."), field="assignment_id")
    access.require_administrator(actor, assignment.unit_id)
    wanted = sorted(set(scopes))
    if not wanted or not set(wanted) <= set(SCOPES):
        raise Refused("unknown_choice", _("Lựa chọn không có trong danh sách."), field="scopes")
    name = clean_line(name)[:120]
    if not name:
        raise Refused("name_missing", _("Ghi tên hệ thống dùng khóa."), field="name")
    _require_sound(valid_from, valid_to, calls_per_minute)
    text = f"mc_{secret.new_token()}{secret.new_token()}"
    token = ApiToken.objects.create(
        name=name,
        token_hash=hash_token(text),
        scopes=wanted,
        assignment=assignment,
        valid_from=valid_from,
        valid_to=valid_to,
        calls_per_minute=calls_per_minute,
    )
    audit.record(
        "organisations.token_issued", actor=actor, subject=f"organisations.apitoken:{token.pk}", at=at
    )
    return text


@transaction.atomic
def revoke_token(*, actor: Actor, token_id: int, at: datetime) -> None:
    """End a token at once; its row stays so that past calls keep their name.

    :raises Refused: there is none, or its unit is not the actor's to look after.
    """
    token = (
        ApiToken.objects.select_for_update(of=("self",))
        .select_related("assignment")
        .filter(pk=token_id)
        .first()
    )
    if token is None:
        raise Refused("not_found", _("Không có khóa này."))
    access.require_administrator(actor, token.assignment.unit_id)
    today = timezone.localdate(at)
    token.valid_from = min(token.valid_from, today - timedelta(days=1))
    token.valid_to = today
    token.save(update_fields=["valid_from", "valid_to"])
    audit.record(
        "organisations.token_revoked", actor=actor, subject=f"organisations.apitoken:{token_id}", at=at
    )


def count_call(*, token_id: int, at: datetime) -> None:
    """Count a call of the token and keep when it was last used.

    :raises Refused: more calls in this minute than the token may make.
    """
    row: dict[str, Any] = {
        "token_id": token_id,
        "at": at,
        "minute": at.replace(second=0, microsecond=0),
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, row)
        counted = cursor.fetchone()
    if counted and counted[0] > counted[1]:
        message = _("Khóa này được gọi %(n)s lần mỗi phút. Hãy chờ sang phút sau.") % {"n": counted[1]}
        raise Refused("too_many", message)


def _require_sound(valid_from: date, valid_to: date | None, calls_per_minute: int) -> None:
    if valid_to is not None and valid_to <= valid_from:
        raise Refused("invalid", _("Ngày cuối không thể trước ngày bắt đầu."), field="last_day")
    if not 1 <= calls_per_minute <= MOST_CALLS_PER_MINUTE:
        message = _("Số lần gọi mỗi phút từ 1 đến %(most)s.") % {"most": MOST_CALLS_PER_MINUTE}
        raise Refused("invalid", message, field="calls_per_minute")
