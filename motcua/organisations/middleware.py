"""Who acts, and when: `request.at` is the one reading of the clock, `request.actor` the person in today's post."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from motcua.organisations.queries import get_actor
from motcua.organisations.requests import OfficerRequest, PublicRequest, today
from motcua.organisations.rules import Actor

CHOSEN = "assignment"


def find_actor(request: PublicRequest) -> Actor | None:
    """The signed-in person in the chosen post as of today; no statement beyond session and user, once kept."""
    user = request.user
    if not user.is_authenticated:
        return None
    return get_actor(user, request.session.get(CHOSEN), today(request))


class ActorMiddleware:
    """Sets `request.at` and `request.actor`; a person without a chosen post is led to choose one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PublicRequest) -> HttpResponse:
        request.at = timezone.now()
        request.actor = find_actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: OfficerRequest, view: Callable, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Lead to the choice of a post where one is needed."""
        if request.actor is not None or not request.user.is_authenticated:
            return None
        if not getattr(view, "login_required", True) or getattr(view, "without_post", False):
            return None
        return HttpResponseRedirect(f"{reverse('organisations:choose_post')}?next={request.path}")
