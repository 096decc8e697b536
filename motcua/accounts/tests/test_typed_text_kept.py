"""A page open too long, a session that ended, a database that went away: what was typed is offered again, to its typist."""

import re
from html import unescape

import psycopg
import pytest
from django.db import OperationalError, connection
from django.test import Client

from motcua.accounts import actions

PASSWORD = "mat-khau-du-dai-2026"
FORM = "/tai-khoan/mat-khau/"
HERE = {"Accept": "text/html,*/*", "Origin": "http://testserver"}


@pytest.fixture
def person(db):
    return actions.register(username="can.bo", full_name="Cán bộ (mẫu)", password=PASSWORD)


@pytest.fixture
def strict():
    return Client(enforce_csrf_checks=True)


def token(client, page="/dang-nhap/"):
    client.get(page)
    return client.cookies["csrftoken"].value


def press(client, headers=HERE, **typed):
    return client.post(
        FORM, {"idempotency_key": "k1", "note": "Chữ <đã> gõ\nhai dòng", **typed}, headers=headers
    )


def test_a_stale_token_keeps_what_was_typed_but_no_password(strict, person):
    token(strict)
    answer = press(strict, csrfmiddlewaretoken="x" * 64, old_password="bí mật")
    page = answer.content.decode()
    assert answer.status_code == 403 and "Trang đã mở quá lâu" in page
    assert 'name="note" value="Chữ &lt;đã&gt; gõ\nhai dòng"' in page
    assert 'name="idempotency_key" value="k1"' in page and f'action="{FORM}"' in page
    assert "bí mật" not in page and "x" * 64 not in page


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://testserver.example"])
def test_a_form_sent_from_elsewhere_is_never_offered_again(strict, person, origin):
    token(strict)
    page = press(strict, headers={**HERE, "Origin": origin}).content.decode()
    assert "hai dòng" not in page and "data-fresh-token" not in page


def test_a_session_that_ended_keeps_what_was_typed_and_shows_the_door(strict, person):
    answer = press(strict, csrfmiddlewaretoken=token(strict))
    page = answer.content.decode()
    assert answer.status_code == 403 and "Phiên làm việc đã hết" in page
    assert "Chữ &lt;đã&gt; gõ" in page and 'href="/dang-nhap/"' in page


def test_nothing_typed_is_led_to_the_door_as_before(strict, person):
    answer = strict.post(FORM, {"csrfmiddlewaretoken": token(strict)}, headers=HERE)
    assert answer.status_code == 302 and answer["Location"].startswith("/dang-nhap/?next=")


def test_what_is_sent_again_after_signing_in_is_taken(strict, person):
    page = press(strict, csrfmiddlewaretoken="x" * 64).content.decode()
    fresh = page.split("data-fresh-token>")[1].split('value="')[1].split('"')[0]
    strict.force_login(person)
    assert press(strict, csrfmiddlewaretoken=fresh).status_code == 422


def away(*states):
    """The database gives no answer to what changes something, or to anything at all; a state is its own code."""

    def refuse(execute, sql, params, many, context):
        if states and sql.split()[0] not in ("INSERT", "UPDATE"):
            return execute(sql, params, many, context)
        raise OperationalError("gone") from psycopg.errors.lookup(states[0] if states else "57P01")("gone")

    return connection.execute_wrapper(refuse)


@pytest.mark.parametrize(
    ("state", "words"),
    [("57P01", "Mất kết nối với cơ sở dữ liệu"), ("53100", "Máy chủ hết chỗ trống"), ("57014", "đang bận")],
)
def test_a_database_lost_in_mid_act_keeps_what_was_typed_and_says_why(strict, person, state, words):
    strict.force_login(person)
    secrets = {"old_password": PASSWORD, "password": f"{PASSWORD}-moi", "password_again": f"{PASSWORD}-moi"}
    kept = token(strict, FORM)
    with away(state):
        answer = press(strict, csrfmiddlewaretoken=kept, **secrets)
    page = answer.content.decode()
    assert answer.status_code == 503 and words in page and "gone" not in page
    assert "Chữ &lt;đã&gt; gõ" in page and "data-fresh-token" in page and PASSWORD not in page


def test_a_database_that_is_away_altogether_keeps_it_too_with_the_token_that_came(strict, person):
    strict.force_login(person)
    strict.raise_request_exception = False
    kept = token(strict, FORM)
    with away():
        answer = press(strict, csrfmiddlewaretoken=kept)
    page = answer.content.decode()
    assert answer.status_code == 503 and "Mất kết nối với cơ sở dữ liệu" in page
    held = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    assert unescape(held["note"]) == "Chữ <đã> gõ\nhai dòng" and held["csrfmiddlewaretoken"] == kept
    assert strict.post(FORM, held, headers=HERE).status_code == 422
