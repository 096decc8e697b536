"""Around the score: what it would be if, the note of the week, the nine indicators, and the page for everybody."""

from datetime import date, timedelta
from functools import lru_cache

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.core.forms import read_day
from motcua.core.marking import _ as _mark
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.refusing import say_refusal
from motcua.figures import access as figures_access
from motcua.figures import queries as figures
from motcua.figures.asking import PeriodForm, make_initial, name_period
from motcua.figures.rules import Period, find_current
from motcua.figures.rules.periods import PeriodKind, previous
from motcua.indices import access, actions, queries, sets
from motcua.indices.forms import NoteForm, WhatIfForm
from motcua.indices.rules import Score
from motcua.indices.rules.gaining import imagine_all
from motcua.indices.rules.noting import draft
from motcua.indices.views.live import make_score, read_asked
from motcua.legal import queries as legal
from motcua.organisations import queries as organisations
from motcua.organisations.requests import OfficerRequest, PublicRequest, today

# The groups on the public page, in short words.
GROUP_HEADS = {
    "transparency": _mark("Công khai"),
    "progress": _mark("Tiến độ"),
    "online": _mark("Trực tuyến"),
    "payment": _mark("Thanh toán"),
    "digitisation": _mark("Số hóa"),
    "satisfaction": _mark("Hài lòng"),
}
# Which facts stand behind which indicator of a unit.
FACTS_OF = {"5": ("9c5a", "9c5b"), "6": ("9c6a", "9c6b"), "8": ("9c8",), "9": ("9c9", "9c9h")}


