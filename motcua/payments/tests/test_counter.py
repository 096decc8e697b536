"""Charged at intake, collected at the counter."""

import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.audit.queries import find_entries
from motcua.core.refusal import Refused
from motcua.organisations.rules import Actor, Post
from motcua.payments import actions as payments
from motcua.payments import queries

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
CODE = "H50.21-260302-0001"
LINES = [("Lệ phí đăng ký", 8000, "charge"), ("Phí bản sao", 16000, "fee")]
OFFICER = Actor(
    user_id=7,
    person_name="Cán bộ thử nghiệm",
    assignment_id=1,
    post=Post.INTAKE_OFFICER,
    unit_id=30,
    unit_name="Trung tâm",
    unit_kind="centre",
    agency_id=3,
    agency_name="UBND xã",
    agency_code="H50.21",
    calendar_code="default",
)


def charge(lines=LINES):
    return payments.charge(actor=OFFICER, reference=CODE, agency_id=3, lines=lines, at=AT)


def collect(amount, method="cash", **more):
    return payments.collect(actor=OFFICER, reference=CODE, amount=amount, method=method, **more, at=AT)


@pytest.mark.django_db
def test_what_is_to_be_paid_is_fixed_in_one_statement():
    with CaptureQueriesContext(connection) as asked:
        assert charge() == 24000
    assert len(asked) == 1
    assert [(c.no, c.name, c.amount_vnd, c.kind) for c in queries.get_charges(CODE)] == [
        (1, "Lệ phí đăng ký", 8000, "charge"),
        (2, "Phí bản sao", 16000, "fee"),
    ]


@pytest.mark.django_db
def test_a_line_without_a_name_is_called_by_its_kind():
    charge([("", 5000, "charge")])
    assert queries.get_charges(CODE)[0].name == "Lệ phí"


@pytest.mark.django_db
def test_a_dossier_without_fees_is_charged_nothing():
    assert charge([]) == 0
    assert queries.get_account(CODE).is_settled


@pytest.mark.django_db
def test_money_is_taken_in_parts_until_nothing_is_owed():
    charge()
    collect(8000)
    assert (queries.get_account(CODE).owed_vnd, queries.get_account(CODE).is_settled) == (16000, False)
    taken = collect(16000, "transfer", receipt_number="AB/26E-0001")
    account = queries.get_account(CODE)
    assert (account.charged_vnd, account.collected_vnd, account.is_settled) == (24000, 24000, True)
    assert (taken.agency_id, taken.collector_name, taken.receipt_number) == (
        3,
        OFFICER.person_name,
        "AB/26E-0001",
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("amount", "method", "code"),
    [
        (0, "cash", "amount_out_of_range"),
        (-5, "cash", "amount_out_of_range"),
        (24001, "cash", "amount_out_of_range"),
        (24000, "gold", "unknown_method"),
    ],
)
def test_a_wrong_amount_or_method_is_refused_and_nothing_is_kept(amount, method, code):
    charge()
    with pytest.raises(Refused) as refusal:
        collect(amount, method)
    assert refusal.value.code == code and refusal.value.field
    assert queries.get_account(CODE).collected_vnd == 0


@pytest.mark.django_db
def test_money_is_not_taken_for_nothing_nor_twice():
    with pytest.raises(Refused, match="không có khoản phải thu"):
        collect(1000)
    charge()
    collect(24000)
    with pytest.raises(Refused, match="đã thu đủ"):
        collect(24000)


@pytest.mark.django_db
@pytest.mark.parametrize("post", Post)
def test_only_the_one_stop_unit_takes_money(post):
    charge()
    officer = replace(OFFICER, post=post)
    if post in {Post.INTAKE_OFFICER, Post.ONE_STOP_HEAD}:
        payments.collect(actor=officer, reference=CODE, amount=1000, method="cash", at=AT)
        assert [e.what for e in find_entries().rows] == ["payments.collect"]
        return
    with pytest.raises(Refused) as refusal:
        payments.collect(actor=officer, reference=CODE, amount=1000, method="cash", at=AT)
    assert refusal.value.code == "forbidden"


@pytest.mark.django_db(transaction=True)
def test_two_counters_at_once_take_the_money_once():
    charge()
    together, refused = threading.Barrier(3), []

    def press():
        try:
            together.wait()
            collect(24000)
        except Refused as refusal:
            refused.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["already_collected"] * 2
    assert queries.get_account(CODE).collected_vnd == 24000
