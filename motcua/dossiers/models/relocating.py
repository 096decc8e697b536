"""The statements of a reorganisation: many dossiers moved, each with its tasks, event and record, a thousand at a time."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

_CONCERNED = """
SELECT d.id, d.code, d.revision, d.receiving_unit_id, d.competent_agency_id, d.returning_unit_id, d.field_code
FROM dossiers_dossier d
WHERE d.state = ANY(%(running)s) AND (
    d.receiving_unit_id = ANY(%(units)s) OR d.competent_agency_id = ANY(%(units)s)
    OR d.returning_unit_id = ANY(%(units)s)
    OR d.id IN (SELECT t.dossier_id FROM dossiers_task t WHERE t.done_at IS NULL AND t.unit_id = ANY(%(units)s)))
ORDER BY d.id FOR UPDATE
"""
_TASKS = """
SELECT id, dossier_id, unit_id, post, assignee_id, taken_at, asked_by_unit_id FROM dossiers_task
WHERE done_at IS NULL AND dossier_id = ANY(%s)
"""
_OPINIONS = """
SELECT id, dossier_id, asked_unit_id, asking_unit_id FROM dossiers_opinion
WHERE answered_at IS NULL AND dossier_id = ANY(%s)
"""
_MOVE = """
WITH m AS (
    SELECT * FROM jsonb_to_recordset(%(dossiers)s::jsonb)
        AS m(id bigint, receiving bigint, competent bigint, returning_id bigint, data jsonb, before jsonb)
), d AS (
    UPDATE dossiers_dossier d SET receiving_unit_id = m.receiving, competent_agency_id = m.competent,
        returning_unit_id = m.returning_id, revision = d.revision + 1
    FROM m WHERE d.id = m.id
    RETURNING d.id, d.revision, d.state, d.competent_agency_id, d.received_at, d.applicant_folded, d.initials, m.data,
        m.before
), tasks AS (
    UPDATE dossiers_task t SET unit_id = k.unit_id, assignee_id = k.assignee_id, taken_at = k.taken_at,
        asked_by_unit_id = k.asked_by_unit_id
    FROM jsonb_to_recordset(%(tasks)s::jsonb)
        AS k(id bigint, unit_id bigint, assignee_id bigint, taken_at timestamptz, asked_by_unit_id bigint)
    WHERE t.id = k.id
), opinions AS (
    UPDATE dossiers_opinion o SET asked_unit_id = k.asked_unit_id, asking_unit_id = k.asking_unit_id
    FROM jsonb_to_recordset(%(opinions)s::jsonb) AS k(id bigint, asked_unit_id bigint, asking_unit_id bigint)
    WHERE o.id = k.id
), involved AS (
    INSERT INTO dossiers_involvement (dossier_id, unit_id, role, received_at, applicant_folded, initials)
    SELECT d.id, i.unit_id, %(role)s, d.received_at, d.applicant_folded, d.initials
    FROM d JOIN jsonb_to_recordset(%(involved)s::jsonb) AS i(dossier_id bigint, unit_id bigint) ON i.dossier_id = d.id
    ON CONFLICT (dossier_id, unit_id) DO NOTHING
), event AS (
    INSERT INTO dossiers_event (at, dossier_id, agency_id, act, user_id, person_name, post, unit_id, unit_name,
                                from_state, to_state, revision, data)
    SELECT %(at)s, d.id, d.competent_agency_id, %(act)s, %(user_id)s, %(person_name)s, %(post)s, %(unit_id)s,
           %(unit_name)s, d.state, d.state, d.revision, d.data FROM d
), kept AS (
    INSERT INTO dossiers_relocation (reorganisation_id, dossier_id, revision, before)
    SELECT %(reorganisation_id)s, d.id, d.revision, d.before FROM d WHERE %(keeps)s
)
SELECT count(*) FROM d
"""
_DISINHERIT = "DELETE FROM dossiers_involvement WHERE role = %(role)s AND unit_id = ANY(%(units)s)"
_ACTED_ON = """
SELECT d.code FROM dossiers_relocation r JOIN dossiers_dossier d ON d.id = r.dossier_id
WHERE r.reorganisation_id = %(reorganisation_id)s AND r.undone_at IS NULL AND d.revision <> r.revision LIMIT 1
"""
# What was done at the very moment the units moved counts too: a dossier reopened then holds on to the new units.
_ACTED_SINCE = """
SELECT d.code FROM dossiers_event e JOIN dossiers_dossier d ON d.id = e.dossier_id
WHERE e.at >= %(since)s AND e.act <> 'relocate' AND (
    e.agency_id = ANY(%(units)s) OR e.unit_id = ANY(%(units)s)
    OR (d.receiving_unit_id = ANY(%(units)s) OR d.returning_unit_id = ANY(%(units)s)) AND NOT EXISTS (
        SELECT FROM dossiers_relocation r WHERE r.reorganisation_id = %(reorganisation_id)s AND r.dossier_id = d.id))
LIMIT 1
"""


def find_concerned(units: Sequence[int], running: Sequence[str]) -> list[tuple[Any, ...]]:
    """Running dossiers in these units, locked: id, code, revision, receiving, competent, returning, field."""
    return _read(_CONCERNED, {"units": list(units), "running": list(running)})


def find_open_tasks(dossier_ids: Sequence[int]) -> list[tuple[Any, ...]]:
    """Open tasks: id, dossier, unit, post, assignee, taken at, asking unit."""
    return _read(_TASKS, [list(dossier_ids)])


def find_open_opinions(dossier_ids: Sequence[int]) -> list[tuple[Any, ...]]:
    """Unanswered opinions: id, dossier, asked unit, asking unit."""
    return _read(_OPINIONS, [list(dossier_ids)])


def move_many(parameters: Mapping[str, Any]) -> int:
    """Move a share of dossiers in one statement; how many."""
    return int(_read(_MOVE, parameters)[0][0])


def disinherit(units: Sequence[int], role: str) -> int:
    """Take back the views a reorganisation gave with the work; how many rows."""
    with connection.cursor() as cursor:
        cursor.execute(_DISINHERIT, {"units": list(units), "role": role})
        return cursor.rowcount


def find_acted_on(reorganisation_id: int, units: Sequence[int], since: Any) -> str:
    """A dossier somebody acted on since, or that reached the new units otherwise; empty when there is none."""
    asked = {"reorganisation_id": reorganisation_id, "units": list(units), "since": since}
    found = _read(_ACTED_ON, asked) or _read(_ACTED_SINCE, asked)
    return str(found[0][0]) if found else ""


def _read(sql: str, parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
