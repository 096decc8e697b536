"""What addresses exist: the map of the house. Health is answered before it (`core.health`)."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from motcua.api import api
from motcua.desk.views import home

handler400 = "motcua.core.pages.bad_request"
handler403 = "motcua.core.pages.forbidden"
handler404 = "motcua.api.not_found"
handler500 = "motcua.api.server_error"

urlpatterns = [
    path("", home.home, name="home"),
    # What is opened most stands first: addresses are looked for in this order.
    path("ho-so/", include("motcua.dossiers.urls")),
    path("", include("motcua.portal.urls")),
    path("api/v1/", api.urls),
    # Stands on every page; a stranger who makes it be sent changes a language, so that no page needs a token for it.
    path("ngon-ngu/", csrf_exempt(login_not_required(set_language)), name="set_language"),
    path("", include("motcua.accounts.urls")),
    path("", include("motcua.desk.urls")),
    path("lien-thong/", include("motcua.integrations.urls")),
    path("ke-hoach/", include("motcua.programme.urls")),
    path("chi-so/", include("motcua.indices.urls")),
    path("danh-gia/", include("motcua.feedback.urls")),
    path("so-lieu/", include("motcua.figures.urls")),
    path("bao-cao/", include("motcua.reports.urls")),
    path("quan-tri/", home.administration, name="administration"),
    path("quan-tri/lich-lam-viec/", include("motcua.worktime.urls")),
    path("quan-tri/thu-tuc/", include("motcua.catalogue.urls")),
    path("quan-tri/quy-trinh/", include("motcua.processes.urls")),
    path("quan-tri/tham-so/", include("motcua.legal.urls")),
    path("", include("motcua.organisations.urls")),
]
