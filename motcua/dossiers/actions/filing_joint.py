"""A group of procedures filed online under one form: accepted as a whole, with its parts, under the portal's code."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.dossiers.actions.filing import end_filing, lock_filing, record_filing, take_over_papers
from motcua.dossiers.actions.joining import JointIntake, receive_joint
from motcua.dossiers.models import Filing, Joint
from motcua.dossiers.rules.acceptance import FilingAct, FilingState
from motcua.organisations.rules import Actor


@transaction.atomic
def accept_group_filing(
    *,
    actor: Actor,
    reference: str,
    intake: JointIntake,
    revision: int | None = None,
    key: str = "",
    at: datetime,
) -> Joint:
    """Receive what was filed under one form: the whole gets its number and promise, the parts that need nothing begin.

    The portal hears of the whole under its own code, and of each part under the part's. Accepting again gives the same
    whole back.

    :raises Refused: as in `receive_joint`; or it names no group, was answered otherwise, or belongs to another counter.
    """
    filing = lock_filing(actor=actor, reference=reference, act=FilingAct.ACCEPT, revision=revision)
    if isinstance(filing, Joint):
        return filing
    if not isinstance(filing, Filing) or filing.bundle_code != intake.bundle_code:
        raise Refused("unknown_bundle", _("Hồ sơ này không nộp theo nhóm thủ tục liên thông ấy."))
    files = take_over_papers(actor=actor, filing=filing, part_files=intake.part_files, at=at)
    online = replace(intake, channel="online", filed_as=filing.reference, part_files=files)
    joint = receive_joint(actor=actor, intake=online, key=key, at=at)
    end_filing(filing, FilingState.ACCEPTED, dossier=None, joint=joint, at=at)
    record_filing(actor=actor, act=FilingAct.ACCEPT, filing=filing, at=at)
    return joint
