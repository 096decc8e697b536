"""Appointing a person: the page of the units, with the fields of the catalogue to choose from."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from motcua.catalogue import queries as catalogue
from motcua.organisations.requests import OfficerRequest
from motcua.organisations.views import postings


@require_http_methods(["GET", "POST"])
def appoint(request: OfficerRequest) -> HttpResponse:
    """/quan-tri/can-bo/bo-tri/: whoever answers for fields is appointed with them by name."""
    return postings.appoint(request, fields=catalogue.find_fields())
