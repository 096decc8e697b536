"""What happens beside the acts on one dossier: a whole is given or taken back, communes are merged and parted again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import count

from django.utils import timezone
from hypothesis import strategies as st

from motcua.accounts.models import User
from motcua.core.refusal import Refused
from motcua.desk.actions import reorganising
from motcua.dossiers import actions
from motcua.dossiers.models import Task
from motcua.dossiers.rules.route import TaskKind
from motcua.dossiers.tests.factories import World
from motcua.organisations import actions as organisations
from motcua.organisations import queries as units
from motcua.organisations.actions import NewUnit, ReorganisationFacts
from motcua.organisations.models import Reorganisation
from motcua.organisations.rules import SYSTEM

RETURN, WITHDRAW, MERGE, UNDO = "return the whole", "withdraw the whole", "merge", "take the merger back"
# Mostly nothing.
BESIDE = st.sampled_from(("",) * 24 + (RETURN, RETURN, WITHDRAW, MERGE, MERGE, UNDO))
FORESEEN = {RETURN: {"nothing_to_return"}, WITHDRAW: {"not_possible_now"}, UNDO: {"acted_on"}}
# What is kept of postings is believed as long as their version is the same; an undone history gives it out again.
VERSIONS = count(1000, 100)


@contextmanager
def as_before(world: World) -> Iterator[None]:
    """Whatever units and posts become within, afterwards everybody is where the world was made."""
    posts = dict(world.actors)
    User.objects.update(postings_version=next(VERSIONS))
    try:
        yield
    finally:
        world.actors = posts
        units.forget_trees()


def do_beside(world: World, code: str, what: str, at: datetime) -> None:
    """One act on the whole of that code, or on the units; a no must be one that was foreseen."""
    if not code and what in (RETURN, WITHDRAW):
        return
    merger = Reorganisation.objects.filter(state="done").first()
    if (what == MERGE) == (merger is not None) and what in (MERGE, UNDO):
        return
    try:
        _press(world, code, what, at, merger)
    except Refused as no:
        is_taken = what == RETURN and no.code == "not_yours" and _is_taken(world, code)
        assert is_taken or no.code in FORESEEN.get(what, set()), (what, no.code, no.message)


def _is_taken(world: World, code: str) -> bool:
    """Whether somebody else took it on themselves to give back a result of the whole."""
    waiting = Task.objects.filter(dossier__joint__code=code, kind=TaskKind.RETURN.value, done_at=None)
    return waiting.exclude(assignee=None).exclude(assignee=world.actors["a.intake"].user_id).exists()


def _press(world: World, code: str, what: str, at: datetime, merger: Reorganisation | None) -> None:
    counter = world.actors["a.intake"]
    if what == RETURN:
        actions.return_whole(actor=counter, joint_code=code, collector_name="Người nhận", at=at)
    elif what == WITHDRAW:
        actions.withdraw_whole(actor=counter, joint_code=code, reason="Rút", at=at)
    elif what == MERGE:
        _merge(at)
        _take_posts(world, timezone.localdate(at))
    elif merger:
        reorganising.undo(actor=SYSTEM, reorganisation_id=merger.pk, reason="Nhầm", at=at)
        _take_posts(world, timezone.localdate(at))


def _merge(at: datetime) -> None:
    """The commune that received it and its neighbour become one, from this day."""
    serial = Reorganisation.objects.count()
    facts = ReorganisationFacts(
        kind="merge", title="Sắp xếp thử", decision_number=f"{serial + 1}/NQ", first_day=timezone.localdate(at),
        sources=("A", "B"), targets=(f"N{serial}",), new_units=(NewUnit(f"N{serial}", "Xã Bình An", "commune", "P", f"H50.9{serial}"),),
    )  # fmt: skip
    row = organisations.plan_reorganisation(actor=SYSTEM, facts=facts, at=at)
    reorganising.carry_out(actor=SYSTEM, reorganisation_id=row.pk, at=at)


def _take_posts(world: World, on: date) -> None:
    """Everybody comes to work in the post held that day."""
    for name in world.actors:
        found = units.get_actor(User.objects.get(username=name), None, on)
        assert found is not None, name
        world.actors[name] = found
