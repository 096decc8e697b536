"""Whatever happens in whatever order, what is kept by the job, what is told anew and what the rules say are one."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from motcua.dossiers import actions as dossiers
from motcua.dossiers.tests.factories import NOON, World, make_dossier, make_world
from motcua.figures import actions, queries
from motcua.figures.models import (
    Category,
    Cursor,
    Stay,
    store,
)  # fmt: skip
from motcua.figures.rules import (
    Counts,
    Enter,
    Leave,
    Measure,
    Period,
    Succession,
    add_up,
    count,
    find_break,
    find_current,
    find_stays,
)  # fmt: skip
from motcua.figures.rules import Stay as ToldStay
from motcua.figures.tests.kept import differ, month_end, read_beside, read_sums, tell_beside
from motcua.figures.tests.lives import (
    EVERY_CLASS,
    FIRST_DAY,
    Life,
    lives,
    put_dossier,
    put_event,
    put_work,
)
from motcua.organisations import queries as organisations
from motcua.organisations.models import TreeStamp, UnitSuccession
from tests.ground import begins_with, give

pytestmark = pytest.mark.django_db
MERGER_DAY = FIRST_DAY + timedelta(days=31)
AT = NOON + timedelta(days=200)


class _Undone(Exception):
    pass


@contextmanager
def _undone() -> Iterator[None]:
    """What an example writes is gone after it."""
    try:
        with transaction.atomic():
            yield
            raise _Undone
    except _Undone:
        pass


@pytest.fixture
@begins_with(make_world)
def world(db: None) -> World:
    return give(make_world)


def _read_stays(dossier_id: int) -> list[ToldStay]:
    rows = Stay.objects.filter(dossier_id=dossier_id).order_by("no")
    return [
        ToldStay(
            row.agency_id, row.entered_on, Enter(row.enter), row.left_on,
            None if row.leave is None else Leave(row.leave), row.overdue_on, row.is_waiting,
            row.is_electronic, row.is_digitised,
        )
        for row in rows
    ]  # fmt: skip


def _merge(world: World) -> None:
    UnitSuccession.objects.create(
        from_unit_id=world.units["B"], to_unit_id=world.units["A"], on=MERGER_DAY, decision_number="thử"
    )
    TreeStamp.objects.update(value="merged")
    organisations.forget_trees()


# The first lives that are counted wrongly are told as they were drawn: to look for shorter ones takes minutes, and those who
# run the tests with a limit would be told nothing.
@settings(
    max_examples=30,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(drawn=EVERY_CLASS, order=Random(1), share=2, merger="none")
@given(
    drawn=st.lists(lives, min_size=1, max_size=6),
    order=st.randoms(use_true_random=False),
    share=st.integers(1, 5),
    merger=st.sampled_from(["none", "before", "between"]),
)
def test_kept_told_anew_and_by_the_rules(
    world: World, drawn: list[Life], order: object, share: int, merger: str
) -> None:
    agencies = [world.units[name] for name in ("A", "B", "XD")]
    with _undone():
        organisations.forget_trees()
        like = make_dossier(world)
        Cursor.objects.create(name=actions.EVENTS, xact_id=1, at=AT)
        if merger == "before":
            _merge(world)
        ids = [put_dossier(like, life, agencies) for life in drawn]
        told = {pk: life.tell(agencies) for pk, life in zip(ids, drawn, strict=True)}
        _write_in_shares(told, order, share, (lambda: _merge(world)) if merger == "between" else None)
        successions = [] if merger == "none" else [Succession(world.units["B"], world.units["A"], MERGER_DAY)]
        by_rule: dict[int, list[ToldStay]] = {}
        for pk, life in zip(ids, drawn, strict=True):
            facts = [fact for fact, _data in told[pk]]
            by_rule[pk] = find_stays(life.origin, facts, successions)
            assert _read_stays(pk) == by_rule[pk], "the stays that are kept are not those the rules tell"
        kept, beside = read_sums(), read_beside()
        assert differ(beside, tell_beside()) == {}, "sums beside the figures are not what their rows say"
        with queries.reading_once():
            _check_periods(by_rule, dict(zip(ids, drawn, strict=True)))
        actions.recount_all(at=AT)
        Cursor.objects.all().delete()
        assert differ({"day": read_sums()}, {"day": kept}) == {}, (
            "told anew, sums of days are not what was kept"
        )
        assert differ(read_beside(), beside) == {}, "told anew, sums beside them are not what was kept"
        assert {pk: _read_stays(pk) for pk in ids} == by_rule, "told anew, stays are not those the rules tell"
    organisations.forget_trees()


def _write_in_shares(told: dict, order: object, share: int, merge: object) -> None:
    """Events come dossier by dossier in any order, and are followed now and then; the cursor goes on by hand."""
    waiting = {pk: list(enumerate(events, start=1)) for pk, events in told.items()}
    number, halfway = 1, sum(len(events) for events in waiting.values()) // 2
    while any(waiting.values()):
        pk = order.choice([pk for pk, events in waiting.items() if events])
        revision, (fact, data) = waiting[pk].pop(0)
        put_work(pk, fact.agency_id, fact, number)
        put_event(pk, revision, fact, data, number)
        number += 1
        if number - 1 == halfway and merge:
            merge()
        if number % share == 0:
            actions.follow(at=AT)
            Cursor.objects.update(xact_id=number)
    actions.follow(at=AT)
    if merge and not halfway:
        merge()
        actions.follow(at=AT)


def _check_periods(by_rule: dict[int, list[ToldStay]], lives_of: dict[int, Life]) -> None:
    """Each period counted three ways: by the rules, from the stays, from the sums; and the sum of what is before it."""
    before: dict[int, int] = {}
    for month in range(1, 8):
        last = month_end(date(2026, month, 1))
        period = Period((last.replace(day=1) - timedelta(days=1)).replace(day=15), last)
        agencies = {stay.agency_id for stays in by_rule.values() for stay in stays}
        recounted = add_by_unit(queries.recount(period))
        summed = add_by_unit(queries.count_by_sums(period))
        by_procedure = queries.count_by_sums(period, by=("agency", "procedure", "behalf"))
        assert add_by_unit(by_procedure) == summed, f"{period}: procedures do not add up to their unit"
        for agency in agencies:
            mine = [
                (s, lives_of[pk].way) for pk, stays in by_rule.items() for s in stays if s.agency_id == agency
            ]
            ruled = count(mine, period)
            assert recounted.get(agency, Counts()) == ruled, f"{period}: stays are not what the rules count"
            assert summed.get(agency, Counts()) == ruled, f"{period}: sums are not what the rules count"
            assert find_break(ruled) == 0, f"{period}: what came in is not what was done and is left"
            assert ruled.carried == before.get(agency, 0), f"{period}: carried is not what was left before"
            _check_lists(ruled, period, agency) if month == 2 else None
            before[agency] = ruled.pending
        if agencies and month == 2:
            _check_procedures(last, agencies)


def _check_procedures(on: date, agencies: set[int]) -> None:
    """By unit and group of procedures, the sums of months and quarters say what the stays say one by one."""
    groups = {code: len(code) % 2 for code in queries.find_counted_codes()}
    for kind in ("month", "quarter", "year"):
        period = find_current(on, kind)
        told: dict[tuple[int, int], Counter[str]] = {}
        for row in queries.recount(period, agencies, by=("agency", "procedure")):
            online = row.counts.new_online + row.counts.new_assisted
            sums = {"all": row.counts.new > 0, "used": online > 0, "in": row.counts.new, "online": online}
            told.setdefault((row.agency_id, groups[row.procedure_code]), Counter()).update(sums)
        wanted = {key: tuple(sums.values()) for key, sums in told.items() if sums["all"]}
        assert {row[:2]: row[2:] for row in queries.sum_received(period, agencies, groups)} == wanted, kind


def _check_lists(ruled: Counts, period: Period, agency: int) -> None:
    for measure in Measure:
        cell = queries.Cell(period, (measure,), frozenset({agency}))
        assert queries.count_behind(cell) == queries.find_stays_of(cell).count() == ruled.get(measure), (
            measure
        )
    late = queries.find_stays_of(
        queries.Cell(period, (Measure.LATE, Measure.PENDING_OVERDUE), frozenset({agency}))
    )
    assert set(queries.find_worst(period, [agency], 99)) == set(late.values_list("dossier_id", flat=True))


def add_by_unit(rows: list) -> dict[int, Counts]:
    """The parts of each unit added up."""
    told: dict[int, list[Counts]] = {}
    for row in rows:
        told.setdefault(row.agency_id, []).append(row.counts)
    return {agency: add_up(parts) for agency, parts in told.items()}


def test_lives_by_hand_are_of_every_class() -> None:
    told = [
        (find_stays(life.origin, [fact for fact, _data in life.tell([1, 2, 3])]), life.way)
        for life in EVERY_CLASS
    ]
    stays = [(stay, way) for stays, way in told for stay in stays]
    counts = count(stays, Period(FIRST_DAY + timedelta(days=1), FIRST_DAY + timedelta(days=60)))
    assert all(counts), counts


@given(life=lives)
@settings(max_examples=300, deadline=None)
def test_a_dossier_is_in_one_place_at_a_time(life: Life) -> None:
    stays = find_stays(life.origin, [fact for fact, _data in life.tell([1, 2, 3])])
    days = [FIRST_DAY + timedelta(days=n) for n in range(-2, 200)]
    for day in days:
        assert sum(s.entered_on <= day and (s.left_on is None or s.left_on > day) for s in stays) <= 1
    for stay in stays:
        assert stay.overdue_on is None or stay.entered_on <= stay.overdue_on
        assert stay.overdue_on is None or stay.left_on is None or stay.overdue_on < stay.left_on


def test_a_dossier_received_by_the_real_act_is_followed(world: World) -> None:
    dossier = make_dossier(world, "result_ready", at=NOON)
    Cursor.objects.create(name=actions.EVENTS, xact_id=1, at=AT)
    with pytest.MonkeyPatch.context():
        store.retell([dossier.pk], 2**62)
    [stay] = _read_stays(dossier.pk)
    assert (stay.agency_id, stay.enter, stay.leave) == (dossier.competent_agency_id, Enter.NEW, Leave.ON_TIME)
    assert Category.objects.get().channel == "counter"


def test_a_voided_number_reopens(world: World) -> None:
    dossier = make_dossier(world, "result_ready", at=NOON)
    clerk = world.actors["a.clerk"]
    dossiers.void_number(actor=clerk, dossier_code=dossier.code, reason="Sai số", at=NOON + timedelta(days=3))
    store.retell([dossier.pk], 2**62)
    first, second = _read_stays(dossier.pk)
    assert (first.leave, second.enter, second.left_on) == (Leave.ON_TIME, Enter.REOPENED, None)
    period = Period(NOON.date(), NOON.date() + timedelta(days=9))
    [row] = queries.recount(period)
    assert row.counts == Counts(new_counter=1, reopened=1, on_time=1, pending_overdue=1, electronic=1)


@pytest.mark.parametrize("gap", [30, 31, 32])
def test_what_ends_on_the_day_of_a_merger_ends_in_the_new_unit(world: World, gap: int) -> None:
    like = make_dossier(world)
    agencies = [world.units[name] for name in ("A", "B", "XD")]
    _merge(world)
    actions.recount_all(at=AT)
    life = Life(1, FIRST_DAY, 50, "working_day", "online", True, False, [(gap, "finish", 0)])
    pk = put_dossier(like, life, agencies)
    facts = life.tell(agencies)
    for revision, (fact, data) in enumerate(facts, start=1):
        put_event(pk, revision, fact, data, revision)
    store.retell([pk], 2**62)
    told = _read_stays(pk)
    assert told == find_stays(
        life.origin, [fact for fact, _d in facts], [Succession(agencies[1], agencies[0], MERGER_DAY)]
    )
    assert [stay.agency_id for stay in told] == agencies[1:2] + ([agencies[0]] if gap >= 31 else [])


def test_a_late_event_changes_a_past_day_once(world: World) -> None:
    like = make_dossier(world)
    agencies = [world.units[name] for name in ("A", "B", "XD")]
    life = Life(0, FIRST_DAY, 5, "working_day", "online", True, False, [(3, "finish", 0)])
    pk = put_dossier(like, life, agencies)
    Cursor.objects.create(name=actions.EVENTS, xact_id=1, at=AT)
    (received, data), (finished, more) = life.tell(agencies)
    put_event(pk, 1, received, data, 1)
    actions.follow(at=AT)
    period = Period(FIRST_DAY, FIRST_DAY + timedelta(days=60))
    assert add_up(r.counts for r in queries.recount(period)) == Counts(new_online=1, pending_overdue=1)
    put_event(pk, 2, finished, more, 2)
    for _again in range(2):
        Cursor.objects.update(xact_id=2)
        actions.follow(at=AT + timedelta(days=40))
        assert add_up(r.counts for r in queries.recount(period)) == Counts(new_online=1, early=1)
        assert add_up(r.counts for r in queries.count_by_sums(period)) == Counts(new_online=1, early=1)


@pytest.mark.django_db(transaction=True)
def test_what_commits_late_is_not_missed() -> None:
    """A transaction that took its number first and commits last is read in the end."""
    import psycopg
    from django.db import connection

    world = make_world()
    like = make_dossier(world)
    actions.recount_all(at=AT)
    agencies = [world.units[name] for name in ("A", "B", "XD")]
    early, late = (
        put_dossier(like, Life(0, FIRST_DAY, 5, "working_day", "online", True, False, []), agencies)
        for _n in "12"
    )
    parameters = connection.get_connection_params()
    settings_of = {
        k: parameters[k] for k in ("dbname", "user", "password", "host", "port") if parameters.get(k)
    }
    sql = """INSERT INTO dossiers_event (at, dossier_id, agency_id, act, user_id, person_name, post, unit_id, unit_name,
        from_state, to_state, revision, data) VALUES (%s, %s, %s, 'receive', 1, '', '', 1, '', 'submitted', 'received', 1, '{}')"""
    with psycopg.connect(**settings_of) as slow:
        slow.execute(sql, [NOON, late, agencies[0]])
        with psycopg.connect(**settings_of) as quick:
            quick.execute(sql, [NOON, early, agencies[0]])
        actions.follow(at=AT)
        assert not _read_stays(late)
    _follow_until(lambda: bool(_read_stays(late) and _read_stays(early)))


def _follow_until(is_done: object) -> None:
    """The server itself writes in this database now and then, and what is younger than the oldest is not read yet."""
    import time

    for _try in range(400):
        actions.follow(at=AT)
        if is_done():
            return
        time.sleep(0.05)
    raise AssertionError("the events were not read within twenty seconds")
