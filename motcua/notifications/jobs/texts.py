"""Sending SMS and Zalo messages by the gateway of ``MOTCUA_GATEWAY_URL``, and asking what arrived."""

import logging
import time
from datetime import datetime

from django.db import transaction

from motcua.integrations.line import Away, NoAnswer
from motcua.notifications import actions, queries, rules
from motcua.notifications.gateway import Arrival, Gateway, GatewayRefusal, open_gateway
from motcua.notifications.jobs import wording
from motcua.notifications.models import Delivery

logger = logging.getLogger(__name__)
_BATCH = 50
_SECONDS = 45
"""A run ends after so long, so that a slow server does not hold up the other jobs; the next goes on."""
_NOT_ARRIVED = "không tới được người nhận"


def send_texts(at: datetime) -> int:
    """Send the messages that are due; how many the gateway took. Without a gateway they wait.

    A gateway that cannot be reached is not the message's fault: all of them wait a little, no attempt is counted.
    """
    gateway = open_gateway()
    if gateway is None:
        return 0
    try:
        return sum(_send_by(gateway, way, at) for way in rules.GATEWAY_WAYS)
    finally:
        gateway.close()


def ask_reports(at: datetime) -> int:
    """Ask what arrived of the messages sent in the last days; how many have an end now."""
    gateway = open_gateway()
    sent = queries.find_unreported(rules.GATEWAY_WAYS, at - rules.REPORTED_FOR) if gateway else []
    if gateway is None or not sent:
        return 0
    try:
        told = gateway.ask(delivery.proof for delivery in sent)
    except (Away, NoAnswer) as fault:
        logger.warning("no delivery reports: %s", type(fault).__name__)
        return 0
    finally:
        gateway.close()
    return sum(_keep_report(delivery, told.get(delivery.proof), at) for delivery in sent)


def _send_by(gateway: Gateway, way: str, at: datetime) -> int:
    wording.drop_overtaken(way, at)
    sent, tried, until = 0, set[int](), time.monotonic() + _SECONDS
    while time.monotonic() < until and (due := [pk for pk in _find_due(way, at) if pk not in tried]):
        for delivery_id in due:
            tried.add(delivery_id)
            try:
                sent += _send_one(gateway, way, delivery_id, at)
            except Away as fault:
                logger.warning("text gateway not reached: %s", fault)
                actions.postpone(delivery_ids=due, error=str(fault), at=at)
                return sent
    return sent


def _find_due(way: str, at: datetime) -> list[int]:
    return list(queries.find_due(way, at).values_list("pk", flat=True)[:_BATCH])


@transaction.atomic
def _send_one(gateway: Gateway, way: str, delivery_id: int, at: datetime) -> bool:
    """Send one, holding its row, so that two workers never send the same."""
    due = queries.find_due(way, at).filter(pk=delivery_id)
    delivery = due.select_for_update(skip_locked=True, of=("self",)).first()
    if delivery is None:
        return False
    number = wording.find_address_of(delivery, way)
    if not number:
        wording.go_another_way(delivery, at)
        return False
    message = queries.get_message(delivery)
    wording.record_reading(message, at)
    try:
        words = wording.write_text(message, way)
        name = gateway.send(channel=way, key=f"motcua-{message.pk}-{way}", number=number, words=words)
    except (NoAnswer, GatewayRefusal, LookupError) as fault:
        _keep_failure(delivery, fault, at)
        return False
    actions.mark_sent(delivery_id=delivery.pk, proof=name, at=at)
    return True


def _keep_failure(delivery: Delivery, fault: Exception, at: datetime) -> None:
    """Only silence is worth another try: a refusal, or words that are missing, stay what they are."""
    if isinstance(fault, GatewayRefusal) and delivery.channel in rules.INSTEAD:
        actions.change_channel(delivery_id=delivery.pk, channel=rules.INSTEAD[delivery.channel], at=at)
        return
    actions.mark_failed(
        delivery_id=delivery.pk,
        attempts=delivery.attempts + 1,
        error=f"{type(fault).__name__} {fault}".strip(),
        is_final=not isinstance(fault, NoAnswer),
        at=at,
    )


def _keep_report(delivery: Delivery, arrival: Arrival | None, at: datetime) -> bool:
    if arrival is Arrival.ARRIVED:
        actions.mark_delivered(delivery_id=delivery.pk, at=at)
    elif arrival is Arrival.LOST and delivery.channel in rules.INSTEAD:
        actions.change_channel(delivery_id=delivery.pk, channel=rules.INSTEAD[delivery.channel], at=at)
    elif arrival is Arrival.LOST:
        actions.mark_failed(
            delivery_id=delivery.pk, attempts=delivery.attempts + 1, error=_NOT_ARRIVED, is_final=True, at=at
        )
    return arrival in (Arrival.ARRIVED, Arrival.LOST)
