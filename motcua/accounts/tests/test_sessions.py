"""A session brings the person it belongs to, and nobody else."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.accounts import actions
from motcua.accounts.models import Session, User
from motcua.accounts.sessions import SessionStore
from motcua.accounts.tests.test_at_the_door import PASSWORD, sign_in

ADDRESS = "/tai-khoan/"


@pytest.fixture
def signed_in(db: None) -> Client:
    actions.register(username="can.bo", full_name="Cán bộ (mẫu)", password=PASSWORD)
    client = Client()
    sign_in(client)
    return client


def is_in(client: Client) -> bool:
    return client.get(ADDRESS).status_code == 200


def test_session_and_person_are_one_statement(signed_in: Client) -> None:
    signed_in.get(ADDRESS)
    with CaptureQueriesContext(connection) as asked:
        signed_in.get(ADDRESS)
    of_person = [q["sql"] for q in asked if "accounts_session" in q["sql"] or "accounts_user" in q["sql"]]
    assert len(of_person) == 1


def test_whose_a_session_is_stands_beside_it_and_goes_with_it(signed_in: Client) -> None:
    assert Session.objects.get().user_id == User.objects.get().pk
    signed_in.post("/dang-xuat/")
    assert not Session.objects.filter(user_id=User.objects.get().pk).exists()


def test_the_row_beside_a_session_does_not_make_it_somebody_elses(signed_in: Client) -> None:
    other = actions.register(username="nguoi.khac", full_name="Người khác (mẫu)", password=PASSWORD)
    Session.objects.update(user_id=other.pk)
    assert "Cán bộ (mẫu)" in signed_in.get(ADDRESS).content.decode()


def test_who_may_no_longer_sign_in_is_out_at_once(signed_in: Client) -> None:
    assert is_in(signed_in)
    User.objects.update(is_active=False)
    assert not is_in(signed_in)


def test_an_ended_session_opens_nothing_and_is_forgotten(signed_in: Client) -> None:
    Session.objects.update(expire_date="2020-01-01T00:00:00Z")
    assert not is_in(signed_in)
    SessionStore.clear_expired()
    assert not Session.objects.exists()
