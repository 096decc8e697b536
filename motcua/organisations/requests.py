"""The request as officers' pages meet it, after the ActorMiddleware."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from motcua.organisations.rules import Actor


class OfficerRequest(HttpRequest):
    """A request with the person who acts and the one reading of the clock."""

    actor: Actor
    at: datetime
    htmx: Any


def today(request: HttpRequest) -> date:
    """The day of the request's one reading of the clock, as the office counts days."""
    moment: datetime = request.at  # type: ignore[attr-defined]
    return timezone.localdate(moment)
