"""The request as officers' pages meet it, after the ActorMiddleware."""

from motcua.core.requests import PublicRequest, today
from motcua.organisations.rules import Actor

__all__ = ["OfficerRequest", "PublicRequest", "today"]


class OfficerRequest(PublicRequest):
    """A request with the person who acts."""

    actor: Actor
