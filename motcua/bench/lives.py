"""Dossiers with lives for the counting, made in the database in one pass: some late, withdrawn, paused, moved, reopened."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from typing import Any

import psycopg
from django.db import connection
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL

from motcua.bench import indexes
from motcua.bench.published import publish
from motcua.catalogue.models import Field, Procedure, ProcedureVersion
from motcua.core.partitions import ensure_partitions
from motcua.core.text import fold
from motcua.organisations import queries as organisations
from motcua.organisations.models import TreeStamp, Unit, UnitVersion
from motcua.people.models import Name, Person
from motcua.worktime.rules import ZONE

DEPARTMENTS, COMMUNES, PROCEDURES, FIELDS, DAYS = 21, 129, 240, 60, 730
CHUNK = 500_000
PIECE = 256 * 1024
TABLES = ("dossiers_dossier", "dossiers_event")

# A number scattered by multiplication decides everything about a dossier; big units have most of them.
_FRAME = """
CREATE UNLOGGED TABLE lives AS
SELECT i, (SELECT ids[1 + floor(power(u, 1.7) * array_length(ids, 1))::int] FROM (SELECT %(agencies)s::bigint[] AS ids) a) AS agency,
       (SELECT ids[1 + floor(w * array_length(ids, 1))::int] FROM (SELECT %(agencies)s::bigint[] AS ids) a) AS other,
       floor(power(w, 2.5) * %(procedures)s)::int AS procedure, floor(v * 20)::int AS way,
       %(first)s::date + floor((i - 1)::numeric * %(days)s / %(count)s)::int AS received,
       (ARRAY[1, 1, 5, 5, 5, 10, 10, 30])[1 + floor(v * 8)::int] AS days, u, v, w, x
FROM (SELECT i, ((i * 2654435761) %% 4294967296) / 4294967296.0::float AS u,
             ((i * 40503 + 7) %% 65536) / 65536.0::float AS v, ((i * 48271) %% 99991) / 99991.0::float AS w,
             ((i * 69621 + 11) %% 99989) / 99989.0::float AS x
      FROM generate_series(1::bigint, %(count)s::bigint) i) AS drawn
"""
_ENDS = """
CREATE UNLOGGED TABLE ended AS
SELECT l.*, received::timestamp + interval '8 hours' AS received_at,
       (received + days)::timestamp + interval '17 hours' AS due,
       CASE WHEN x < 0.005 THEN NULL WHEN x < 0.035 THEN received + days + 1 + floor(w * 20)::int
            ELSE received + floor((days + 1) * (0.3 + 0.7 * w))::int END AS ended_on,
       CASE WHEN x > 0.99 THEN 'stopped' WHEN x > 0.97 THEN 'withdrawn' ELSE 'result_ready' END AS end_state
FROM lives l
"""
_DOSSIER_COLUMNS = """
    id, code, token, state, outcome, revision, procedure_code, procedure_name, field_code, version_id,
    channel, receiving_unit_id, competent_agency_id, returning_unit_id, applicant_id, applicant_name,
    applicant_folded, name_id, initials, received_at, received_by_id, original_due_at, due_at, is_provisional,
    limit_amount, limit_unit, limit_basis, start_rule, calendar_code, finished_at, result_delivery,
    return_place, copies_sets
"""
_DOSSIERS = """
SELECT i, 'N' || i, 'x', CASE WHEN ended_on < %(today)s THEN end_state ELSE 'processing' END, '', 9,
       '9.' || lpad(procedure::text, 6, '0'), 'Thủ tục ' || procedure, 'F' || procedure %% %(fields)s, 1,
       (ARRAY['counter', 'counter', 'counter', 'online_assisted', 'postal', 'online'])[1 + way %% 6], agency,
       CASE WHEN x BETWEEN 0.96 AND 0.962 AND ended_on > received + 1 THEN other ELSE agency END, agency, 1, 'A', 'a', 1, 0,
       received_at AT TIME ZONE 'Asia/Ho_Chi_Minh', 1, due AT TIME ZONE 'Asia/Ho_Chi_Minh', due AT TIME ZONE 'Asia/Ho_Chi_Minh',
       false, days, 'working_day', '', 'default', 'default',
       CASE WHEN ended_on < %(today)s THEN (ended_on::timestamp + interval '16 hours') AT TIME ZONE 'Asia/Ho_Chi_Minh' END,
       'counter', '', 1{values}
