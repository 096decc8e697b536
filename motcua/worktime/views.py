"""The administrator's pages for calendars: years, days, hours, an Excel file."""

from collections.abc import Callable

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.core.carrying import pack, unpack
from motcua.core.pages import render
from motcua.core.refusing import attempt
from motcua.core.workbook import XLSX
from motcua.worktime import actions, forms, queries, sheets
from motcua.worktime.access import (
    Administrator,
    AdministratorRequest,
    is_keeper,
    require_administrator,
    require_keeper,
)
from motcua.worktime.actions.days import DayFacts
from motcua.worktime.grid import draw_year
from motcua.worktime.rules.hours import write_hours
from motcua.worktime.rules.sheet import read_rows

IMPORT_SALT = "worktime.import"


def _actor(request: AdministratorRequest) -> Administrator:
    return require_administrator(request.actor)


def _keeper(request: AdministratorRequest) -> Administrator:
    return require_keeper(request.actor)


def _act(form: django_forms.Form, act: Callable[[], object]) -> bool:
    """Run the act, unless the form only came back from the trial to be changed."""
    return "again" not in form.data and attempt(form, act)


def _form_page(
    request: AdministratorRequest, form: django_forms.Form, heading: str, button: str, **more: object
) -> HttpResponse:
    context = {"form": form, "heading": heading, "button": button, **more}
    return render(request, "worktime/form.html", context, status=422 if form.errors else 200)


@require_GET
def calendars(request: AdministratorRequest) -> HttpResponse:
    """Years and calendars at a glance, and who changed what lately."""
    _actor(request)
    context = {
        "years": queries.count_days_by_year(),
        "calendars": queries.find_calendars(),
        "changes": queries.find_changes(),
        "may_change": is_keeper(_actor(request)),
    }
    return render(request, "worktime/calendars.html", context)


@require_GET
def year(request: AdministratorRequest, year: int) -> HttpResponse:
    """One year: the grid, its days and where each comes from; for one calendar when `lich` names it."""
    _actor(request)
    code = request.GET.get("lich", "")
    calendar = queries.get_work_calendar(code) if code else None
    days = queries.find_days(year, code or None)
    context = {
        "year": year,
        "decided": queries.find_years().filter(year=year).first(),
        "months": draw_year(year, days),
        "days": days,
        "calendar": calendar,
        "calendars": queries.find_calendars(),
        "write_hours": write_hours,
        "may_change": is_keeper(_actor(request)),
    }
    return render(request, "worktime/year.html", context)


