"""The lives of the counting benchmark: every way of counting them says the same, and the rules say it too."""

from datetime import datetime

import pytest

from motcua.bench import lives
from motcua.bench.stated import check_sums
from motcua.dossiers.rules.states import State
from motcua.figures import actions, queries
from motcua.figures.models import FieldCount, store
from motcua.figures.rules import (
    Counts,
    Fact,
    Origin,
    Way,
    add_up,
    count,
    find_break,
    find_current,
    find_stays,
)
from motcua.figures.rules.periods import previous
from motcua.organisations.rules import Actor, Post
from motcua.worktime.rules import ZONE

NOW = datetime(2026, 11, 1, 9, 0, tzinfo=ZONE)
COUNT = 3000
_EVENTS = """
SELECT e.dossier_id, d.channel, EXISTS (SELECT FROM dossiers_party p WHERE p.dossier_id = d.id AND p.role = 'authorised'),
       d.original_due_at, e.at, e.agency_id, e.from_state, e.to_state, e.data ->> 'new_due_at',
       (e.data -> 'is_electronic')::bool IS TRUE, (e.data -> 'is_digitised')::bool IS TRUE
FROM dossiers_event e JOIN dossiers_dossier d ON d.id = e.dossier_id ORDER BY e.dossier_id, e.revision
"""


@pytest.mark.django_db(transaction=True)
def test_three_thousand_lives_are_counted_alike() -> None:
    from django.db import connection

    agencies = lives.make_units(NOW.date())
    lives.fill(COUNT, agencies, NOW.date())
    actions.recount_all(at=NOW)
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS)
        rows = cursor.fetchall()
    told: dict[int, tuple[Way, Origin, list[Fact]]] = {}
    for pk, channel, is_behalf, due, at, agency, source, target, moved, *digital in rows:
        known = told.setdefault(pk, (Way(channel, is_behalf), Origin(due, "working_day"), []))
        new_due = datetime.fromisoformat(moved) if moved else None
        known[2].append(Fact(at, agency, State(source), State(target), new_due, *digital))
    assert len(told) == COUNT
    stays = [(stay, way) for way, origin, facts in told.values() for stay in find_stays(origin, facts)]
    for kind in ("quarter", "year"):
        period = find_current(NOW.date(), kind).until(NOW.date())
        summed, recounted = queries.count_by_sums(period), queries.recount(period)
        assert {(r.agency_id, r.field_code): r.counts for r in summed} == {
            (r.agency_id, r.field_code): r.counts for r in recounted
        }
        assert add_up(row.counts for row in recounted) == count(stays, period)
        assert not any(find_break(row.counts) for row in recounted)
    total = add_up(row.counts for row in recounted)
    assert all(getattr(total, name) for name in Counts._fields if name not in ("refused", "waiting")), total
    assert queries.find_odd() == []
    control = Actor(1, "Đo", 1, Post.CONTROL_OFFICER, 1, "", "office", 1, "", "", "default", sees_all=True)
    live = find_current(NOW.date()).until(NOW.date())
    before = previous(find_current(NOW.date()))
    closed = actions.close_period(actor=control, period=before, at=NOW)
    province = queries.find_above(agencies[0], before.last_on)[-1]
    assert [words for words, holds in check_sums(closed, before, live, province) if not holds] == []
    FieldCount.objects.filter(received__gt=0, day__gt=live.first_on).update(received=0)
    assert not all(holds for _words, holds in check_sums(closed, before, live, province))
    actions.recount_all(at=NOW)
    store.retell(list(range(1, 500)), 2**62)
    assert queries.recount(period) == recounted
