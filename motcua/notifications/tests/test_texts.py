"""SMS and Zalo through a gateway: sent once, reported, tried again, seen to by a person when they did not arrive."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.audit.models import Entry
from motcua.core.refusal import Refused
from motcua.notifications import actions as notifications
from motcua.notifications import letters, queries, rules
from motcua.notifications.jobs import ask_reports, send_texts, send_waiting
from motcua.notifications.models import Delivery, DeliveryState, Message
from motcua.notifications.tests.test_messages import CODE, TEMPLATES
from motcua.people.actions import PersonFacts, keep_person
from motcua.pretend.gateway import TextGateway
from motcua.pretend.mail import running as mail_running
from motcua.pretend.serving import running
from motcua.pretend.weather import Trouble

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
FACTS = {"code": CODE, "due_at": datetime(2026, 3, 5, 10, 0, tzinfo=UTC), "answer_by": AT}


@pytest.fixture
def gateway(settings):
    neighbour = TextGateway(key="khóa", delay_seconds=0)
    with running(neighbour) as server:
        settings.MOTCUA_GATEWAY_URL, settings.MOTCUA_GATEWAY_KEY = server.url, "khóa"
        settings.MOTCUA_NEIGHBOUR_SECONDS = 5
        yield neighbour


@pytest.fixture
def person(db):
    return keep_person(PersonFacts(full_name="Người dân thử nghiệm", phone="0912 345 678"), at=AT)


def enqueue(person, template="received", channel="sms", at=AT, **more):
    params = {name: str(value) if name == "code" else value.isoformat() for name, value in FACTS.items()}
    return notifications.enqueue(
        f"dossiers/{template}", reference=CODE, agency_id=3, person_id=person.pk, channel=channel,
        params={**params, **more}, at=at,
    )  # fmt: skip


def states():
    return list(Delivery.objects.order_by("message_id").values_list("state", flat=True))


@pytest.mark.parametrize("way", ["sms", "zalo"])
def test_created_sent_and_delivered_each_have_their_time(gateway, person, way):
    enqueue(person, channel=way)
    assert send_texts(AT + timedelta(minutes=1)) == 1
    assert ask_reports(AT + timedelta(minutes=2)) == 1
    delivery = Delivery.objects.get()
    assert (delivery.message_at, delivery.sent_at, delivery.delivered_at, delivery.failed_at) == (
        AT, AT + timedelta(minutes=1), AT + timedelta(minutes=2), None,
    )  # fmt: skip
    (text,) = gateway.texts.values()
    assert (text.to, text.channel, text.number) == ("0912345678", way, delivery.proof)
    (seen,) = queries.find_messages(CODE)
    assert (seen.state, seen.state_label) == ("delivered", "Đã tới người nhận")
    assert Entry.objects.get(what="people.phone").ids == [person.pk]


def test_an_answer_that_was_lost_leads_to_no_second_message(gateway, person):
    enqueue(person)
    gateway.weather.foretell([Trouble.LOST_ANSWER])
    assert send_texts(AT) == 0
    assert send_texts(AT + timedelta(minutes=1)) == 1
    assert len(gateway.texts) == 1


def test_silence_is_tried_again_later_and_later_and_at_last_left_to_a_person(gateway, person):
    enqueue(person)
    gateway.weather.usual = Trouble.BUSY
    now = AT
    for _ in range(rules.MAX_ATTEMPTS):
        send_texts(now)
        now = Delivery.objects.get().next_at
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, delivery.last_error) == ("failed", 8, "NoAnswer HTTP 503")
    assert delivery.failed_at is not None


def test_a_gateway_that_is_away_costs_no_attempt(settings, person):
    settings.MOTCUA_GATEWAY_URL = "http://127.0.0.1:1"
    enqueue(person)
    assert send_texts(AT) == 0
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, delivery.next_at) == ("waiting", 0, AT + rules.SERVER_AWAY)


def test_without_a_gateway_messages_wait(settings, person):
    settings.MOTCUA_GATEWAY_URL = ""
    enqueue(person)
    assert (send_texts(AT), ask_reports(AT), states()) == (0, 0, ["waiting"])


def test_a_number_that_does_not_exist_fails_when_the_gateway_says_so(gateway, person):
    other = keep_person(PersonFacts(full_name="Người khác", phone="0912345000"), at=AT)
    enqueue(other)
    assert send_texts(AT) == 1
    assert ask_reports(AT + timedelta(minutes=5)) == 1
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.failed_at) == ("failed", AT + timedelta(minutes=5))
    assert "0912345000" not in delivery.last_error


def test_who_has_no_zalo_is_told_by_sms(gateway, person):
    other = keep_person(PersonFacts(full_name="Người khác", phone="0912345000"), at=AT)
    enqueue(other, channel="zalo")
    assert send_texts(AT) == 1
    assert ask_reports(AT + timedelta(minutes=1)) == 1
    delivery = Delivery.objects.get()
    assert (delivery.channel, delivery.state, delivery.proof) == ("sms", "waiting", "")
    assert send_texts(AT + timedelta(minutes=1)) == 1
    assert [text.channel for text in gateway.texts.values()] == ["zalo", "sms"], "two keys, two messages"


def test_a_telephone_switched_off_is_asked_about_for_three_days(gateway, person):
    off = keep_person(PersonFacts(full_name="Máy tắt", phone="0912345999"), at=AT)
    enqueue(off)
    send_texts(AT)
    assert ask_reports(AT + timedelta(days=2)) == 0 and states() == ["sent"]
    assert queries.find_unreported(("sms",), AT + timedelta(days=4) - rules.REPORTED_FOR) == []


def test_who_left_no_mail_address_but_a_number_is_told_by_telephone(gateway, person, settings):
    with mail_running() as server:
        settings.MOTCUA_SMTP_URL = server.url
        enqueue(person, channel="email")
        assert send_waiting(AT) == 0
    assert Delivery.objects.get().channel == "zalo"
    assert send_texts(AT) == 1
    assert Message.objects.get().channel == "email", "what was meant stays written"


def test_who_left_nothing_waits_for_a_person(gateway, db, settings):
    nobody = keep_person(PersonFacts(full_name="Không để lại gì"), at=AT)
    enqueue(nobody)
    send_texts(AT)
    assert states() == ["no_address"]


def test_a_message_that_did_not_arrive_has_an_owner_and_an_end(gateway, person):
    enqueue(person)
    Delivery.objects.update(state=DeliveryState.FAILED)
    (pk,) = Delivery.objects.values_list("pk", flat=True)
    given = {"delivery_ids": [pk], "owner_id": 7, "owner_name": "Trần Thị Nhận"}
    assert notifications.take_over(**given, agency_ids=[99], at=AT) == 0, "of another agency"
    assert notifications.take_over(**given, agency_ids=[3], at=AT) == 1
    assert Delivery.objects.get().owner_name == "Trần Thị Nhận"
    with pytest.raises(Refused, match="cách nào"):
        notifications.settle(delivery_ids=[pk], note=" ", at=AT)
    assert notifications.settle(delivery_ids=[pk], note="Đã gọi điện lúc 9 giờ", agency_ids=[3], at=AT) == 1
    assert states() == ["otherwise"]
    assert notifications.retry(delivery_ids=[pk], at=AT) == 0


def test_nobody_hears_of_a_promise_after_the_dossier_was_withdrawn(gateway, person):
    enqueue(person, "received")
    gateway.weather.foretell([Trouble.BUSY])
    send_texts(AT)
    enqueue(person, "withdrawn", at=AT + timedelta(seconds=10))
    assert send_texts(AT + timedelta(minutes=5)) == 1
    assert states() == ["overtaken", "sent"]
    assert ["rut" in text.words for text in gateway.texts.values()] == [True]


def test_the_earlier_message_goes_first_even_when_it_has_to_be_tried_again(gateway, person):
    enqueue(person, "received")
    enqueue(person, "started", at=AT + timedelta(seconds=1))
    gateway.weather.foretell([Trouble.BUSY])
    assert send_texts(AT + timedelta(seconds=2)) == 0
    assert send_texts(AT + timedelta(minutes=5)) == 2
    assert ["tiep nhan" in text.words for text in gateway.texts.values()] == [True, False]


def test_two_promises_never_stand_beside_each_other(gateway, person):
    enqueue(person, "due_moved")
    enqueue(person, "apologised", at=AT + timedelta(hours=1))
    assert send_texts(AT + timedelta(hours=1)) == 1
    assert states() == ["overtaken", "sent"]


def test_a_message_retried_by_hand_after_a_later_one_went_is_not_sent(gateway, person):
    enqueue(person, "result_ready")
    Delivery.objects.update(state=DeliveryState.FAILED)
    enqueue(person, "returned", at=AT + timedelta(hours=1))
    send_texts(AT + timedelta(hours=1))
    notifications.retry(delivery_ids=[Delivery.objects.earliest("pk").pk], at=AT + timedelta(hours=2))
    send_texts(AT + timedelta(hours=2))
    assert states() == ["overtaken", "sent"]


def test_other_people_and_other_dossiers_hold_up_nobody(gateway, person):
    other = keep_person(PersonFacts(full_name="Người khác", phone="0987654321"), at=AT)
    enqueue(person, "withdrawn")
    enqueue(other, "received", at=AT + timedelta(seconds=-5))
    assert send_texts(AT) == 2


@given(st.lists(st.sampled_from(sorted(f"dossiers/{name}" for name in TEMPLATES)), min_size=1, max_size=8))
def test_the_last_message_is_never_overtaken(names):
    assert not rules.is_overtaken(names[-1], [])
    for name in ("dossiers/withdrawn", "dossiers/stopped", "dossiers/returned"):
        assert all(rules.is_overtaken(earlier, [name]) for earlier in names)


def test_every_message_of_the_table_has_words():
    named = set(rules.OVERTAKES) | {n for found in rules.OVERTAKES.values() for n in found} - {"*"}
    assert named <= {f"dossiers/{name}" for name in TEMPLATES}


@pytest.mark.parametrize("template", TEMPLATES)
def test_an_sms_fits_one_message_of_plain_letters(template, settings):
    settings.MOTCUA_PUBLIC_URL = "https://motcua.tinh.gov.vn"
    facts = {**FACTS, "code": "H50.05.12-260302-00001", "outcome": "refused"}
    words = letters.write_text(f"dossiers/{template}", date(2026, 3, 2), facts, way="sms")
    assert words.isascii() and len(words) <= 160, f"{len(words)}: {words}"
    assert facts["code"] in words


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_three_forms_of_a_message_have_the_same_first_days(template):
    folder = Path(letters.__file__).parent / "templates" / "notifications" / "dossiers" / template
    days = {
        form: {p.name.split(".")[0] for p in folder.glob(f"*.{form}.txt")} for form in ("vi", "en", "sms")
    }
    assert days["vi"] == days["en"] == days["sms"] != set()
