"""Which dossier an answer is about, by link, at the counter, by code; and the follow-ups one may see."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from motcua.core.secret import decrypt
from motcua.dossiers import access as dossiers
from motcua.dossiers import queries as dossier_queries
from motcua.dossiers.rules.states import State
from motcua.feedback import access
from motcua.feedback.models import FollowUp, Invitation, Rating, store
from motcua.organisations.rules import SYSTEM, Actor

ENDED = frozenset({State.RESULT_READY, State.RETURNED})
AT_COUNTER = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Rated:
    """A dossier as far as an answer needs to know it."""

    dossier_id: int
    code: str
    procedure_name: str
    agency_id: int
    field_code: str
    is_ended: bool


def find_by_key(code: str, key: str, *, at: datetime) -> Rated | None:
    """The dossier of a link: with the key of its invitation, or with the token of its receipt. Unknown and wrong are alike."""
    found = find_dossier(code)
    if found is None or not key:
        return None
    kept = Invitation.objects.filter(dossier_id=found.dossier_id).values_list("key", flat=True).first()
    if kept and hmac.compare_digest(kept.encode(), key.encode()):
        return found
    followed = dossier_queries.get_tracking(code, key, at=at)
    return found if followed is not None and followed.is_full else None


def find_dossier(code: str) -> Rated | None:
    """The dossier with this code."""
    return _find(SYSTEM, code)


def find_visible(actor: Actor, code: str) -> Rated | None:
    """The dossier with this code, if the actor sees it."""
    return _find(actor, code)


def _find(actor: Actor, code: str) -> Rated | None:
    if "\0" in code:
        return None
    told = dossiers.visible_to(actor).filter(code=code.strip().upper()[:60])
    row = told.values_list(
        "pk", "code", "procedure_name", "competent_agency_id", "field_code", "state"
    ).first()
    return Rated(*row[:5], is_ended=State(row[5]) in ENDED) if row else None


def find_at_counter(actor: Actor, at: datetime) -> list[tuple[str, datetime]]:
    """What the actor's counter gave back in the last minutes and nobody rated: codes, the latest first."""
    return store.find_at_counter(actor.unit_id, at - AT_COUNTER)


def is_rated(dossier_id: int) -> bool:
    """Whether the one answer was given."""
    return Rating.objects.filter(dossier_id=dossier_id).exists()


def find_follow_ups(actor: Actor) -> QuerySet[FollowUp]:
    """Low answers of the units the actor answers for, the oldest open first."""
    agencies = access.get_agencies(access.require_reader(actor))
    rows = FollowUp.objects.select_related("rating", "dossier")
    return rows.filter(agency_id__in=agencies) if agencies is not None else rows


def read_comment(row: FollowUp) -> str:
    """What was written beside the answer."""
    return decrypt(row.rating.comment_enc)
