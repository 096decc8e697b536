"""Sending what waits, by the mail server of ``MOTCUA_SMTP_URL``."""

import logging
import smtplib
import time
from datetime import datetime
from email.utils import parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from motcua.notifications import actions, queries
from motcua.notifications.jobs import wording
from motcua.notifications.models import Channel, Delivery, Message

logger = logging.getLogger(__name__)
_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
_TIMEOUT_SECONDS = 15
_BATCH = 50
_SECONDS = 45
"""A run ends after so long, so that a slow server does not hold up the other jobs; the next goes on."""


def send_waiting(at: datetime) -> int:
    """Send the e-mails that are due by ``at``; how many went. Without a mail server they wait.

    A server that cannot be reached is not the letter's fault: all of them wait a little, no attempt is counted.
    """
    if not settings.MOTCUA_SMTP_URL:
        return 0
    wording.drop_overtaken(Channel.EMAIL, at)
    sent, tried, until = 0, set[int](), time.monotonic() + _SECONDS
    while time.monotonic() < until and (due := [pk for pk in _find_due(at) if pk not in tried]):
        tried.update(due)
        done, is_away = _send_batch(due, at)
        sent += done
        if is_away:
            break
    return sent


def _find_due(at: datetime) -> list[int]:
    return list(queries.find_due(Channel.EMAIL, at).values_list("pk", flat=True)[:_BATCH])


def _send_batch(due: list[int], at: datetime) -> tuple[int, bool]:
    """How many went, and whether the server was lost."""
    sent = 0
    try:
        with _open(settings.MOTCUA_SMTP_URL) as server:
            for delivery_id in due:
                sent += _send_one(server, delivery_id, at)
    except OSError as fault:  # every fault of smtplib is one too
        logger.warning("mail server not reached: %s", type(fault).__name__)
        actions.postpone(delivery_ids=due, error=_words_of(fault), at=at)
        return sent, True
    return sent, False


def _open(address: str) -> BaseEmailBackend:
    """``smtp://user:password@host:587?tls=start`` or ``smtps://host``."""
    parts = urlsplit(address)
    is_wrapped = parts.scheme == "smtps"
    return get_connection(
        _BACKEND,
        host=parts.hostname or "localhost",
        port=parts.port or (465 if is_wrapped else 25),
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_ssl=is_wrapped,
        use_tls=parse_qs(parts.query).get("tls") == ["start"],
        timeout=_TIMEOUT_SECONDS,
    )


@transaction.atomic
def _send_one(server: BaseEmailBackend, delivery_id: int, at: datetime) -> bool:
    """Send one, holding its row, so that two workers never send the same."""
    delivery = (
        queries.find_due(Channel.EMAIL, at)
        .filter(pk=delivery_id)
        .select_for_update(skip_locked=True, of=("self",))
        .first()
    )
    if delivery is None:
        return False
    address = wording.find_address_of(delivery, Channel.EMAIL)
    if not address:
        wording.go_another_way(delivery, at)
        return False
    message = queries.get_message(delivery)
    try:
        letter = _write(message, address, server)
        letter.send()
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, LookupError) as fault:
        _keep_failure(delivery, fault, at)
        return False
    actions.mark_sent(delivery_id=delivery.pk, proof=letter.extra_headers["Message-ID"], at=at)
    return True


def _write(message: Message, address: str, server: BaseEmailBackend) -> EmailMessage:
    letter = wording.write_letter(message)
    return EmailMessage(
        letter.subject,
        letter.text,
        settings.MOTCUA_MAIL_FROM,
        [address],
        connection=server,
        # The same name at every attempt, so that a mailbox keeps one copy.
        headers={"Message-ID": f"<message-{message.pk}@{_get_domain()}>"},
    )


def _get_domain() -> str:
    return parseaddr(settings.MOTCUA_MAIL_FROM)[1].rpartition("@")[2] or "localhost"


def _keep_failure(delivery: Delivery, fault: Exception, at: datetime) -> None:
    attempts = delivery.attempts + 1
    error, is_final = _words_of(fault), _is_final(fault)
    actions.mark_failed(delivery_id=delivery.pk, attempts=attempts, error=error, is_final=is_final, at=at)


def _code_of(fault: Exception) -> int:
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return max((code for code, _ in fault.recipients.values()), default=0)
    return int(getattr(fault, "smtp_code", 0))


def _is_final(fault: Exception) -> bool:
    """No such mailbox, or no words: trying again changes nothing (RFC 5321 4.2.1: 5yz is permanent)."""
    return isinstance(fault, LookupError) or _code_of(fault) >= 500


def _words_of(fault: Exception) -> str:
    """What went wrong without the address, which servers like to repeat."""
    code = _code_of(fault)
    return f"{type(fault).__name__} {code}" if code else type(fault).__name__
