"""Floors of the same run: the same rows by raw psycopg in one statement, and the inbox's SQL alone."""

import time
from collections.abc import Sequence
from multiprocessing import get_context
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from motcua.bench.figures import Load, summarise
from motcua.bench.machine import read_cpu

# The tables one receipt writes beside the dossier itself, and the column by which its rows are found.
_BESIDE = {
    "dossiers_party": "dossier_id", "dossiers_part": "dossier_id", "dossiers_task": "dossier_id",
    "dossiers_event": "dossier_id", "dossiers_involvement": "dossier_id", "dossiers_note": "dossier_id",
}  # fmt: skip
_BY_CODE = {"notifications_message": "reference", "integrations_outgoing": "reference",
            "core_idempotentcall": "reference"}  # fmt: skip
# Written by the database itself.
_OWN = {"id", "xact_id"}
Row = dict[str, Any]


def read_rows(url: str, code: str) -> list[tuple[str, Row]]:
    """Every row that receiving this dossier wrote, in the order they may be written again."""
    with psycopg.connect(url, row_factory=psycopg.rows.dict_row) as db:
        dossier = db.execute("SELECT * FROM dossiers_dossier WHERE code = %s", [code]).fetchone()
        assert dossier is not None
        person = db.execute("SELECT * FROM people_person WHERE id = %s", [dossier["applicant_id"]]).fetchall()
        numbers = db.execute(
            "SELECT * FROM people_identifier WHERE person_id = %s", [dossier["applicant_id"]]
        ).fetchall()
        rows = [("people_person", person[0]), *(("people_identifier", row) for row in numbers)]
        rows.append(("dossiers_dossier", dossier))
        for table, column in _BESIDE.items():
            rows += [(table, row) for row in _find(db, table, column, dossier["id"])]
        for table, column in _BY_CODE.items():
            rows += [(table, row) for row in _find(db, table, column, code)]
        rows += [
            ("audit_entry", row)
            for row in _find(db, "audit_entry", "subject", f"dossiers.dossier:{dossier['id']}")
        ]
    return rows


def _find(db: psycopg.Connection[Row], table: str, column: str, value: object) -> list[Row]:
    return db.execute(f"SELECT * FROM {table} WHERE {column} = %s ORDER BY id", [value]).fetchall()


def make_statement(rows: Sequence[tuple[str, Row]]) -> tuple[str, Row]:
    """One statement that numbers a dossier and writes all these rows, and its parameters."""
    parameters: Row = {}
    parts = [
        "number AS (INSERT INTO dossiers_counter (series, agency_key, period, last) VALUES"
        " ('bench', %(agency)s, 'bench', 1) ON CONFLICT (series, agency_key, period)"
        " DO UPDATE SET last = dossiers_counter.last + 1 RETURNING last)"
    ]
    for place, (table, row) in enumerate(rows):
        columns = [name for name in row if name not in _OWN]
        values = [_value(table, name, row[name], f"v{place}_{name}", parameters) for name in columns]
        source = _source(table)
        name = {"people_person": "person", "dossiers_dossier": "d"}.get(table, f"r{place}")
        parts.append(
            f"{name} AS (INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}{source} RETURNING id)"
        )
    return f"WITH {', '.join(parts)} SELECT id FROM d", parameters


def _source(table: str) -> str:
    if table == "people_identifier":
        return " FROM person"
    if table == "dossiers_dossier":
        return " FROM person, number"
    return " FROM d" if table.startswith("dossiers_") else ""


def _value(table: str, name: str, value: object, key: str, parameters: Row) -> str:
    """What a column is filled from: the rows made before it, what must be new each time, or the kept value."""
    if (table, name) == ("dossiers_dossier", "code"):
        return "%(agency)s || lpad(last::text, 8, '0')"
    if name in ("person_id", "applicant_id") and table != "notifications_message":
        return "person.id" if table != "dossiers_party" else "%(known_person)s"
    if name == "dossier_id":
        return "d.id"
    if (table, name) in (("people_identifier", "value_index"), ("core_idempotentcall", "key")):
        return f"%({name})s"
    parameters[key] = Jsonb(value) if isinstance(value, dict | list) else value
    return f"%({key})s"


def measure_rows(
    url: str, rows: Sequence[tuple[str, Row]], processes: int, seconds: float, pid: int | None
) -> Load:
    """So many processes writing the same rows, each under a number series of its own."""
    statement, parameters = make_statement(rows)
    known = next(row["id"] for table, row in rows if table == "people_person")
    context = get_context("spawn")
    with context.Pool(processes) as pool:
        pool.map(_warm, [url] * processes)
        before = read_cpu(pid) if pid else 0.0
        begun = time.perf_counter()
        jobs = [(url, statement, {**parameters, "known_person": known}, seconds, n) for n in range(processes)]
        done = pool.starmap(_write, jobs, chunksize=1)
        elapsed = time.perf_counter() - begun
        after = read_cpu(pid) if pid else 0.0
    times = [one for taken, _cpu in done for one in taken]
    client = sum(cpu for _taken, cpu in done)
    return summarise(processes, times, max(elapsed, 0.001), (client, after - before))


def _warm(url: str) -> None:
    psycopg.connect(url).close()


def _write(
    url: str, statement: str, parameters: Row, seconds: float, number: int
) -> tuple[list[float], float]:
    times: list[float] = []
    with psycopg.connect(url, autocommit=True) as db:
        agency = f"B{number}.{uuid4().hex[:8]}-"
        text = sql.SQL(statement)
        cpu, begun = time.process_time(), time.perf_counter()
        while (start := time.perf_counter()) < begun + seconds:
            fresh = {"agency": agency, "key": uuid4().hex, "value_index": uuid4().bytes}
            db.execute(text, {**parameters, **fresh}).fetchone()
            times.append(time.perf_counter() - start)
        return times, time.process_time() - cpu


def measure_statement(url: str, statement: str, values: Any, seconds: float, pid: int | None) -> Load:
    """One connection asking the same thing again and again, the rows fetched."""
    times: list[float] = []
    with psycopg.connect(url, autocommit=True) as db:
        text = sql.SQL(statement)
        for _n in range(10):
            db.execute(text, values).fetchall()
        before = read_cpu(pid) if pid else 0.0
        cpu, begun = time.process_time(), time.perf_counter()
        while (start := time.perf_counter()) < begun + seconds:
            db.execute(text, values).fetchall()
            times.append(time.perf_counter() - start)
        spent = (time.process_time() - cpu, (read_cpu(pid) if pid else 0.0) - before)
        return summarise(1, times, time.perf_counter() - begun, spent)
