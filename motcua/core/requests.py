"""The request as the pages of the house meet it: the clock was read once, on the way in."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Textarea
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from motcua.core.forms import NfcCharField
from motcua.core.refusal import Refused
from motcua.core.writing import find_day


class PublicRequest(HttpRequest):
    """A request with the one reading of the clock."""

    at: datetime
    htmx: Any


def today(request: PublicRequest) -> date:
    """The day of the request's one reading of the clock, as the office counts days."""
    return find_day(request.at)


def read_text(request: HttpRequest, name: str, longest: int = 4000) -> str:
    """What was typed in a box that stands alone on its page, composed and clean.

    :raises Refused: it is longer than is kept; nothing anybody wrote is cut off without a word.
    """
    field = NfcCharField(max_length=longest, required=False, widget=Textarea)
    try:
        return str(field.clean(request.POST.get(name, "")))
    except ValidationError as fault:
        raise Refused("too_long", fault.messages[0], field=name) from fault


def find_next(request: HttpRequest, fallback: str = "/") -> str:
    """Where the page asked to go on to, if that is an address of this house; else the fallback."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else fallback
