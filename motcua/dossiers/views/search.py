"""Finding a dossier, and the register of an agency."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.audit import actions as audit
from motcua.core.pages import render
from motcua.dossiers import queries
from motcua.dossiers.queries import counter
from motcua.dossiers.views.sheets import write_register
from motcua.organisations.requests import OfficerRequest

MOST_EXPORTED = 20_000


@require_GET
def search(request: OfficerRequest) -> HttpResponse:
    """Code, identity number, phone, then names in any word order; newest first. One exact code opens at once."""
    asked = request.GET.get("q", "").strip()[:200]
    page = queries.search(request.actor, asked, request.GET.get("cursor")) if asked else None
    if page and len(page.rows) == 1 and page.rows[0].code == asked:
        return redirect("dossiers:detail", asked)
    if page:
        ids = [row.pk for row in page.rows]
        audit.record_reading("dossiers.searched", actor=request.actor, ids=ids, at=request.at)
    context = {"q": asked, "page": page, "keep": urlencode({"q": asked})}
    return render(request, "dossiers/search.html", context)


@require_GET
def register(request: OfficerRequest) -> HttpResponse:
    """The register of what one may see, newest first."""
    page = queries.find_register(request.actor, cursor=request.GET.get("cursor"))
    audit.record_reading(
        "dossiers.register", actor=request.actor, ids=[d.pk for d in page.rows], at=request.at
    )
    return render(request, "dossiers/register.html", {"page": page, "keep": ""})


@require_GET
def export_register(request: OfficerRequest) -> HttpResponse:
    """The register as a workbook, no more than twenty thousand rows at once."""
    rows = counter.read_register(request.actor, limit=MOST_EXPORTED)
    audit.record_reading(
        "dossiers.register_exported", actor=request.actor, ids=[d.pk for d in rows], at=request.at
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = HttpResponse(write_register(rows, _("Sổ theo dõi hồ sơ")), content_type=kind)
    answer["Content-Disposition"] = 'attachment; filename="so-theo-doi.xlsx"'
    return answer
