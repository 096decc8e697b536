"""The inbox: what I must do, most urgent first."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from motcua.audit import actions as audit
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.dossiers import queries
from motcua.dossiers.actions import handling
from motcua.organisations.requests import OfficerRequest

MOST_SHOWN = 1000


@require_GET
def inbox(request: OfficerRequest, tab: str = "new") -> HttpResponse:
    """One tab of the inbox, with the counts of all tabs; the rest of the list by cursor."""
    filters = _filters(request)
    page = queries.find_inbox(
        request.actor, tab, queries.Narrowing(**filters), request.GET.get("cursor"), at=request.at
    )
    audit.record_reading(
        "dossiers.inbox", actor=request.actor, ids=[row.dossier_id for row in page.rows], at=request.at
    )
    context = {
        "tabs": _tabs(queries.count_tabs(request.actor, at=request.at), tab),
        "page": page,
        "filters": filters,
        "chips": [(words, request.path) for words in filters.values()],
        "keep": urlencode(filters),
    }
    return render(request, "dossiers/inbox.html", context)


def _tabs(counts: dict[str, int], current: str) -> list[tuple[str, str, object, bool, str]]:
    tones = {"overdue": "late", "near_due": "due"}
    return [
        (
            _(words),
            reverse("dossiers:inbox_tab", args=[tab]),
            counts[tab] if counts[tab] <= MOST_SHOWN else f"{MOST_SHOWN}+",
            tab == current,
            tones.get(tab, ""),
        )
        for tab, words in queries.TABS.items()
    ]


@require_POST
def hand_over_many(request: OfficerRequest) -> HttpResponse:
    """Hand over every ticked dossier; each has its own result, one refusal does not stop the others."""
    done, refused = 0, []
    for choice in request.POST.getlist("pick")[:200]:
        code, _sep, revision = choice.partition("@")
        try:
            handling.hand_over(
                actor=request.actor,
                dossier_code=code,
                revision=int(revision or 0),
                note=request.POST.get("note", ""),
                key="",
                at=request.at,
            )
            done += 1
        except Refused as no:
            refused.append((code, no.message))
    messages.success(request, ngettext("Đã chuyển %d hồ sơ.", "Đã chuyển %d hồ sơ.", done) % done)
    for code, why in refused:
        messages.warning(request, _("%(code)s chưa chuyển được: %(why)s") % {"code": code, "why": why})
    return redirect(request.POST.get("back") or "dossiers:inbox")


def _filters(request: OfficerRequest) -> dict[str, str]:
    return {k: v for k in ("procedure", "field", "q") if (v := request.GET.get(k, "").strip())}
