"""The outbox: written with the act, kept for good, tried until it arrives."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from motcua.integrations import actions as integrations
from motcua.integrations import queries, rules
from motcua.integrations.models import Dispatch, DispatchState, Outgoing

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
CODE = "H50.21-260302-0001"


def put(**changed):
    asked = {"agency_id": 3, "reference": CODE, "payload": {"code": CODE, "status": 2}, "at": AT, **changed}
    return integrations.put("npsp", "dossier.status", **asked)


def lease(at):
    return integrations.lease(destination="npsp", limit=10, at=at)


@pytest.mark.django_db
def test_a_message_and_its_place_in_the_queue_are_one_statement():
    with CaptureQueriesContext(connection) as asked:
        kept = put(sequence=4)
    assert len(asked) == 1
    message, dispatch = Outgoing.objects.get(), Dispatch.objects.get()
    assert (message.pk, message.sequence, message.payload["status"], message.at) == (kept, 4, 2, AT)
    assert (dispatch.outgoing_id, dispatch.state, dispatch.next_at, dispatch.attempts) == (
        kept,
        "waiting",
        AT,
        0,
    )
    assert queries.get_messages([dispatch]) == {kept: message}
    assert (dispatch.reference, dispatch.sequence) == (CODE, 4)


@pytest.mark.django_db
def test_an_act_that_fails_tells_nobody():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        put()
        raise ZeroDivisionError
    assert not Outgoing.objects.exists() and not Dispatch.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "payload", [{"full_name": "x"}, {"person": {"phone": "0912"}}, {"parties": [{"address": "x"}]}]
)
def test_personal_data_is_kept_out(payload):
    with pytest.raises(ValueError, match="personal data"):
        put(payload=payload)
    assert not Outgoing.objects.exists()


@pytest.mark.django_db
def test_what_failed_waits_longer_each_time_and_at_last_for_the_operator():
    put()
    (dispatch,) = lease(AT)
    integrations.mark_failed(dispatch_id=dispatch.pk, attempts=1, error="HTTP 503", at=AT)
    assert lease(AT) == []
    assert len(lease(AT + timedelta(minutes=1))) == 1
    integrations.mark_failed(dispatch_id=dispatch.pk, attempts=rules.MAX_ATTEMPTS, error="HTTP 503", at=AT)
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.last_error) == (DispatchState.FAILED, "HTTP 503")
    assert integrations.retry(dispatch_ids=[dispatch.pk], at=AT) == 1
    assert len(lease(AT)) == 1


@pytest.mark.django_db
def test_what_was_sent_is_neither_waiting_nor_tried_again():
    put()
    dispatch = Dispatch.objects.get()
    integrations.mark_sent(dispatch_id=dispatch.pk, at=AT)
    assert integrations.retry(dispatch_ids=[dispatch.pk], at=AT) == 0
    assert not queries.find_waiting().rows


@pytest.mark.django_db
def test_the_operator_sees_what_waits_oldest_first_and_how_much():
    for n in range(3):
        put(reference=f"H50.{n}")
    put_elsewhere = integrations.put("tax", "land.fee", agency_id=3, reference="H50.9", payload={}, at=AT)
    page = queries.find_waiting(size=2)
    assert [(r.topic, r.reference) for r in page.rows] == [
        ("dossier.status", "H50.0"),
        ("dossier.status", "H50.1"),
    ]
    assert [r.reference for r in queries.find_waiting(page.next_cursor, size=2).rows] == ["H50.2", "H50.9"]
    assert [r.outgoing_id for r in queries.find_waiting(destination="tax").rows] == [put_elsewhere]
    assert queries.count_by_state() == {"waiting": "4", "failed": "0"}
    assert [m.reference for m in queries.find_messages("H50.1")] == ["H50.1"]


@given(st.integers(0, 40))
def test_waiting_never_shortens_and_never_exceeds_six_hours(attempts):
    assert (
        timedelta(minutes=1)
        <= rules.wait_after(attempts)
        <= rules.wait_after(attempts + 1)
        <= timedelta(hours=6)
    )
