"""The answers behind a figure, with their dossiers, within what the reader may see."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.dossiers import access as dossiers
from motcua.feedback.models import Invitation, Rating
from motcua.organisations.rules import Actor

MOST = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which answers: of which days, units (None: all), field (None: all), level of the whole or of one content.

    `is_asked`: the invitations instead, answered or not.
    """

    first: date
    last: date
    agencies: tuple[int, ...] | None
    field_code: str | None = None
    level: int | None = None
    content: str = ""
    is_asked: bool = False


def find_answered(actor: Actor, wanted: Wanted) -> tuple[list[Any], int]:
    """The latest of them whose dossiers the reader sees, and how many there are, seen or not."""
    model, day = (Invitation, "invited_on") if wanted.is_asked else (Rating, "rated_on")
    told: dict[str, Any] = {f"{day}__gte": wanted.first, f"{day}__lte": wanted.last}
    if wanted.agencies is not None:
        told["agency_id__in"] = wanted.agencies
    if wanted.field_code is not None:
        told["field_code"] = wanted.field_code
    if wanted.level is not None:
        told[f"contents__{wanted.content}" if wanted.content else "level"] = wanted.level
    elif wanted.content:
        told["contents__has_key"] = wanted.content
    rows = model._default_manager.filter(**told)
    seen = rows.filter(dossier__in=dossiers.visible_to(actor)).select_related("dossier")
    return list(seen.order_by(f"-{day}", "-pk")[:MOST]), rows.count()
