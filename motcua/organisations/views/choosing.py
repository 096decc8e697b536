"""Choosing the post one works in."""

from django.contrib.auth import get_user
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.accounts.access import without_post
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.core.requests import find_next
from motcua.organisations import actions, queries
from motcua.organisations.middleware import CHOSEN
from motcua.organisations.requests import PublicRequest, today


@without_post
@never_cache
@require_http_methods(["GET", "POST"])
def choose_post(request: PublicRequest) -> HttpResponse:
    """/chon-chuc-danh/"""
    day = today(request)
    postings = queries.find_assignments(get_user(request), day)  # type: ignore[arg-type]
    if request.method == "POST":
        return _choose(request, postings)
    tree = queries.get_tree(day)
    choices = [
        (posting, tree.units[posting.unit_id], tree.get_agency_of(posting.unit_id))
        for posting in postings
        if posting.unit_id in tree.units
    ]
    context = {
        "choices": choices,
        "chosen": request.session.get(CHOSEN),
        "next": find_next(request, fallback=""),
    }
    return render(request, "organisations/choose_post.html", context)


def _choose(request: PublicRequest, postings: list[queries.PostingView]) -> HttpResponse:
    wanted = request.POST.get("assignment", "")
    posting = next((one for one in postings if str(one.id) == wanted), None)
    if posting is None:
        raise Refused("not_found", _("Chức danh này không phải của anh/chị hôm nay."))
    request.session[CHOSEN] = posting.id
    actions.note_post_chosen(posting=posting, at=request.at)
    return HttpResponseRedirect(find_next(request))
