"""What packages draft is written in one statement, all of it or nothing."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.core import drafts
from motcua.core.drafts import Draft
from motcua.core.keeping import draft_amended, draft_rows, make_row
from motcua.core.models import IdempotentCall
from motcua.core.reading import in_order, read_row, read_some

_CALL = "{name} AS (INSERT INTO core_idempotentcall (owner, key, act, fingerprint, reference) VALUES (%s, %s, 'a', '', '') RETURNING key)"
AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
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


def test_values_have_names_where_a_text_says_them_again() -> None:
    queries = _CALL.format(name="one").replace(
        "VALUES (%s, %s,", "VALUES (%s || %(who)s, %(key)s || %(who)s,"
    )
    drafted = drafts.name_values(queries, {"who": "9", "key": "k"}, before=["user:"])
    assert drafted.values == ["user:", "9", "k", "9"]
    drafts.write([drafted])
    assert set(IdempotentCall.objects.values_list("owner", "key")) == {("user:9", "k9")}


def test_rows_of_a_model_are_drafted_with_the_rest() -> None:
    rows = [IdempotentCall(owner="user:1", key=key, act="a", fingerprint="", at=AT) for key in ("k1", "k2")]
    drafts.write([draft_rows(rows)])
    kept = IdempotentCall.objects.get(key="k2")
    kept.reference, kept.act = "H1", "b"
    drafts.write([draft_amended(kept, "reference", "act"), draft("two", "user:2", "k3")])
    told = set(IdempotentCall.objects.values_list("key", "act", "reference"))
    assert told == {("k1", "a", ""), ("k2", "b", "H1"), ("k3", "a", "")}


def test_a_row_is_made_as_the_mapper_makes_it() -> None:
    given = {"owner": "user:1", "key": "k", "act": "a", "fingerprint": "f"}
    made, usual = make_row(IdempotentCall, **given), IdempotentCall(**given)
    assert {k: v for k, v in vars(made).items() if k not in ("_state", "at")} == {
        k: v for k, v in vars(usual).items() if k not in ("_state", "at")
    }
    assert made._state.adding and made.reference == ""
    made.save()
    read = read_row(IdempotentCall, "key = %s", ["k"])
    assert read == made and not read._state.adding and read._state.db == "default"
    read.act = "b"
    read.save()
    assert IdempotentCall.objects.get().act == "b"
    with pytest.raises(TypeError, match="no words"):
        make_row(IdempotentCall, words="x")


def test_a_column_left_out_is_read_when_it_is_asked_for() -> None:
    IdempotentCall.objects.create(owner="user:1", key="k", act="a", fingerprint="f")
    sql = "SELECT id, key FROM core_idempotentcall"
    (row,) = read_some(IdempotentCall, in_order(IdempotentCall, {"id", "key"}), sql, [])
    assert row.get_deferred_fields() >= {"owner", "act"} and row.act == "a"


def test_nothing_drafted_asks_nothing() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert drafts.write([]) == ()
    assert not asked
