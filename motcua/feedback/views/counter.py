"""The device before the counter, and slips of paper."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.refusing import say_refusal
from motcua.core.text import read_count
from motcua.feedback import access, actions, queries
from motcua.feedback.forms import SlipForm
from motcua.feedback.rules import LEVELS
from motcua.organisations.requests import OfficerRequest


@require_http_methods(["GET", "HEAD", "POST"])
def device(request: OfficerRequest) -> HttpResponse:
    """Three faces for the dossier the counter gave back last; a touch answers, and the page waits for the next."""
    access.require_counter(request.actor)
    if request.method == "POST":
        level = request.POST.get("level", "")
        try:
            actions.rate_at_counter(
                actor=request.actor, code=request.POST.get("code", ""), level=read_count(level) or 0,
                at=request.at,
            )  # fmt: skip
        except Refused as no:
            messages.error(request, no.message)
            return redirect("feedback:device")
        return redirect(f"{request.path}?cam-on=1")
    waiting = queries.find_at_counter(request.actor, request.at)
    wanted = request.GET.get("ho-so", "")
    code = next((told for told, _at in waiting if told == wanted), waiting[0][0] if waiting else "")
    context = {
        "code": code,
        "others": [told for told, _at in waiting if told != code],
        "levels": [(int(level), words) for level, words in LEVELS.items()],
        "is_thanks": "cam-on" in request.GET,
    }
    return render(request, "feedback/device.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def slip(request: OfficerRequest) -> HttpResponse:
    """Type slips, one after the other."""
    access.require_counter(request.actor)
    form = SlipForm(request.POST or None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            actions.record_slip(
                actor=request.actor, code=told["code"], level=told["level"], contents=form.get_contents(),
                comment=told["comment"], at=request.at,
            )  # fmt: skip
        except Refused as no:
            say_refusal(form, no)
        else:
            messages.success(request, _("Đã ghi phiếu của hồ sơ %(code)s.") % {"code": told["code"]})
            return redirect("feedback:slip")
    return render(request, "feedback/slip.html", {"form": form}, status=422 if form.errors else 200)
