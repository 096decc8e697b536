"""Where one lands: officers at their work, everybody else at the public door."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from motcua.organisations.rules import Post

FIRST_PAGE = {
    Post.INTAKE_OFFICER: "dossiers:choose",
    Post.ADMINISTRATOR: "organisations:units",
    Post.CONTROL_OFFICER: "dossiers:register",
}


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """The first page of a post: the counter receives, the others have an inbox."""
    actor = getattr(request, "actor", None)
    if actor is not None:
        return redirect(FIRST_PAGE.get(actor.post, "dossiers:inbox"))
    if request.user.is_authenticated:
        return redirect("organisations:choose_post")
    return redirect("portal:front")
