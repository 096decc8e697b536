"""Random histories of interlinked dossiers that get far: parts begin, are taken over, refused, stopped, reopened, given;
the whole is given or taken back in one act, and the commune that received it is merged, or parted again, on the way."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.dossiers.models import Dossier, Joint
from motcua.dossiers.rules.states import Act
from motcua.dossiers.tests.factories import BIRTH, World, make_dossier
from motcua.dossiers.tests.joint_factories import GROUP, LAND_GROUP, make_joint
from motcua.worktime import queries as worktime
from motcua.worktime.rules import add_working_hours
from tests.beside import BESIDE, as_before, do_beside
from tests.test_histories import (
    FIRST,
    FORESEEN,
    choose,
    count_histories,
    do,
    find_doable,
    require_counted,
    require_numbers,
    require_sound,
    require_whole,
    undone,
    world,
)

__all__ = ["world"]
pytestmark = pytest.mark.django_db
# The straight road nearly always; a turn now and then, so that every kind of ending is met.
ROAD = {
    Act.HAND_OVER: 20, Act.START: 30, Act.TAKE_OVER: 30, Act.SEND_BACK: 4, Act.RESEND: 30, Act.PROPOSE: 20, Act.DECIDE: 30, Act.SIGN_RESULT: 30,
    Act.CONFIRM_PAYMENT: 30, Act.ACCEPT_SUPPLEMENT: 30, Act.RETURN_RESULT: 2, Act.REQUEST_SUPPLEMENT: 2, Act.STOP: 1,
    Act.REQUEST_PAYMENT: 6, Act.VOID_NUMBER: 1, Act.REOPEN: 1,
}  # fmt: skip
STEPS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 9973), st.sampled_from((0, 1, 3, 8, 20)), BESIDE),
    min_size=25,
    max_size=45,
)


@given(group=st.sampled_from((GROUP, GROUP, LAND_GROUP)), steps=STEPS)
@settings(max_examples=count_histories(12), deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_done_to_the_parts_of_one_form(
    world: World,  # noqa: F811
    group: str,
    steps: list[tuple[int, int, int, str]],
) -> None:
    with undone(), as_before(world):
        _live(world, group, steps)


def _live(world: World, group: str, steps: list[tuple[int, int, int, str]]) -> None:  # noqa: F811
    at = FIRST
    joint = make_joint(world, group, at)
    beside = make_dossier(world, code=BIRTH, at=at)
    for which, choice, hours, whole in steps:
        at = add_working_hours(at, hours, worktime.get_calendar())
        if whole:
            do_beside(world, joint.code, whole, at)
            _require_all(joint, beside)
        dossiers = list(Dossier.objects.filter(joint=joint, returned_at=None).order_by("pk"))
        if not dossiers:
            break
        dossier = dossiers[which % len(dossiers)]
        doable = [(who, act) for who, act in find_doable(world, dossier) if act in ROAD]
        if not doable:
            continue
        who, act = choose(doable, choice, ROAD)
        refused = do(world, who, dossier.code, act, dossier.revision, at)
        assert refused in FORESEEN.get(act, {""}) | {""}, (who, act, refused)
        _require_all(joint, beside)
    require_counted(list(Dossier.objects.order_by("pk")))


def _require_all(joint: Joint, beside: Dossier) -> None:
    """The whole, each part, and a dossier that only lives in the same commune."""
    for part in Dossier.objects.filter(joint=joint):
        require_sound(part)
    require_sound(Dossier.objects.get(pk=beside.pk))
    require_numbers()
    require_whole(Joint.objects.get(pk=joint.pk))
