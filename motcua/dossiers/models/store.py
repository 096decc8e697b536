"""The writes of the desk, each one statement: a dossier with all its rows, parts of a whole, and an act's steps."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from motcua.core.drafts import Draft, name_values
from motcua.core.prepared import open_cursor

Row = Mapping[str, Any]

# Shared by all: rows of a step name their dossier, those of a new one have no number to name yet.
_TASKS = """
    INSERT INTO dossiers_task (dossier_id, kind, step_no, name, post, unit_id, assignee_id, hours, opened_at, due_at,
                               outcome, asked_by_unit_id)
    SELECT d.id, t.kind, t.step_no, t.name, t.post, t.unit_id, t.assignee_id, t.hours, t.opened_at, t.due_at,
           '', t.asked_by_unit_id
    FROM d, jsonb_to_recordset(%(tasks)s::jsonb) AS t(dossier_id bigint, kind text, step_no int, name text, post text,
         unit_id bigint, assignee_id bigint, hours numeric, opened_at timestamptz, due_at timestamptz,
         asked_by_unit_id bigint)
    WHERE COALESCE(t.dossier_id, d.id) = d.id
    RETURNING id, dossier_id, unit_id, kind
"""
_INVOLVED = """
    INSERT INTO dossiers_involvement (dossier_id, unit_id, role, received_at, applicant_folded, initials)
    SELECT d.id, i.unit_id, i.role, d.received_at, d.applicant_folded, d.initials
    FROM d, jsonb_to_recordset(%(involved)s::jsonb) AS i(dossier_id bigint, unit_id bigint, role text)
    WHERE COALESCE(i.dossier_id, d.id) = d.id
    ON CONFLICT (dossier_id, unit_id) DO NOTHING
"""
_NOTES = """
    INSERT INTO dossiers_note (dossier_id, revision, at, text, basis)
    SELECT d.id, d.revision, %(at)s, n.text, n.basis
    FROM d, jsonb_to_recordset(%(notes)s::jsonb) AS n(dossier_id bigint, text text, basis text)
    WHERE COALESCE(n.dossier_id, d.id) = d.id
"""
_EVENT = """
    INSERT INTO dossiers_event (at, dossier_id, agency_id, act, user_id, person_name, post, unit_id, unit_name,
                                from_state, to_state, revision, data)
    SELECT %(at)s, d.id, d.competent_agency_id, %(act)s, %(user_id)s, %(person_name)s, %(post)s, %(unit_id)s,
           %(unit_name)s, e.from_state, d.state, d.revision, e.event_data
    FROM d, jsonb_to_recordset(%(events)s::jsonb) AS e(dossier_id bigint, from_state text, event_data jsonb)
    WHERE COALESCE(e.dossier_id, d.id) = d.id
    ORDER BY d.id
"""
_PEOPLE = """
    INSERT INTO dossiers_party (dossier_id, role, person_id, kind, full_name, birth_text, sex, address, id_kind,
                                id_enc, phone_enc, email, authorisation)
"""
_PARTIES = """
    SELECT d.id, p.role, p.person_id, p.kind, p.full_name, p.birth_text, p.sex, p.address, p.id_kind,
           decode(p.id_hex, 'hex'), decode(p.phone_hex, 'hex'), p.email, p.authorisation
    FROM d, jsonb_to_recordset(%(parties)s::jsonb) AS p(role text, person_id bigint, kind text, full_name text,
         birth_text text, sex text, address text, id_kind text, id_hex text, phone_hex text, email text,
         authorisation text)
"""
_PAPERS = """
    INSERT INTO dossiers_part (dossier_id, component_id, name, originals, copies, is_present, note)
    SELECT d.id, p.component_id, p.name, p.originals, p.copies, p.is_present, p.note
    FROM d, jsonb_to_recordset(%(parts)s::jsonb) AS p(dossier_id bigint, component_id bigint, name text, originals int,
         copies int, is_present boolean, note text)
    WHERE COALESCE(p.dossier_id, d.id) = d.id
    RETURNING id, dossier_id, component_id
