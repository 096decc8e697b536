"""An interlinked dossier in the figures: its parts once each, at their own agencies; the whole never (settled point 14)."""

import pytest

from motcua.dossiers.models import Dossier, Event
from motcua.dossiers.tests.joint_factories import finish_part, make_joint, make_joint_world
from motcua.figures import queries as figures
from motcua.figures.models import store
from motcua.figures.rules import Period, find_break
from motcua.worktime.tests.factories import moment

pytestmark = pytest.mark.django_db


def test_each_part_is_counted_once_at_its_agency_and_the_whole_never() -> None:
    world = make_joint_world()
    joint = make_joint(world)
    finish_part(world, joint, 1, moment("2026-03-11 10:00"))
    pks = list(Dossier.objects.filter(joint=joint).values_list("pk", flat=True))
    store.retell(pks, 2**62)
    rows = figures.recount(Period(moment("2026-01-01 00:00").date(), moment("2026-12-31 00:00").date()))
    assert all(not find_break(row.counts) for row in rows)
    assert sum(row.counts.new for row in rows) == len(pks) == 3
    assert {row.agency_id for row in rows if row.counts.new} == {
        world.units[code] for code in ("A", "CA", "BH")
    }
    assert Event.objects.filter(dossier_id__in=pks, act="transfer").count() == 2
