"""The same call twice has one effect: a double click, a retry, two officers pressing at once."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from motcua.core import secret
from motcua.core.drafts import Draft, write
from motcua.core.prepared import open_cursor
from motcua.core.refusal import Refused

# The second caller waits here until the first one's transaction ends, then sees what it left.
_CLAIM = """
INSERT INTO core_idempotentcall (owner, key, act, fingerprint, reference) VALUES (%s, %s, %s, %s, '')
ON CONFLICT (owner, key) DO NOTHING RETURNING id
"""
_FIND = "SELECT act, fingerprint, reference FROM core_idempotentcall WHERE owner = %s AND key = %s"
_COMPLETE = "kept_call AS (UPDATE core_idempotentcall SET reference = %s WHERE owner = %s AND key = %s)"
_FORGET = "DELETE FROM core_idempotentcall WHERE at < %s"


def fingerprint(content: Mapping[str, Any]) -> str:
    """What was asked for, as a keyed digest: the content itself is not kept."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return secret.blind_index(text, "idempotency").hex()


def remember(key: str, owner: str, act: str, fingerprint: str) -> str | None:
    """Claim the key inside the act's transaction; the reference of the earlier call, or None when this is the first.

    :raises Refused: the key was used for something else, or its first call has left no result.
    """
    with open_cursor() as cursor:
        cursor.execute(_CLAIM, [owner, key, act, fingerprint])
        if cursor.fetchone():
            return None
        cursor.execute(_FIND, [owner, key])
        kept = cursor.fetchone()
    return _answer(kept, act, fingerprint)


def complete(key: str, owner: str, reference: str) -> None:
    """Keep the reference of what the call made, in the same transaction."""
    write(draft_completion(key, owner, reference))


def draft_completion(key: str, owner: str, reference: str) -> list[Draft]:
    """As `complete`, to be written with what else the act leaves; nothing for a call without a key."""
    return [Draft(_COMPLETE, (reference, owner, key))] if key else []


def forget_before(*, at: Any) -> int:
    """Drop the keys older than this moment; how many."""
    with open_cursor() as cursor:
        cursor.execute(_FORGET, [at])
        return cursor.rowcount


def _answer(kept: tuple[str, str, str] | None, act: str, fingerprint: str) -> str:
    if kept is None or not kept[2]:
        raise Refused(
            "idempotency_in_progress", _("Yêu cầu trước đang được xử lý. Hãy thử lại sau giây lát.")
        )
    if kept[:2] != (act, fingerprint):
        raise Refused(
            "idempotency_mismatch",
            _("Mã chống gửi trùng này đã dùng cho một yêu cầu khác."),
            field="key",
        )
    return kept[2]
