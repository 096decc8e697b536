"""Calendars and their office hours."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.worktime.access import Administrator, require_keeper
from motcua.worktime.actions.days import require_basis
from motcua.worktime.actions.recording import record_change
from motcua.worktime.models import OfficeHours, WorkCalendar
from motcua.worktime.queries import get_work_calendar
from motcua.worktime.rules.hours import read_hours


@transaction.atomic
def create_calendar(
    *, actor: Administrator, code: str, name: str, copy_of: str = "default", at: datetime
) -> WorkCalendar:
    """A calendar for units that keep other hours; it starts with the hours of an existing one.

    :raises Refused: the code is taken, or the one to copy does not exist.
    """
    require_keeper(actor)
    if WorkCalendar.objects.filter(code=code).exists():
        raise Refused("code_taken", _("Đã có lịch mang mã %(code)s.") % {"code": code}, field="code")
    model = get_work_calendar(copy_of)
    calendar = WorkCalendar.objects.create(code=code, name=name)
    OfficeHours.objects.bulk_create(
        OfficeHours(
            calendar=calendar,
            weekday=row.weekday,
            segments=row.segments,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            basis=row.basis,
        )
        for row in OfficeHours.objects.filter(calendar=model)
    )
    record_change(actor=actor, what="create_calendar", calendar=calendar, subject=name, at=at)
    return calendar


@transaction.atomic
def set_hours(
    *,
    actor: Administrator,
    calendar_code: str,
    weekdays: Sequence[int],
    hours: str,
    valid_from: date,
    basis: str,
    at: datetime,
) -> list[OfficeHours]:
    """Office hours of some weekdays from a day on; the hours before end that day. Empty hours make a rest day.

    :raises Refused: no weekday, no basis, or hours that are not hours.
    """
    require_keeper(actor)
    require_basis(basis)
    segments = read_hours(hours)
    if not weekdays:
        raise Refused("no_weekday", _("Chọn ít nhất một ngày trong tuần."), field="weekdays")
    calendar = get_work_calendar(calendar_code)
    rows = OfficeHours.objects.filter(calendar=calendar, weekday__in=weekdays)
    rows.filter(valid_from__gte=valid_from).delete()
    rows.filter(Q(valid_to=None) | Q(valid_to__gt=valid_from)).update(valid_to=valid_from)
    kept = OfficeHours.objects.bulk_create(
        OfficeHours(calendar=calendar, weekday=weekday, segments=segments, valid_from=valid_from, basis=basis)
        for weekday in weekdays
    )
    days = ", ".join(str(weekday + 2) if weekday < 6 else "CN" for weekday in sorted(weekdays))
    subject = f"{days}: {hours or '–'} ({valid_from:%d/%m/%Y})"
    record_change(
        actor=actor, what="set_hours", calendar=calendar, subject=subject, basis=basis, first_on=valid_from, at=at
    )  # fmt: skip
    return kept
