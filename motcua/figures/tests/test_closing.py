"""A period that is over is closed once, keeps its figures, and is refused while they do not agree."""

from datetime import date, timedelta

import pytest
from django.db.models import F

from motcua.core.refusal import Refused
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.factories import NOON, World, make_dossier, make_world
from motcua.figures import actions, jobs, queries
from motcua.figures.models import ClosedPeriod, Cursor, DayCount, FieldCount, Stay, store
from motcua.figures.queries import Cell
from motcua.figures.rules import Counts, Measure, Period, PeriodKind, add_up, make_period
from motcua.figures.tests.lives import FIRST_DAY, Life, put_dossier, put_event
from motcua.legal import actions as legal
from tests.ground import begins_with, give

pytestmark = pytest.mark.django_db
QUARTER = make_period(PeriodKind.QUARTER, 2026, 1)
NEXT = make_period(PeriodKind.QUARTER, 2026, 2)
AT = NOON + timedelta(days=200)


def make_lived_in() -> World:
    """The small province with five lives: in time, late, running, taken back, not accepted."""
    world = make_world()
    like = make_dossier(world)
    agencies = [world.units[name] for name in ("A", "B", "XD")]
    lives = [
        Life(0, FIRST_DAY, 5, "working_day", "online", True, False, [(3, "finish", 0)]),
        Life(0, FIRST_DAY, 5, "working_day", "counter", True, False, [(9, "finish", 0)]),
        Life(1, FIRST_DAY, 90, "working_day", "postal", True, False, []),
        Life(2, FIRST_DAY, 90, "working_day", "counter", True, False, [(4, "withdraw", 0)]),
        Life(1, FIRST_DAY, 5, "working_day", "counter", True, True, []),
    ]
    Dossier.objects.filter(pk=like.pk).update(state="draft")
    for serial, life in enumerate(lives):
        pk = put_dossier(like, life, agencies)
        events = life.tell(agencies)
        for revision, (fact, data) in enumerate(events, start=1):
            put_event(pk, revision, fact, data, 10 * serial + revision)
        last = events[-1][0]
        ended = last.at if last.to_state in ("result_ready", "withdrawn", "not_accepted") else None
        Dossier.objects.filter(pk=pk).update(state=last.to_state, finished_at=ended)
    actions.recount_all(at=AT)
    return world


@pytest.fixture
@begins_with(make_lived_in)
def world(db: None) -> World:
    return give(make_lived_in)


def _close(world: World, period: Period = QUARTER) -> ClosedPeriod:
    return actions.close_period(actor=world.actors["p.control"], period=period, at=AT)


def test_figures_are_kept_for_each_unit_and_added_up_above(world: World) -> None:
    closed = _close(world)
    own = add_up(row.counts for row in queries.get_closed_rows(closed, world.units["A"]))
    assert own == Counts(new_online=1, new_counter=1, early=1, late=1)
    rows = queries.get_closed_rows(closed, world.units["P"])
    assert {row.level for row in rows} == {"province", "commune"}
    total = add_up(row.counts for row in rows)
    assert total == add_up(row.counts for row in queries.recount(QUARTER))
    assert total.refused == 1 and total.pending == 1 and total.withdrawn == 1


def test_a_period_is_closed_once_and_only_when_over(world: World) -> None:
    _close(world)
    with pytest.raises(Refused, match="đã chốt"):
        _close(world)
    with pytest.raises(Refused, match="chưa kết thúc"):
        _close(world, make_period(PeriodKind.YEAR, 2026))


@pytest.mark.parametrize("name", ["a.case", "p.admin", "a.leader"])
def test_nobody_else_closes(world: World, name: str) -> None:
    with pytest.raises(Refused) as no:
        actions.close_period(actor=world.actors[name], period=QUARTER, at=AT)
    assert no.value.code == "forbidden"


def test_a_row_that_contradicts_its_events_blocks_and_is_named(world: World) -> None:
    dossier = Dossier.objects.get(channel="postal", finished_at=None)
    Dossier.objects.filter(pk=dossier.pk).update(finished_at=NOON)
    with pytest.raises(Refused, match="Trạng thái"):
        _close(world)
    assert queries.find_breaks(QUARTER)[0].dossier_ids == (dossier.pk,)


@pytest.mark.parametrize("model", [DayCount, FieldCount])
def test_a_sum_that_differs_from_the_recount_blocks(
    world: World, model: type[DayCount] | type[FieldCount]
) -> None:
    row = model.objects.filter(received=1).first()
    row.received = 2
    row.save()
    with pytest.raises(Refused, match="Tổng lưu sẵn"):
        _close(world)


def test_what_comes_late_is_told_and_stops_the_next_closing(world: World) -> None:
    closed = _close(world)
    unread = set(queries.find_late_arrivals(closed))  # written by this very test, which has not ended
    assert queries.find_breaks(NEXT) == []
    agencies = [world.units[name] for name in ("A", "B", "XD")]
    life = Life(0, date(2026, 3, 1), 5, "working_day", "online", True, False, [])
    pk = put_dossier(Dossier.objects.first(), life, agencies)
    Dossier.objects.filter(pk=pk).update(state="received")
    [(fact, data)] = life.tell(agencies)
    put_event(pk, 1, fact, data, closed.xact_id + 5)
    store.retell([pk], 2**62)
    Cursor.objects.update(xact_id=2**62)
    assert set(queries.find_late_arrivals(closed)) - unread == {pk}
    [found] = queries.find_breaks(NEXT)
    assert found.dossier_ids == (pk,) and found.facts["carried"] == 1 and found.facts["pending"] == 0


def test_behind_a_figure_one_sees_only_what_one_may_see(world: World) -> None:
    cell = Cell(QUARTER, (Measure.EARLY, Measure.LATE), frozenset({world.units["A"]}))
    assert queries.count_behind(cell) == 2
    assert len(queries.find_behind(world.actors["p.control"], cell).rows) == 2
    assert queries.find_behind(world.actors["b.intake"], cell).rows == []


def test_a_quarter_closes_itself_after_the_day_set_for_it(world: World) -> None:
    legal.load_parameters()
    assert jobs.close_periods(NOON.replace(day=15)) == 0
    assert jobs.close_periods(NOON.replace(day=16)) == 1
    assert [one.closed_by for one in ClosedPeriod.objects.all()] == ["Hệ thống, Hệ thống"]
    assert jobs.close_periods(NOON.replace(day=17)) == 0


def test_what_does_not_agree_waits_for_a_person(world: World) -> None:
    legal.load_parameters()
    DayCount.objects.update(received=F("received") + 1)
    assert jobs.close_periods(NOON.replace(day=16)) == 0 and not ClosedPeriod.objects.exists()


def test_closed_figures_of_a_unit_are_read_as_they_were_closed(world: World) -> None:
    unit = world.units["A"]
    before = queries.get_own_fields(QUARTER, [unit])
    _close(world)
    Stay.objects.filter(agency_id=unit).delete()
    DayCount.objects.filter(agency_id=unit).delete()
    assert queries.get_own_fields(QUARTER, [unit]) == before != {}
    assert queries.get_own_fields(NEXT, [unit]) == {}
