"""A merger of the small province, planned today and carried out tomorrow, for the tests of reorganisations."""

from datetime import date, timedelta
from typing import Any

from motcua.accounts.models import User
from motcua.desk.actions import reorganising
from motcua.dossiers.tests.factories import NOON, TODAY, World
from motcua.organisations import actions as organisations
from motcua.organisations import queries as units
from motcua.organisations.actions import NewUnit, ReorganisationFacts
from motcua.organisations.models import Reorganisation
from motcua.organisations.rules import SYSTEM, Actor

DAY = timedelta(days=1)
TOMORROW = TODAY + DAY
AFTER = NOON + DAY


def plan(kind: str, sources: tuple[str, ...], targets: tuple[str, ...] = (), **more: Any) -> Reorganisation:
    facts = ReorganisationFacts(
        kind=kind, title="Sắp xếp thử", decision_number="1/NQ", first_day=TOMORROW, sources=sources, targets=targets, **more
    )  # fmt: skip
    return organisations.plan_reorganisation(actor=SYSTEM, facts=facts, at=NOON)


def merge_into_new(world: World) -> Reorganisation:
    new = NewUnit("N", "Xã Bình An", "commune", "P", "H50.99")
    return plan("merge", ("A", "B"), ("N",), new_units=(new,))


def carry_out(row: Reorganisation) -> Reorganisation:
    return reorganising.carry_out(actor=SYSTEM, reorganisation_id=row.pk, at=AFTER)


def get_actor_of(name: str, on: date = TOMORROW) -> Actor:
    actor = units.get_actor(User.objects.get(username=name), None, on)
    assert actor is not None, name
    return actor
