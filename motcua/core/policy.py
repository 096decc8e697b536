"""The policy a browser holds our pages to: one text, made once of the settings, for every answer."""

from collections.abc import Callable
from functools import cache

from csp.constants import HEADER
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse


class PolicyMiddleware:
    """The policy of django-csp. Its own middleware makes the text anew for each answer; ours differs for none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(HEADER, _write_policy())
        return response


@cache
def _write_policy() -> str:
    return build_policy()
