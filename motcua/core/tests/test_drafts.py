"""What packages draft is written in one statement, all of it or nothing."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.core import drafts
from motcua.core.drafts import Draft
from motcua.core.models import IdempotentCall

_CALL = "{name} AS (INSERT INTO core_idempotentcall (owner, key, act, fingerprint, reference) VALUES (%s, %s, 'a', '', '') RETURNING key)"
pytestmark = pytest.mark.django_db


def draft(name: str, owner: str, key: str) -> Draft:
    return Draft(_CALL.format(name=name), (owner, key))


def find_keys() -> set[str]:
    return set(IdempotentCall.objects.values_list("key", flat=True))


def test_drafts_of_several_are_one_statement() -> None:
    with CaptureQueriesContext(connection) as asked:
        answer = drafts.write(
            [draft("one", "user:1", "k1"), draft("two", "user:2", "k2")], answer="key FROM two"
        )
    assert len(asked) == 1 and answer == ("k2",)
    assert find_keys() == {"k1", "k2"}


def test_one_that_cannot_be_written_leaves_none() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        drafts.write([draft("one", "user:1", "k1"), draft("two", "u" * 500, "k2")])
    assert not find_keys()


def test_nothing_drafted_asks_nothing() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert drafts.write([]) == ()
    assert not asked
