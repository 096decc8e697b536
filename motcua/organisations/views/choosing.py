"""Choosing the post one works in."""

from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.accounts.access import without_post
from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.organisations import actions, queries
from motcua.organisations.middleware import CHOSEN
from motcua.organisations.requests import today


@without_post
@never_cache
@require_http_methods(["GET", "POST"])
def choose_post(request: HttpRequest) -> HttpResponse:
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
        "next": _get_next(request, fallback=""),
    }
    return render(request, "organisations/choose_post.html", context)


def _choose(request: HttpRequest, postings: list[queries.PostingView]) -> HttpResponse:
    wanted = request.POST.get("assignment", "")
    posting = next((one for one in postings if str(one.id) == wanted), None)
    if posting is None:
        raise Refused("not_found", _("Chức danh này không phải của anh/chị hôm nay."))
    request.session[CHOSEN] = posting.id
    actions.note_post_chosen(posting=posting, at=request.at)  # type: ignore[attr-defined]
    return HttpResponseRedirect(_get_next(request))


def _get_next(request: HttpRequest, fallback: str = "/") -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return fallback
