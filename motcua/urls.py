"""What addresses exist: the map of the house. Health is answered before it (`core.health`)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.views.i18n import set_language


@login_not_required
def enter(request: HttpRequest) -> HttpResponse:
    """The bare address: officers go to their work, everyone else to the public pages."""
    return redirect("dossiers:inbox" if request.user.is_authenticated else "portal:front")


urlpatterns = [
    path("", enter, name="enter"),
    path("ngon-ngu/", login_not_required(set_language), name="set_language"),
    path("", include("motcua.accounts.urls")),
    path("", include("motcua.portal.urls")),
    path("quan-tri/lich/", include("motcua.worktime.urls")),
]
