"""Why results came late: what the unit owes its head, one page for each, and the list of what is missing."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.audit import actions as audit
from motcua.core.middleware import status_of
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.refusing import say_refusal
from motcua.dossiers import access, queries
from motcua.dossiers.actions.explaining import explain
from motcua.dossiers.forms_turns import Explain
from motcua.dossiers.models import Explanation
from motcua.organisations.requests import OfficerRequest, today


@require_GET
def explanations(request: OfficerRequest) -> HttpResponse:
    """What is missing, the longest first; then what was said."""
    page = queries.find_missing(request.actor, request.GET.get("cursor"))
    given = queries.find_given(request.actor)
    rows: list[Explanation] = [*page.rows, *given]
    ids = [row.dossier_id for row in rows]
    audit.record_reading("dossiers.explanations", actor=request.actor, ids=ids, at=request.at)
    context = {
        "page": page,
        "given": given,
        "names": {row.unit_id: queries.name_unit(row.unit_id, today(request)) for row in rows},
        "mine": {row.pk for row in page.rows if access.may_explain(request.actor, row)},
        "now": request.at,
    }
    return render(request, "dossiers/explanations.html", context)


@require_http_methods(["GET", "POST"])
def show(request: OfficerRequest, explanation_id: int) -> HttpResponse:
    """One to be written."""
    row = access.require_explanation(request.actor, explanation_id, to_act=True)
    if request.method != "POST":
        return _page(request, row, Explain())
    form = Explain(request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    try:
        explain(actor=request.actor, explanation_id=row.pk, **form.cleaned_data, at=request.at)
    except Refused as no:
        say_refusal(form, no)
        return _page(request, row, form, status=status_of(no))
    messages.success(request, _("Đã gửi giải trình."))
    return redirect("dossiers:explanations")


def _page(request: OfficerRequest, row: Explanation, form: forms.Form, status: int = 200) -> HttpResponse:
    context = {"row": row, "form": form, "handled_by": queries.name_unit(row.unit_id, today(request))}
    return render(request, "dossiers/explain.html", context, status=status)
