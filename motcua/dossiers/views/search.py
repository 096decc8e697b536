"""Finding a dossier, and the register of an agency."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from motcua.audit import actions as audit
from motcua.core.pages import render
from motcua.dossiers import queries
from motcua.dossiers.views.columns import make_lines
from motcua.dossiers.views.listing import read_list
from motcua.organisations.requests import OfficerRequest


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
    """The register of what one may see, newest first, in the columns and filters chosen."""
    view = read_list(request, "register")
    page = queries.find_register(request.actor, view.asked, cursor=request.GET.get("cursor"))
    audit.record_reading(
        "dossiers.register", actor=request.actor, ids=[d.pk for d in page.rows], at=request.at
    )
    context = {"view": view, "page": page, "lines": make_lines(view.kind, view.columns, page.rows, request)}
    return render(request, "dossiers/register.html", context)
