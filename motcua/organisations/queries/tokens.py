"""Which system speaks: a token, its scopes, and the officer's post it acts in."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db.models import F

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


@dataclass(frozen=True, slots=True)
class TokenView:
    """A token as its keeper sees it; the text itself is known to nobody any more."""

    id: int
    name: str
    scopes: tuple[str, ...]
    username: str
    person_name: str
    post: str
    unit_id: int
    valid_from: date
    valid_to: date | None
    last_used_at: datetime | None
    calls_per_minute: int
    holds: bool


def find_tokens(unit_ids: frozenset[int], on: date) -> list[TokenView]:
    """The tokens that act in these units: those that still open first, then by name."""
    rows = ApiToken.objects.select_related("assignment__user").filter(assignment__unit_id__in=list(unit_ids))
    found = [_view(row, on) for row in rows.order_by("name", F("valid_from").desc(), "id")]
    return sorted(found, key=lambda one: not one.holds)


def _view(token: ApiToken, on: date) -> TokenView:
    assignment = token.assignment
    return TokenView(
        id=token.pk,
        name=token.name,
        scopes=tuple(token.scopes),
        username=assignment.user.username,
        person_name=assignment.user.full_name,
        post=assignment.post,
        unit_id=assignment.unit_id,
        valid_from=token.valid_from,
        valid_to=token.valid_to,
        last_used_at=token.last_used_at,
        calls_per_minute=token.calls_per_minute,
        holds=token.holds_on(on) and assignment.holds_on(on) and assignment.user.is_active,
    )


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
