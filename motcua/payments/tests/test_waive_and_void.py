"""A line waived, a collection voided, a double click: the money of a dossier stays right."""

import pytest

from motcua.audit.queries import find_entries
from motcua.core.refusal import Refused
from motcua.payments import actions as payments
from motcua.payments import queries
from motcua.payments.tests.test_counter import AT, CODE, OFFICER, charge, collect

pytestmark = pytest.mark.django_db


def void(collection_id: int, reason: str = "Gõ nhầm số tiền"):
    return payments.void(actor=OFFICER, reference=CODE, collection_id=collection_id, reason=reason, at=AT)


def waive(no: int, reason: str = "Hộ nghèo"):
    return payments.waive(actor=OFFICER, reference=CODE, no=no, reason=reason, at=AT)


def test_a_double_click_takes_the_money_once():
    charge()
    first, second = collect(8000, key="k"), collect(8000, key="k")
    assert first.pk == second.pk
    assert queries.get_account(CODE).collected_vnd == 8000


def test_the_same_key_for_another_sum_is_refused():
    charge()
    collect(8000, key="k")
    with pytest.raises(Refused) as no:
        collect(9000, key="k")
    assert no.value.code == "idempotency_mismatch"


def test_a_voided_collection_is_owed_again_and_stays_to_be_read():
    charge()
    taken = collect(24000, receipt_number="AB-1")
    void(taken.pk)
    account = queries.get_account(CODE)
    assert (account.owed_vnd, account.receipt_numbers) == (24000, ())
    assert account.collections[0].void_reason == "Gõ nhầm số tiền"
    assert "payments.void" in [entry.what for entry in find_entries().rows]
    with pytest.raises(Refused) as no:
        void(taken.pk)
    assert no.value.code == "already_voided"
    assert collect(24000).amount_vnd == 24000
    assert queries.get_account(CODE).owed_vnd == 0


def test_a_waived_line_is_not_owed():
    charge()
    waive(1)
    account = queries.get_account(CODE)
    assert (account.charged_vnd, account.owed_vnd) == (16000, 16000)
    assert "payments.waive" in [entry.what for entry in find_entries().rows]
    with pytest.raises(Refused) as no:
        waive(1)
    assert no.value.code == "already_waived"


def test_a_line_already_paid_for_is_not_waived():
    charge()
    collect(20000)
    with pytest.raises(Refused) as no:
        waive(2)
    assert no.value.code == "already_collected"


@pytest.mark.parametrize("act", [lambda: void(1, " "), lambda: waive(1, "")])
def test_a_reason_is_asked_for(act):
    charge()
    with pytest.raises(Refused) as no:
        act()
    assert (no.value.code, no.value.field) == ("reason_missing", "reason")


def test_what_is_not_there_is_not_found():
    charge()
    for act in (lambda: void(99_999), lambda: waive(9)):
        with pytest.raises(Refused) as no:
            act()
        assert no.value.code == "not_found"