FROM ended WHERE i BETWEEN %(from)s AND %(to)s
"""
# What the act that ends says of digitisation: some have an electronic result, some papers with files as well.
DIGITAL = """CASE WHEN w < 0.6 THEN '{"is_electronic": true, "is_digitised": true}'::jsonb
    WHEN w < 0.8 THEN '{"is_electronic": true, "is_digitised": false}' ELSE '{"is_electronic": false, "is_digitised": false}' END"""
# revision, condition, agency, from, to, moment, data
_EVENTS = (
    (1, "true", "agency", "'submitted'", "'received'", "received_at", "'{}'"),
    (2, "true", "agency", "'received'", "'processing'", "received_at + interval '1 hour'", "'{}'"),
    (3, "x BETWEEN 0.95 AND 0.953 AND ended_on > received", "agency", "'processing'", "'processing'",
     "received_at + interval '3 hours'", "jsonb_build_object('new_due_at', (due + interval '5 days') AT TIME ZONE 'Asia/Ho_Chi_Minh')"),
    (4, "x BETWEEN 0.96 AND 0.962 AND ended_on > received + 1", "other", "'processing'", "'processing'",
     "received_at + interval '1 day'", "jsonb_build_object('old_agency_id', agency)"),
    (5, "x BETWEEN 0.93 AND 0.94 AND ended_on > received + 2", "agency", "'processing'", "'awaiting_supplement'",
     "received_at + interval '1 day'", "'{}'"),
    (6, "x BETWEEN 0.93 AND 0.94 AND ended_on > received + 2", "agency", "'awaiting_supplement'", "'processing'",
     "received_at + interval '2 days'", "'{}'"),
    (7, "ended_on < %(today)s", "CASE WHEN x BETWEEN 0.96 AND 0.962 AND ended_on > received + 1 THEN other ELSE agency END",
     "'processing'", "end_state", "ended_on::timestamp + interval '16 hours'", DIGITAL),
    (8, "x BETWEEN 0.92 AND 0.922 AND ended_on + 5 < %(today)s", "agency", "'result_ready'", "'processing'",
     "ended_on::timestamp + interval '2 days'", "'{}'"),
    (9, "x BETWEEN 0.92 AND 0.922 AND ended_on + 5 < %(today)s", "agency", "'processing'", "'result_ready'",
     "ended_on::timestamp + interval '4 days'", "'{}'"),
)  # fmt: skip
_EVENT_COLUMNS = """
    at, dossier_id, agency_id, act, user_id, person_name, post, unit_id, unit_name, from_state, to_state, revision, data, xact_id
"""
_EVENT = """
SELECT ({at}) AT TIME ZONE 'Asia/Ho_Chi_Minh', i, {agency}, 'bench', 1, 'A', 'case_officer',
       {agency}, 'A', {source}, {target}, {revision}, {data}, 1
FROM ended WHERE i BETWEEN %(from)s AND %(to)s AND {condition}
"""


# Some are filed by a person the applicant authorised.
_PARTIES = """
INSERT INTO dossiers_party (dossier_id, role, person_id, kind, full_name, birth_text, sex, address, id_kind, email, authorisation)
SELECT i, 'authorised', 1, 'citizen', 'A', '', '', '', '', '', '' FROM ended WHERE x BETWEEN 0.5 AND 0.53
"""


def make_units(on: date) -> list[int]:
    """A province with its departments and communes; the ids of those that handle."""
    province = Unit.objects.create(code="N", kind="province", province_code="45")
    kinds = ["department"] * DEPARTMENTS + ["commune"] * COMMUNES
    units = Unit.objects.bulk_create(
        Unit(code=f"N{n}", kind=kind, province_code="45") for n, kind in enumerate(kinds)
    )
    first = on - timedelta(days=3000)
    names = [
        (province, "Tỉnh đo", None, "H99"),
        *((unit, f"Đơn vị {n}", province.pk, f"H99.{n + 1}") for n, unit in enumerate(units)),
    ]
    UnitVersion.objects.bulk_create(
        UnitVersion(
            unit=unit, name=name, name_folded=fold(name), parent_id=parent, agency_code=code, valid_from=first
        )
        for unit, name, parent, code in names
    )
    TreeStamp.objects.create(value="bench")
    organisations.forget_trees()
    return [unit.pk for unit in units]


def find_units() -> list[int]:
    """The units that handle, as they were made."""
    made = Unit.objects.filter(kind__in=("department", "commune")).order_by("pk")
    return list(made.values_list("pk", flat=True))


def _put_what_they_name(today: date) -> None:
    """The one procedure and the one person all these dossiers name."""
    at = datetime.combine(today, time(8), ZONE)
    field, _new = Field.objects.get_or_create(pk=1, defaults={"code": "N", "name": "Lĩnh vực đo"})
    told = {"name": "Thủ tục đo", "field": field}
    procedure, _new = Procedure.objects.get_or_create(pk=1, defaults={"code": "N", "portal_id": "N", **told})
    version = {"procedure": procedure, "number": 1, "recorded_at": at, "valid_from": today, **told}
    ProcedureVersion.objects.get_or_create(pk=1, defaults=version)
    name, _new = Name.objects.get_or_create(pk=1, defaults={"folded": "a", "sort_key": "a"})
    person = {"full_name": "A", "name": name, "kept_at": at, "changed_at": at}
    Person.objects.get_or_create(pk=1, defaults=person)


def fill(count: int, agencies: list[int], today: date) -> None:
    """Put `count` dossiers with their events into an empty database, of the two years that end today.

    Rows are drawn by the database and go in by COPY, over two connections for the two tables; their indexes are built
    when they are in.
    """
    first = today - timedelta(days=DAYS)
    ensure_partitions(first, 27)
    _put_what_they_name(today)
    publish(PROCEDURES, today)
    told: dict[str, Any] = {"count": count, "agencies": agencies, "procedures": PROCEDURES, "fields": FIELDS, "days": DAYS, "first": first,
            "today": today}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        cursor.execute(_FRAME, told)
        cursor.execute(_ENDS)
        cursor.execute("CREATE INDEX ON ended USING brin (i)")
        more = _find_other_columns(cursor)
    url = _get_url()
    with psycopg.connect(url, autocommit=True) as db:
        aside = indexes.put_aside(db, TABLES)
    with ThreadPoolExecutor(2) as hands:
        list(hands.map(lambda table: _fill_table(url, table, told, more, aside), TABLES))
    with psycopg.connect(url, autocommit=True) as db:
        indexes.refer(db, aside, is_checked=False)
        db.execute(_PARTIES)
        db.execute("DROP TABLE lives, ended")
        # A month of events each: a small sample of every one tells enough, a usual one takes seconds whatever their number.
        db.execute("SET default_statistics_target = 30")
        db.execute("ANALYZE")


def _get_url() -> str:
    """The database of the house, for connections beside Django's."""
    told = connection.get_connection_params()
    names = ("host", "port", "dbname", "user", "password")
    return make_conninfo(**{name: told[name] for name in names if told.get(name)})


