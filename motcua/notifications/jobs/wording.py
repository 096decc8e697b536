"""To whom a message goes, by which way, and in which words: read when it is sent, never kept."""

from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from motcua.accounts import queries as accounts
from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.notifications import actions, letters, queries, rules
from motcua.notifications.models import Channel, Delivery, Message
from motcua.organisations import queries as organisations
from motcua.people import queries as people
from motcua.people.rules import clean_phone


def find_address(person_id: int, way: str) -> str:
    """The address of a way as it is now; empty when there is none that can be written to."""
    try:
        person = people.get_person(person_id)
    except ObjectDoesNotExist:
        return ""
    return _clean_email(person.email) if way == Channel.EMAIL else _clean_number(people.get_phone(person))


def find_address_of(delivery: Delivery, way: str) -> str:
    """The address of a delivery: of the person served, or of the officer its message names."""
    if delivery.person_id:
        return find_address(delivery.person_id, way)
    user_id = queries.get_message(delivery).params.get("user_id")
    if way != Channel.EMAIL or not user_id:
        return ""
    try:
        return _clean_email(accounts.get_user(int(user_id)).email)
    except ObjectDoesNotExist:
        return ""


def go_another_way(delivery: Delivery, at: datetime) -> None:
    """Without an address for this way, take the first for which there is one; else a person has to see to it."""
    other = next(
        (way for way in rules.WAYS if way != delivery.channel and find_address_of(delivery, way)), ""
    )
    if other:
        actions.change_channel(delivery_id=delivery.pk, channel=other, at=at)
    else:
        actions.mark_undeliverable(delivery_id=delivery.pk, at=at)


def drop_overtaken(channel: str, at: datetime) -> None:
    """What a later message makes untrue is not sent any more."""
    for number in queries.find_overtaken(channel, at):
        actions.mark_overtaken(delivery_id=number, at=at)


def write_letter(message: Message) -> letters.Letter:
    """The words of an e-mail. :raises LookupError: there are none."""
    return letters.write(message.template, timezone.localdate(message.at), _gather(message))


def write_text(message: Message, way: str) -> str:
    """The words of an SMS or of a Zalo message. :raises LookupError: there are none."""
    return letters.write_text(message.template, timezone.localdate(message.at), _gather(message), way=way)


def record_reading(message: Message, at: datetime) -> None:
    """The number was read in the clear."""
    audit.record_reading("people.phone", actor="system", ids=[message.person_id], at=at)


def _gather(message: Message) -> dict[str, object]:
    return {
        **message.params,
        "reference": message.reference,
        "agency_name": _name_agency(message),
        "due_at": letters.read_moment(message.params.get("due_at")),
        "answer_by": letters.read_moment(message.params.get("answer_by")),
    }


def _name_agency(message: Message) -> str:
    try:
        return organisations.get_unit(message.agency_id, timezone.localdate(message.at)).agency_name
    except Refused:
        return ""


def _clean_email(text: str) -> str:
    try:
        validate_email(address := text.strip())
    except ValidationError:
        return ""
    return address


def _clean_number(text: str) -> str:
    number = clean_phone(text)
    return number if 9 <= len(number) <= 11 else ""
