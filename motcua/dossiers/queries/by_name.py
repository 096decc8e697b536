"""Dossiers by the applicant's name, newest first: by its words stretch by stretch, by names looked up, or by going through all.

Two indexes keep the words of every dossier behind a stretch of time (migration 0031): behind each unit and 64 days, and behind
each day of the whole province. A question goes from stretch to stretch until its page is filled, so that what it costs depends
little on how many names hold the words, and on how long the archive is only where the page is never filled.
"""

from collections.abc import Callable, Sequence
from typing import Any

from motcua.core.paging import Page, page_by
from motcua.core.reading import read_some
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.walking import FROM_AT, NEWEST, SHOWN, show_newest, write_beyond
from motcua.organisations.rules import Actor
from motcua.people.queries import NameWords, SoughtNames

NEWEST_STRETCHES = 30
"""So many days of the whole province are asked for words before their names are looked up after all."""
_DAYS_OF_UNIT = 64


def _write_day(moment: str) -> str:
    return f"(({moment} AT TIME ZONE 'UTC')::date - '2000-01-01'::date)"


def _write_words(behind: str) -> str:
    """The text of the index to the letter: written otherwise, it would not be used."""
    return f"array_to_tsvector(string_to_array({behind} || replace(i.applicant_folded, ' ', ' ' || {behind}), ' '))"


_DAY = _write_day("i.received_at")
_OF_DAY = _write_words(f"({_DAY}::text || ':')")
_OF_UNIT = _write_words(f"(i.unit_id::text || ':' || ({_DAY} / {_DAYS_OF_UNIT})::text || ':')")
# No value stands where the planner could see it, or it would plan anew each time (`core.reading`): a limit least of all.
# Stretches in order, so that sorting goes on within one of them and a filled page ends it; each is asked by itself (the OFFSET).
_BY_WORDS = show_newest("""
    SELECT walked.received_at, walked.dossier_id
    FROM (SELECT stretch FROM generate_series({first}, {last}, {step}) AS stretch ORDER BY stretch {way}) AS held
    CROSS JOIN LATERAL (
        SELECT DISTINCT i.received_at, i.dossier_id{kept}
        WHERE true{conditions}{beyond} OFFSET 0
    ) AS walked
    ORDER BY held.stretch {way}, walked.received_at {way}, walked.dossier_id {way} LIMIT (SELECT %(limit)s::bigint)
""")
_ASKED = "replace((SELECT %(asked)s::text), '@', {behind} || ':')::tsquery"
_IN_UNITS = f"""
        FROM unnest((SELECT %(scope)s::bigint[])) AS held_by(unit_id)
        CROSS JOIN LATERAL (SELECT {_ASKED.format(behind="held_by.unit_id || ':' || held.stretch")} AS asked OFFSET 0) AS put
        CROSS JOIN LATERAL (SELECT i.* FROM dossiers_involvement i WHERE {_OF_UNIT} @@ put.asked OFFSET 0) AS i"""
# Each dossier has a row of the unit that received it: over the whole province one row for each is enough.
_OVER_ALL = f"""
        FROM (SELECT {_ASKED.format(behind="held.stretch")} AS asked OFFSET 0) AS put
        CROSS JOIN LATERAL (
            SELECT i.* FROM dossiers_involvement i WHERE i.role = 'receives' AND {_OF_DAY} @@ put.asked OFFSET 0
        ) AS i"""
_NEWEST_AT, _OLDEST_AT = (f"(SELECT {end}(received_at) FROM dossiers_dossier)" for end in ("max", "min"))
# One short walk for each name, within the index; only the page itself is read from the table.
_BY_NAME = show_newest("""
    SELECT walked.received_at, walked.id AS dossier_id
    FROM (SELECT DISTINCT name_id FROM ({names}) AS found) AS asked CROSS JOIN LATERAL (
        SELECT d.received_at, d.id FROM dossiers_dossier d
        WHERE d.name_id = asked.name_id{beyond}
        ORDER BY d.received_at {way}, d.id {way} LIMIT (SELECT %(limit)s::bigint)
    ) AS walked
    ORDER BY walked.received_at {way}, walked.id {way} LIMIT (SELECT %(limit)s::bigint)
""")
# Words that very many names hold: the newest are gone through. The order within, and a limit the
# planner cannot know, keep the walk in the index of the newest; the words' bits, which stand in it, pass by other names, and
# each dossier left is looked at by itself (the OFFSET).
_WALK_BY_UNIT = show_newest("""
    SELECT DISTINCT walked.received_at, walked.dossier_id
    FROM unnest((SELECT %(scope)s::bigint[])) AS held(unit_id) CROSS JOIN LATERAL (
        SELECT i.received_at, i.dossier_id FROM (
            SELECT i.received_at, i.dossier_id FROM dossiers_involvement i
            WHERE i.unit_id = held.unit_id{beyond_unit}
            AND i.initials & (SELECT %(initials)s::bigint) = (SELECT %(initials)s::bigint)
            ORDER BY i.received_at {way}, i.dossier_id {way} LIMIT (SELECT NULL::bigint)
        ) AS i CROSS JOIN LATERAL (
            SELECT FROM dossiers_dossier d WHERE d.id = i.dossier_id{conditions} OFFSET 0
        ) AS borne
        ORDER BY i.received_at {way}, i.dossier_id {way} LIMIT (SELECT %(limit)s::bigint)
    ) AS walked
    ORDER BY walked.received_at {way}, walked.dossier_id {way} LIMIT (SELECT %(limit)s::bigint)
""")
_WALK_OVER_ALL = show_newest("""
    SELECT n.received_at, n.id AS dossier_id FROM (
        SELECT d.received_at, d.id FROM dossiers_dossier d
        WHERE d.initials & (SELECT %(initials)s::bigint) = (SELECT %(initials)s::bigint){beyond}
        ORDER BY d.received_at {way}, d.id {way} LIMIT (SELECT NULL::bigint)
    ) AS n CROSS JOIN LATERAL (
        SELECT FROM dossiers_dossier d WHERE d.id = n.id{conditions} OFFSET 0
    ) AS borne
    ORDER BY n.received_at {way}, n.id {way} LIMIT (SELECT %(limit)s::bigint)
""")
# At the beginning of a word, as the index of names has it: `anh` is not in `thanh`. However many words: one statement.
_HOLDS = " AND ' ' || {row}.applicant_folded || ' ' LIKE ALL ((SELECT string_to_array(%(words)s::text, E'\\n'))::text[])"


