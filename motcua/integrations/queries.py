"""What waits for a neighbour, and what could not be delivered."""

from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from motcua.core import writing
from motcua.core.paging import Page, count_up_to, page
from motcua.integrations.models import Dispatch, DispatchState, Outgoing

_OPEN = (DispatchState.WAITING, DispatchState.FAILED)
_COUNTED = 10_000


def find_waiting(cursor: str | None = None, *, destination: str = "", size: int = 50) -> Page:
    """Dispatches that wait or failed, the oldest first, each with its ``topic`` and ``reference``."""
    open_ = _with_message(Dispatch.objects.filter(state__in=_OPEN))
    if destination:
        open_ = open_.filter(destination=destination)
    return page(open_, order=("id",), cursor=cursor, size=size)


def find_due(destination: str, at: datetime, limit: int = 100) -> list[Dispatch]:
    """What a deliverer takes next, locked for it alone: call inside a transaction."""
    due = Dispatch.objects.filter(destination=destination, state=DispatchState.WAITING, next_at__lte=at)
    return list(due.select_for_update(skip_locked=True).order_by("next_at", "id")[:limit])


def get_message(dispatch: Dispatch) -> Outgoing:
    """The permanent message of a dispatch."""
    return Outgoing.objects.get(pk=dispatch.outgoing_id, at=dispatch.outgoing_at)


def find_messages(reference: str) -> list[Outgoing]:
    """Everything a neighbour was to be told of one dossier, the first first."""
    return list(Outgoing.objects.filter(reference=reference).order_by("at", "id"))


def count_by_state() -> dict[str, str]:
    """How much waits and how much failed, in words, counted to ten thousand."""
    return {str(state.label): _count(state) for state in _OPEN}


def _count(state: DispatchState) -> str:
    number, is_more = count_up_to(Dispatch.objects.filter(state=state), _COUNTED)
    return writing.number(number) + ("+" if is_more else "")


def _with_message(dispatches: QuerySet[Dispatch]) -> QuerySet[Dispatch]:
    message = Outgoing.objects.filter(pk=OuterRef("outgoing_id"), at=OuterRef("outgoing_at"))
    return dispatches.annotate(
        topic=Subquery(message.values("topic")[:1]), reference=Subquery(message.values("reference")[:1])
    )
