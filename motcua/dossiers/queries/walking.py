"""The newest dossiers of all the units one answers for, page by page: the same cost on every page."""

from typing import Any

from motcua.core.paging import Page, page_by
from motcua.core.reading import in_order, read_some
from motcua.dossiers.models import Dossier
from motcua.organisations.rules import Actor
from motcua.people.queries import NameWords, SoughtNames

NEWEST = ("-received_at", "-id")
SHOWN = in_order(Dossier, {
    "id", "code", "joint_id", "revision", "state", "outcome", "applicant_name", "procedure_code", "procedure_name", "received_at",
    "due_at", "finished_at", "returned_at", "limit_unit", "calendar_code", "is_provisional", "competent_agency_id",
    "receiving_unit_id", "channel", "site", "result_delivery", "copies_sets",
})  # fmt: skip
_COLUMNS = ", ".join(f"d.{name}" for name in SHOWN)

# One walk of the index for each unit, each stopped at a page: together they hold the newest of all.
_BY_UNIT = """
SELECT {columns} FROM (
    SELECT DISTINCT walked.received_at, walked.dossier_id
    FROM unnest((SELECT %(scope)s::bigint[])) AS held(unit_id) CROSS JOIN LATERAL (
        SELECT i.received_at, i.dossier_id
        FROM dossiers_involvement i JOIN dossiers_dossier d ON d.id = i.dossier_id
        WHERE i.unit_id = held.unit_id{beyond_unit}{conditions}
        ORDER BY i.received_at {way}, i.dossier_id {way} LIMIT %(limit)s
    ) AS walked
    ORDER BY walked.received_at {way}, walked.dossier_id {way} LIMIT %(limit)s
) AS newest JOIN dossiers_dossier d ON d.id = newest.dossier_id
ORDER BY newest.received_at {way}, newest.dossier_id {way}
"""
# One short walk for each name, within the index; only the page itself is read from the table.
_BY_NAME = """
SELECT {columns} FROM (
    SELECT walked.received_at, walked.id
    FROM (SELECT DISTINCT name_id FROM ({names}) AS found) AS asked CROSS JOIN LATERAL (
        SELECT d.received_at, d.id FROM dossiers_dossier d
        WHERE d.name_id = asked.name_id{within}{beyond}
        ORDER BY d.received_at {way}, d.id {way} LIMIT %(limit)s
    ) AS walked
    ORDER BY walked.received_at {way}, walked.id {way} LIMIT %(limit)s
) AS newest JOIN dossiers_dossier d ON d.id = newest.id
ORDER BY newest.received_at {way}, newest.id {way}
"""
# The names within one's units in one sweep of their index: what a unit has is little beside the names it may have.
_BY_NAME_AND_UNIT = """
SELECT {columns} FROM (
    SELECT DISTINCT i.received_at, i.dossier_id FROM dossiers_involvement i
    WHERE i.unit_id = ANY((SELECT %(scope)s::bigint[])::bigint[])
    AND i.name_id = ANY((SELECT array_agg(name_id) FROM ({names}) AS found)::bigint[]){beyond_unit}
    ORDER BY i.received_at {way}, i.dossier_id {way} LIMIT %(limit)s
) AS newest JOIN dossiers_dossier d ON d.id = newest.dossier_id
ORDER BY newest.received_at {way}, newest.dossier_id {way}
"""
# Words that many names hold: the newest are gone through, all or so many of them (in a unit counted, over the province since a
# moment). The order and the limit within keep the walk in the index of the newest; the words' bits, which stand in it, pass by
# other names, and each dossier left is looked at by itself (the OFFSET), so that a page that is filled early ends the walk.
_WORDS_BY_UNIT = """
SELECT {columns} FROM (
    SELECT DISTINCT walked.received_at, walked.dossier_id
    FROM unnest((SELECT %(scope)s::bigint[])) AS held(unit_id) CROSS JOIN LATERAL (
        SELECT i.received_at, i.dossier_id FROM (
            SELECT i.received_at, i.dossier_id FROM (
                SELECT i.received_at, i.dossier_id, i.initials FROM dossiers_involvement i
                WHERE i.unit_id = held.unit_id{beyond_unit}
                ORDER BY i.received_at {way}, i.dossier_id {way} LIMIT %(window)s
            ) AS i
            WHERE i.initials & (SELECT %(initials)s::bigint) = (SELECT %(initials)s::bigint)
            ORDER BY i.received_at {way}, i.dossier_id {way} LIMIT %(opened)s
        ) AS i CROSS JOIN LATERAL (
            SELECT FROM dossiers_dossier d WHERE d.id = i.dossier_id{conditions} OFFSET 0
        ) AS borne
        ORDER BY i.received_at {way}, i.dossier_id {way} LIMIT %(limit)s
    ) AS walked
    ORDER BY walked.received_at {way}, walked.dossier_id {way} LIMIT %(limit)s
) AS newest JOIN dossiers_dossier d ON d.id = newest.dossier_id
ORDER BY newest.received_at {way}, newest.dossier_id {way}
"""
_WORDS_OVER_ALL = """
SELECT {columns} FROM (
    SELECT n.received_at, n.id FROM (
        SELECT d.received_at, d.id FROM dossiers_dossier d
        WHERE d.initials & (SELECT %(initials)s::bigint) = (SELECT %(initials)s::bigint){within}{beyond}
        ORDER BY d.received_at {way}, d.id {way} LIMIT %(opened)s
    ) AS n CROSS JOIN LATERAL (
        SELECT FROM dossiers_dossier d WHERE d.id = n.id{conditions} OFFSET 0
    ) AS borne
    ORDER BY n.received_at {way}, n.id {way} LIMIT %(limit)s
) AS newest JOIN dossiers_dossier d ON d.id = newest.id
ORDER BY newest.received_at {way}, newest.id {way}
"""
# So many dossiers are opened for one shown, in a walk that may give up: the bits of a word that many others share tell little.
_OPENED = 16
# Since about so many dossiers were received, in the whole province: the moment is found by the number, in one step.
_WITHIN = """ AND d.received_at >= (
    SELECT b.received_at FROM dossiers_dossier b
    WHERE b.id >= (SELECT max(id) FROM dossiers_dossier) - (SELECT %(window)s::bigint) ORDER BY b.id LIMIT 1)"""
