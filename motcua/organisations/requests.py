"""The request as officers' pages meet it, after the ActorMiddleware."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from motcua.organisations.rules import Actor


class PublicRequest(HttpRequest):
    """A request with the one reading of the clock."""

    at: datetime
    htmx: Any


class OfficerRequest(PublicRequest):
    """A request with the person who acts."""

    actor: Actor


def today(request: HttpRequest) -> date:
    """The day of the request's one reading of the clock, as the office counts days."""
    moment: datetime = request.at  # type: ignore[attr-defined]
    return timezone.localdate(moment)
