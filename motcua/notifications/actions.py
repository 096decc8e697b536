"""Having a person told, and keeping what became of it."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from motcua.notifications import rules
from motcua.notifications.models import Channel, Delivery, DeliveryState

# One statement: the permanent message and its place in the queue.
_ENQUEUE = """
WITH message AS (
    INSERT INTO notifications_message (at, agency_id, template, reference, person_id, channel, params)
    VALUES (%(at)s, %(agency_id)s, %(template)s, %(reference)s, %(person_id)s, %(channel)s, %(params)s::jsonb)
    RETURNING id, at, agency_id, channel
)
INSERT INTO notifications_delivery
    (message_id, message_at, agency_id, channel, state, attempts, next_at, proof, last_error)
SELECT id, at, agency_id, channel, 'waiting', 0, at, '', '' FROM message
RETURNING message_id
"""


def enqueue(
    template: str,
    *,
    reference: str,
    agency_id: int,
    person_id: int,
    channel: str = Channel.EMAIL,
    params: Mapping[str, object],
    at: datetime,
) -> int:
    """Have a person told, in the transaction of the act; a job sends it. The id of the message.

    The address is read when it is sent, and ``params`` hold codes, days and names of agencies, nothing personal.
    """
    row: dict[str, Any] = {
        "at": at,
        "agency_id": agency_id,
        "template": template,
        "reference": reference,
        "person_id": person_id,
        "channel": str(channel),
        "params": json.dumps(params, ensure_ascii=False, default=str),
    }
    with connection.cursor() as cursor:
        cursor.execute(_ENQUEUE, row)
        return cursor.fetchone()[0]


def mark_sent(*, delivery_id: int, proof: str, at: datetime) -> None:
    """It was taken over, and this is the proof."""
    sent = {"state": DeliveryState.SENT, "sent_at": at, "proof": proof[:200], "last_error": ""}
    Delivery.objects.filter(pk=delivery_id).update(**sent)


def mark_undeliverable(*, delivery_id: int, at: datetime) -> None:
    """The person left no address for this channel."""
    Delivery.objects.filter(pk=delivery_id).update(state=DeliveryState.NO_ADDRESS, next_at=at)


def mark_failed(*, delivery_id: int, attempts: int, error: str, is_final: bool, at: datetime) -> None:
    """It was not taken: wait longer, or leave it to the operator."""
    Delivery.objects.filter(pk=delivery_id).update(
        attempts=attempts,
        state=DeliveryState.FAILED if is_final or attempts >= rules.MAX_ATTEMPTS else DeliveryState.WAITING,
        next_at=at + rules.wait_after(attempts),
        last_error=error[:300],
    )


def retry(*, delivery_ids: list[int], agency_ids: Collection[int] | None = None, at: datetime) -> int:
    """The operator has them tried again at once, those of the agencies looked after (None: all); how many."""
    open_ = Delivery.objects.filter(pk__in=delivery_ids).exclude(state=DeliveryState.SENT)
    if agency_ids is not None:
        open_ = open_.filter(agency_id__in=list(agency_ids))
    return open_.update(state=DeliveryState.WAITING, attempts=0, next_at=at)


def postpone(*, delivery_ids: list[int], error: str, at: datetime) -> None:
    """The mail server was not reached: those still waiting wait a little; no attempt is counted."""
    waiting = Delivery.objects.filter(pk__in=delivery_ids, state=DeliveryState.WAITING, next_at__lte=at)
    waiting.update(next_at=at + rules.SERVER_AWAY, last_error=error[:300])
