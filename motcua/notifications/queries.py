"""What people were told, what waits, and what could not be delivered."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from motcua.core import writing
from motcua.core.paging import Page, count_up_to, page
from motcua.core.reading import AMONG, read_rows
from motcua.notifications import letters, rules
from motcua.notifications.models import Channel, Delivery, DeliveryState, Message

_OPEN = (DeliveryState.WAITING, DeliveryState.FAILED)
_COUNTED = 10_000
# What a subject leaves open where its code stood.
_GAP = re.compile(r" (?=[?.,;:!])")


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message of one dossier and what became of it."""

    id: int
    at: datetime
    template: str
    channel: str
    channel_label: str
    state: str
    state_label: str
    sent_at: datetime | None
    delivered_at: datetime | None
    last_error: str


def find_messages(reference: str, since: datetime | None = None) -> list[MessageView]:
    """The messages of a dossier, the last first: two statements. ``since`` spares the months before it was received."""
    within, values = (" AND at >= %s", [reference, since]) if since else ("", [reference])
    messages = read_rows(Message, f"reference = %s{within} ORDER BY at DESC, id DESC", values)
    ids = [message.pk for message in messages]
    deliveries = {row.message_id: row for row in read_rows(Delivery, f"message_id {AMONG}", [ids])}
    return [_view(message, deliveries[message.pk]) for message in messages if message.pk in deliveries]


def find_waiting(
    cursor: str | None = None,
    *,
    state: str = "",
    reference: str = "",
    agency_ids: Collection[int] | None = None,
    size: int = 50,
) -> Page:
    """Deliveries that wait or failed, the oldest first, each with its ``template`` and ``reference``.

    :param agency_ids: of these agencies only; None is of all
    """
    open_ = _of(agency_ids).filter(state__in=[state] if state else _OPEN)
    if reference:
        open_ = open_.filter(reference=reference)
    return page(open_, order=("id",), cursor=cursor, size=size)


def find_due(channel: str, at: datetime) -> QuerySet[Delivery]:
    """What is to be sent by now, the longest waiting first; of one dossier to one person the earlier message first."""
    earlier = Delivery.objects.filter(
        reference=OuterRef("reference"),
        person_id=OuterRef("person_id"),
        message_id__lt=OuterRef("message_id"),
        channel=OuterRef("channel"),
        state=DeliveryState.WAITING,
    ).exclude(reference="")
    due = Delivery.objects.filter(channel=channel, state=DeliveryState.WAITING, next_at__lte=at)
    return due.filter(~Exists(earlier)).order_by("next_at", "id")


def find_overtaken(channel: str, at: datetime) -> list[int]:
    """Messages due that a later one about the same dossier to the same person makes untrue."""
    due = Delivery.objects.filter(channel=channel, state=DeliveryState.WAITING, next_at__lte=at)
    later = Delivery.objects.filter(
        reference=OuterRef("reference"),
        person_id=OuterRef("person_id"),
        message_id__gt=OuterRef("message_id"),
    ).exclude(reference="")
    found = due.filter(Exists(later))
    return [one.pk for one in found if rules.is_overtaken(one.template, _find_later(one))]


def find_unreported(channels: Collection[str], since: datetime, limit: int = 500) -> list[Delivery]:
    """What a gateway took since a moment and has not yet said to have arrived, the oldest first."""
    sent = Delivery.objects.filter(channel__in=list(channels), state=DeliveryState.SENT, sent_at__gte=since)
    return list(sent.order_by("sent_at", "id")[:limit])


def _find_later(delivery: Delivery) -> list[str]:
    later = Delivery.objects.filter(
        reference=delivery.reference, person_id=delivery.person_id, message_id__gt=delivery.message_id
    )
    return list(later.values_list("template", flat=True))


def get_message(delivery: Delivery) -> Message:
    """The permanent message of a delivery."""
    return Message.objects.get(pk=delivery.message_id, at=delivery.message_at)


def name_template(template: str, at: datetime) -> str:
    """What a message is about, in its own subject without the code; its plain name when it has no words."""
    try:
        subject = letters.write(template, timezone.localdate(at), {"code": ""}).subject
        return _GAP.sub("", " ".join(subject.split()))
    except LookupError:
        return template


def count_by_state(agency_ids: Collection[int] | None = None) -> dict[str, str]:
    """How much waits, failed or found no address by state, in words, counted to ten thousand."""
    return {state.value: _count(state, agency_ids) for state in (*_OPEN, DeliveryState.NO_ADDRESS)}


def count_open() -> dict[str, int]:
    """How much waits and how much failed, as numbers for the operator's instruments."""
    return {state.value: count_up_to(Delivery.objects.filter(state=state), _COUNTED)[0] for state in _OPEN}


def _count(state: DeliveryState, agency_ids: Collection[int] | None) -> str:
    number, is_more = count_up_to(_of(agency_ids).filter(state=state), _COUNTED)
    return writing.number(number) + ("+" if is_more else "")


def _of(agency_ids: Collection[int] | None) -> QuerySet[Delivery]:
    every = Delivery.objects.all()
    return every if agency_ids is None else every.filter(agency_id__in=list(agency_ids))


def _view(message: Message, delivery: Delivery) -> MessageView:
    return MessageView(
        id=message.pk,
        at=message.at,
        template=message.template,
        channel=delivery.channel,
        channel_label=str(Channel(delivery.channel).label),
        state=delivery.state,
        state_label=str(DeliveryState(delivery.state).label),
        sent_at=delivery.sent_at,
        delivered_at=delivery.delivered_at,
        last_error=delivery.last_error,
    )
