"""The newest dossiers of all the units one answers for, page by page: the same cost on every page."""

from typing import Any

from motcua.core.paging import Page, page_by
from motcua.core.reading import in_order, read_some
from motcua.dossiers.models import Dossier
from motcua.organisations.rules import Actor

NEWEST = ("-received_at", "-id")
SHOWN = in_order(Dossier, {
    "id", "code", "joint_id", "revision", "state", "outcome", "applicant_name", "procedure_code", "procedure_name", "received_at",
    "due_at", "finished_at", "returned_at", "limit_unit", "calendar_code", "is_provisional", "competent_agency_id",
    "receiving_unit_id", "channel", "site", "result_delivery", "copies_sets",
})  # fmt: skip
_COLUMNS = ", ".join(f"d.{name}" for name in SHOWN)


def show_newest(inner: str) -> str:
    """The statement that shows the dossiers of another, which gives `received_at` and `dossier_id` of one page."""
    return (
        f"SELECT {_COLUMNS} FROM ({inner}) AS newest JOIN dossiers_dossier d ON d.id = newest.dossier_id "
        "ORDER BY newest.received_at {way}, newest.dossier_id {way}"
    )


FROM_AT = "(SELECT %(from_at)s::timestamptz)"
# One walk of the index for each unit, each stopped at a page: together they hold the newest of all.
_BY_UNIT = show_newest("""
    SELECT DISTINCT walked.received_at, walked.dossier_id
    FROM unnest((SELECT %(scope)s::bigint[])) AS held(unit_id) CROSS JOIN LATERAL (
        SELECT i.received_at, i.dossier_id
        FROM dossiers_involvement i JOIN dossiers_dossier d ON d.id = i.dossier_id
        WHERE i.unit_id = held.unit_id{beyond_unit}{conditions}
        ORDER BY i.received_at {way}, i.dossier_id {way} LIMIT (SELECT %(limit)s::bigint)
    ) AS walked
    ORDER BY walked.received_at {way}, walked.dossier_id {way} LIMIT (SELECT %(limit)s::bigint)
""")
# When the conditions themselves are rare, or everything may be seen: the dossiers, newest first.
_OVER_ALL = (
    f"SELECT {_COLUMNS} FROM dossiers_dossier d WHERE true{{beyond}}{{conditions}}{{held}} "
    "ORDER BY d.received_at {way}, d.id {way} LIMIT (SELECT %(limit)s::bigint)"
)
_HELD = " AND EXISTS (SELECT 1 FROM dossiers_involvement i WHERE i.dossier_id = d.id AND i.unit_id = ANY((SELECT %(scope)s::bigint[])::bigint[]))"


def walk_newest(
    actor: Actor,
    conditions: str,
    parameters: dict[str, Any],
    *,
    cursor: str | None,
    size: int,
    is_rare: bool = False,
) -> Page:
    """Dossiers of the actor's units and those below, newest first, that meet the conditions over `d`.

    :raises Refused: the cursor is not one of ours.
    """

    def fetch(walk: tuple[str, ...], beyond: list[Any] | None, limit: int) -> list[Dossier]:
        given = parameters | {"scope": sorted(actor.reads), "limit": limit}
        if beyond:
            given |= {"from_at": beyond[0], "from_id": beyond[1]}
        is_newest, is_beyond = walk == NEWEST, bool(beyond)
        by_unit = not (actor.sees_all or is_rare)
        # The day of receipt is kept in the index of involvements too: there it ends the walk, in the dossier it would not.
        narrowed = conditions.replace("d.received_at", "i.received_at") if by_unit else conditions
        sql = (_BY_UNIT if by_unit else _OVER_ALL).format(
            conditions=narrowed,
            beyond=write_beyond("d.received_at, d.id", is_newest, is_beyond),
            beyond_unit=write_beyond("i.received_at, i.dossier_id", is_newest, is_beyond),
            held="" if actor.sees_all else _HELD,
            way="DESC" if is_newest else "ASC",
        )
        return read_some(Dossier, SHOWN, sql, given)

    return page_by(fetch, Dossier.objects.all(), order=NEWEST, cursor=cursor, size=size)


def write_beyond(place: str, is_newest: bool, is_beyond: bool) -> str:
    """The condition of what follows a place in the order of the walk, if one begins behind a place."""
    sign = "<" if is_newest else ">"
    return f" AND ({place}) {sign} ({FROM_AT}, (SELECT %(from_id)s::bigint))" if is_beyond else ""
