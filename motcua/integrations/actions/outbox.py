"""Putting a message for a neighbour in the outbox, and keeping what became of it."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from motcua.core import secret
from motcua.core.drafts import Draft, write
from motcua.integrations import rules
from motcua.integrations.models import Dispatch, DispatchState, Outgoing

# The permanent messages and their places in the queue.
_OUTGOING = """
outgoing AS (
    INSERT INTO integrations_outgoing (at, agency_id, destination, topic, reference, sequence, payload)
    VALUES {messages}
    RETURNING id, at, agency_id, destination, reference, sequence
), dispatch AS (
    INSERT INTO integrations_dispatch
        (outgoing_id, outgoing_at, agency_id, destination, reference, sequence, state, attempts, next_at, last_error, words_enc)
    SELECT id, at, agency_id, destination, reference, sequence, 'waiting', 0, at, '', %s::bytea FROM outgoing
    RETURNING outgoing_id
)
"""
_MESSAGE = "(%s, %s, %s, %s, %s, %s, %s::jsonb)"

# The first open message of each reference alone: what was told later never overtakes what failed earlier.
_LEASE = """
UPDATE integrations_dispatch SET next_at = %(until)s WHERE id IN (
    SELECT d.id FROM integrations_dispatch d
    WHERE d.destination = %(destination)s AND d.state = 'waiting' AND d.next_at <= %(at)s AND NOT EXISTS (
        SELECT FROM integrations_dispatch e
        WHERE e.destination = d.destination AND e.reference = d.reference AND e.state IN ('waiting', 'failed')
          AND (e.sequence, e.id) < (d.sequence, d.id))
    ORDER BY d.next_at, d.id LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
RETURNING *
"""


@dataclass(frozen=True, slots=True)
class Said:
    """What a neighbour is told of one reference."""

    agency_id: int
    reference: str
    payload: Mapping[str, object]
    sequence: int = 0


def put(
    destination: str,
    topic: str,
    *,
    agency_id: int,
    reference: str,
    payload: Mapping[str, object],
    sequence: int = 0,
    words: str = "",
    at: datetime,
) -> int:
    """Tell a neighbour, in the transaction of the act; a job delivers it later. The id of the message.

    :param sequence: order among the messages of one reference (the dossier's revision)
    :param words: what an officer wrote for the applicant; not part of the permanent message, gone once delivered
    :raises ValueError: the payload names personal data
    """
    said = [Said(agency_id, reference, payload, sequence)]
    drafted = draft_all(destination, topic, said, words=words, at=at)
    return write([drafted], answer="outgoing_id FROM dispatch")[0]


def draft_all(
    destination: str, topic: str, messages: Sequence[Said], *, words: str = "", at: datetime
) -> Draft:
    """As `put`, of several, to be written with what else the act leaves.

    :raises ValueError: a payload names personal data
    """
    values: list[Any] = []
    for one in messages:
        if found := rules.find_personal(one.payload):
            raise ValueError(f"personal data does not belong in the outbox: {found}")
        payload = json.dumps(one.payload, ensure_ascii=False, default=str)
        values += (at, one.agency_id, destination, topic, one.reference, one.sequence, payload)
    values.append(secret.encrypt(words) if words else None)
    return Draft(_open(len(messages)), values)


@cache
def _open(count: int) -> str:
    return _OUTGOING.format(messages=", ".join([_MESSAGE] * count))


def lease(*, destination: str, limit: int, at: datetime) -> list[Dispatch]:
    """Take the next messages to deliver; whoever does not come back with them in time loses them to another."""
    asked = {"destination": destination, "at": at, "until": at + rules.LEASE, "limit": limit}
    return sorted(Dispatch.objects.raw(_LEASE, asked), key=lambda dispatch: dispatch.pk)


def postpone(*, dispatch_ids: list[int], error: str, at: datetime) -> None:
    """The neighbour was not reached: they wait a little, no attempt is counted."""
    waiting = Dispatch.objects.filter(pk__in=dispatch_ids, state=DispatchState.WAITING)
    waiting.update(next_at=at + rules.NEIGHBOUR_AWAY, last_error=error[:300])


def set_aside(
    *, dispatch_ids: list[int], reason: str, agency_ids: Collection[int] | None = None, at: datetime
) -> int:
    """The operator lets what could not be told rest, with the reason; what comes after it may go. How many."""
    failed = Dispatch.objects.filter(pk__in=dispatch_ids, state=DispatchState.FAILED)
    if agency_ids is not None:
        failed = failed.filter(agency_id__in=list(agency_ids))
    return failed.update(state=DispatchState.SET_ASIDE, last_error=reason[:300], next_at=at)


def replay(*, destination: str, reference: str, at: datetime) -> int | None:
    """Tell the neighbour anew what it was told last of a reference; the id of the message, or None without any."""
    told = Outgoing.objects.filter(destination=destination, reference=reference)
    last = told.order_by("-sequence", "-id").first()
    if last is None:
        return None
    payload = {**last.payload, "replay_of": last.payload.get("replay_of", last.pk)}
    return put(
        destination,
        last.topic,
        agency_id=last.agency_id,
        reference=reference,
        payload=payload,
        sequence=last.sequence,
        at=at,
    )


def mark_sent(*, dispatch_id: int, note: str = "", at: datetime) -> None:
    """The neighbour has it; ``note`` is what it said beside."""
    sent = {"state": DispatchState.SENT, "sent_at": at, "last_error": note[:300]}
    Dispatch.objects.filter(pk=dispatch_id).update(**sent, words_enc=None)


def mark_failed(*, dispatch_id: int, attempts: int, error: str, is_final: bool = False, at: datetime) -> None:
    """The neighbour did not take it: wait longer, or leave it to the operator after the last attempt."""
    is_over = is_final or attempts >= rules.MAX_ATTEMPTS
    Dispatch.objects.filter(pk=dispatch_id).update(
        attempts=attempts,
        state=DispatchState.FAILED if is_over else DispatchState.WAITING,
        next_at=at + rules.wait_after(attempts),
        last_error=error[:300],
    )


def retry(*, dispatch_ids: list[int], agency_ids: Collection[int] | None = None, at: datetime) -> int:
    """The operator has them tried again at once, those of the agencies looked after (None: all); how many."""
    waiting = Dispatch.objects.filter(pk__in=dispatch_ids).exclude(state=DispatchState.SENT)
    if agency_ids is not None:
        waiting = waiting.filter(agency_id__in=list(agency_ids))
    return waiting.update(state=DispatchState.WAITING, attempts=0, next_at=at)
