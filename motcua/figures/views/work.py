"""How the work goes in one agency: officers, steps, causes; and an officer's own page."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.audit import actions as audit
from motcua.core.pages import render
from motcua.dossiers import queries as dossiers
from motcua.figures import access, queries
from motcua.figures.asking import Asked, PeriodForm, make_initial, name_period
from motcua.figures.views import reading
from motcua.organisations import queries as organisations
from motcua.organisations.requests import OfficerRequest, today

# Tabs of the inbox an officer's own page shows, most pressing first, with how they look.
PRESSING = (
    ("overdue", "late"),
    ("near_due", "due"),
    ("to_sign", ""),
    ("new", ""),
    ("doing", ""),
    ("to_return", ""),
)


@require_GET
def work(request: OfficerRequest) -> HttpResponse:
    """Agencies beside each other where there are several; productivity of officers, time per step, late dossiers by cause, what applicants had to complete.

    :raises Refused: not a head or control officer of the agency
    """
    asked = reading.read_request(request)
    agency_id = asked.unit_id or 0
    access.require_head(request.actor, agency_id)
    with queries.reading_once():
        context = _tell_work(request, asked, agency_id)
    shown = [one.pk for one, _cause, _step in context["late"]]  # type: ignore[attr-defined]
    audit.record_reading("figures.work", actor=request.actor, ids=shown, at=request.at)
    return render(request, "figures/work.html", context)


def _tell_work(request: OfficerRequest, asked: Asked, agency_id: int) -> dict[str, object]:
    agencies = queries.find_agencies_at_work(agency_id, asked.counted)
    late = queries.find_late_dossiers(request.actor, agency_id, asked.counted, request.at)
    return {
        "asked": asked,
        "unit": organisations.get_unit(agency_id, today(request)),
        "period_name": name_period(asked.period),
        "form": PeriodForm(initial=make_initial(asked.period)),
        "agencies": [(row, f"?{asked.make_query(donvi=row.agency_id)}") for row in agencies],
        "old_targets": queries.find_old_targets(
            [agency_id, *(row.agency_id for row in agencies)], asked.counted
        ),
        "officers": queries.find_officers(agency_id, asked.counted),
        "target": queries.get_target(agency_id, asked.counted),
        "steps": queries.find_steps(agency_id, asked.counted),
        "causes": queries.find_late_causes(agency_id, asked.counted, request.at),
        "late": late,
        "rounds": queries.get_rounds(agency_id, asked.counted),
    }


@require_GET
def mine(request: OfficerRequest) -> HttpResponse:
    """An officer's own board: what waits, most pressing first, then what was done in the period and how it went."""
    access.get_scope(request.actor)
    asked = reading.read_request(request)
    counts = dossiers.count_tabs(request.actor, at=request.at)
    agency_id = request.actor.agency_id
    rows = queries.find_officers(agency_id, asked.counted, request.actor.user_id)
    months = queries.find_months_of_officer(agency_id, request.actor.user_id, asked.counted)
    context = {
        "asked": asked,
        "period_name": name_period(asked.period),
        "form": PeriodForm(initial=make_initial(asked.period)),
        "tabs": [(slug, tone, counts.get(slug, 0), _(dossiers.TABS[slug])) for slug, tone in PRESSING],
        "row": rows[0] if rows else None,
        "target": queries.get_target(agency_id, asked.counted),
        "months": months,
    }
    return render(request, "figures/mine.html", context)