"""
_FILES = """
    INSERT INTO dossiers_partfile (part_id, file_id)
    SELECT parts.id, s.id
    FROM jsonb_to_recordset(%(files)s::jsonb) AS f(component_id bigint, file_id bigint)
    JOIN parts USING (component_id)
    JOIN documents_storedfile s ON s.id = f.file_id AND s.uploaded_by_id = %(user_id)s
    ORDER BY s.id
    RETURNING id
"""
_RECEIVE = """
WITH counter AS (
    INSERT INTO dossiers_counter (series, agency_key, period, last)
    VALUES ('dossier', %(agency_key)s, %(period)s, 1)
    ON CONFLICT (series, agency_key, period) DO UPDATE SET last = dossiers_counter.last + 1
    RETURNING last
), d AS (
    INSERT INTO dossiers_dossier (code, {columns})
    SELECT %(prefix)s || lpad(last::text, greatest(4, length(last::text)), '0'), {values} FROM counter
    RETURNING *
) {rows}
SELECT d.id, d.code, {attached} FROM d
"""
_STEP = """
WITH d AS (
    UPDATE dossiers_dossier SET revision = revision + 1 {changes} WHERE id IN ({places}) RETURNING *
) {rows}
SELECT d.id, d.revision FROM d
"""
_CLOSED = """
    UPDATE dossiers_task t SET outcome = c.outcome, done_at = COALESCE(t.done_at, %(at)s),
        done_by_id = COALESCE(t.done_by_id, %(user_id)s), taken_at = COALESCE(t.taken_at, %(at)s)
    FROM jsonb_to_recordset(%(closed)s::jsonb) AS c(id bigint, outcome text) WHERE t.id = c.id
"""
_TAKEN = """
    UPDATE dossiers_task t SET assignee_id = k.assignee_id, taken_at = COALESCE(t.taken_at, %(at)s)
    FROM jsonb_to_recordset(%(taken)s::jsonb) AS k(id bigint, assignee_id bigint) WHERE t.id = k.id
"""
_MOVED = """
    UPDATE dossiers_task t SET due_at = m.due_at
    FROM jsonb_to_recordset(%(moved)s::jsonb) AS m(id bigint, due_at timestamptz) WHERE t.id = m.id
"""
_OPINIONS = """
    INSERT INTO dossiers_opinion (dossier_id, task_id, asked_unit_id, asking_unit_id, question, asked_at, due_at,
                                  answered_by_name, answer, silence, silence_basis, outside_name)
    SELECT tasks.dossier_id, tasks.id, o.asked_unit_id, %(unit_id)s, o.question, %(at)s, o.due_at, '', '',
           COALESCE(o.silence, 'waits'), COALESCE(o.silence_basis, ''), COALESCE(o.outside_name, '')
    FROM tasks JOIN jsonb_to_recordset(%(opinions)s::jsonb) AS o(dossier_id bigint, asked_unit_id bigint, question text,
         due_at timestamptz, silence text, silence_basis text, outside_name text)
      ON tasks.dossier_id = o.dossier_id AND tasks.unit_id = o.asked_unit_id AND tasks.kind = 'opinion'
"""
_BEGIN = """
d AS (
    INSERT INTO dossiers_dossier (id, code, {columns}) VALUES {values} RETURNING *
) {rows}
"""
_CHECKED_FILES = """
    INSERT INTO dossiers_partfile (part_id, file_id)
    SELECT parts.id, f.file_id
    FROM jsonb_to_recordset(%(files)s::jsonb) AS f(dossier_id bigint, component_id bigint, file_id bigint)
    JOIN parts USING (dossier_id, component_id)
    ORDER BY f.file_id
"""
# People of a part are those of the part that lets it begin, whose units may be read by the others from now on.
_COPIES = """
    SELECT d.id, p.role, p.person_id, p.kind, p.full_name, p.birth_text, p.sex, p.address, p.id_kind,
           p.id_enc, p.phone_enc, p.email, p.authorisation
    FROM d, dossiers_party p WHERE p.dossier_id = %(giver_id)s ORDER BY d.id, p.id
