"""What a decision says of dossiers whose time ended, carried out in every package that keeps words of people."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from motcua.dossiers.actions import disposing as dossiers
from motcua.dossiers.rules.retention import Fate
from motcua.feedback import actions as feedback
from motcua.organisations.rules import Actor


@transaction.atomic
def dispose(*, actor: Actor, decision: dossiers.Decision, dossier_ids: Sequence[int], at: datetime) -> int:
    """The dossiers first, which ask whether it may be; then what people wrote beside them. The id of the record.

    :raises Refused: as `dossiers.dispose`
    """
    disposal = dossiers.dispose(actor=actor, decision=decision, dossier_ids=dossier_ids, at=at)
    if decision.fate == Fate.DESTROYED:
        feedback.forget_words(dossier_ids=dossier_ids)
    return disposal.pk
