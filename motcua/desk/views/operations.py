"""What runs by itself and where it is stuck: outbox, messages, evidence of use."""

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from motcua.audit import actions as audit
from motcua.audit import queries as evidence
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.integrations import actions as send
from motcua.integrations import queries as integrations
from motcua.notifications import actions as notify
from motcua.notifications import queries as notifications
from motcua.organisations import queries as organisations
from motcua.organisations.requests import OfficerRequest, today
from motcua.organisations.rules import Kind, Post


@dataclass(frozen=True, slots=True)
class Queue:
    """One tab: what is sent to whom, and in which state."""

    slug: str
    label: str | Promise
    is_mail: bool
    state: str
    tone: str


QUEUES = (
    Queue("he-thong-loi", gettext_lazy("Hệ thống khác: không gửi được"), False, "failed", "late"),
    Queue("he-thong-cho", gettext_lazy("Hệ thống khác: chờ gửi"), False, "waiting", ""),
    Queue("tin-loi", gettext_lazy("Tin cho người dân: không gửi được"), True, "failed", "late"),
    Queue("tin-khong-dia-chi", gettext_lazy("Không có địa chỉ"), True, "no_address", "due"),
    Queue("tin-cho", gettext_lazy("Tin cho người dân: chờ gửi"), True, "waiting", ""),
)


def _require_operator(request: OfficerRequest) -> frozenset[int] | None:
    """The agencies whose messages the administrator looks after; None is all of them."""
    if not request.actor.has(Post.ADMINISTRATOR):
        raise Refused("forbidden", _("Trang này dành cho người quản trị hệ thống."))
    return None if request.actor.unit_kind == Kind.PROVINCE else request.actor.administers


@require_GET
def waiting(request: OfficerRequest) -> HttpResponse:
    """What waits or failed, one list at a time, the oldest first; the first one where something is stuck opens."""
    agencies = _require_operator(request)
    counts = {
        False: integrations.count_by_state(agencies),
        True: notifications.count_by_state(agencies),
    }
    chosen = _choose(request.GET.get("hang", ""), counts)
    find = notifications.find_waiting if chosen.is_mail else integrations.find_waiting
    found = find(request.GET.get("cursor"), state=chosen.state, agency_ids=agencies)
    units = organisations.get_tree(today(request)).units
    context = {
        "queues": [(queue, counts[queue.is_mail][queue.state]) for queue in QUEUES],
        "chosen": chosen,
        "page": found,
        "rows": [(row, units.get(row.agency_id)) for row in found.rows],
    }
    return render(request, "desk/waiting.html", context)


def _choose(slug: str, counts: dict[bool, dict[str, str]]) -> Queue:
    named = next((queue for queue in QUEUES if queue.slug == slug), None)
    pressing = (queue for queue in QUEUES if counts[queue.is_mail][queue.state] != "0")
    return named or next(pressing, QUEUES[0])


@require_POST
@transaction.atomic
def retry(request: OfficerRequest) -> HttpResponse:
    """Have what was picked tried again at once."""
    agencies = _require_operator(request)
    chosen = next((queue for queue in QUEUES if queue.slug == request.POST.get("hang")), QUEUES[0])
    picked = [int(v) for v in request.POST.getlist("pick") if v.isdigit() and len(v) < 19]
    if chosen.is_mail:
        count = notify.retry(delivery_ids=picked, agency_ids=agencies, at=request.at)
    else:
        count = send.retry(dispatch_ids=picked, agency_ids=agencies, at=request.at)
    what = "notifications.retried" if chosen.is_mail else "integrations.retried"
    audit.record(what, actor=request.actor, ids=picked, at=request.at)
    said = ngettext("Đã xếp gửi lại %(n)s tin.", "Đã xếp gửi lại %(n)s tin.", count) % {"n": count}
    messages.success(request, said)
    return redirect(f"{reverse('desk:waiting')}?hang={chosen.slug}")


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
