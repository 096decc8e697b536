"""Which system speaks: a token, its scopes, and the officer's post it acts in."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from motcua.organisations.models import ApiToken
from motcua.organisations.queries.postings import get_actor
from motcua.organisations.rules import Actor


@dataclass(frozen=True, slots=True)
class Caller:
    """A neighbouring system at the door: who it acts as, and what it may ask."""

    token_id: int
    actor: Actor
    scopes: frozenset[str]
    last_used_at: datetime | None


def hash_token(text: str) -> str:
    """What is kept of a token; it is long enough that nobody finds it back."""
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def find_caller(text: str, on: date) -> Caller | None:
    """The system with this token on a day; nothing when token, assignment or person no longer holds."""
    rows = ApiToken.objects.on(on).select_related("assignment__user")
    token = rows.filter(token_hash=hash_token(text), assignment__user__is_active=True).first()
    if token is None:
        return None
    actor = get_actor(token.assignment.user, token.assignment_id, on)
    if actor is None:
        return None
    return Caller(token.pk, actor, frozenset(token.scopes), token.last_used_at)
