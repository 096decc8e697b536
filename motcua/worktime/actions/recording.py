"""What every change of a calendar leaves behind: who and why, and a new stamp so that no process counts with the old."""

import uuid
from datetime import date, datetime

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
    first_on: date | None = None,
    at: datetime,
) -> None:
    """Write down the change and make every copy of the calendars stale.

    :param first_on: the first day that now counts otherwise; a job counts the promises that reach it anew
    """
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
        first_on=first_on,
    )
    renew_stamp()


def mark_followed(*, change_id: int, moved: int, at: datetime) -> None:
    """The running promises were counted anew after this change; so many of them moved."""
    CalendarChange.objects.filter(pk=change_id).update(followed_at=at, moved=moved)


def renew_stamp() -> None:
    """A stamp never used before; a number counted up could repeat after a change that was rolled back."""
    stamp = uuid.uuid4()
    if not CalendarStamp.objects.update(stamp=stamp):
        CalendarStamp.objects.create(stamp=stamp)
    forget_calendars()
    transaction.on_commit(forget_calendars)