def _fill_table(
    url: str, table: str, told: dict[str, Any], more: list[tuple[str, str]], aside: list[indexes.Put]
) -> None:
    """Every row of one table, a stretch of dossiers at a time, then its indexes."""
    with psycopg.connect(url, autocommit=True) as source, psycopg.connect(url) as target:
        if may_leave_out_checks(target):
            target.execute("SET session_replication_role = replica")
        for start in range(1, int(told["count"]) + 1, CHUNK):
            share = told | {"from": start, "to": start + CHUNK - 1}
            for columns, sql in _list_rows(table, more):
                _copy(source, target, f"{table} ({columns})", sql, share)
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("SET maintenance_work_mem = '512MB'")
        indexes.build(db, aside, table)


def _list_rows(table: str, more: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What is to be drawn for a table: its columns and the statement that draws them."""
    if table == "dossiers_dossier":
        columns = _DOSSIER_COLUMNS + "".join(f", {name}" for name, _value in more)
        return [(columns, _DOSSIERS.format(values="".join(f", {value}" for _name, value in more)))]
    return [
        (_EVENT_COLUMNS, _EVENT.format(at=at, agency=agency, source=source, target=target, revision=revision, data=data,
                                       condition=condition))
        for revision, condition, agency, source, target, at, data in _EVENTS
    ]  # fmt: skip


def _copy(
    source: psycopg.Connection, target: psycopg.Connection, into: str, sql: str, values: dict[str, Any]
) -> None:
    """From a statement of one connection into a table of another, without a stop in between.

    In the binary format, where no number or moment is written out and read again, and in large pieces: one a row would cost
    more than the row.
    """
    table, _open, columns = into.partition(" (")
    drawn = psycopg.ClientCursor(source).mogrify(sql, values)
    out = f"COPY ({_cast(target, table, columns.rstrip(')'), drawn)}) TO STDOUT (FORMAT BINARY)"
    into = f"COPY {into} FROM STDIN (FORMAT BINARY)"
    with source.cursor().copy(SQL(out)) as reading, target.cursor().copy(SQL(into)) as writing:
        gathered = bytearray()
        for piece in reading:
            gathered += piece
            if len(gathered) >= PIECE:
                writing.write(gathered)
                gathered = bytearray()
        writing.write(gathered)


def _cast(db: psycopg.Connection, table: str, columns: str, drawn: str) -> str:
    """The same rows, each value exactly of its column's type, as the binary format wants it."""
    rows = db.execute(
        "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0",
        [table],
    )
    types: dict[str, str] = dict(rows.fetchall())
    names = [name.strip() for name in columns.split(",")]
    told = ", ".join(f"{name}::{types[name]}" for name in names)
    return f"SELECT {told} FROM ({drawn}) AS drawn ({', '.join(names)})"


def may_leave_out_checks(db: psycopg.Connection) -> bool:
    """Only a superuser may leave out triggers while filling; an owner fills more slowly."""
    row = db.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    return bool(row and row[0])


def _find_other_columns(cursor: object) -> list[tuple[str, str]]:
    """Columns added to the dossier since, that must have a value: an empty one of their type."""
    execute, fetchall = cursor.execute, cursor.fetchall  # type: ignore[attr-defined]
    execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'dossiers_dossier'"
        " AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'"
    )
    empty = {
        "boolean": "false",
        "integer": "0",
        "smallint": "0",
        "bigint": "0",
        "jsonb": "'{}'",
        "character varying": "''",
        "text": "''",
    }
    named = _DOSSIER_COLUMNS.replace(",", " ").split()
    return [(name, empty[kind]) for name, kind in fetchall() if name not in named]
