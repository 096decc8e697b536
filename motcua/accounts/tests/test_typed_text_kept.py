"""A page that was open too long, and a session that ended: what was typed is offered again, to whoever typed it here."""

import pytest
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


def token(client):
    client.get("/dang-nhap/")
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
    strict.force_login(person, backend="motcua.accounts.backend.Backend")
    assert press(strict, csrfmiddlewaretoken=fresh).status_code == 422
