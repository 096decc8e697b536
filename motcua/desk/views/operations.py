"""What runs by itself and where it is stuck: outbox, messages, evidence of use."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from motcua.audit import actions as audit
from motcua.audit import queries as evidence
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.integrations import queries as integrations
from motcua.notifications import actions as notify
from motcua.notifications import queries as notifications
from motcua.organisations.requests import OfficerRequest
from motcua.organisations.rules import Post


def _require_operator(request: OfficerRequest) -> None:
    if not request.actor.has(Post.ADMINISTRATOR):
        raise Refused("forbidden", _("Trang này dành cho người quản trị hệ thống."))


@require_GET
def waiting(request: OfficerRequest) -> HttpResponse:
    """Rows of the outbox and messages that wait or failed, oldest first."""
    _require_operator(request)
    context = {
        "outbox": integrations.find_waiting(request.GET.get("cursor")),
        "outbox_counts": integrations.count_by_state(),
        "mail": notifications.find_waiting(request.GET.get("cursor_mail")),
        "mail_counts": notifications.count_by_state(),
    }
    return render(request, "desk/waiting.html", context)


@require_POST
def retry(request: OfficerRequest) -> HttpResponse:
    """Have messages tried again at once."""
    _require_operator(request)
    chosen = [int(v) for v in request.POST.getlist("pick") if v.isdigit()]
    count = notify.retry(delivery_ids=chosen, at=request.at)
    audit.record("notifications.retried", actor=request.actor, ids=chosen, at=request.at)
    messages.success(request, _("Đã xếp gửi lại %(n)s tin nhắn.") % {"n": count})
    return redirect("desk:waiting")


@require_GET
def entries(request: OfficerRequest) -> HttpResponse:
    """Evidence of use, newest first: who did and who read."""
    _require_operator(request)
    asked = {name: request.GET.get(name, "").strip()[:80] for name in ("what", "person", "subject")}
    page = evidence.find_entries(
        request.GET.get("cursor"), what=asked["what"], person=asked["person"], subject=asked["subject"]
    )
    return render(request, "desk/entries.html", {"page": page, "asked": asked})


def help_page(request: HttpRequest) -> HttpResponse:
    """Keys and conventions of the desk, on one page."""
    return render(request, "desk/help.html", {})
