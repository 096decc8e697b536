"""Putting a message for a neighbour in the outbox, and keeping what became of it."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from motcua.integrations import rules
from motcua.integrations.models import Dispatch, DispatchState

# One statement: the permanent message and its place in the queue.
_PUT = """
WITH message AS (
    INSERT INTO integrations_outgoing (at, agency_id, destination, topic, reference, sequence, payload)
    VALUES (%(at)s, %(agency_id)s, %(destination)s, %(topic)s, %(reference)s, %(sequence)s, %(payload)s::jsonb)
    RETURNING id, at, agency_id, destination
)
INSERT INTO integrations_dispatch
    (outgoing_id, outgoing_at, agency_id, destination, state, attempts, next_at, last_error)
SELECT id, at, agency_id, destination, 'waiting', 0, at, '' FROM message
RETURNING outgoing_id
"""


def put(
    destination: str,
    topic: str,
    *,
    agency_id: int,
    reference: str,
    payload: Mapping[str, object],
    sequence: int = 0,
    at: datetime,
) -> int:
    """Tell a neighbour, in the transaction of the act; a job delivers it later. The id of the message.

    :param sequence: order among the messages of one reference (the dossier's revision)
    :raises ValueError: the payload names personal data
    """
    if found := rules.find_personal(payload):
        raise ValueError(f"personal data does not belong in the outbox: {found}")
    row: dict[str, Any] = {
        "at": at,
        "agency_id": agency_id,
        "destination": destination,
        "topic": topic,
        "reference": reference,
        "sequence": sequence,
        "payload": json.dumps(payload, ensure_ascii=False, default=str),
    }
    with connection.cursor() as cursor:
        cursor.execute(_PUT, row)
        return cursor.fetchone()[0]


def mark_sent(*, dispatch_id: int, at: datetime) -> None:
    """The neighbour has it."""
    Dispatch.objects.filter(pk=dispatch_id).update(state=DispatchState.SENT, sent_at=at, last_error="")


def mark_failed(*, dispatch_id: int, attempts: int, error: str, at: datetime) -> None:
    """The neighbour did not take it: wait longer, or leave it to the operator after the last attempt."""
    Dispatch.objects.filter(pk=dispatch_id).update(
        attempts=attempts,
        state=DispatchState.FAILED if attempts >= rules.MAX_ATTEMPTS else DispatchState.WAITING,
        next_at=at + rules.wait_after(attempts),
        last_error=error[:300],
    )


def retry(*, dispatch_ids: list[int], agency_ids: Collection[int] | None = None, at: datetime) -> int:
    """The operator has them tried again at once, those of the agencies looked after (None: all); how many."""
    waiting = Dispatch.objects.filter(pk__in=dispatch_ids).exclude(state=DispatchState.SENT)
    if agency_ids is not None:
        waiting = waiting.filter(agency_id__in=list(agency_ids))
    return waiting.update(state=DispatchState.WAITING, attempts=0, next_at=at)
