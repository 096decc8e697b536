"""Explanations of late results: what is owed, the longest first, and what was said."""

from motcua.core.paging import Page, page
from motcua.dossiers import access
from motcua.dossiers.models import Explanation
from motcua.organisations.rules import Actor


def find_missing(actor: Actor | None, cursor: str | None = None, *, size: int = 50) -> Page:
    """What the actor's agency still owes its head, those whose time is over first.

    :raises Refused: the cursor is not one of ours.
    """
    rows = access.explanations_visible_to(actor).filter(explained_at=None).select_related("dossier")
    return page(rows, order=("wake_at", "id"), cursor=cursor, size=size)


def find_given(actor: Actor | None, *, size: int = 30) -> list[Explanation]:
    """What was said last."""
    rows = access.explanations_visible_to(actor).exclude(explained_at=None).select_related("dossier")
    return list(rows.order_by("-explained_at", "-id")[:size])
