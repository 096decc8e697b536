"""Writing to those who head a unit about its reports."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from motcua.notifications import actions as notifications
from motcua.organisations import queries as organisations
from motcua.reports.access import READERS


def write_to_heads(*, unit_id: int, template: str, params: Mapping[str, object], at: datetime) -> None:
    """One letter for each; who has no address finds it on the page alone."""
    for officer in organisations.find_officers(unit_id, on=timezone.localdate(at)):
        if officer.post in READERS:
            notifications.enqueue_for_officer(
                template,
                reference=f"reports:{unit_id}",
                agency_id=unit_id,
                user_id=officer.user_id,
                params=params,
                at=at,
            )
