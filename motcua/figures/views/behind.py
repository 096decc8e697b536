"""The dossiers behind a number."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.audit import actions as audit
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.figures import queries
from motcua.figures.asking import name_period
from motcua.figures.queries import Cell
from motcua.figures.rules import Measure
from motcua.figures.rules.counts import LABELS
from motcua.figures.views import reading
from motcua.organisations import queries as organisations
from motcua.organisations.requests import OfficerRequest, today


@require_GET
def behind(request: OfficerRequest) -> HttpResponse:
    """The dossiers behind a figure, within what the reader may see.

    :raises Refused: there is no such figure, or the unit is not the reader's.
    """
    asked = reading.read_request(request)
    measures = _read_measures(request.GET.get("so-lieu", ""))
    agencies = queries.find_agencies(asked.unit_id or 0, asked.counted.last_on)
    procedure, channel = request.GET.get("thutuc", "")[:40], request.GET.get("kenh", "")[:16]
    level = request.GET.get("cap", "")[:10]
    owners = frozenset(agencies) if agencies is not None else None
    if level:
        owners = queries.find_owners_of_level(asked.counted, agencies, level)
    behalf = {"co": True, "khong": False}.get(request.GET.get("thay", ""))
    cell = Cell(asked.counted, measures, owners, asked.field_code, procedure, channel, behalf)
    counted = queries.count_each(cell)
    page = queries.find_behind(request.actor, cell, counted=counted, cursor=request.GET.get("cursor"))
    audit.record_reading("figures.behind", actor=request.actor, ids=[d.pk for d in page.rows], at=request.at)
    context = {
        "asked": asked,
        "unit": organisations.get_unit(asked.unit_id or 0, today(request)),
        "period_name": name_period(asked.period),
        "title": " + ".join(_(LABELS[measure]) for measure in measures),
        "field_name": reading.name_field(asked.field_code, reading.name_fields()),
        "narrowed": " · ".join(
            word for word in (procedure, reading.name_way(channel, behalf), reading.name_level(level)) if word
        ),
        "count": sum(counted.values()),
        "page": page,
        "keep": asked.make_query(
            **{
                "so-lieu": ",".join(measures),
                "thutuc": procedure,
                "kenh": channel,
                "cap": level,
                "thay": request.GET.get("thay", "") if behalf is not None else "",
            }
        ),
    }
    return render(request, "figures/behind.html", context)


def _read_measures(text: str) -> tuple[Measure, ...]:
    try:
        found = tuple(Measure(name) for name in text.split(",") if name)
    except ValueError as fault:
        raise Refused("not_found", _("Không có số liệu này.")) from fault
    if not found:
        raise Refused("not_found", _("Không có số liệu này."))
    return found
