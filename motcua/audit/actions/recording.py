"""Writing down what was done and what was read, in the transaction of the act itself: one INSERT for each act."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.db import transaction

from motcua.core.acting import Acting
from motcua.core.drafts import Draft
from motcua.core.prepared import open_cursor
from motcua.core.trace import current_request_id

# Written on every page and with every act: plain SQL costs half of what the mapper does.
_RECORD = """
INSERT INTO audit_entry
    (at, what, subject, ids, note, request_id, user_id, person_name, post, unit_id, unit_name)
VALUES """
# The statement is its whole transaction: what it sets is gone with it.
_UNAWAITED = " RETURNING set_config('synchronous_commit', 'off', true)"
_ROW = "(%s, %s, %s, %s::jsonb, %s, %s, %s, %s, %s, %s, %s)"


def record(
    what: str,
    *,
    actor: Acting | str | None,
    subject: str = "",
    ids: Iterable[int | str] = (),
    note: str = "",
    at: datetime,
) -> None:
    """Keep that ``what`` was done to ``subject``; ``actor`` is None for a citizen and ``"system"`` for a job.

    Ids and codes only: no name, number or address of the people served.
    """
    _keep(_insert(1), (at, what, subject, json.dumps(list(ids)), note[:500], *_about(actor)))


class Done(NamedTuple):
    """What was done, to which subject."""

    what: str
    subject: str
    note: str = ""


def draft_all(*, actor: Acting | str | None, done: Sequence[Done], at: datetime) -> Draft:
    """What one act did to several, a row for each, to be written with what else it leaves."""
    about = _about(actor)
    rows = [(at, one.what, one.subject, "[]", one.note[:500], *about) for one in done]
    return Draft(_name(len(rows)), [value for row in rows for value in row])


@cache
def _name(count: int) -> str:
    return f"entry AS ({_insert(count)})"


@cache
def _insert(count: int) -> str:
    return _RECORD + ", ".join([_ROW] * count)


def record_reading(
    what: str, *, actor: Acting | str | None, subject: str = "", ids: Iterable[int | str], at: datetime
) -> None:
    """Keep that these records were shown: one row for a whole list, nothing for an empty one.

    A page does not wait for the disk, unless it is part of an act (decision 29).
    """
    if shown := list(ids):
        text = _insert(1) if transaction.get_connection().in_atomic_block else _insert(1) + _UNAWAITED
        _keep(text, (at, what, subject, json.dumps(shown), "", *_about(actor)))


def _keep(text: str, row: Sequence[Any]) -> None:
    with open_cursor() as cursor:
        cursor.execute(text, row)


def _about(actor: Acting | str | None) -> tuple[str, int | None, str, str, int | None, str]:
    """In which request, and by whom as they stood then."""
    request = current_request_id()
    if actor is None or isinstance(actor, str):
        return request, None, actor or "", "", None, ""
    return (
        request,
        actor.user_id,
        actor.person_name[:120],
        str(actor.post),
        actor.unit_id,
        actor.unit_name[:200],
    )
