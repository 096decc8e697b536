"""Leaving every other machine, and an authenticator that was lost."""

import pytest
from django.test import Client

from motcua.accounts import actions, rules
from motcua.accounts.models import RecoveryCode, SecondFactor, User
from motcua.accounts.tests.test_at_the_door import NOW, PASSWORD, is_in, sign_in
from motcua.audit.models import Entry

ADDRESS = "/tai-khoan/dang-xuat-noi-khac/"


@pytest.fixture
def person(db):
    return actions.register(username="can.bo", full_name="Cán bộ (mẫu)", password=PASSWORD)


def may_open(client):
    return client.get("/tai-khoan/").status_code == 200


def test_every_other_session_ends_and_this_one_goes_on(person):
    here, there = Client(), Client()
    sign_in(here)
    sign_in(there)
    assert may_open(here) and may_open(there)
    page = here.post(ADDRESS, follow=True)
    assert "Đã đăng xuất khỏi các máy khác" in page.content.decode()
    assert may_open(here) and not may_open(there)
    assert Entry.objects.filter(what="accounts.left_elsewhere", user_id=person.pk).count() == 1
    sign_in(there)
    assert may_open(there)


def test_a_changed_password_ends_sessions_too(person):
    here = Client()
    sign_in(here)
    actions.reset_password(user_id=person.pk)
    assert not may_open(here)


def test_a_stranger_and_a_mere_visit_end_nothing(person, client):
    assert client.post(ADDRESS)["Location"].startswith("/dang-nhap/")
    sign_in(client)
    assert client.get(ADDRESS).status_code == 405
    assert User.objects.get().sessions_version == 0


def test_a_forgotten_authenticator_is_no_longer_asked_for(person, client):
    secret = actions.prepare_second_factor(user=person)
    step = int(NOW.timestamp()) // rules.STEP_SECONDS
    actions.confirm_second_factor(user=person, code=rules.get_code(secret, step), at=NOW)
    sign_in(client)
    assert not is_in(client)
    actions.forget_second_factor(user_id=person.pk)
    assert not SecondFactor.objects.exists() and not RecoveryCode.objects.exists()
    sign_in(client)
    assert is_in(client)
