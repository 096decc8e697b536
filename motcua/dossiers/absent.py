"""What runs by itself when people are away: their desks are cleared, so that work never waits on somebody gone."""

from datetime import datetime, timedelta

from django.utils import timezone

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.dossiers.actions.desks import clear_desk
from motcua.dossiers.queries.desks import count_desk
from motcua.organisations import queries as organisations
from motcua.organisations.rules import SYSTEM

LOOK_BACK = timedelta(days=60)


def follow_absences(at: datetime) -> int:
    """Clear the desks of those away today, gone from a unit lately or shut out; how many tasks changed hands.

    Twice moves nothing: what was cleared lies with somebody present.
    """
    on = timezone.localdate(at)
    moved = 0
    for user_id, unit_id in organisations.find_gone(on, on - LOOK_BACK):
        if not count_desk(user_id, unit_id):
            continue
        try:
            moved += clear_desk(actor=SYSTEM, user_id=user_id, unit_id=unit_id, at=at)
        except Refused as no:
            audit.record(
                "dossiers.desk_not_cleared",
                actor="system",
                subject=f"accounts.user:{user_id}",
                note=no.code,
                at=at,
            )
    return moved
