"""What neighbours told us: what is ready to be handled, what waits for an earlier word, what a person must look at."""

import json
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from motcua.core import secret, writing
from motcua.core.paging import Page, count_up_to, page
from motcua.integrations.models import Arrival, ArrivalState, Incoming

_OPEN = (ArrivalState.WAITING, ArrivalState.FAILED)
_OVER = (ArrivalState.HANDLED, ArrivalState.SET_ASIDE)


def find_ready(
    source: str, at: datetime, *, topics: frozenset[str] | None = None, limit: int = 50
) -> list[Arrival]:
    """What may be handled now, locked for the caller alone: call inside a transaction.

    The second word about a dossier waits for the first, however late that arrives.
    """
    before = Arrival.objects.filter(
        source=OuterRef("source"),
        reference=OuterRef("reference"),
        sequence=OuterRef("before"),
        state__in=_OVER,
    )
    due = Arrival.objects.filter(source=source, state=ArrivalState.WAITING, next_at__lte=at)
    if topics is not None:
        due = due.filter(topic__in=topics)
    ready = due.annotate(before=F("sequence") - 1).filter(Q(sequence__lte=1) | Exists(before))
    return list(ready.select_for_update(skip_locked=True, of=("self",)).order_by("next_at", "id")[:limit])


def read_body(arrival: Arrival) -> dict[str, Any]:
    """The words of a message; empty once they were handled and let go."""
    read = json.loads(secret.decrypt(arrival.body_enc)) if arrival.body_enc else {}
    return read if isinstance(read, dict) else {}


def find_sent_at(arrival: Arrival) -> datetime:
    """When the neighbour says it wrote the message; when it reached us, where it says nothing."""
    told = Incoming.objects.filter(pk=arrival.incoming_id, at=arrival.incoming_at)
    return told.values_list("sent_at", flat=True).first() or arrival.incoming_at


def find_arrivals(cursor: str | None = None, *, state: str = "", reference: str = "", size: int = 50) -> Page:
    """Messages that wait or failed, of one reference if one is named, the oldest first."""
    open_ = Arrival.objects.filter(state__in=[state] if state else _OPEN)
    if reference:
        open_ = open_.filter(reference=reference)
    return page(open_, order=("id",), cursor=cursor, size=size)


def count_arrivals() -> dict[str, str]:
    """How much waits and how much failed by state, in words, counted to ten thousand."""
    return {state.value: _count(state) for state in _OPEN}


def _count(state: ArrivalState) -> str:
    number, is_more = count_up_to(Arrival.objects.filter(state=state), 10_000)
    return writing.number(number) + ("+" if is_more else "")


def find_arrivals_of(reference: str) -> list[Arrival]:
    """Everything a neighbour told of one reference, in its order."""
    return list(Arrival.objects.filter(reference=reference).order_by("sequence", "id"))
