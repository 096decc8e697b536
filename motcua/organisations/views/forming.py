"""What the administrator's pages share: a page with one form, choices, Excel answers."""

from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import date

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.core.carrying import pack, unpack
from motcua.core.forms import read_day
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.workbook import XLSX
from motcua.organisations.actions import ImportReport
from motcua.organisations.forms import Import
from motcua.organisations.requests import PublicRequest, today
from motcua.worktime import queries as worktime

Take = Callable[[bytes, bool], ImportReport]
# A page that carries a file along stays well below what a request may be; tables of a whole province are a tenth of it.
MOST_CARRIED_BYTES = 1024 * 1024


def show_form(
    request: PublicRequest, form: forms.Form, heading: str, button: str, back: str, **more: object
) -> HttpResponse:
    """A page with one form."""
    context = {"form": form, "heading": heading, "button": button, "back": back, **more}
    return render(request, "organisations/form.html", context, status=422 if form.errors else 200)


def get_day(request: PublicRequest) -> date:
    """The day the page is asked for: `?ngay=`, else today."""
    text = request.GET.get("ngay", "")
    try:
        return read_day(text) if text else today(request)
    except ValueError:
        return today(request)


def get_calendar_choices() -> list[tuple[str, str]]:
    """Working calendars as choices of a form."""
    return [(calendar.code, calendar.name) for calendar in worktime.find_calendars()]


def answer_sheet(content: bytes, name: str) -> HttpResponse:
    """An Excel file to keep."""
    return HttpResponse(
        content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    )


def read_upload(form: forms.Form) -> bytes:
    """The content of the uploaded file.

    :raises Refused: it is larger than a table of ours could be.
    """
    upload = form.cleaned_data["file"]
    if upload.size > 5 * 1024 * 1024:
        raise Refused("too_large", _("Tệp lớn hơn 5 MB."), field="file")
    return upload.read()


def show_import(request: PublicRequest, heading: str, back: str, take: Take) -> HttpResponse:
    """Try a file, show what would happen and what is wrong, and take it when asked to: what was tried is carried along."""
    carried = request.POST.get("packed", "")
    form = Import() if carried else Import(request.POST or None, request.FILES or None)
    report, packed = None, ""
    try:
        if carried:
            report = take(b64decode(unpack(carried, request.path)), False)
        elif request.method == "POST" and form.is_valid():
            content = read_upload(form)
            report = take(content, "take" not in request.POST)
            packed = _pack(request.path, content, report)
    except Refused as refused:
        form = form if form.is_bound else Import({})
        form.errors.clear()
        form.add_error("file", refused.message)
    context = {"form": form, "report": report, "packed": packed, "heading": heading, "back": reverse(back)}
    return render(request, "organisations/import.html", context, status=422 if form.errors else 200)


def _pack(path: str, content: bytes, report: ImportReport) -> str:
    """A file that was tried and would change something, signed for the button that takes it; a very large one is chosen again."""
    would_change = report.is_dry_run and not report.problems and (report.created or report.changed)
    if not would_change or len(content) > MOST_CARRIED_BYTES:
        return ""
    return pack(b64encode(content).decode(), path)
