"""Addresses of the floor: a view that does nothing, behind the same middleware."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from motcua.core.health import show_health
from motcua.urls import urlpatterns as ours


def bare(request: HttpRequest) -> HttpResponse:
    """Nothing, for who signed in."""
    return HttpResponse("ok")


urlpatterns = [
    path("bare/", bare),
    path("bare-open/", login_not_required(bare)),
    # Where no middleware of ours answers it.
    path("healthz", login_not_required(show_health)),
    *ours,
]
