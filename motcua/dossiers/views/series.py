"""Books of result numbers: where each stands, whether one is missing, which were voided and why."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.audit import actions as audit
from motcua.catalogue import queries as catalogue
from motcua.core.middleware import status_of
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.refusing import say_refusal
from motcua.core.workbook import answer_list
from motcua.dossiers import access, queries
from motcua.dossiers.actions import close_series, open_series
from motcua.dossiers.forms_series import CloseSeries, OpenSeries
from motcua.dossiers.models import Series
from motcua.dossiers.rules.powers import is_power
from motcua.dossiers.rules.states import Act, State
from motcua.organisations.requests import OfficerRequest, today
from motcua.organisations.rules import Actor, Post

YEARS_SHOWN = 5


@require_GET
def books(request: OfficerRequest) -> HttpResponse:
    """The series of the clerk's agency, or of the agencies the administrator looks after."""
    actor = access.require_series_reader(request.actor)
    year = _year(request)
    found = queries.find_books(_agencies(actor), year, today(request))
    if request.GET.get("dang") == "xlsx":
        return _answer_books(found, year)
    context = {
        "books": found,
        "year": year,
        "years": _years(request),
    }
    return render(request, "dossiers/series.html", context)


def _answer_books(found: list[queries.BookView], year: int) -> HttpResponse:
    head = [
        _("Sổ"),
        _("Tên sổ"),
        _("Cơ quan"),
        _("Mẫu số"),
        _("Từ ngày"),
        _("Đến trước ngày"),
        _("Số cuối"),
        _("Đã hủy"),
        _("Thiếu"),
    ]
    lines = (
        (b.series.code, b.series.name, b.agency_name, b.series.pattern, b.series.valid_from, b.series.valid_to, b.last,
         b.voided, b.missing)
        for b in found
    )  # fmt: skip
    return answer_list(f"so-cap-so-{year}", head, lines)


@require_GET
def book(request: OfficerRequest, series_id: int) -> HttpResponse:
    """One series in a year: every number, what is missing, what was voided."""
    series = _require_book(request, series_id)
    return _show(request, series, CloseSeries())


@require_http_methods(["GET", "POST"])
def open_new(request: OfficerRequest) -> HttpResponse:
    """Open a series of an agency one keeps."""
    actor = access.require_series_reader(request.actor)
    kept = _agencies(actor)
    agencies = [choice for choice in queries.find_deciding_agencies(today(request)) if choice[0] in kept]
    offered: Any = {"agencies": agencies, "procedures": catalogue.find_operated_choices()}
    if request.method != "POST":
        form = OpenSeries(initial={"first_day": today(request)}, **offered)
        return render(request, "dossiers/open_series.html", {"form": form})
    form = OpenSeries(request.POST, **offered)
    if not form.is_valid():
        return render(request, "dossiers/open_series.html", {"form": form}, status=422)
    try:
        series = open_series(actor=actor, **form.cleaned_data, at=request.at)
    except Refused as no:
        say_refusal(form, no)
        return render(request, "dossiers/open_series.html", {"form": form}, status=status_of(no))
    messages.success(request, _("Đã mở sổ %(name)s.") % {"name": series.name})
    return redirect("dossiers:book", series.pk)


@require_POST
def close(request: OfficerRequest, series_id: int) -> HttpResponse:
    """Close a series after a day; its numbers stay."""
    series, form = _require_book(request, series_id), CloseSeries(request.POST)
    if not form.is_valid():
        return _show(request, series, form, status=422)
    try:
        close_series(
            actor=request.actor, series_id=series.pk, last_day=form.cleaned_data["last_day"], at=request.at
        )
    except Refused as no:
        say_refusal(form, no)
        return _show(request, series, form, status=status_of(no))
    messages.success(request, _("Đã đóng sổ %(name)s.") % {"name": series.name})
    return redirect("dossiers:series")


def _show(request: OfficerRequest, series: Series, form: CloseSeries, status: int = 200) -> HttpResponse:
    year = _year(request)
    page = queries.find_numbers(series.pk, year, request.GET.get("cursor"))
    audit.record_reading(
        "dossiers.numbers_read", actor=request.actor, ids=[r.dossier_id for r in page.rows], at=request.at
    )
    context = {
        "series": series,
        "agency_name": queries.name_unit(series.agency_id, today(request)),
        "year": year,
        "years": _years(request),
        "page": page,
        "gaps": queries.find_gaps(series.pk, year),
        "voided": queries.find_voided(series.pk, year),
        "form": form,
        "is_open": series.valid_to is None,
        "opens_dossiers": not request.actor.has(Post.ADMINISTRATOR),
        "may_void": is_power(request.actor.post, Act.VOID_NUMBER),
        "waiting": State.RESULT_READY.value,
    }
    return render(request, "dossiers/book.html", context, status=status)


def _require_book(request: OfficerRequest, series_id: int) -> Series:
    """The series, of an agency one keeps; the answer for another's is that there is none."""
    actor = access.require_series_reader(request.actor)
    series = queries.get_series(series_id)
    if series.agency_id not in _agencies(actor):
        raise Refused("not_found", _("Không có sổ này."))
    return series


def _agencies(actor: Actor) -> frozenset[int]:
    return actor.administers if actor.has(Post.ADMINISTRATOR) else frozenset({actor.agency_id})


def _year(request: OfficerRequest) -> int:
    asked = request.GET.get("nam", "")
    is_year = len(asked) == len("2026") and asked.isascii() and asked.isdigit()
    return int(asked) if is_year else today(request).year


def _years(request: OfficerRequest) -> list[int]:
    this = today(request).year
    return [this - n for n in range(YEARS_SHOWN)]
