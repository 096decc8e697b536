"""Who filed one form for several agencies is asked once, not once for each part."""

import pytest

from motcua.dossiers import actions
from motcua.dossiers.tests.joint_factories import finish_part, make_joint, make_joint_world, require_dossier
from motcua.feedback import jobs
from motcua.feedback.models import Invitation, store
from motcua.worktime.tests.factories import moment

pytestmark = pytest.mark.django_db


def test_one_form_is_asked_about_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "get_horizon", lambda: 2**62)  # nothing of one's own transaction is below it
    world, at = make_joint_world(), moment("2026-03-11 10:00")
    joint = make_joint(world)
    for no in (1, 2, 3):
        finish_part(world, joint, no, at)
    actions.return_whole(actor=world.actors["a.intake"], joint_code=joint.code, collector_name="Mẹ", at=at)
    jobs.invite(moment("2026-03-11 11:00"))
    assert list(Invitation.objects.values_list("dossier_id", flat=True)) == [require_dossier(joint, 1).pk]
