"""What people thought of the demonstration's dossiers: some of those who got a result answered, some did not."""

from datetime import datetime
from random import Random

from motcua.core.refusal import Refused
from motcua.feedback import actions, jobs
from motcua.feedback.models import Invitation, Rating

SEED = 29
ANSWERING = 0.45
LEVELS = (3, 3, 3, 3, 2, 2, 2, 2, 2, 1)
COMMENTS = {1: "Phải chờ lâu hơn ngày hẹn.", 3: "Hướng dẫn rõ, nhanh."}


def load(at: datetime) -> int:
    """Ask everybody who got a result and let some answer; nothing when somebody answered already. How many answered."""
    if Rating.objects.exists():
        return 0
    jobs.invite(at)
    chance = Random(SEED)
    for invitation in Invitation.objects.select_related("dossier").order_by("dossier_id"):
        if chance.random() < ANSWERING:
            _answer(invitation, chance, at)
    return Rating.objects.count()


def _answer(invitation: Invitation, chance: Random, at: datetime) -> None:
    level = chance.choice(LEVELS)
    contents = {"time": chance.choice(LEVELS), "attitude": max(level, 2)}
    comment = COMMENTS.get(level, "") if chance.random() < 0.3 else ""
    try:
        actions.rate(
            code=invitation.dossier.code,
            key=invitation.key,
            level=level,
            contents=contents,
            comment=comment,
            at=at,
        )
    except Refused:
        return
