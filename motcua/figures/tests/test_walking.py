"""The list behind a figure, page by page: whichever way it is found, it is the one that going through every dossier gives."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, product
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from motcua.dossiers import access as dossiers
from motcua.dossiers.models import Dossier, Involvement
from motcua.dossiers.tests.factories import World, make_dossier, make_world
from motcua.figures import actions, queries
from motcua.figures.models import Cursor, Stay
from motcua.figures.queries import Cell, walking
from motcua.figures.rules import Measure, Period
from motcua.figures.tests.lives import EVERY_CLASS, FIRST_DAY, Life, lives, put_dossier, put_event
from motcua.figures.tests.test_counting import AT, _merge, _undone, month_end
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor
from tests.ground import begins_with, give

pytestmark = pytest.mark.django_db
M = Measure
SETS = [*((measure,) for measure in M), (M.LATE, M.PENDING_OVERDUE), (M.WITHDRAWN, M.STOPPED, M.EARLY)]
# Every way of finding them: gathered, walked to in one window, in several.
WAYS = [(10**6, (None,)), (-1, (None,)), (-1, (1, 3, None))]
SIZE = 2


@pytest.fixture
@begins_with(make_world)
def world(db: None) -> World:
    return give(make_world)


def _put(world: World, drawn: list[Life], *, is_merged: bool) -> None:
    """Lives told as they are kept: every other one is of another procedure, two of three concern the commune."""
    agencies = [world.units[name] for name in ("A", "B", "XD")]
    like = make_dossier(world)
    for life in drawn:
        pk = put_dossier(like, life, agencies)
        for revision, (fact, data) in enumerate(life.tell(agencies), start=1):
            put_event(pk, revision, fact, data, revision)
        if pk % 2:
            Dossier.objects.filter(pk=pk).update(procedure_code="khác", field_code="khác")
        if pk % 3:
            _concern(pk, world.units["A"])
    if is_merged:
        _merge(world)
    actions.recount_all(at=AT)


def _concern(pk: int, unit_id: int) -> None:
    row = Dossier.objects.get(pk=pk)
    Involvement.objects.create(
        dossier=row,
        unit_id=unit_id,
        role="handler",
        received_at=row.received_at,
        applicant_folded=row.applicant_folded,
        initials=row.initials,
    )


def _cells(world: World) -> Iterator[Cell]:
    """A past month and a running one, of all, of a unit and of several, of a procedure, a channel, and one filed for another."""
    units = [None, frozenset({world.units["A"]}), frozenset({world.units["B"], world.units["XD"]})]
    narrowed: list[dict[str, Any]] = [
        {}, {"field_code": "khác"}, {"procedure_code": "khác"}, {"channel": "online"}, {"is_behalf": True},
    ]  # fmt: skip
    last = month_end(FIRST_DAY.replace(month=2))
    months = [
        Period(last.replace(month=1, day=15), last),
        Period(last.replace(day=15), last.replace(month=4)),
    ]
    for period, measures in product(months, SETS):
        for unit, more in [*((unit, {}) for unit in units), *((None, more) for more in narrowed[1:])]:
            yield Cell(period, measures, unit, **more)


def _list_all(actor: Actor, ids: list[int]) -> list[int]:
    """Every dossier gone through."""
    rows = dossiers.visible_to(actor).filter(pk__in=ids)
    return list(rows.order_by("-received_at", "-pk").values_list("pk", flat=True))


def _turn_pages(actor: Actor, cell: Cell, counted: dict[Measure, int]) -> tuple[list[int], list[int]]:
    """What its pages list to the last one, and from there back to the first."""
    pages = [queries.find_behind(actor, cell, counted=counted, size=SIZE)]
    while cursor := pages[-1].next_cursor:
        pages.append(queries.find_behind(actor, cell, counted=counted, cursor=cursor, size=SIZE))
    back = [pages[-1]]
    while cursor := back[-1].previous_cursor:
        back.append(queries.find_behind(actor, cell, counted=counted, cursor=cursor, size=SIZE))
    forth = [row.pk for page in pages for row in page.rows]
    return forth, [row.pk for page in reversed(back) for row in page.rows]


def _check(world: World) -> None:
    ways = cycle(WAYS)
    for cell in _cells(world):
        ids = list(queries.find_stays_of(cell).values_list("dossier_id", flat=True))
        counted = queries.count_each(cell)
        for name in ("p.control", "a.leader"):
            wanted, (few, windows) = _list_all(world.actors[name], ids), next(ways)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(walking, "FEW", few)
                patch.setattr(walking, "_WINDOWS", windows)
                forth, back = _turn_pages(world.actors[name], cell, counted)
            assert forth == wanted, f"{name} {cell}: pages are not the list"
            assert back == wanted, f"{name} {cell}: turned back, pages are not the list"


@settings(
    max_examples=2,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(drawn=EVERY_CLASS * 2, is_merged=False)
@given(drawn=st.lists(lives, min_size=3, max_size=9), is_merged=st.booleans())
def test_pages_are_the_list_whichever_way_it_is_found(
    world: World, drawn: list[Life], *, is_merged: bool
) -> None:
    with _undone():
        organisations.forget_trees()
        _put(world, drawn, is_merged=is_merged)
        with queries.reading_once():
            _check(world)
    organisations.forget_trees()


def test_a_stay_that_is_one_of_few_knows_when_its_dossier_was_received(world: World) -> None:
    _put(world, EVERY_CLASS * 2, is_merged=True)
    received = dict(Dossier.objects.values_list("pk", "received_at"))
    few = Q(leave__gt=2) | Q(enter__gt=1) | Q(is_waiting=True) | Q(overdue_on__isnull=False)
    assert Stay.objects.filter(few).exists() and Stay.objects.exclude(few).exists()
    assert not Stay.objects.exclude(few).exclude(received_at=None).exists()
    for stay in Stay.objects.filter(few):
        assert stay.received_at == received[stay.dossier_id]
        assert stay.entered_on >= timezone.localdate(stay.received_at), (
            "a walk that ends with a day would miss it"
        )


def test_a_list_asks_once_for_each_measure_and_once_for_its_rows(world: World) -> None:
    _put(world, EVERY_CLASS, is_merged=False)
    assert Cursor.objects.exists()
    cell = next(one for one in _cells(world) if one.measures == (M.LATE, M.PENDING_OVERDUE))
    counted = dict.fromkeys(cell.measures, 10**6)
    with pytest.MonkeyPatch.context() as patch, CaptureQueriesContext(connection) as asked:
        patch.setattr(walking, "_WINDOWS", (4_000,))
        queries.find_behind(world.actors["p.control"], cell, counted=counted)
    assert len(asked) == 3


def test_who_may_see_none_is_shown_none(world: World) -> None:
    _put(world, EVERY_CLASS, is_merged=False)
    cell = next(one for one in _cells(world) if one.measures == (M.LATE, M.PENDING_OVERDUE))
    counted = dict.fromkeys(cell.measures, 10**6)
    for reader in (replace(world.actors["a.leader"], reads=frozenset()), world.actors["p.control"]):
        narrowed = cell if not reader.sees_all else replace(cell, agencies=frozenset())
        assert queries.find_behind(reader, narrowed, counted=counted).rows == []
