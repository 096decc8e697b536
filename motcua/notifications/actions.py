"""Having a person told, and keeping what became of it."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from motcua.core.drafts import Draft, write
from motcua.core.refusal import Refused
from motcua.core.text import clean_line
from motcua.notifications import rules
from motcua.notifications.models import STUCK, Channel, Delivery, DeliveryState

# The permanent messages and their places in the queue.
_MESSAGES = """
message AS (
    INSERT INTO notifications_message (at, agency_id, template, reference, person_id, channel, params)
    VALUES {messages}
    RETURNING id, at, agency_id, person_id, template, reference, channel
), delivery AS (
    INSERT INTO notifications_delivery
        (message_id, message_at, agency_id, person_id, template, reference, channel, state, attempts, next_at,
         owner_name, note, proof, last_error)
    SELECT id, at, agency_id, person_id, template, reference, channel, 'waiting', 0, at, '', '', '', '' FROM message
    RETURNING message_id
)
"""
_MESSAGE = "(%s, %s, %s, %s, %s, %s, %s::jsonb)"


class Message(NamedTuple):
    """What a person is told; ``params`` hold codes, days and names of agencies, nothing personal."""

    template: str
    reference: str
    agency_id: int
    person_id: int
    params: Mapping[str, object]
    channel: str = Channel.EMAIL


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
    message = Message(template, reference, agency_id, person_id, params, channel)
    return write([draft_all([message], at=at)], answer="message_id FROM delivery")[0]


def draft_all(messages: Sequence[Message], *, at: datetime) -> Draft:
    """As `enqueue`, of several, to be written with what else the act leaves."""
    values: list[object] = []
    for one in messages:
        said = json.dumps(one.params, ensure_ascii=False, default=str)
        values += (at, one.agency_id, one.template, one.reference, one.person_id, str(one.channel), said)
    return Draft(_open(len(messages)), values)


@cache
def _open(count: int) -> str:
    return _MESSAGES.format(messages=", ".join([_MESSAGE] * count))


def enqueue_for_officer(
    template: str,
    *,
    reference: str,
    agency_id: int,
    user_id: int,
    params: Mapping[str, object],
    at: datetime,
) -> int:
    """Have somebody who signs in told by e-mail; no person served is meant, and the address is read when it is sent."""
    return enqueue(
        template,
        reference=reference,
        agency_id=agency_id,
        person_id=0,
        params={**params, "user_id": user_id},
        at=at,
    )


def mark_sent(*, delivery_id: int, proof: str, at: datetime) -> None:
    """It was taken over, and this is the proof."""
    sent = {"state": DeliveryState.SENT, "sent_at": at, "proof": proof[:200], "last_error": ""}
    Delivery.objects.filter(pk=delivery_id).update(**sent)


def mark_delivered(*, delivery_id: int, at: datetime) -> None:
    """The gateway says it reached the person."""
    sent = Delivery.objects.filter(pk=delivery_id, state=DeliveryState.SENT)
    sent.update(state=DeliveryState.DELIVERED, delivered_at=at)


def mark_undeliverable(*, delivery_id: int, at: datetime) -> None:
    """The person left no address for any channel."""
    lost = {"state": DeliveryState.NO_ADDRESS, "next_at": at, "failed_at": at}
    Delivery.objects.filter(pk=delivery_id).update(**lost)


def mark_failed(*, delivery_id: int, attempts: int, error: str, is_final: bool, at: datetime) -> None:
    """It was not taken, or did not arrive: wait longer, or leave it to a person."""
    is_over = is_final or attempts >= rules.MAX_ATTEMPTS
    Delivery.objects.filter(pk=delivery_id).update(
        attempts=attempts,
        state=DeliveryState.FAILED if is_over else DeliveryState.WAITING,
        failed_at=at if is_over else None,
        next_at=at + rules.wait_after(attempts),
        last_error=error[:300],
    )


def mark_overtaken(*, delivery_id: int, at: datetime) -> None:
    """A later message says otherwise: this one is not sent any more."""
    Delivery.objects.filter(pk=delivery_id).update(state=DeliveryState.OVERTAKEN, next_at=at)


def change_channel(*, delivery_id: int, channel: str, at: datetime) -> None:
    """The way it was meant for leads nowhere: no address, or not brought; this one may."""
    anew = {"state": DeliveryState.WAITING, "channel": channel, "next_at": at, "attempts": 0, "proof": ""}
    Delivery.objects.filter(pk=delivery_id).update(**anew)


def take_over(
    *,
    delivery_ids: Collection[int],
    owner_id: int,
    owner_name: str,
    agency_ids: Collection[int] | None = None,
    at: datetime,
) -> int:
    """Somebody sees to messages that did not arrive; how many. A second person may take them from the first."""
    stuck = _find_stuck(delivery_ids, agency_ids)
    return stuck.update(owner_id=owner_id, owner_name=owner_name[:120], next_at=at)


def settle(
    *, delivery_ids: Collection[int], note: str, agency_ids: Collection[int] | None = None, at: datetime
) -> int:
    """The person was told in another way, for example by telephone; how many messages this ends.

    :raises Refused: nothing was said about how.
    """
    words = clean_line(note)
    if not words:
        raise Refused("reason_needed", _("Ghi đã báo cho người dân bằng cách nào."), field="note")
    told = {"state": DeliveryState.TOLD_OTHERWISE, "note": words[:300], "delivered_at": at}
    return _find_stuck(delivery_ids, agency_ids).update(**told)


def _find_stuck(delivery_ids: Collection[int], agency_ids: Collection[int] | None) -> QuerySet[Delivery]:
    stuck = Delivery.objects.filter(pk__in=list(delivery_ids), state__in=STUCK)
    return stuck if agency_ids is None else stuck.filter(agency_id__in=list(agency_ids))


def retry(*, delivery_ids: list[int], agency_ids: Collection[int] | None = None, at: datetime) -> int:
    """The operator has them tried again at once, those of the agencies looked after (None: all); how many."""
    open_ = Delivery.objects.filter(pk__in=delivery_ids, state__in=(DeliveryState.WAITING, *STUCK))
    if agency_ids is not None:
        open_ = open_.filter(agency_id__in=list(agency_ids))
    return open_.update(state=DeliveryState.WAITING, attempts=0, next_at=at, failed_at=None)


def postpone(*, delivery_ids: list[int], error: str, at: datetime) -> None:
    """The mail server was not reached: those still waiting wait a little; no attempt is counted."""
    waiting = Delivery.objects.filter(pk__in=delivery_ids, state=DeliveryState.WAITING, next_at__lte=at)
    waiting.update(next_at=at + rules.SERVER_AWAY, last_error=error[:300])
