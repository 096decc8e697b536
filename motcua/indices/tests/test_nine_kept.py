"""What the sums say of the nine indicators is what the steps of every dossier say, answers and complaints included."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from motcua.dossiers.models import Event, Task
from motcua.dossiers.tests.factories import NOON, World, make_dossier, make_world
from motcua.feedback import actions as feedback
from motcua.feedback.models import FollowUp, Rating
from motcua.figures import actions
from motcua.figures import queries as figures
from motcua.figures.models import Cursor, store
from motcua.figures.queries import counting
from motcua.figures.rules import Period, find_current
from motcua.indices.models import nine_kept, nine_store
from motcua.legal import actions as legal

pytestmark = pytest.mark.django_db
AT = NOON + timedelta(days=8)
MONTH = Period(NOON.date().replace(day=15) - timedelta(days=28), AT.date())


@pytest.fixture
def world(db: None) -> Iterator[World]:
    made = make_world()
    legal.load_parameters()
    done = [make_dossier(made, "result_ready", at=NOON) for _n in range(4)]
    make_dossier(made, "processing", at=NOON)
    _put_late(done[1].pk)
    feedback.rate(code=done[2].code, key=done[2].token, level=1, contents={"bodies": 1}, at=AT)
    feedback.rate(code=done[3].code, key=done[3].token, level=1, contents={}, at=AT)
    told = {"closed_at": AT, "is_upheld": True, "found": "x", "opened_at": AT, "agency_id": made.units["A"]}
    rating = Rating.objects.get(dossier_id=done[3].pk)
    FollowUp.objects.update_or_create(rating=rating, dossier_id=done[3].pk, defaults=told)
    actions.recount_all(at=AT)
    made.done = done  # type: ignore[attr-defined]
    with time_machine.travel(AT, tick=False):
        yield made


def _put_late(dossier_id: int) -> None:
    Task.objects.filter(dossier_id=dossier_id, outcome="done").update(due_at=NOON - timedelta(days=1))


def _say() -> dict[str, tuple[bool, bool]]:
    """The page of the world's procedure is whole and offers no filing online; nothing else has a page."""
    return dict.fromkeys(figures.find_counted_codes(), (True, False)) | {"9.999999": (True, True)}


def _tell(source: object, period: Period, world: World) -> list[object]:
    days = (period.first_on, period.last_on)
    return [
        sorted(source.find_groups(None, *days), key=str),  # type: ignore[attr-defined]
        sorted(source.find_groups_of_officers(world.units["A"], *days), key=str),  # type: ignore[attr-defined]
        sorted(source.sum_procedures(None, *days, _say())),  # type: ignore[attr-defined]
        source.count_late_online(None, *days),  # type: ignore[attr-defined]
    ]


@pytest.mark.parametrize("how", ["anew", "followed"])
def test_kept_says_what_the_steps_say(world: World, how: str) -> None:
    if how == "anew":
        store.tell_all(2**62, MONTH.first_on, lambda _done, _of: None)
    else:
        ids = list(Event.objects.values_list("dossier_id", flat=True).distinct())
        store.retell(ids, 2**62)
        _put_late(world.done[0].pk)  # type: ignore[attr-defined]
        store.retell(ids, 2**62)
    told = _tell(nine_kept, MONTH, world)
    groups = told[0]
    assert groups and told == _tell(nine_store, MONTH, world)
    assert len({row[2] for row in groups}) > 1 and any(row[5] for row in groups)  # type: ignore[index, attr-defined]
    one = told[2][0]
    assert one.procedures == one.whole == 1 and not one.online


def test_procedures_are_alike_in_every_sum_that_is_kept(world: World) -> None:
    store.tell_all(2**62, MONTH.first_on, lambda _done, _of: None)
    quarter, month = (find_current(NOON.date(), kind) for kind in ("quarter", "month"))
    quarters = counting.Span("figures_quartercount", quarter.last_on, is_one=True)
    months = counting.Span("figures_monthcount", month.last_on, is_one=True)
    running = find_current(AT.date(), "month").last_on
    assert [counting.find_span(one) for one in (quarter, month, MONTH)] == [
        quarters, months, counting.Span("figures_monthcount", running, is_one=False),
    ]  # fmt: skip
    assert counting.find_span(MONTH.until(AT.date() - timedelta(days=1))) is None
    days = (MONTH.first_on, MONTH.last_on)
    told = nine_store.sum_procedures(None, *days, _say())
    assert told and told[0].procedures == 1
    for span in (quarters, months, quarters._replace(is_one=False), months._replace(is_one=False), None):
        assert nine_kept.sum_procedures(None, *days, _say(), span) == told, span


def test_until_all_is_told_anew_the_steps_are_read(world: World) -> None:
    assert figures.are_marks_told()
    Cursor.objects.update(is_to_retell=True)
    assert not figures.are_marks_told()
    actions.follow(at=AT)
    assert figures.are_marks_told() and Cursor.objects.count() == 1
