"""Who is not signed in is led to the door; what they had typed is not lost on the way."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase

from motcua.core import pages
from motcua.core.resending import may_resend


class SignedInMiddleware(LoginRequiredMiddleware):
    """Django's own, except that a form sent after the session ended is kept on the page that says so."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        led = super().process_view(request, view_func, view_args, view_kwargs)
        return pages.session_ended(request) if led and may_resend(request) else led