"""
_READS = """
, reads AS (
    INSERT INTO dossiers_involvement (dossier_id, unit_id, role, received_at, applicant_folded, initials)
    SELECT DISTINCT g.id, i.unit_id, 'joint', g.received_at, g.applicant_folded, g.initials
    FROM dossiers_dossier g, jsonb_to_recordset(%(involved)s::jsonb) AS i(unit_id bigint) WHERE g.id = %(giver_id)s
    ON CONFLICT (dossier_id, unit_id) DO NOTHING
)
"""
# Rows that stand beside a dossier, in their order; a statement names only those an act has, each opens its table anew.
_BESIDE = {
    "parties": _PEOPLE + _PARTIES, "parts": _PAPERS, "files": _FILES, "closed": _CLOSED, "taken": _TAKEN, "moved": _MOVED,
    "tasks": _TASKS, "opinions": _OPINIONS, "involved": _INVOLVED, "notes": _NOTES, "events": _EVENT,
}  # fmt: skip
_COPIED = {"parties": _PEOPLE + _COPIES}


def _join_rows(kinds: Collection[str], other: Mapping[str, str]) -> str:
    texts = {**_BESIDE, **other}
    return "".join(f", {kind} AS ({texts[kind]})" for kind in _BESIDE if kind in kinds)


_BEGUN = """
begun AS (
    UPDATE dossiers_jointpart p SET dossier_id = b.dossier_id, dropped_at = NULL
    FROM (VALUES {pairs}) AS b(part_id, dossier_id) WHERE p.id = b.part_id
)
"""
_FILED = """
SELECT EXISTS (SELECT 1 FROM documents_storedfile WHERE id = %s AND uploaded_by_id = %s),
       EXISTS (SELECT 1 FROM dossiers_part p JOIN dossiers_partfile f ON f.part_id = p.id WHERE p.dossier_id = %s)