# As the index of names reads a name: only letters and digits are words, and a space stands at both ends.
_MARKS = "-.,;:/&()[]''\"+*#!?@=<>_|–—“”‘’…"
_SPACED = f"' ' || translate(d.applicant_folded, '{_MARKS}', '{' ' * (len(_MARKS) - 1)}') || ' '"
_HOLDS = f" AND {_SPACED} LIKE ALL ((SELECT string_to_array(%(words)s::text, E'\\n'))::text[])"
# When the conditions themselves are rare, or everything may be seen: the dossiers, newest first.
_OVER_ALL = """
SELECT {columns} FROM dossiers_dossier d
WHERE true{beyond}{conditions}{held}
ORDER BY d.received_at {way}, d.id {way} LIMIT %(limit)s
"""
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
        sign = "<" if walk == NEWEST else ">"
        by_unit = not (actor.sees_all or is_rare)
        # The day of receipt is kept in the index of involvements too: there it ends the walk, in the dossier it would not.
        narrowed = conditions.replace("d.received_at", "i.received_at") if by_unit else conditions
        sql = (_BY_UNIT if by_unit else _OVER_ALL).format(
            columns=_COLUMNS,
            conditions=narrowed,
            beyond=_write_beyond("d.received_at, d.id", sign) if beyond else "",
            beyond_unit=_write_beyond("i.received_at, i.dossier_id", sign) if beyond else "",
            held="" if actor.sees_all else _HELD,
            way="DESC" if walk == NEWEST else "ASC",
        )
        return read_some(Dossier, SHOWN, sql, given)

    return page_by(fetch, Dossier.objects.all(), order=NEWEST, cursor=cursor, size=size)


def walk_names(
    actor: Actor, names: SoughtNames, *, cursor: str | None, size: int, among: int | None = None
) -> Page:
    """Dossiers of people who bear one of these names, newest first, of the units one answers for.

    :param among: about so many of the newest of the province only, for who sees all of it
    :raises Refused: the cursor is not one of ours.
    """
    ids, values = names.write_ids()

    def fetch(walk: tuple[str, ...], beyond: list[Any] | None, limit: int) -> list[Dossier]:
        given: dict[str, Any] = values | {"scope": sorted(actor.reads), "limit": limit, "window": among}
        if beyond:
            given |= {"from_at": beyond[0], "from_id": beyond[1]}
        sign = "<" if walk == NEWEST else ">"
        sql = (_BY_NAME if actor.sees_all else _BY_NAME_AND_UNIT).format(
            columns=_COLUMNS,
            names=ids,
            within=_WITHIN if among and walk == NEWEST else "",
            beyond=_write_beyond("d.received_at, d.id", sign) if beyond else "",
            beyond_unit=_write_beyond("i.received_at, i.dossier_id", sign) if beyond else "",
            way="DESC" if walk == NEWEST else "ASC",
        )
        return read_some(Dossier, SHOWN, sql, given)

    return page_by(fetch, Dossier.objects.all(), order=NEWEST, cursor=cursor, size=size)


def walk_words(
    actor: Actor, words: NameWords, *, cursor: str | None, size: int, among: int | None = None
) -> Page:
    """Dossiers of people whose name holds all these words, where so many names do that they are not listed.

    :param among: so many of the newest only, and no more of them opened than are likely to do; what these do not fill
        may go on among the others
    :raises Refused: the cursor is not one of ours.
    """
    # At the beginning of a word, as the index of names has it: `anh` is not in `thanh`. However many words: one statement.
    asked = [*(f"% {word} %" for word in words.whole), *(f"% {word}%" for word in words.unfinished)]
    parameters: dict[str, Any] = {"words": "\n".join(asked), "initials": words.initials}

    def fetch(walk: tuple[str, ...], beyond: list[Any] | None, limit: int) -> list[Dossier]:
        given: dict[str, Any] = {**parameters, "scope": sorted(actor.reads), "limit": limit, "window": among}
        given["opened"] = None if among is None else _OPENED * limit
        if beyond:
            given |= {"from_at": beyond[0], "from_id": beyond[1]}
        sign = "<" if walk == NEWEST else ">"
        sql = (_WORDS_OVER_ALL if actor.sees_all else _WORDS_BY_UNIT).format(
            columns=_COLUMNS,
            conditions=_HOLDS,
            within=_WITHIN if among and walk == NEWEST else "",
            beyond=_write_beyond("d.received_at, d.id", sign) if beyond else "",
            beyond_unit=_write_beyond("i.received_at, i.dossier_id", sign) if beyond else "",
            way="DESC" if walk == NEWEST else "ASC",
        )
        return read_some(Dossier, SHOWN, sql, given)

    return page_by(fetch, Dossier.objects.all(), order=NEWEST, cursor=cursor, size=size)


def _write_beyond(place: str, sign: str) -> str:
    return f" AND ({place}) {sign} (%(from_at)s, %(from_id)s)"