@require_GET
def export_year(request: AdministratorRequest, year: int) -> HttpResponse:
    """The days of a year as Excel, to edit and import again."""
    _actor(request)
    code = request.GET.get("lich", "")
    days = [day for day in queries.find_days(year, code or None) if bool(day.calendar_id) == bool(code)]
    response = HttpResponse(sheets.write_table(days), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="lich-{code or "ca-nuoc"}-{year}.xlsx"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def decide_year(request: AdministratorRequest) -> HttpResponse:
    """Open a year, or say that it is now official."""
    actor = _keeper(request)
    initial = {name: request.GET[name] for name in ("year", "status") if name in request.GET}
    form = forms.YearForm(request.POST or None, initial=initial)
    if _act(form, lambda: actions.decide_year(actor=actor, **form.cleaned_data, at=request.at)):
        messages.success(request, _("Đã lưu tình trạng năm %(year)s.") % {"year": form.cleaned_data["year"]})
        return redirect("worktime:year", year=form.cleaned_data["year"])
    return _form_page(request, form, _("Mở năm hoặc xác nhận lịch nghỉ"), _("Lưu"), moves_promises=True)


@require_http_methods(["GET", "HEAD", "POST"])
def add_day(request: AdministratorRequest) -> HttpResponse:
    """One day that differs: holiday, compensatory day, half day."""
    actor = _keeper(request)
    form = forms.DayForm(request.POST or None, initial={"calendar_code": request.GET.get("lich", "")})
    if _act(form, lambda: actions.add_day(actor=actor, day=DayFacts(**form.cleaned_data), at=request.at)):
        messages.success(request, _("Đã thêm ngày vào lịch."))
        return _to_year(form.cleaned_data["on"].year, form.cleaned_data["calendar_code"])
    return _form_page(
        request, form, _("Thêm ngày nghỉ hoặc ngày nửa buổi"), _("Thêm ngày"), moves_promises=True
    )


@require_http_methods(["GET", "HEAD", "POST"])
def swap_days(request: AdministratorRequest) -> HttpResponse:
    """A day off for a Saturday worked."""
    actor = _keeper(request)
    form = forms.SwapForm(request.POST or None, initial={"calendar_code": request.GET.get("lich", "")})
    if _act(form, lambda: actions.swap_days(actor=actor, **form.cleaned_data, at=request.at)):
        messages.success(request, _("Đã hoán đổi hai ngày."))
        return _to_year(form.cleaned_data["day_off"].year, form.cleaned_data["calendar_code"])
    return _form_page(
        request, form, _("Hoán đổi ngày nghỉ và ngày làm việc"), _("Hoán đổi"), moves_promises=True
    )


@require_http_methods(["GET", "HEAD", "POST"])
def remove_day(request: AdministratorRequest, day_id: int) -> HttpResponse:
    """Take a day back, with a reason."""
    actor = _keeper(request)
    day = queries.get_day(day_id)
    form = forms.RemoveForm(request.POST or None)
    if _act(form, lambda: actions.remove_day(actor=actor, day_id=day_id, **form.cleaned_data, at=request.at)):
        messages.success(request, _("Đã bỏ ngày khỏi lịch."))
        return _to_year(day.on.year, day.calendar.code if day.calendar else "")
    return _form_page(request, form, _("Bỏ ngày khỏi lịch"), _("Bỏ ngày này"), day=day, moves_promises=True)


@require_http_methods(["GET", "HEAD", "POST"])
def add_calendar(request: AdministratorRequest) -> HttpResponse:
    """A calendar for units with other hours."""
    actor = _keeper(request)
    form = forms.CalendarForm(request.POST or None)
    if _act(form, lambda: actions.create_calendar(actor=actor, **form.cleaned_data, at=request.at)):
        messages.success(request, _("Đã thêm lịch. Gắn lịch cho đơn vị ở trang Đơn vị."))
        return redirect("worktime:calendar", code=form.cleaned_data["code"])
    return _form_page(request, form, _("Thêm lịch làm việc"), _("Thêm lịch"))


@require_GET
def calendar(request: AdministratorRequest, code: str) -> HttpResponse:
    """One calendar: its hours now and before, its own days, its changes."""
    _actor(request)
    row = queries.get_work_calendar(code)
    hours = queries.find_office_hours(row)
    today = timezone.localdate(request.at)
    context = {
        "calendar": row,
        "weekdays": forms.WEEKDAYS,
        "hours": {kept.weekday: kept for kept in hours if kept.holds_on(today)},
        "other_hours": [kept for kept in hours if not kept.holds_on(today)],
        "own_days": queries.find_own_days(row),
        "years": queries.find_years(),
        "changes": queries.find_changes(row),
        "may_change": is_keeper(_actor(request)),
        "write_hours": write_hours,
    }
    return render(request, "worktime/calendar.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def set_hours(request: AdministratorRequest, code: str) -> HttpResponse:
    """Office hours from a day on."""
    actor = _keeper(request)
    row = queries.get_work_calendar(code)
    form = forms.HoursForm(request.POST or None, initial={"weekdays": list(range(5))})
    if _act(
        form,
        lambda: actions.set_hours(actor=actor, calendar_code=code, **form.cleaned_data, at=request.at),
    ):
        messages.success(request, _("Đã lưu giờ làm việc."))
        return redirect("worktime:calendar", code=code)
    return _form_page(
        request, form, _("Đổi giờ làm việc"), _("Lưu giờ làm việc"), calendar=row, moves_promises=True
    )


@require_http_methods(["GET", "HEAD", "POST"])
def import_days(request: AdministratorRequest) -> HttpResponse:
    """An Excel file, tried first: what it would add and change, and every cell that was refused."""
    _keeper(request)
    form = forms.ImportForm(
        request.POST or None, request.FILES or None, initial={"calendar_code": request.GET.get("lich", "")}
    )
    if request.method == "POST" and _act(form, lambda: _read(form)):
        return _show_trial(request, form.cleaned_data["calendar_code"], form.cleaned_data["table"])
    return _form_page(request, form, _("Nhập lịch từ Excel"), _("Xem trước"), is_upload=True)


def _read(form: django_forms.Form) -> None:
    form.cleaned_data["table"] = sheets.read_table(form.cleaned_data["file"].read())


def _show_trial(request: AdministratorRequest, code: str, table: list[list[object]]) -> HttpResponse:
    rows, problems = read_rows(table)
    differences = actions.import_days(
        actor=_actor(request),
        rows=rows,
        calendar_code=code,
        dry_run=True,
        at=request.at,
    )
    written = [[str(cell) if hasattr(cell, "isoformat") else cell for cell in row] for row in table]
    context = {
        "differences": differences,
        "problems": problems,
        "touched": sum(difference.state != "same" for difference in differences),
        "code": code,
        "packed": pack([code, written], IMPORT_SALT),
    }
    return render(request, "worktime/import.html", context)


@require_POST
def keep_import(request: AdministratorRequest) -> HttpResponse:
    """Do what the trial showed; the rows come back signed, so they are the ones that were shown."""
    actor = _keeper(request)
    code, table = unpack(request.POST.get("packed", ""), IMPORT_SALT)
    rows, _problems = read_rows(table)
    done = actions.import_days(actor=actor, rows=rows, calendar_code=code, dry_run=False, at=request.at)
    touched = [difference for difference in done if difference.state != "same"]
    messages.success(request, _("Đã ghi %(count)s ngày vào lịch.") % {"count": len(touched)})
    return _to_year(touched[0].day.on.year, code) if touched else redirect("worktime:calendars")


def _to_year(year: int, code: str) -> HttpResponse:
    address = reverse("worktime:year", args=[year])
    return redirect(f"{address}?lich={code}" if code else address)
