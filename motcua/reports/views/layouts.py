"""The administrator's pages for forms: all with their days, one with its preview and the form for its next layout."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.refusing import attempt
from motcua.organisations.requests import OfficerRequest, today
from motcua.organisations.rules import Post
from motcua.reports import access, actions, forms, queries
from motcua.reports.actions.forms import require_layout
from motcua.reports.rules.layout import Layout


def _require(request: OfficerRequest) -> None:
    if not request.actor.has(Post.ADMINISTRATOR):
        access.require_reader(request.actor)


@require_GET
def layouts(request: OfficerRequest) -> HttpResponse:
    """Every form with its days and basis."""
    _require(request)
    return render(
        request, "reports/layouts.html", {"rows": queries.find_forms_of_all(), "today": today(request)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def layout(request: OfficerRequest, form_id: int) -> HttpResponse:
    """One form as it is printed; an administrator previews and lays down its next layout."""
    _require(request)
    found = queries.get_form(form_id)
    initial = {"title": found.title, "lines": found.lines, "basis": ""}
    form = forms.LayoutForm(request.POST or None, initial=initial)
    shown = found.layout
    if "xem-truoc" in request.POST:
        shown = _preview(form) or shown
    elif form.is_bound and attempt(
        form,
        lambda: actions.change_form(actor=request.actor, form_id=form_id, **form.cleaned_data, at=request.at),
    ):
        messages.success(request, _("Đã ghi biểu mẫu mới."))
        return redirect("reports:layouts")
    context = {
        "found": found,
        "form": form,
        "layout": shown,
        "may_change": request.actor.has(Post.ADMINISTRATOR),
        "is_preview": shown is not found.layout and "xem-truoc" in request.POST,
    }
    status = 422 if form.errors and "xem-truoc" not in request.POST else 200
    return render(request, "reports/layout.html", context, status=status)


def _preview(form: forms.LayoutForm) -> Layout | None:
    form.full_clean()
    try:
        made = require_layout(form.data.get("lines", ""))
    except Refused as no:
        form.add_error("lines", no.message)
        return None
    for name in ("valid_from", "basis"):
        form.errors.pop(name, None)
    return made
