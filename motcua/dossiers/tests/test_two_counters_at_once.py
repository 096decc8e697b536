"""Two officers at once: no code twice, no number twice, one effect per key, one of two rival acts."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from motcua.core.refusal import Refused
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Event, Result
from motcua.dossiers.tests.factories import NOON, World, make_dossier, make_intake, make_world

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 6


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    yield make_world()


def at_once(work: list[Callable[[], object]]) -> list[object]:
    """Run all at the same moment, each on its own connection; a refusal is an answer."""
    barrier = Barrier(len(work))

    def run(one: Callable[[], object]) -> object:
        try:
            barrier.wait(timeout=20)
            return one()
        except Refused as no:
            return no.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(run, work))


def test_no_code_is_issued_twice_and_none_is_skipped(world: World) -> None:
    intakes = [[make_intake(world) for _n in range(5)] for _t in range(THREADS)]
    names = ["a.intake", "a.intake2"]

    def counter(n: int) -> Callable[[], object]:
        return lambda: [
            actions.receive(actor=world.actors[names[n % 2]], intake=i, at=NOON) for i in intakes[n]
        ]

    at_once([counter(n) for n in range(THREADS)])
    codes = sorted(Dossier.objects.values_list("code", flat=True))
    assert codes == [f"H50.12-260310-{n:04}" for n in range(1, THREADS * 5 + 1)]


def test_the_same_key_at_the_same_moment_has_one_effect(world: World) -> None:
    intake = make_intake(world)
    work = [
        lambda: actions.receive(actor=world.actors["a.intake"], intake=intake, key="once", at=NOON).code
    ] * THREADS
    answers = at_once(work)
    assert Dossier.objects.count() == 1
    assert set(answers) <= {Dossier.objects.get().code, "idempotency_in_progress"}


def test_of_two_officers_taking_the_same_task_one_is_told(world: World) -> None:
    dossier = make_dossier(world)
    actions.hand_over(actor=world.actors["a.intake"], dossier_code=dossier.code, at=NOON)
    work = [
        lambda who=who: (
            actions.take(actor=world.actors[who], dossier_code=dossier.code, revision=2, at=NOON).revision
        )
        for who in ("a.case", "a.case2")
    ]
    answers = at_once(work)
    assert sorted(map(str, answers)) == ["3", "stale"]
    assert Event.objects.filter(act="take").count() == 1


def test_results_signed_at_once_have_different_numbers_without_a_gap(world: World) -> None:
    clerk, later = world.actors["a.clerk"], NOON + timedelta(hours=1)
    dossiers = [make_dossier(world, "processing") for _n in range(4)]
    for dossier in dossiers:
        actions.propose(actor=world.actors["a.case"], dossier_code=dossier.code, outcome="approved", at=later)
        actions.decide(
            actor=world.actors["a.leader"], dossier_code=dossier.code, outcome="approved", at=later
        )
    files = {dossier.code: world.make_file(clerk) for dossier in dossiers}

    def sign(code: str) -> Callable[[], object]:
        return lambda: actions.sign_result(
            actor=clerk,
            dossier_code=code,
            signed_on=later.date(),
            signer_name="N",
            file_id=files[code],
            at=later,
        )

    at_once([sign(dossier.code) for dossier in dossiers])
    assert sorted(Result.objects.values_list("serial", flat=True)) == [1, 2, 3, 4]
