"""The operator's pages for legal numbers: all of them, those nobody has verified, one with its history."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.refusing import attempt
from motcua.core.workbook import answer_list
from motcua.legal import actions, forms, queries
from motcua.legal.access import (
    Administrator,
    AdministratorRequest,
    is_keeper,
    require_administrator,
    require_keeper,
)
from motcua.legal.models import Parameter


def _actor(request: AdministratorRequest) -> Administrator:
    return require_administrator(request.actor)


@require_GET
def parameters(request: AdministratorRequest) -> HttpResponse:
    """All numbers; with `xem=chua-doi-chieu` only those nobody has compared with the law."""
    _actor(request)
    form = forms.FilterForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    unverified_only = request.GET.get("xem") == "chua-doi-chieu"
    rows = list(queries.find_parameters(text, unverified_only=unverified_only))
    if request.GET.get("dang") == "xlsx":
        return _answer_parameters(rows)
    context = {
        "rows": rows,
        "q": text,
        "unverified_only": unverified_only,
        "unverified": queries.count_unverified(),
        "may_change": is_keeper(_actor(request)),
        "today": timezone.localdate(request.at),
    }
    return render(request, "legal/parameters.html", context)


def _answer_parameters(rows: list[Parameter]) -> HttpResponse:
    head = [
        _("Khóa"),
        _("Nội dung"),
        _("Giá trị"),
        _("Từ ngày"),
        _("Đến trước ngày"),
        _("Căn cứ"),
        _("Đối chiếu"),
    ]
    lines = (
        (row.key, row.name, row.value, row.valid_from, row.valid_to, row.basis,
         _("đã đối chiếu") if row.is_verified else _("chưa đối chiếu"))
        for row in rows
    )  # fmt: skip
    return answer_list("tham-so-phap-luat", head, lines)


@require_http_methods(["GET", "HEAD", "POST"])
def parameter(request: AdministratorRequest, key: str) -> HttpResponse:
    """One number through time, and the form for its next value."""
    actor = _actor(request)
    history = queries.find_history(key)
    if not history:
        raise Refused("not_found", _("Không có tham số này."))
    form = forms.ValueForm(request.POST or None)
    if attempt(form, lambda: actions.set_parameter(actor=actor, key=key, **form.cleaned_data, at=request.at)):
        messages.success(request, _("Đã ghi giá trị mới."))
        return redirect("legal:parameter", key=key)
    today = timezone.localdate(request.at)
    context = {"history": history, "form": form, "today": today, "may_change": is_keeper(actor)}
    return render(request, "legal/parameter.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: AdministratorRequest, parameter_id: int) -> HttpResponse:
    """Say where a value stands in the text of the law."""
    actor = require_keeper(_actor(request))
    row = queries.get_row(parameter_id)
    form = forms.VerifyForm(request.POST or None)
    if attempt(
        form,
        lambda: actions.verify_parameter(
            actor=actor,
            parameter_id=parameter_id,
            **form.cleaned_data,
            at=request.at,
        ),
    ):
        messages.success(request, _("Đã ghi nhận đối chiếu."))
        return redirect("legal:parameter", key=row.key)
    return render(
        request, "legal/verify.html", {"row": row, "form": form}, status=422 if form.errors else 200
    )


@require_GET
def documents(request: AdministratorRequest) -> HttpResponse:
    """The documents the numbers rest on."""
    _actor(request)
    return render(request, "legal/documents.html", {"documents": queries.find_documents()})