def find_by_words(
    actor: Actor, names: SoughtNames, *, cursor: str | None, size: int, stretches: int | None = None
) -> Page:
    """Dossiers of people whose name holds all these words, stretch by stretch, of the units one answers for.

    :param stretches: no more than these from where one stands; what they do not fill may go on before them
    :raises Refused: the cursor is not one of ours.
    """
    given = {"asked": " & ".join(map(_write_asked, names.leading)), "words": _write_patterns(names.others)}

    def write(is_newest: bool, is_beyond: bool) -> str:
        start = FROM_AT if is_beyond else _NEWEST_AT
        first, last = (_write_day(at) for at in (start, _OLDEST_AT if is_newest else _NEWEST_AT))
        if not actor.sees_all:
            first, last = f"{first} / {_DAYS_OF_UNIT}", f"{last} / {_DAYS_OF_UNIT}"
        if stretches and is_newest:
            last = f"greatest({last}, {first} - {stretches - 1})"
        return _BY_WORDS.format(
            first=first,
            last=last,
            step=-1 if is_newest else 1,
            kept=_OVER_ALL if actor.sees_all else _IN_UNITS,
            conditions=_HOLDS.format(row="i"),
            beyond=write_beyond("i.received_at, i.dossier_id", is_newest, is_beyond),
            way="DESC" if is_newest else "ASC",
        )

    return _read_page(actor, write, given, cursor, size)


def find_by_names(actor: Actor, names: SoughtNames, *, cursor: str | None, size: int) -> Page:
    """Dossiers of people who bear one of these names, for who sees the whole province.

    :raises Refused: the cursor is not one of ours.
    """
    ids, values = names.write_ids()

    def write(is_newest: bool, is_beyond: bool) -> str:
        beyond = write_beyond("d.received_at, d.id", is_newest, is_beyond)
        return _BY_NAME.format(names=ids, beyond=beyond, way="DESC" if is_newest else "ASC")

    return _read_page(actor, write, values, cursor, size)


def walk_words(actor: Actor, words: NameWords, *, cursor: str | None, size: int) -> Page:
    """Dossiers of people whose name holds all these words, where so many do that the next is never far.

    :raises Refused: the cursor is not one of ours.
    """
    given = {"words": _write_patterns(words.written), "initials": words.initials}

    def write(is_newest: bool, is_beyond: bool) -> str:
        return (_WALK_OVER_ALL if actor.sees_all else _WALK_BY_UNIT).format(
            conditions=_HOLDS.format(row="d"),
            beyond=write_beyond("d.received_at, d.id", is_newest, is_beyond),
            beyond_unit=write_beyond("i.received_at, i.dossier_id", is_newest, is_beyond),
            way="DESC" if is_newest else "ASC",
        )

    return _read_page(actor, write, given, cursor, size)


def _write_asked(word: str) -> str:
    """A word behind a stretch to be named; one without a space at its end may go on."""
    return f"'@{word.rstrip()}'" + ("" if word.endswith(" ") else ":*")


def _write_patterns(written: Sequence[str]) -> str:
    return "\n".join(f"% {word}%" for word in written)


def _read_page(
    actor: Actor, write: Callable[[bool, bool], str], values: dict[str, Any], cursor: str | None, size: int
) -> Page:
    """The page of the statement written for a way through the newest, and for a place to begin behind or none."""

    def fetch(walk: tuple[str, ...], beyond: list[Any] | None, limit: int) -> list[Dossier]:
        given: dict[str, Any] = values | {"scope": sorted(actor.reads), "limit": limit}
        if beyond:
            given |= {"from_at": beyond[0], "from_id": beyond[1]}
        return read_some(Dossier, SHOWN, write(walk == NEWEST, bool(beyond)), given)

    return page_by(fetch, Dossier.objects.all(), order=NEWEST, cursor=cursor, size=size)
