"""What a test believes without asking: what was read of the ground it begins with, and nothing an earlier test read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.tests.factories import World, make_world
from motcua.organisations import queries as organisations
from motcua.organisations.models import UnitVersion
from tests.ground import begins_with, give


@pytest.fixture
@begins_with(make_world)
def world(db: None) -> World:
    return give(make_world)


@pytest.mark.parametrize("time", [1, 2, 3])
def test_what_a_test_changes_is_believed_in_that_test_alone(world: World, time: int) -> None:
    """Each time it finds what stood there before the other time."""
    unit_id = world.units["A"]
    assert organisations.get_tree(world.on).units[unit_id].name != "Xã khác"
    UnitVersion.objects.filter(unit_id=unit_id).update(name="Xã khác")
    organisations.forget_trees()
    assert organisations.get_tree(world.on).units[unit_id].name == "Xã khác"


def test_what_was_read_of_the_ground_is_not_read_again(world: World) -> None:
    with CaptureQueriesContext(connection) as asked:
        world.sheet()
        organisations.get_tree(world.on)
    assert not [one["sql"] for one in asked if "stamp" not in one["sql"]], "stamps alone may be looked at"
