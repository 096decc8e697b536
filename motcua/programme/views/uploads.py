"""The page of a file that is read in the background: how far, stop, or what was wrong with it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from motcua.core.pages import render, render_fragment
from motcua.core.refusal import Refused
from motcua.organisations.requests import OfficerRequest
from motcua.programme import access
from motcua.programme.actions import uploads as acts
from motcua.programme.queries import uploads as queries


@require_GET
def progress(request: OfficerRequest, key: str) -> HttpResponse:
    """How many pages have been read; the reading itself once it is there."""
    access.require_keeper(request.actor)
    upload = queries.get_upload(request.actor, key)
    if upload.reading_id is not None:
        return _go_to_reading(request, upload.reading_id)
    context = {
        "upload": upload,
        "is_running": upload.ended_at is None,
        "before": queries.count_before(upload) if upload.started_at is None else 0,
    }
    if request.htmx:
        return render_fragment(request, "programme/_upload.html", context)
    return render(request, "programme/upload.html", context)


def _go_to_reading(request: OfficerRequest, reading_id: int) -> HttpResponse:
    """The page of comparison; a part of a page that asks is told to leave as a whole."""
    address = reverse("programme:review", args=[reading_id])
    return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else redirect(address)


@require_POST
def cancel(request: OfficerRequest, key: str) -> HttpResponse:
    """Stop reading the file."""
    access.require_keeper(request.actor)
    upload = queries.get_upload(request.actor, key)
    try:
        acts.cancel(actor=request.actor, upload_id=upload.pk, at=request.at)
    except Refused as refusal:
        if refusal.code == "forbidden":
            raise
        messages.error(request, refusal.message)
        return redirect("programme:upload", key)
    messages.success(request, _("Đã dừng đọc tệp; chưa có gì được lưu thành kế hoạch."))
    return redirect("programme:plans")
