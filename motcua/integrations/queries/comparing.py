"""What we told a neighbour last, dossier by dossier, to lay beside what it says itself."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from motcua.core import writing
from motcua.core.paging import Page, count_up_to, page
from motcua.integrations.models import Difference

# The last word of each reference told lately; one that still waits is no difference yet.
_LAST_TOLD = """
SELECT reference, sequence, agency_id, outgoing_id FROM (
    SELECT DISTINCT ON (d.reference) d.reference, d.sequence, d.agency_id, d.outgoing_id, d.state
    FROM integrations_dispatch d
    WHERE d.destination = %(destination)s AND d.reference IN (
        SELECT DISTINCT reference FROM integrations_dispatch
        WHERE destination = %(destination)s AND reference > %(after)s AND sent_at >= %(since)s
        ORDER BY reference LIMIT %(size)s)
    ORDER BY d.reference, d.sequence DESC, d.outgoing_id DESC
) last ORDER BY reference
"""
_STATES = """
SELECT reference, bool_or(state IN ('waiting', 'failed')) FROM integrations_dispatch
WHERE destination = %s AND reference = ANY(%s) GROUP BY reference
"""
_STATUSES = "SELECT id, payload->'status' FROM integrations_outgoing WHERE id = ANY(%s)"


@dataclass(frozen=True, slots=True)
class LastTold:
    """What a neighbour should be saying of a reference."""

    reference: str
    sequence: int
    agency_id: int
    status: int
    is_settling: bool
    """Whether something of it still waits to be told."""


def walk_last_told(destination: str, since: datetime, size: int = 200) -> Iterator[list[LastTold]]:
    """The references told since a moment, by pages, in the order of their names."""
    after = ""
    while rows := _read_page({"destination": destination, "since": since, "after": after, "size": size}):
        yield rows
        after = rows[-1].reference


def find_differences(
    cursor: str | None = None,
    *,
    reference: str = "",
    agency_ids: Collection[int] | None = None,
    size: int = 50,
) -> Page:
    """Differences not settled yet, the oldest first; of these agencies only, None is of all."""
    open_ = _of(agency_ids)
    if reference:
        open_ = open_.filter(reference=reference)
    return page(open_, order=("id",), cursor=cursor, size=size)


def count_differences(agency_ids: Collection[int] | None = None) -> str:
    """How many are not settled, in words, counted to ten thousand."""
    number, is_more = count_up_to(_of(agency_ids), 10_000)
    return writing.number(number) + ("+" if is_more else "")


def _of(agency_ids: Collection[int] | None) -> QuerySet[Difference]:
    open_ = Difference.objects.filter(settled_at=None)
    return open_ if agency_ids is None else open_.filter(agency_id__in=list(agency_ids))


def _read_page(asked: dict[str, Any]) -> list[LastTold]:
    with connection.cursor() as cursor:
        cursor.execute(_LAST_TOLD, asked)
        rows = cursor.fetchall()
        cursor.execute(_STATES, [asked["destination"], [row[0] for row in rows]])
        settling = dict(cursor.fetchall())
        cursor.execute(_STATUSES, [[row[3] for row in rows]])
        statuses = dict(cursor.fetchall())
    return [
        LastTold(reference, sequence, agency_id, int(statuses.get(number) or 0), settling[reference])
        for reference, sequence, agency_id, number in rows
    ]
