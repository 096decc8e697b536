"""The inbox: what I must do, most urgent first."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from motcua.audit import actions as audit
from motcua.core.marking import _ as _mark
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.dossiers import queries
from motcua.dossiers.actions import handling
from motcua.dossiers.rules.powers import is_power
from motcua.dossiers.rules.states import Act
from motcua.dossiers.views.columns import draw_lines
from motcua.dossiers.views.listing import go_back, read_list
from motcua.organisations.requests import OfficerRequest

# Tabs whose work is handed on as a heap.
HANDED_ON = frozenset({"new", "doing", "near_due", "overdue"})
EMPTY = {
    "new": _mark("Không có việc mới. Hồ sơ đến bước của anh/chị thì hiện ở đây."),
    "doing": _mark("Anh/chị chưa nhận việc nào. Mở “Mới đến” để nhận."),
    "near_due": _mark("Không có việc nào đến hạn trong tám giờ làm việc tới."),
    "overdue": _mark("Không có việc quá hạn."),
    "waiting_opinion": _mark("Không có ý kiến nào đang chờ hỏi hoặc trả lời."),
    "to_sign": _mark("Không có hồ sơ chờ ký."),
    "to_return": _mark("Không có kết quả nào chờ trả."),
    "following": _mark("Không có hồ sơ nào đang chạy để theo dõi."),
}


@require_GET
def inbox(request: OfficerRequest, tab: str = "new") -> HttpResponse:
    """One tab of the inbox, with the counts of all tabs for the rail; the rest of the list by cursor."""
    view = read_list(request, "inbox")
    page = queries.find_inbox(request.actor, tab, view.asked, request.GET.get("cursor"), at=request.at)
    audit.record_reading(
        "dossiers.inbox", actor=request.actor, ids=[row.dossier_id for row in page.rows], at=request.at
    )
    counts = queries.count_tabs(request.actor, at=request.at)
    may_hand_over = tab in HANDED_ON and is_power(request.actor.post, Act.HAND_OVER)
    context = {
        "tab": tab,
        "tab_name": _(queries.TABS[tab]),
        "empty_words": _(EMPTY[tab]),
        "counts": counts,
        "count": counts[tab],
        "view": view,
        "page": page,
        "lines": draw_lines(view.kind, view.columns, page.rows, request, may_pick=may_hand_over),
        "may_hand_over": may_hand_over,
    }
    return render(request, "dossiers/inbox.html", context)


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
    return redirect(go_back(request, reverse("dossiers:inbox")))
