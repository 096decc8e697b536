"""People are told: written with the act, worded by day, sent by a real mail server, tried again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.notifications import actions as notifications
from motcua.notifications import letters, queries, rules
from motcua.notifications.jobs import send_waiting
from motcua.notifications.models import Delivery, DeliveryState, Message
from motcua.people.actions import PersonFacts, keep_person
from motcua.pretend.mail import running

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
CODE = "H50.21-260302-0001"
TEMPLATES = (
    "received", "not_accepted", "started", "due_moved", "result_ready", "returned", "withdrawn", "stopped",
    "supplement_requested", "supplement_accepted", "returned_for_fix", "suspended", "resumed", "extended",
    "apologised", "due_soon", "reopened", "payment_requested", "result_waiting", "part_left_out",
)  # fmt: skip


@pytest.fixture
def server(settings):
    with running() as server:
        settings.MOTCUA_SMTP_URL = server.url
        settings.MOTCUA_MAIL_FROM = "Một cửa <motcua@tinh.example>"
        yield server


@pytest.fixture
def person(db):
    return keep_person(PersonFacts(full_name="Người dân thử nghiệm", email="nguoidan@example.vn"), at=AT)


def enqueue(person, template="dossiers/received", **params):
    given = {"code": CODE, "due_at": datetime(2026, 3, 5, 10, 0, tzinfo=UTC), **params}
    return notifications.enqueue(
        template, reference=CODE, agency_id=3, person_id=person.pk, params=given, at=AT
    )


def test_a_message_and_its_place_in_the_queue_are_one_statement(person):
    with CaptureQueriesContext(connection) as asked:
        kept = enqueue(person)
    assert len(asked) == 1
    message, delivery = Message.objects.get(), Delivery.objects.get()
    assert (message.pk, delivery.message_id, delivery.state) == (kept, kept, DeliveryState.WAITING)
    assert "nguoidan" not in str(message.params)


def test_an_act_that_fails_tells_nobody(person):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue(person)
        raise ZeroDivisionError
    assert not Message.objects.exists() and not Delivery.objects.exists()


def test_a_letter_arrives_in_vietnamese_and_english_with_its_proof(server, person):
    enqueue(person)
    assert send_waiting(AT) == 1
    (letter,) = server.letters
    assert letter["Subject"].strip() == f"Đã tiếp nhận hồ sơ {CODE}"
    assert letter["To"] == "nguoidan@example.vn"
    text = letter.get_content()
    assert "17:00 05/03/2026" in text and "Giấy tiếp nhận" in text and "was received" in text
    (seen,) = queries.find_messages(CODE)
    assert (seen.state, seen.state_label, seen.sent_at) == ("sent", "Đã gửi", AT)
    assert Delivery.objects.get().proof == letter["Message-ID"]


def test_what_was_sent_is_not_sent_again(server, person):
    enqueue(person)
    assert (send_waiting(AT), send_waiting(AT + timedelta(days=2))) == (1, 0)
    assert len(server.letters) == 1


def test_without_a_mail_server_messages_wait(settings, person):
    settings.MOTCUA_SMTP_URL = ""
    enqueue(person)
    assert send_waiting(AT) == 0
    assert queries.count_by_state() == {"waiting": "1", "failed": "0", "no_address": "0"}


def test_a_busy_mailbox_is_tried_again_later_and_later(server, person):
    enqueue(person)
    server.refusals = ["450 busy"]
    assert send_waiting(AT) == 0
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, delivery.next_at) == ("waiting", 1, AT + timedelta(minutes=1))
    assert delivery.last_error == "SMTPRecipientsRefused 450"
    assert send_waiting(AT) == 0
    assert send_waiting(AT + timedelta(minutes=1)) == 1


def test_after_the_last_attempt_it_waits_for_the_operator(server, person):
    enqueue(person)
    Delivery.objects.update(attempts=rules.MAX_ATTEMPTS - 1)
    server.refusals = ["450 busy"]
    send_waiting(AT)
    delivery = Delivery.objects.get()
    assert delivery.state == DeliveryState.FAILED
    assert [(r.template, r.reference) for r in queries.find_waiting().rows] == [("dossiers/received", CODE)]
    assert notifications.retry(delivery_ids=[delivery.pk], at=AT) == 1
    assert send_waiting(AT) == 1


def test_a_mailbox_that_does_not_exist_is_not_tried_again_and_its_address_is_not_kept(server, person):
    enqueue(person)
    server.refusals = ["550 no such user nguoidan@example.vn"]
    send_waiting(AT)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.last_error) == (DeliveryState.FAILED, "SMTPRecipientsRefused 550")


def test_one_refused_letter_does_not_hold_up_the_others(server, person):
    for n in range(3):
        enqueue(person, number=n)
    server.refusals = ["250 ok", "550 no"]
    assert send_waiting(AT) == 2
    assert len(server.letters) == 2


def test_a_server_that_is_away_costs_no_attempt(settings, person):
    settings.MOTCUA_SMTP_URL = "smtp://127.0.0.1:1"
    enqueue(person)
    assert send_waiting(AT) == 0
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, delivery.next_at) == ("waiting", 0, AT + rules.SERVER_AWAY)
    assert delivery.last_error == "ConnectionRefusedError"


def test_a_server_that_hangs_up_leaves_the_rest_waiting(server, person):
    enqueue(person)
    enqueue(person, number=2)
    server.hangs_up = True
    assert send_waiting(AT) == 0
    server.hangs_up = False
    assert send_waiting(AT + rules.SERVER_AWAY) == 2


@pytest.mark.parametrize("email", ["", "không phải địa chỉ", "a@b\nBcc: c@d"])
def test_without_an_address_that_can_be_written_to_nothing_is_tried(server, email, person):
    type(person).objects.filter(pk=person.pk).update(email=email)
    enqueue(person)
    assert send_waiting(AT) == 0
    assert Delivery.objects.get().state == DeliveryState.NO_ADDRESS
    assert not queries.find_waiting().rows


def test_words_that_are_missing_are_a_failure_the_operator_sees(server, person):
    enqueue(person, template="dossiers/unheard_of")
    send_waiting(AT)
    assert (Delivery.objects.get().state, Delivery.objects.get().last_error) == (
        DeliveryState.FAILED,
        "LookupError",
    )


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_message_has_words_in_both_languages(template):
    letter = letters.write(f"dossiers/{template}", date(2026, 3, 2), {"code": CODE})
    assert CODE in letter.subject and "\n" not in letter.subject
    vietnamese, english = letter.text.split("----------")
    assert CODE in vietnamese and CODE in english
    assert "{" not in letter.text and "None" not in letter.text


def test_words_hold_from_their_first_day():
    with pytest.raises(LookupError):
        letters.write("dossiers/received", date(2018, 6, 20), {"code": CODE})


def test_a_refused_request_is_said_to_be_one():
    letter = letters.write("dossiers/result_ready", date(2026, 3, 2), {"code": CODE, "outcome": "refused"})
    assert "văn bản từ chối" in letter.text and "refusal" in letter.text


def test_a_name_with_signs_is_not_turned_into_markup():
    letter = letters.write("dossiers/received", date(2026, 3, 2), {"code": CODE, "agency_name": "A & B <C>"})
    assert "A & B <C>" in letter.text
