"""The rail's counts, a moment after the page."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from motcua.core.pages import draw_rail
from motcua.dossiers import queries as dossiers
from motcua.organisations.requests import OfficerRequest


@require_GET
def rail(request: OfficerRequest) -> HttpResponse:
    """What waits for the officer, by tab; pages that know it already draw the rail themselves."""
    if request.actor is None:
        return HttpResponse(status=204)
    counts = dossiers.count_tabs(request.actor, at=request.at)
    return HttpResponse(draw_rail(request, request.actor.post, counts))
