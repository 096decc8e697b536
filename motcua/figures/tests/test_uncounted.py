"""A page says what is not counted yet, since when and why, once it has waited for a minute."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from motcua.accounts.models import User
from motcua.dossiers.tests.factories import NOON, World, make_dossier, make_world
from motcua.figures import actions, queries
from motcua.figures.models import Cursor, store
from motcua.legal import actions as legal

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=2)


@pytest.fixture
def world(db: None) -> World:
    made = make_world()
    legal.load_parameters()
    actions.recount_all(at=NOON)
    return made


def test_what_is_held_back_is_said_after_a_minute(world: World) -> None:
    """This test has not ended its transaction, so that what it writes is held back by itself."""
    assert queries.find_uncounted(LATER) is None
    make_dossier(world, at=NOON)
    assert queries.find_uncounted(NOON + timedelta(seconds=59)) is None
    told = queries.find_uncounted(LATER)
    assert told == queries.Uncounted(NOON, is_held=True)


def test_what_nobody_read_is_said_as_well(world: World) -> None:
    make_dossier(world, at=NOON)
    Cursor.objects.update(xact_id=1)
    _write_long_ago()
    told = queries.find_uncounted(LATER)
    assert told and not told.is_held
    actions.follow(at=LATER)
    Cursor.objects.update(xact_id=2**62)
    assert queries.find_uncounted(LATER) is None


@pytest.mark.parametrize("name", ["figures:overview", "figures:statistics", "indices:index"])
def test_pages_say_it(world: World, name: str) -> None:
    make_dossier(world, at=NOON)
    client = Client()
    client.force_login(User.objects.get(username="p.control"))
    with time_machine.travel(LATER, tick=False):
        assert "một lần ghi khác chưa kết thúc" in client.get(reverse(name)).content.decode()


def _write_long_ago() -> None:
    store._run(
        """INSERT INTO dossiers_event (at, dossier_id, agency_id, act, user_id, person_name, post, unit_id, unit_name, from_state,
        to_state, revision, data, xact_id) SELECT %(at)s, max(id), 1, 'note', 1, '', '', 1, '', 'processing', 'processing', 99, '{}', 2
        FROM dossiers_dossier""",
        at=NOON,
    )
