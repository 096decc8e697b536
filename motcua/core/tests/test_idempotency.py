"""The same call twice has one effect."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from motcua.core import idempotency
from motcua.core.models import IdempotentCall
from motcua.core.refusal import Refused

ASKED = idempotency.fingerprint({"procedure": "1.001193", "applicant": "x"})


def call(key="k1", act="dossiers.receive", asked=ASKED, reference="H50.1"):
    with transaction.atomic():
        earlier = idempotency.remember(key, "user:1", act, asked)
        if earlier is None:
            idempotency.complete(key, "user:1", reference)
        return earlier


@pytest.mark.django_db
def test_the_second_call_is_given_what_the_first_one_made():
    assert call() is None
    assert call(reference="other") == "H50.1"
    assert call(key="k2") is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changed", [{"act": "dossiers.withdraw"}, {"asked": idempotency.fingerprint({"procedure": "2"})}]
)
def test_a_key_used_for_something_else_is_refused(changed):
    call()
    with pytest.raises(Refused) as refusal:
        call(**changed)
    assert refusal.value.code == "idempotency_mismatch"


@pytest.mark.django_db
def test_the_fingerprint_does_not_depend_on_order_and_hides_what_was_asked():
    assert idempotency.fingerprint({"a": 1, "b": "Đỗ"}) == idempotency.fingerprint({"b": "Đỗ", "a": 1})
    assert len(ASKED) == 32


@pytest.mark.django_db
def test_a_failed_call_leaves_its_key_free():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        idempotency.remember("k1", "user:1", "dossiers.receive", ASKED)
        raise ZeroDivisionError
    assert call() is None


@pytest.mark.django_db
def test_old_keys_are_forgotten():
    call()
    assert idempotency.forget_before(at=timezone.now() - timedelta(days=1)) == 0
    assert idempotency.forget_before(at=timezone.now() + timedelta(minutes=1)) == 1
    assert not IdempotentCall.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_have_one_effect():
    together, made, answers = threading.Barrier(4), [], []

    def press():
        try:
            together.wait()
            with transaction.atomic():
                earlier = idempotency.remember("double", "user:1", "dossiers.receive", ASKED)
                if earlier is None:
                    made.append(1)
                    idempotency.complete("double", "user:1", "H50.7")
                answers.append(earlier)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert sorted(answers, key=str) == ["H50.7", "H50.7", "H50.7", None]
