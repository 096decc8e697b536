"""Who is not signed in is led to the door; what they had typed is not lost on the way."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, get_user
from django.contrib.auth.middleware import AuthenticationMiddleware, LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from motcua.accounts.models import User
from motcua.core import pages
from motcua.core.resending import may_resend


class PersonMiddleware(AuthenticationMiddleware):
    """Django's own, except that the person came with the session; whatever is not plain is left to Django to judge."""

    def process_request(self, request: HttpRequest) -> None:
        request.user = SimpleLazyObject(lambda: _find_person(request))  # type: ignore[assignment]


def _find_person(request: HttpRequest) -> User | AnonymousUser:
    held = request.session
    mark = held.get(HASH_SESSION_KEY, "")  # reads the session, and with it the person
    person = getattr(held, "person", None)
    if (
        person is not None
        and person.is_active
        and BACKEND_SESSION_KEY in held
        and constant_time_compare(mark, person.get_session_auth_hash())
    ):
        return person
    return get_user(request)


class SignedInMiddleware(LoginRequiredMiddleware):
    """Django's own, except that a form sent after the session ended is kept on the page that says so."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        led = super().process_view(request, view_func, view_args, view_kwargs)
        return pages.session_ended(request) if led and may_resend(request) else led
