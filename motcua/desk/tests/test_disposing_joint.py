"""An interlinked dossier past its time: each agency destroys its own part, and with the last the whole names nobody."""

import pytest

from motcua.catalogue.models import Operation
from motcua.desk.actions.disposing import dispose
from motcua.desk.tests.test_disposing import AFTER, DESTROY
from motcua.dossiers import actions
from motcua.dossiers.models import JointPart
from motcua.dossiers.rules.retention import ERASED
from motcua.dossiers.tests.joint_factories import finish_part, make_joint, make_joint_world, require_dossier
from motcua.people.models import Person
from motcua.worktime.tests.factories import moment

pytestmark = pytest.mark.django_db


def test_the_whole_names_somebody_until_its_last_part_is_forgotten() -> None:
    world, at = make_joint_world(), moment("2026-03-11 10:00")
    Operation.objects.update(retention_years=2, retention_basis="Bảng thời hạn thử")
    joint = make_joint(world)
    for no in (1, 2, 3):
        finish_part(world, joint, no, at)
    actions.return_whole(actor=world.actors["a.intake"], joint_code=joint.code, collector_name="Mẹ", at=at)
    name = joint.applicant_name
    for no, leader in ((1, "a.leader"), (2, "ca.leader"), (3, "bh.leader")):
        assert joint.applicant_name == name
        ids = [require_dossier(joint, no).pk]
        dispose(actor=world.actors[leader], decision=DESTROY, dossier_ids=ids, at=AFTER)
        joint.refresh_from_db()
    assert joint.applicant_name == ERASED
    assert set(map(str, JointPart.objects.filter(joint=joint).values_list("papers", flat=True))) == {"{}"}
    assert not Person.objects.filter(full_name=name).exists()
