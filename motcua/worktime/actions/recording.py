"""What every change of a calendar leaves behind: who and why, and a new stamp so that no process counts with the old."""

import uuid
from datetime import datetime

from django.db import transaction

from motcua.worktime.access import Administrator
from motcua.worktime.models import CalendarChange, CalendarStamp, WorkCalendar
from motcua.worktime.queries import forget_calendars


def record_change(
    *,
    actor: Administrator,
    what: str,
    calendar: WorkCalendar | None,
    subject: str,
    basis: str = "",
    at: datetime,
) -> None:
    """Write down the change and make every copy of the calendars stale."""
    CalendarChange.objects.create(
        at=at,
        what=what,
        calendar=calendar,
        subject=subject[:240],
        basis=basis[:200],
        user_id=actor.user_id,
        person_name=actor.person_name,
        post=str(actor.post),
        unit_name=actor.unit_name,
    )
    renew_stamp()


def renew_stamp() -> None:
    """A stamp never used before; a number counted up could repeat after a change that was rolled back."""
    stamp = uuid.uuid4()
    if not CalendarStamp.objects.update(stamp=stamp):
        CalendarStamp.objects.create(stamp=stamp)
    forget_calendars()
    transaction.on_commit(forget_calendars)
