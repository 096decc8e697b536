"""What waits for a neighbour, and what could not be delivered."""

from collections.abc import Collection

from django.db.models import OuterRef, QuerySet, Subquery

from motcua.core import writing
from motcua.core.paging import Page, count_up_to, page
from motcua.integrations.models import Dispatch, DispatchState, Outgoing

_OPEN = (DispatchState.WAITING, DispatchState.FAILED)
_COUNTED = 10_000


def find_waiting(
    cursor: str | None = None,
    *,
    state: str = "",
    destination: str = "",
    reference: str = "",
    agency_ids: Collection[int] | None = None,
    size: int = 50,
) -> Page:
    """Dispatches that wait or failed, the oldest first, each with its ``topic`` and ``reference``.

    :param agency_ids: of these agencies only; None is of all
    """
    open_ = _with_message(_of(agency_ids).filter(state__in=[state] if state else _OPEN))
    if destination:
        open_ = open_.filter(destination=destination)
    if reference:
        open_ = open_.filter(reference=reference)
    return page(open_, order=("id",), cursor=cursor, size=size)


def get_messages(dispatches: Collection[Dispatch]) -> dict[int, Outgoing]:
    """The permanent messages of dispatches, by their number."""
    numbers, moments = {d.outgoing_id for d in dispatches}, {d.outgoing_at for d in dispatches}
    found = Outgoing.objects.filter(pk__in=numbers, at__in=moments)
    return {message.pk: message for message in found}


def find_messages(reference: str) -> list[Outgoing]:
    """Everything a neighbour was to be told of one dossier, the first first."""
    return list(Outgoing.objects.filter(reference=reference).order_by("at", "id"))


def count_by_state(agency_ids: Collection[int] | None = None) -> dict[str, str]:
    """How much waits and how much failed by state, in words, counted to ten thousand."""
    return {state.value: _count(state, agency_ids) for state in _OPEN}


def count_open() -> dict[str, int]:
    """The same as numbers, for the operator's instruments."""
    return {state.value: count_up_to(Dispatch.objects.filter(state=state), _COUNTED)[0] for state in _OPEN}


def _count(state: DispatchState, agency_ids: Collection[int] | None) -> str:
    number, is_more = count_up_to(_of(agency_ids).filter(state=state), _COUNTED)
    return writing.number(number) + ("+" if is_more else "")


def _of(agency_ids: Collection[int] | None) -> QuerySet[Dispatch]:
    every = Dispatch.objects.all()
    return every if agency_ids is None else every.filter(agency_id__in=list(agency_ids))


def _with_message(dispatches: QuerySet[Dispatch]) -> QuerySet[Dispatch]:
    message = Outgoing.objects.filter(pk=OuterRef("outgoing_id"), at=OuterRef("outgoing_at"))
    return dispatches.annotate(topic=Subquery(message.values("topic")[:1]))
