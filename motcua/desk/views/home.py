"""Where one lands: officers at their work, everybody else at the public door."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.core.refusal import Refused
from motcua.dossiers import queries as dossiers
from motcua.organisations.requests import OfficerRequest
from motcua.organisations.rules import Post

# An officer lands where something waits, the most pressing first; an empty inbox is the last choice.
PRESSING = ("overdue", "near_due", "to_sign", "new", "doing", "waiting_opinion", "to_return")
FIRST_PAGE = {
    Post.INTAKE_OFFICER: "dossiers:choose",
    Post.ADMINISTRATOR: "organisations:units",
    Post.CONTROL_OFFICER: "dossiers:register",
}
FIRST_ROOM = {
    Post.ADMINISTRATOR: "organisations:units",
    Post.CONTROL_OFFICER: "catalogue:procedures",
    Post.CLERK: "dossiers:series",
    Post.ONE_STOP_HEAD: "organisations:absences",
    Post.SECTION_HEAD: "organisations:absences",
    Post.UNIT_HEAD: "organisations:absences",
    Post.APPROVER: "organisations:absences",
}


@login_not_required
def home(request: OfficerRequest) -> HttpResponse:
    """The first page of a post: the counter receives, the others have an inbox."""
    actor = getattr(request, "actor", None)
    if actor is not None:
        return redirect(FIRST_PAGE[actor.post]) if actor.post in FIRST_PAGE else _to_inbox(request)
    if request.user.is_authenticated:
        return redirect("organisations:choose_post")
    return redirect("portal:front")


@require_GET
def administration(request: OfficerRequest) -> HttpResponse:
    """The first page of administration open to this post.

    :raises Refused: none is.
    """
    if request.actor.post not in FIRST_ROOM:
        raise Refused("forbidden", _("Chức danh của anh/chị không có trang quản trị nào."))
    return redirect(FIRST_ROOM[request.actor.post])


def _to_inbox(request: OfficerRequest) -> HttpResponse:
    counts = dossiers.count_tabs(request.actor, at=request.at)
    tab = next((tab for tab in PRESSING if counts[tab]), "new")
    return redirect("dossiers:inbox_tab", tab)
