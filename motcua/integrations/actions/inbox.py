"""What neighbours tell us: kept once for each key, handled in its order, set right by hand where it contradicts."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from motcua.core import secret
from motcua.core.rekeying import EncryptedColumn
from motcua.integrations import rules
from motcua.integrations.models import Arrival, ArrivalState, Incoming

ENCRYPTED = (
    EncryptedColumn("integrations_arrival", "body_enc"),
    EncryptedColumn("integrations_dispatch", "words_enc"),
)
CONTRADICTION = "mâu thuẫn với thông điệp trước cùng khóa"


class Heard(StrEnum):
    """What a message was to us."""

    NEW = "new"
    KNOWN = "known"  # the same words under the same key
    CONTRADICTS = "contradicts"  # other words under a key that was used


@dataclass(frozen=True, slots=True)
class Letter:
    """A message of a neighbour as it was read at the door."""

    source: str
    key: str
    topic: str
    reference: str
    sequence: int
    body: Mapping[str, Any]
    sent_at: datetime | None = None


@transaction.atomic
def take_in(letter: Letter, *, at: datetime) -> Heard:
    """Keep a message; the same one again is only counted, another under the same key waits for a person."""
    mark = rules.fingerprint(letter.topic, letter.reference, letter.sequence, letter.body)
    _hold(letter)
    same_key = Arrival.objects.filter(source=letter.source, key=letter.key)
    if same_key.filter(fingerprint=mark).update(repeats=F("repeats") + 1):
        return Heard.KNOWN
    heard = Heard.CONTRADICTS if same_key.exists() else Heard.NEW
    _keep(letter, mark, heard, at)
    return heard


def mark_handled(*, arrival_id: int, result: str, at: datetime) -> None:
    """It was done; ``result`` is our own reference. The words are no longer needed and go."""
    done = {"state": ArrivalState.HANDLED, "handled_at": at, "result": result[:60], "last_error": ""}
    Arrival.objects.filter(pk=arrival_id).update(**done, body_enc=None)


def mark_not_handled(
    *, arrival_id: int, attempts: int, error: str, is_final: bool = False, at: datetime
) -> None:
    """It could not be done: try later, or leave it to a person. The words stay."""
    is_over = is_final or attempts >= rules.MAX_ATTEMPTS
    Arrival.objects.filter(pk=arrival_id).update(
        attempts=attempts,
        state=ArrivalState.FAILED if is_over else ArrivalState.WAITING,
        next_at=at + rules.wait_after(attempts),
        last_error=error[:300],
    )


def handle_again(*, arrival_ids: Collection[int], at: datetime) -> int:
    """A person has them tried again at once; how many."""
    failed = Arrival.objects.filter(pk__in=list(arrival_ids), state=ArrivalState.FAILED)
    return failed.update(state=ArrivalState.WAITING, attempts=0, next_at=at)


def set_arrivals_aside(*, arrival_ids: Collection[int], reason: str, at: datetime) -> int:
    """A person lets them rest, with the reason; the next of the same reference may go. How many."""
    failed = Arrival.objects.filter(pk__in=list(arrival_ids), state=ArrivalState.FAILED)
    return failed.update(state=ArrivalState.SET_ASIDE, last_error=reason[:300], handled_at=at)


def _hold(letter: Letter) -> None:
    """One at a time under one key: the same message may knock twice at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{letter.source} {letter.key}"]
        )


def _keep(letter: Letter, mark: str, heard: Heard, at: datetime) -> None:
    facts: dict[str, Any] = {
        "source": letter.source,
        "key": letter.key,
        "topic": letter.topic,
        "reference": letter.reference,
        "sequence": letter.sequence,
        "fingerprint": mark,
    }
    incoming = Incoming(at=at, sent_at=letter.sent_at, **facts)
    incoming.save()
    contradicts = heard is Heard.CONTRADICTS
    Arrival.objects.create(
        incoming_id=incoming.pk,
        incoming_at=at,
        body_enc=secret.encrypt(json.dumps(letter.body, ensure_ascii=False)),
        state=ArrivalState.FAILED if contradicts else ArrivalState.WAITING,
        last_error=CONTRADICTION if contradicts else "",
        next_at=at,
        **facts,
    )