@require_GET
def what_if(request: OfficerRequest) -> HttpResponse:
    """The score if so many more dossiers or procedures of an indicator counted."""
    asked = read_asked(request)
    made = make_score(asked)
    lines = [
        line
        for line in made.lines
        if line.figure and line.figure.denominator and not line.indicator.is_information
    ]
    choices = [
        (line.indicator.code, line.indicator.name, int(line.figure.denominator))
        for line in lines
        if line.figure
    ]
    form = WhatIfForm(request.GET, asked=choices)
    more = form.get_more()
    told = queries.get_figures(asked.period, asked.unit_id or 0, asked.on)
    last_on = asked.period.last_on
    rules = (sets.get_bands(last_on), sets.get_spread(last_on))
    then = imagine_all(sets.get_indicators(last_on), told, more, *rules)
    after = {line.indicator.code: line for line in then.lines}
    context = {
        "asked": asked,
        "unit": organisations.get_unit(asked.unit_id or 0, today(request)),
        "period_name": name_period(asked.period),
        "made": made,
        "then": then,
        "change": then.total - made.total,
        "rows": [(line, form[f"them-{line.indicator.code}"], after[line.indicator.code]) for line in lines],
        "form": form,
        "more": more,
        "risk": queries.find_risk(asked.period, asked.unit_id or 0, asked.on),
    }
    return render(request, "indices/what_if.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def week(request: OfficerRequest) -> HttpResponse:
    """The note of the week: drafted from the figures, written by the focal officer, read by the unit."""
    asked = read_asked(request)
    unit_id = asked.unit_id or 0
    monday = _read_monday(request)
    mine = queries.find_notes(unit_id).filter(week_on=monday).first()
    may_type = access.may_type(request.actor, unit_id)
    form = NoteForm(
        request.POST or None, initial={"text": mine.text if mine else _draft(asked.period, unit_id, asked.on)}
    )
    if form.is_bound and form.is_valid():
        try:
            actions.write_note(
                actor=request.actor,
                unit_id=unit_id,
                week_on=monday,
                text=form.cleaned_data["text"],
                at=request.at,
            )
        except Refused as no:
            say_refusal(form, no)
        else:
            messages.success(request, _("Đã ghi."))
            return redirect(f"{reverse('indices:week')}?{asked.make_query()}")
    context = {
        "asked": asked,
        "unit": organisations.get_unit(unit_id, today(request)),
        "monday": monday,
        "form": form if may_type else None,
        "mine": mine,
        "notes": list(queries.find_notes(unit_id)[:26]),
    }
    return render(request, "indices/week.html", context, status=422 if form.errors else 200)


def _read_monday(request: OfficerRequest) -> date:
    """The Monday of the week asked for; what cannot be read is this week."""
    try:
        day = read_day(request.GET.get("tuan", ""))
    except ValueError:
        day = today(request)
    return day - timedelta(days=day.weekday())


def _draft(period: Period, unit_id: int, on: date) -> str:
    try:
        made = queries.get_score(period, unit_id, on)
    except sets.NoSetOfIndicators:
        return ""
    monday = on - timedelta(days=on.weekday())
    before = (
        queries.get_score(period, unit_id, monday - timedelta(days=1)) if monday > period.first_on else None
    )
    risk = queries.find_risk(period, unit_id, on)
    agencies = figures.find_agencies(unit_id, on)
    overdue = sum(row.counts.pending_overdue for row in figures.get_rows(period.until(on), agencies, by=()))
    return draft(
        made,
        change=made.total - before.total if before is not None else None,
        place=queries.find_place(period, unit_id, on),
        overdue=overdue,
        risk=(risk.count, risk.points),
        say=_,
    )


@require_GET
def nine(request: OfficerRequest) -> HttpResponse:
    """The nine indicators of Circular 01/2018: of the agency, and of each officer for those who answer for them."""
    asked = read_asked(request)
    unit_id = asked.unit_id or 0
    try:
        indicators, made = queries.get_nine(asked.period, unit_id, asked.on)
    except sets.NoSetOfIndicators as fault:
        raise Refused("not_found", _("Kỳ này chưa có bộ chỉ số."), field="ky") from fault
    may_lead = figures_access.may_lead(request.actor, unit_id)
    units = queries.find_units(asked.period, unit_id, asked.on)
    context = {
        "asked": asked,
        "unit": organisations.get_unit(unit_id, today(request)),
        "period_name": name_period(asked.period),
        "form": PeriodForm(initial=make_initial(asked.period)),
        "indicators": indicators,
        "made": made,
        "band": _(made.band.label) if made.band else "",
        "officers": [
            (name, unit, one, _(one.band.label) if one.band else "")
            for name, unit, one in queries.find_officers(asked.period, unit_id, asked.on)
        ]
        if may_lead and not units
        else [],
        "units": [
            (f"?{asked.make_query(donvi=one)}", name, score, _(score.band.label) if score.band else "")
            for one, name, score in units
        ],
        "facts": {
            code: [fact for fact in made.facts if fact.code in told] for code, told in FACTS_OF.items()
        },
        "may_type": access.may_type(request.actor, unit_id),
    }
    return render(request, "indices/nine.html", context)


@login_not_required
@require_GET
def public(request: PublicRequest) -> HttpResponse:
    """The scores and places of units in the last period that is over, for everybody (Decision 766 art. 1)."""
    on = today(request)
    first_day = legal.get_int("report.period_first_day_of_month", on)
    kind = PeriodKind.MONTH if request.GET.get("ky") == "month" else PeriodKind.QUARTER
    period = previous(find_current(on, kind, first_day=first_day), first_day=first_day)
    stamp = figures.find_counted_at()
    context = {
        "period": period,
        "period_name": name_period(period),
        "kind": str(kind),
        "rows": (_find_public if stamp else _find_public.__wrapped__)(period, on, stamp),
        "groups": list(GROUP_HEADS),
        "group_heads": [(_(name), "figure") for name in GROUP_HEADS.values()],
    }
    return render(request, "indices/public.html", context)


@lru_cache(maxsize=8)
def _find_public(period: Period, on: date, stamp: object) -> tuple[tuple[str, int, int, str, Score], ...]:
    """Kind, place, of how many, name, score: kind by kind, the first places first; counted once for a state of the counting."""
    tree = organisations.get_tree(period.last_on)
    peers = [unit.id for unit in tree.units.values() if unit.kind in queries.PEERS and unit.agency_code]
    found = [
        (tree.units[unit_id].kind_label, place, of, tree.units[unit_id].short_agency_name, made)
        for unit_id, (place, of, made) in queries.find_ranks(period, peers, on).items()
    ]
    return tuple(sorted(found, key=lambda row: (row[0], row[1], row[3])))
