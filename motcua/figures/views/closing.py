"""Closing a period: what would stand in its way, the act, and what has come since."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.figures import access, actions, queries
from motcua.figures.asking import name_period
from motcua.figures.forms import CloseForm
from motcua.figures.rules import Period, find_current, make_period
from motcua.figures.rules.periods import PeriodKind, previous
from motcua.legal import queries as legal
from motcua.organisations import queries as organisations
from motcua.organisations.requests import OfficerRequest, today

MOST_NAMED = 40


@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: OfficerRequest) -> HttpResponse:
    """The closed periods, and the form that closes one; a break is named with its dossiers."""
    access.require_closer(request.actor)
    first_day = legal.get_int("report.period_first_day_of_month", today(request))
    over = previous(find_current(today(request), first_day=first_day), first_day=first_day)
    initial = {"kind": str(over.kind), "number": over.number, "year": over.year}
    form = CloseForm(request.POST or None, initial=initial)
    breaks: list[tuple[str, str, list[str]]] = []
    if form.is_bound and form.is_valid() and (period := _read(form, first_day)):
        try:
            actions.close_period(actor=request.actor, period=period, at=request.at)
        except Refused as no:
            form.add_error(None, no.message)
            if no.code == "figures_differ":
                breaks = _tell(request, period)
        else:
            messages.success(request, _("Đã chốt số liệu kỳ này."))
            return redirect("figures:closing")
    context = {"form": form, "closed": _list_closed(), "breaks": breaks}
    return render(request, "figures/closing.html", context, status=422 if form.errors else 200)


def _read(form: CloseForm, first_day: int) -> Period | None:
    told = form.cleaned_data
    try:
        return make_period(told["kind"], told["year"], told["number"], first_day=first_day)
    except ValueError:
        form.add_error("number", _("Không có kỳ này."))
        return None


def _tell(request: OfficerRequest, period: Period) -> list[tuple[str, str, list[str]]]:
    """What does not agree, for which unit, and the codes of the dossiers to blame that the reader may see."""
    tree = organisations.get_tree(period.last_on)
    told = []
    for one in queries.find_breaks(period):
        unit_id = one.facts.get("agency_id")
        name = tree.units[unit_id].agency_name if isinstance(unit_id, int) and unit_id in tree.units else ""
        codes = queries.find_codes(request.actor, one.dossier_ids[:MOST_NAMED])
        told.append((actions.say_break(one), name, codes))
    return told


def _list_closed() -> list[tuple[object, str, int]]:
    """Each closed period with its name and how many dossiers have had something come late to it."""
    return [
        (
            one,
            name_period(_find_named(Period(one.first_on, one.last_on))),
            len(queries.find_late_arrivals(one)),
        )
        for one in queries.find_all_closed()[:MOST_NAMED]
    ]


def _find_named(period: Period) -> Period:
    """The period with its kind and number, when its days are those of one."""
    for kind in PeriodKind:
        for first_day in (15, 1):
            found = find_current(period.last_on, kind, first_day=first_day)
            if (found.first_on, found.last_on) == (period.first_on, period.last_on):
                return found
    return period
