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
from motcua.figures.rules import Period
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


def _tell(source: object, period: Period, world: World) -> list[object]:
    days = (period.first_on, period.last_on)
    return [
        sorted(source.find_groups(None, *days), key=str),  # type: ignore[attr-defined]
        sorted(source.find_groups_of_officers(world.units["A"], *days), key=str),  # type: ignore[attr-defined]
        sorted(source.find_procedures(None, *days)),  # type: ignore[attr-defined]
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
    days = (MONTH.first_on, MONTH.last_on)
    assert counting.is_monthly(MONTH) and sorted(nine_kept.find_procedures_by_month(None, *days)) == told[2]


def test_until_all_is_told_anew_the_steps_are_read(world: World) -> None:
    assert figures.are_marks_told()
    Cursor.objects.update(is_to_retell=True)
    assert not figures.are_marks_told()
    actions.follow(at=AT)
    assert figures.are_marks_told() and Cursor.objects.count() == 1
