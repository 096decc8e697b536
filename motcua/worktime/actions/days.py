"""Deciding single days and whole years."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.worktime.access import Administrator, require_keeper
from motcua.worktime.actions.recording import record_change
from motcua.worktime.models import CalendarDay, CalendarYear, WorkCalendar
from motcua.worktime.queries import get_work_calendar
from motcua.worktime.rules.hours import read_hours


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFacts:
    """A day that differs. `calendar_code` is empty for the whole country; `hours` is "07:30-11:30; 13:30-17:00"."""

    on: date
    kind: str
    name: str
    basis: str
    calendar_code: str = ""
    hours: str = ""
    swapped_with: date | None = None
    is_provisional: bool = False


@transaction.atomic
def add_day(*, actor: Administrator, day: DayFacts, at: datetime) -> CalendarDay:
    """Decide that one day differs from its weekday.

    :raises Refused: no basis, the year is undecided, the day is decided already, or its hours are not hours.
    """
    require_keeper(actor)
    kept = keep_day(day)
    record_change(
        actor=actor,
        what="add_day",
        calendar=kept.calendar,
        subject=describe_day(kept),
        basis=day.basis,
        first_on=day.on,
        at=at,
    )
    return kept


@transaction.atomic
def swap_days(
    *,
    actor: Administrator,
    day_off: date,
    working_day: date,
    basis: str,
    calendar_code: str = "",
    is_provisional: bool = False,
    at: datetime,
) -> tuple[CalendarDay, CalendarDay]:
    """Make a working day a day off and a rest day a working one, as the yearly notices do.

    :raises Refused: as for a single day, or both days are the same.
    """
    require_keeper(actor)
    if day_off == working_day:
        raise Refused("same_day", _("Ngày nghỉ và ngày làm bù phải khác nhau."), field="working_day")
    pair = [
        DayFacts(
            on=on,
            kind=kind,
            name=name % {"day": f"{other:%d/%m/%Y}"},
            basis=basis,
            calendar_code=calendar_code,
            swapped_with=other,
            is_provisional=is_provisional,
        )
        for on, other, kind, name in (
            (day_off, working_day, "swapped_off", "Nghỉ hoán đổi cho %(day)s"),
            (working_day, day_off, "swapped_working", "Làm bù cho %(day)s"),
        )
    ]
    off, worked = (keep_day(day) for day in pair)
    subject = f"{day_off:%d/%m/%Y} ↔ {working_day:%d/%m/%Y}"
    first_on = min(day_off, working_day)
    record_change(
        actor=actor, what="swap_days", calendar=off.calendar, subject=subject, basis=basis, first_on=first_on, at=at
    )  # fmt: skip
    return off, worked


@transaction.atomic
def remove_day(*, actor: Administrator, day_id: int, basis: str, at: datetime) -> None:
    """Take back a day, so that it is like its weekday again; the reason is kept. A swapped pair goes together."""
    require_keeper(actor)
    day = CalendarDay.objects.select_related("calendar").filter(pk=day_id).first()
    if day is None:
        raise Refused("not_found", _("Ngày này không còn trong lịch."))
    require_basis(basis)
    both = [day.on, day.swapped_with or day.on]
    CalendarDay.objects.filter(calendar=day.calendar, on__in=both).delete()
    record_change(
        actor=actor, what="remove_day", calendar=day.calendar, subject=describe_day(day), basis=basis,
        first_on=min(both), at=at,
    )  # fmt: skip


@transaction.atomic
def decide_year(*, actor: Administrator, year: int, status: str, basis: str, at: datetime) -> CalendarYear:
    """Say that the days off of a year are official, or only provisional; a year nobody decided is not computed in.

    :raises Refused: no basis, no such status, or confirmed while none of its days is known.
    """
    require_keeper(actor)
    require_basis(basis)
    if status not in CalendarYear.Status.values or not 2000 <= year <= 2100:
        raise Refused("bad_year", _("Năm hoặc tình trạng không hợp lệ."), field="year")
    is_confirmed = status == CalendarYear.Status.CONFIRMED
    days = CalendarDay.objects.filter(on__year=year, calendar=None)
    if is_confirmed and not days.exists():
        raise Refused(
            "empty_year", _("Chưa nhập ngày nghỉ lễ nào của năm %(year)s.") % {"year": year}, field="status"
        )
    row, _created = CalendarYear.objects.update_or_create(
        year=year, defaults={"status": status, "basis": basis}
    )
    if is_confirmed:
        days.update(is_provisional=False)
    subject = f"{year}: {CalendarYear.Status(status).value}"
    first_on = date(year, 1, 1)
    record_change(
        actor=actor, what="decide_year", calendar=None, subject=subject, basis=basis, first_on=first_on, at=at
    )
    return row


def keep_day(day: DayFacts) -> CalendarDay:
    """One checked row; who decided it is written by the act that calls this."""
    require_basis(day.basis)
    calendar: WorkCalendar | None = get_work_calendar(day.calendar_code) if day.calendar_code else None
    if not CalendarYear.objects.filter(year=day.on.year).exists():
        raise Refused(
            "no_calendar", _("Năm %(year)s chưa được mở trong lịch.") % {"year": day.on.year}, field="on"
        )
    if CalendarDay.objects.filter(calendar=calendar, on=day.on).exists():
        raise Refused(
            "day_taken", _("Ngày %(day)s đã có trong lịch này.") % {"day": f"{day.on:%d/%m/%Y}"}, field="on"
        )
    return CalendarDay.objects.create(
        calendar=calendar,
        on=day.on,
        kind=day.kind,
        name=day.name,
        segments=check_hours(day.kind, day.hours),
        swapped_with=day.swapped_with,
        is_provisional=day.is_provisional,
        basis=day.basis,
    )


def check_hours(kind: str, hours: str) -> list[list[str]]:
    """Hours of a half day or a working Saturday, as stored; a day off has none."""
    if kind not in ("half_day", "swapped_working"):
        return []
    segments = read_hours(hours)
    if kind == "half_day" and not segments:
        raise Refused("no_hours", _("Ngày làm việc nửa buổi cần ghi giờ làm việc."), field="hours")
    return segments


def require_basis(basis: str) -> None:
    """A calendar moves people's appointments: every change says on what it rests."""
    if not basis.strip():
        raise Refused("no_basis", _("Cần ghi căn cứ (số văn bản hoặc người quyết định)."), field="basis")


def describe_day(day: CalendarDay) -> str:
    """A day in the list of changes."""
    return f"{day.on:%d/%m/%Y} {day.name}"
