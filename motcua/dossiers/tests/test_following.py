"""What one may follow is what one may see: the tab asks nothing the door would refuse."""

import pytest

from motcua.dossiers import access, queries
from motcua.dossiers.tests.factories import BUILD, NOON, World, make_dossier


@pytest.mark.parametrize(
    "name",
    ["a.intake", "a.case", "a.section", "a.leader", "a.clerk", "b.intake", "b.leader", "x.case", "x.leader", "m.case",
     "p.intake", "p.control", "p.admin"],
)  # fmt: skip
def test_nobody_follows_what_the_door_hides(world: World, name: str) -> None:
    make_dossier(world)
    make_dossier(world, "processing")
    make_dossier(world, code=BUILD)
    actor = world.actors[name]
    seen = set(access.visible_to(actor).values_list("code", flat=True))
    followed = {row.code for row in queries.find_inbox(actor, "following", at=NOON).rows}
    assert followed <= seen
    assert queries.count_tabs(actor, at=NOON)["following"] == len(followed)


def test_an_administrator_follows_nothing_and_a_leader_the_agency(world: World) -> None:
    make_dossier(world)
    assert not queries.find_inbox(world.actors["p.admin"], "following", at=NOON).rows
    assert len(queries.find_inbox(world.actors["a.leader"], "following", at=NOON).rows) == 1
