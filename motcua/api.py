"""`/api/v1` for neighbouring systems: its addresses, its problems, and the description that matches both."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from motcua.catalogue.api import router as procedures
from motcua.core import pages
from motcua.core.losing import tell_lost
from motcua.core.middleware import problem
from motcua.core.refusal import Refused
from motcua.dossiers.api import routers as dossiers
from motcua.organisations.api import Token

logger = logging.getLogger(__name__)
PROBLEM = "application/problem+json"
# What a refusal is answered with: 409 unless the house or the protocol says otherwise.
STATUSES = {
    "stale": 412,
    "fault": 500,
    "bad_request": 400,
    "unauthorised": 401,
    "method_not_allowed": 405,
    "invalid": 422,
}
READING = {400: "Malformed", 401: "No valid token", 403: "Not allowed", 404: "Not found",
           422: "Not valid", 429: "Too many calls in this minute; `Retry-After` says how long to wait",
           500: "A fault of ours; `request_id` finds it in the log", 503: "Database lost"}  # fmt: skip
ACTING = READING | {409: "Not possible now; `possible` says what is", 412: "Changed since it was read"}


class Problem(Schema):
    """A refusal as RFC 9457 has it; `code` is stable, `possible` names the acts allowed instead."""

    type: str
    title: str
    status: int
    code: str
    field: str | None = None
    basis: str | None = None
    possible: list[str] = []
    request_id: str | None = None
    errors: list[dict[str, Any]] = []


class Described(OpenAPISchema):
    """The description, which names the scope each operation asks of its token (OpenAPI 3.1 security requirement)."""

    def operation_security(self, operation: Operation) -> list[dict[str, Any]] | None:
        """One requirement a door; an operation without one is open."""
        found = super().operation_security(operation)
        scopes = [auth.scope for auth in operation.auth_callbacks if isinstance(auth, Token)]
        return [dict.fromkeys(one, scopes) for one in found] if found else found


class Api(NinjaAPI):
    """The addresses, open to strangers at the outer door because each asks for its token itself."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The description, with the problems every operation may answer."""
        schema = Described(
            self, self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        )
        schema["components"]["schemas"]["Problem"] = Problem.model_json_schema()
        for operations in schema["paths"].values():
            for method, operation in operations.items():
                _declare(operation, ACTING if method == "post" else READING)
        return schema

    @property
    def urls(self) -> tuple[list[Any], str, str]:
        """The address patterns, each behind `open_door`."""
        patterns, app_name, namespace = super().urls
        opened = [
            URLPattern(p.pattern, open_door(p.callback), p.default_args, p.name)
            for p in patterns
            if isinstance(p, URLPattern) and p.callback is not None
        ]
        return opened, app_name, namespace


def _declare(operation: dict[str, Any], problems: dict[int, str]) -> None:
    body = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for told in operation["responses"].values():
        if told.get("content", {}).get("application/json", {}).get("schema", {}).get("format") == "binary":
            told["content"] = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
    for status, description in problems.items():
        operation["responses"][status] = {"description": description, "content": body}


def open_door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """No session is asked for or believed: a token is, and so no form mark either."""

    @csrf_exempt
    @login_not_required
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        told = _tell(Refused("method_not_allowed", _("Địa chỉ này không nhận cách gọi đó.")))
        told["Allow"] = response["Allow"]
        return told

    return answer


def _tell(refusal: Refused, **more: Any) -> JsonResponse:
    found = problem(refusal)
    status = STATUSES.get(refusal.code, int(str(found["status"])))
    if status == 409 and refusal.field:
        status = 422  # about what was sent, not about the state of the dossier
    return JsonResponse(found | {"status": status} | more, status=status, content_type=PROBLEM)


api = Api(
    title="Một cửa",
    version="1",
    description="Dossiers of the one-stop desk for neighbouring systems.",
    urls_namespace="api",
    docs_url=None,
)
api.add_router("", procedures)
for _router in dossiers:
    api.add_router("", _router)


@api.exception_handler(Refused)
def refused(request: HttpRequest, no: Refused) -> HttpResponse:
    """A no, with its code and what is possible instead."""
    told = _tell(no)
    if told.status_code == 429:  # calls are counted by the minute of the clock
        told["Retry-After"] = str(60 - (getattr(request, "at", None) or timezone.now()).second)
    return told


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """What was sent is not what is described, named field by field."""
    errors = [
        {"loc": [str(step) for step in e["loc"]], "type": e["type"], "msg": e["msg"]} for e in fault.errors
    ]
    return _tell(Refused("invalid", _("Dữ liệu gửi lên không đúng mô tả.")), errors=errors)


@api.exception_handler(AuthenticationError)
def unauthorised(request: HttpRequest, fault: AuthenticationError) -> HttpResponse:
    """No token, or one that no longer holds."""
    told = _tell(Refused("unauthorised", _("Cần khóa truy cập còn hiệu lực (Authorization: Bearer …).")))
    told["WWW-Authenticate"] = "Bearer"
    return told


@api.exception_handler(HttpError)
@api.exception_handler(SuspiciousOperation)
@api.exception_handler(MultiPartParserError)
def malformed(request: HttpRequest, fault: Exception) -> HttpResponse:
    """What was sent cannot be read at all."""
    return _tell(Refused("bad_request", _("Không đọc được nội dung gửi lên.")))


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def lost(request: HttpRequest, fault: Exception) -> HttpResponse:
    """The database is away; nothing was kept."""
    return _tell(tell_lost(fault))


@api.exception_handler(Http404)
def missing(request: HttpRequest, fault: Exception) -> HttpResponse:
    """No such address."""
    return _tell(Refused("not_found", _("Không có địa chỉ này.")))


@api.exception_handler(Exception)
def fault(request: HttpRequest, unexpected: Exception) -> HttpResponse:
    """A fault of ours: said without its words, which may quote rows; the log has the place under the same name."""
    logger.error("unexpected fault", exc_info=unexpected, extra={"request": request})
    return _tell(Refused("fault", _("Hệ thống gặp lỗi. Chưa có gì được lưu; lỗi đã được ghi lại.")))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404: a problem for machines, a page for people."""
    if request.path.startswith("/api/"):
        return _tell(Refused("not_found", _("Không có địa chỉ này.")))
    return pages.not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500, for what breaks before the interface is reached."""
    if request.path.startswith("/api/"):
        return _tell(Refused("fault", _("Hệ thống gặp lỗi. Chưa có gì được lưu; lỗi đã được ghi lại.")))
    return pages.server_error(request)
