"""The small province, a morning in it, and its officers signed in."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from motcua.accounts.models import User
from motcua.dossiers.tests.factories import NOON, World, make_world
from tests.ground import begins_with, give

SignIn = Callable[[str], Client]


@pytest.fixture
@begins_with(make_world)
def world(db: None) -> World:
    return give(make_world)


@pytest.fixture
def as_(world: World) -> SignIn:
    """A client signed in as one of the province's people."""

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=world.actors[name].user_id))
        return client

    return sign_in


@pytest.fixture
def morning() -> Iterator[None]:
    """The clock stands at nine on a working Tuesday."""
    with time_machine.travel(NOON, tick=False):
        yield
