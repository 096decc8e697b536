"""Fees of a dossier at the counter: what is owed, what was taken, and the receipt it was written on."""

from secrets import token_urlsafe

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.audit import actions as audit
from motcua.core.middleware import status_of
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.refusing import say_refusal
from motcua.core.writing import money
from motcua.dossiers import access, queries
from motcua.dossiers.forms import Collect, ShortReason
from motcua.dossiers.models import Dossier
from motcua.organisations.requests import OfficerRequest
from motcua.payments import actions as payments
from motcua.payments import queries as accounts


@require_http_methods(["GET", "POST"])
def collect(request: OfficerRequest, code: str) -> HttpResponse:
    """What is owed and paid; a POST takes money, once however often it is pressed."""
    dossier = queries.get_dossier(request.actor, code)
    if request.method != "POST":
        audit.record_reading(
            "dossiers.fees_read", actor=request.actor, subject=code, ids=[dossier.pk], at=request.at
        )
        return _show(request, dossier)
    form = Collect(request.POST)
    if not form.is_valid():
        return _show(request, dossier, form, status=422)
    typed = form.cleaned_data
    try:
        access.require_collecting(request.actor, dossier)
        taken = payments.collect(
            actor=request.actor,
            reference=dossier.code,
            amount=typed["amount"],
            method=typed["method"],
            receipt_number=typed["receipt_number"],
            key=typed["idempotency_key"],
            at=request.at,
        )
    except Refused as no:
        say_refusal(form, no)
        return _show(request, dossier, form, status=status_of(no))
    messages.success(request, _("Đã thu %(sum)s.") % {"sum": money(taken.amount_vnd)})
    return redirect("dossiers:fees", dossier.code)


@require_POST
def void(request: OfficerRequest, code: str, collection_id: int) -> HttpResponse:
    """Void money written down in error."""
    dossier, reason = queries.get_dossier(request.actor, code), ShortReason(request.POST)
    access.require_collecting(request.actor, dossier)
    if not reason.is_valid():
        return _show(request, dossier, reason=reason, status=422)
    payments.void(
        actor=request.actor,
        reference=dossier.code,
        collection_id=collection_id,
        reason=reason.cleaned_data["reason"],
        at=request.at,
    )
    messages.success(request, _("Đã hủy lần thu."))
    return redirect("dossiers:fees", dossier.code)


@require_POST
def waive(request: OfficerRequest, code: str, no: int) -> HttpResponse:
    """Exempt the payer from one line, with the reason."""
    dossier, reason = queries.get_dossier(request.actor, code), ShortReason(request.POST)
    access.require_collecting(request.actor, dossier)
    if not reason.is_valid():
        return _show(request, dossier, reason=reason, status=422)
    payments.waive(
        actor=request.actor,
        reference=dossier.code,
        no=no,
        reason=reason.cleaned_data["reason"],
        at=request.at,
    )
    messages.success(request, _("Đã miễn khoản thu."))
    return redirect("dossiers:fees", dossier.code)


def _show(
    request: OfficerRequest,
    dossier: Dossier,
    form: django_forms.Form | None = None,
    reason: django_forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    account = accounts.get_account(dossier.code)
    start = {"idempotency_key": token_urlsafe(16), "amount": account.owed_vnd}
    context = {
        "dossier": dossier,
        "account": account,
        "form": form or Collect(initial=start),
        "reason": reason,
        "may_collect": access.may_collect(request.actor, dossier),
    }
    return render(request, "dossiers/fees.html", context, status=status)
