"""The request as the pages of the house meet it: the clock was read once, on the way in."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme


class PublicRequest(HttpRequest):
    """A request with the one reading of the clock."""

    at: datetime
    htmx: Any


def today(request: PublicRequest) -> date:
    """The day of the request's one reading of the clock, as the office counts days."""
    return timezone.localdate(request.at)


def find_next(request: HttpRequest, fallback: str = "/") -> str:
    """Where the page asked to go on to, if that is an address of this house; else the fallback."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else fallback
