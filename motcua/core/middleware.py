"""Every request has a name; every refusal becomes a page or, for machines, a problem."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _

from motcua.core import pages, trace
from motcua.core.losing import LOST, tell_lost
from motcua.core.refusal import Refused

_STATUS = {
    "forbidden": 403,
    "not_found": 404,
    "bad_cursor": 400,
    "unreadable": 400,
    "precondition_failed": 412,
    "too_many": 429,
    "database_lost": 503,
}


def status_of(refusal: Refused) -> int:
    """The HTTP status of a refusal: 409 unless its code says otherwise."""
    return _STATUS.get(refusal.code, 409)


class LanguageMiddleware:
    """Vietnamese unless the person switched: what the browser prefers says nothing about an office's papers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.known = {code for code, _name in settings.LANGUAGES}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in self.known else settings.LANGUAGE_CODE
        translation.activate(language)
        try:
            response = self.get_response(request)
        finally:
            # A thread speaks Vietnamese between two requests: it need not be asked what it spoke before.
            if language != settings.LANGUAGE_CODE:
                translation.activate(settings.LANGUAGE_CODE)
        response.headers.setdefault("Content-Language", language)
        return response


class RefusalMiddleware:
    """Names the request and turns an uncaught ``Refused`` into an answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = trace.name_request(request.META.get("HTTP_X_REQUEST_ID", ""))  # type: ignore[attr-defined]
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # What somebody signed in reads is for them alone: no proxy on the way keeps it.
            response.headers.setdefault("Cache-Control", "private, no-cache")
        response["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        return response

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if isinstance(fault, LOST):
            fault = tell_lost(fault)
        if not isinstance(fault, Refused) and _holds_nul(request):
            fault = Refused(
                "unreadable", _("Có ký tự không đọc được trong địa chỉ hoặc chữ đã gửi. Hãy gõ lại.")
            )
        if not isinstance(fault, Refused):
            return None
        return _problem(request, fault) if request.path.startswith("/api/") else _page(request, fault)


def _holds_nul(request: HttpRequest) -> bool:
    """Whether what was sent has the one character no text of the database can have; asked only of what has failed."""
    sent = [value for values in (*request.GET.lists(), *request.POST.lists()) for value in values[1]]
    return "\0" in request.path_info or any("\0" in value for value in sent)


def _page(request: HttpRequest, refusal: Refused) -> HttpResponse:
    if refusal.code == "database_lost":
        return pages.database_lost(request, refusal)
    return pages.refused(request, refusal, status_of(refusal))


def _problem(request: HttpRequest, refusal: Refused) -> HttpResponse:
    return JsonResponse(problem(refusal), status=status_of(refusal), content_type="application/problem+json")


def problem(refusal: Refused) -> dict[str, object]:
    """The refusal as RFC 9457 has it, with our stable code."""
    found = {
        "type": f"urn:motcua:refusal:{refusal.code}",
        "title": refusal.message,
        "status": status_of(refusal),
        "code": refusal.code,
        "field": refusal.field,
        "basis": refusal.basis,
        "possible": list(refusal.possible),
        "request_id": trace.current_request_id(),
    }
    return {name: value for name, value in found.items() if value not in (None, "")}