"""


def insert_received(
    dossier: Row,
    *,
    prefix: str,
    agency_key: str,
    period: str,
    parties: Sequence[Row],
    parts: Sequence[Row],
    files: Sequence[Row],
    event: Row,
    rows: Mapping[str, Sequence[Row]],
) -> tuple[int, str, int]:
    """Number the dossier and insert it with its rows by kind; its id, code and how many files were attached.

    A file is attached only when the same person put it in, so that a number typed by hand opens nothing.
    """
    beside = {"parties": parties, "parts": parts, "files": files, **rows}
    kinds = tuple(kind for kind, kept in beside.items() if kept)
    parameters = {
        **event,
        **{kind: _json(beside[kind]) for kind in kinds},
        **{f"d_{name}": value for name, value in dossier.items()},
        "prefix": prefix,
        "agency_key": agency_key,
        "period": period,
    }
    with open_cursor() as cursor:
        cursor.execute(_make_receipt(tuple(dossier), kinds), parameters)
        return cursor.fetchone()


@cache
def _make_receipt(columns: tuple[str, ...], kinds: tuple[str, ...]) -> str:
    return _RECEIVE.format(
        columns=", ".join(columns),
        values=", ".join(f"%(d_{name})s" for name in columns),
        rows=_join_rows(kinds, {}),
        attached="(SELECT count(*) FROM files)" if "files" in kinds else "0",
    )


@dataclass(frozen=True, slots=True)
class Step:
    """What an act does to one dossier beside the columns it changes: its event, tasks, questions, units and notes."""

    dossier_id: int
    event: Row
    closed: Sequence[Row] = ()
    taken: Sequence[Row] = ()
    moved: Sequence[Row] = ()
    opinions: Sequence[Row] = ()
    tasks: Sequence[Row] = ()
    involved: Sequence[Row] = ()
    notes: Sequence[Row] = ()


_LISTS = ("closed", "taken", "moved", "opinions", "tasks", "involved", "notes")


def write_steps(changes: Row, steps: Sequence[Step]) -> dict[int, int]:
    """Change some dossiers alike, each with its own tasks and event: one statement. The new revision of each.

    The event of the first says for all of them who acts, when and in which post.
    """
    beside = _gather(steps, _LISTS)
    parameters = {
        **steps[0].event,
        **beside,
        **{f"d_{name}": value for name, value in changes.items()},
        **{f"id_{no}": step.dossier_id for no, step in enumerate(steps)},
    }
    sql = _make_step(tuple(changes), len(steps), tuple(beside))
    with open_cursor() as cursor:
        cursor.execute(sql, parameters)
        return dict(cursor.fetchall())


@cache
def _make_step(columns: tuple[str, ...], count: int, kinds: tuple[str, ...]) -> str:
    """The statement for so many dossiers. Each has a place of its own: an array would be planned anew for each length."""
    sets = "".join(f", {name} = %(d_{name})s" for name in columns)
    places = ", ".join(f"%(id_{no})s" for no in range(count))
    return _STEP.format(changes=sets, places=places, rows=_join_rows(kinds, {}))


@dataclass(frozen=True, slots=True)
class Begun:
    """A part of a whole that begins under a number taken ahead: its columns and the rows beside."""

    dossier_id: int
    code: str
    columns: Row
    event: Row
    parts: Sequence[Row]
    files: Sequence[Row]
    tasks: Sequence[Row]
    involved: Sequence[Row]
    notes: Sequence[Row] = ()


_OF_BEGUN = ("parts", "files", "tasks", "involved", "notes")


def draft_begun(begun: Sequence[Begun], *, parties: Sequence[Row] = (), giver_id: int | None = None) -> Draft:
    """Parts that begin in one act, to be written with what else it leaves.

    Their people are `parties`, or those of the part that lets them begin; the event of the first says who acts.
    """
    kept = [value for one in begun for value in (one.dossier_id, one.code, *one.columns.values())]
    beside = {"parties": _json(parties), **_gather(begun, _OF_BEGUN)}
    text = _make_begun(tuple(begun[0].columns), len(begun), tuple(beside), giver_id is not None)
    return name_values(text, {**begun[0].event, **beside, "giver_id": giver_id}, before=kept)


@cache
def _make_begun(columns: tuple[str, ...], count: int, kinds: tuple[str, ...], has_giver: bool) -> str:
    row = f"({', '.join(['%s'] * (len(columns) + 2))})"
    rows = _join_rows(kinds, {"files": _CHECKED_FILES, **(_COPIED if has_giver else {})})
    text = _BEGIN.format(columns=", ".join(columns), values=", ".join([row] * count), rows=rows)
    return text + _READS if has_giver else text


def draft_parts_begun(dossiers: Mapping[int, int]) -> Draft:
    """Parts of a whole are dossiers from now on, by the number of the part."""
    pairs = ", ".join(["(%s::bigint, %s::bigint)"] * len(dossiers))
    return Draft(_BEGUN.format(pairs=pairs), [value for pair in dossiers.items() for value in pair])


def is_own_file(file_id: int, user_id: int) -> bool:
    """Whether this person put the stored file in."""
    with open_cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM documents_storedfile WHERE id = %s AND uploaded_by_id = %s", [file_id, user_id]
        )
        return cursor.fetchone() is not None


def look_at_files(file_id: int, user_id: int, dossier_id: int) -> tuple[bool, bool]:
    """Whether this person put the stored file in, and whether a paper of the dossier has a file."""
    with open_cursor() as cursor:
        cursor.execute(_FILED, [file_id, user_id, dossier_id])
        return cursor.fetchone()


def _gather(of_dossiers: Sequence[Step] | Sequence[Begun], lists: Sequence[str]) -> dict[str, str]:
    """The rows of several dossiers by kind, each naming its dossier, and the event of each; no kind that has none."""
    rows: dict[str, list[Row]] = {
        name: [{**row, "dossier_id": one.dossier_id} for one in of_dossiers for row in getattr(one, name)]
        for name in lists
    }
    rows["events"] = [say_event(one.event, one.dossier_id) for one in of_dossiers]
    return {name: _json(kept) for name, kept in rows.items() if kept}


def say_event(event: Row, dossier_id: int | None = None) -> Row:
    """What is an event's own: the rest of it is the act's, the same for all its dossiers."""
    return {"dossier_id": dossier_id, "from_state": event["from_state"], "event_data": event["event_data"]}


def _json(value: Sequence[Row]) -> str:
    return _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)
