"""Pages by position: every row once, in order, forward and back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models.functions import Length
from django.template import engines
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.core.models import IdempotentCall
from motcua.core.paging import Page, count_up_to, page
from motcua.core.refusal import Refused

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ORDERS = [
    ("id",),
    ("-at", "-id"),
    ("act", "at", "id"),
    ("act", "-at", "id"),
    ("-act", "at", "-id"),
    ("-size", "-id"),
]


def keep(rows):
    IdempotentCall.objects.all().delete()
    IdempotentCall.objects.bulk_create(
        IdempotentCall(
            owner="o", key=str(no), act=act, fingerprint="f", at=START + timedelta(microseconds=late)
        )
        for no, (act, late) in enumerate(rows)
    )
    return IdempotentCall.objects.annotate(size=Length("act"))


def walk(rows, order, size):
    """All pages forward, then all the way back."""
    pages, cursor = [], None
    while True:
        found = page(rows, order=order, cursor=cursor, size=size)
        pages.append(found)
        if not (cursor := found.next_cursor):
            break
    back, cursor = [], pages[-1].previous_cursor
    while cursor:
        found = page(rows, order=order, cursor=cursor, size=size)
        back.insert(0, found)
        cursor = found.previous_cursor
    return pages, back


@pytest.mark.parametrize("order", ORDERS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(st.sampled_from(["a", "b", "bb", "ă"]), st.integers(0, 3)), max_size=12),
    size=st.integers(1, 5),
)
def test_walking_the_pages_meets_every_row_once_and_in_order(order, rows, size):
    kept = keep(rows)
    whole = [r.pk for r in kept.order_by(*order)]
    forward, back = walk(kept, order, size)
    assert [r.pk for p in forward for r in p.rows] == whole
    assert [[r.pk for r in p.rows] for p in back] == [[r.pk for r in p.rows] for p in forward[:-1]]
    assert forward[0].previous_cursor is None


def test_a_page_of_values_is_walked_as_well():
    rows = keep([("a", 1), ("b", 2), ("c", 3)]).values("id", "act")
    first = page(rows, order=("-id",), cursor=None, size=2)
    second = page(rows, order=("-id",), cursor=first.next_cursor, size=2)
    assert [r["act"] for r in first.rows + second.rows] == ["c", "b", "a"]


def test_one_statement_a_page_with_one_index_range_and_no_count():
    rows = keep([("a", n) for n in range(5)])
    first = page(rows, order=("-at", "-id"), cursor=None, size=2)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page(rows, order=("-at", "-id"), cursor=first.next_cursor, size=2)
    (statement,) = [q["sql"] for q in asked]
    assert '("core_idempotentcall"."at", "core_idempotentcall"."id") < (' in statement
    assert "COUNT" not in statement


def test_a_new_row_at_the_top_does_not_shift_the_next_page():
    rows = keep([("a", n) for n in range(4)])
    first = page(rows, order=("-id",), cursor=None, size=2)
    IdempotentCall.objects.create(owner="o", key="new", act="a", fingerprint="f")
    second = page(rows, order=("-id",), cursor=first.next_cursor, size=2)
    assert {r.pk for r in first.rows}.isdisjoint(r.pk for r in second.rows)


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%%%",
        "é",
        "bnVsbA",
        "WzAsWzFdLDFd",
        "WzAsbnVsbCxudWxsXQ",
        "WzAsIjIwMjYiLDFd",
        "eyJhIjoxfQ",
        "WzAsIjIwMjYtMDEtMDEiLDFlNDBd",
        "A" * 5000,
    ],
)
def test_a_cursor_that_is_not_ours_is_refused_in_words(cursor):
    with pytest.raises(Refused) as refusal:
        page(IdempotentCall.objects.all(), order=("-at", "-id"), cursor=cursor)
    assert refusal.value.code == "bad_cursor" and refusal.value.field == "cursor"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cursor=st.text(min_size=1, max_size=60))
def test_no_cursor_whatever_breaks_a_page(cursor):
    try:
        page(IdempotentCall.objects.all(), order=("-at", "-id"), cursor=cursor)
    except Refused as refusal:
        assert refusal.code == "bad_cursor"


def test_counting_stops_at_its_limit():
    rows = keep([("a", n) for n in range(5)])
    assert count_up_to(rows, 3) == (3, True)
    assert count_up_to(rows, 5) == (5, False)


@pytest.mark.parametrize(("after", "before"), [(None, None), ("a", None), (None, "b")])
def test_a_print_says_when_the_list_goes_on(after, before):
    drawing = engines.all()[0].env.from_string('{% import "core/macros.html" as m %}{{ m.pager(page) }}')
    drawn = drawing.render(page=Page([1], after, before))
    assert ('class="print-only"' in drawn) == bool(after or before)
