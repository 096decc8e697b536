"""Who keeps what every agency shares (legal numbers, calendars), for packages that lie below units and posts."""

from typing import Protocol

from motcua.core.acting import Acting
from motcua.core.refusal import Refused
from motcua.core.requests import PublicRequest


class Administrator(Acting, Protocol):
    """What is asked of, and kept about, whoever changes something shared."""

    @property
    def unit_kind(self) -> str: ...
    def has(self, post: str, /) -> bool: ...


class AdministratorRequest(PublicRequest):
    """A request with the person who acts, if anybody does."""

    actor: Administrator | None


def is_keeper(actor: Administrator) -> bool:
    """Whether the administrator is the province's, or the system: what is shared is kept by one hand."""
    return actor.has("administrator") and actor.unit_kind in ("province", "")


def require_administrator(actor: Administrator | None, sentence: str) -> Administrator:
    """Whoever is in the post of administrator. :raises Refused: anyone else, with this sentence."""
    if actor is None or not actor.has("administrator"):
        raise Refused("forbidden", sentence)
    return actor


def require_keeper(actor: Administrator, sentence: str) -> Administrator:
    """The administrator of the province. :raises Refused: another agency's, with this sentence."""
    if not is_keeper(actor):
        raise Refused("forbidden", sentence)
    return actor
