"""Fills an empty province with N dossiers: shapes and a frame first, then every table in one pass, then its indexes."""

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

import psycopg

from motcua.bench import fates, indexes, people, tables
from motcua.bench.shapes import SLOTS, Shape, assign_slots, read_shapes
from motcua.people.actions import COMMON, COUNT_COMMON

# The past begins after the new organisation of 1 July 2025, whose units the dossiers name.
WORKING_DAYS, DAYS_AHEAD = 340, 80
CHUNK = 500_000
HANDS = 3
# Beyond this many the references hold for new rows only: checking the old ones shows nothing a smaller run did not.
MOST_CHECKED = 2_000_000
PERSONS_PER_DOSSIER = 0.6
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to make."""

    dossiers: int
    busiest: int
    on: date

    @property
    def people(self) -> int:
        """Persons who bring them; some come more than once."""
        return max(1, round(self.dossiers * PERSONS_PER_DOSSIER))

    @property
    def every(self) -> int:
        """Every so many a dossier waits in the busiest pool: enough for forty pages, thirty thousand of ten million."""
        wanted = max(self.dossiers // 300, min(self.dossiers // 4, 2100), 1)
        return max(self.dossiers // wanted, 1)


def fill(url: str, count: int, on: date, tell: Tell) -> None:
    """Make `count` dossiers in the database at `url`, which has reference data and the demonstration's units."""
    shapes = read_shapes(on)
    busiest = next((n for n, shape in enumerate(shapes) if shape.is_busiest), 0)
    plan = Plan(count, busiest, on)
    filler = _Filler(url, plan, tell)
    filler.lay_out(shapes)
    filler.frame()
    filler.fill()
    filler.finish()


class _Filler:
    """One filling: its connections, its progress and what was put aside."""

    def __init__(self, url: str, plan: Plan, tell: Tell) -> None:
        self.url, self.plan, self._tell = url, plan, tell
        self.begun = time.monotonic()
        self.aside: list[indexes.Put] = []

    def tell(self, words: str) -> None:
        """Say what is done, with the seconds since the beginning."""
        self._tell(f"  {time.monotonic() - self.begun:7.1f} s  {words}")

    @contextmanager
    def connect(self) -> Iterator[psycopg.Connection]:
        """A connection whose work is one transaction."""
        with psycopg.connect(self.url) as connection:
            connection.execute("SET motcua.may_empty = 'on'")
            connection.execute("SET synchronous_commit = off")
            yield connection

    def lay_out(self, shapes: list[Shape]) -> None:
        """Write the shapes and the days where statements can join them."""
        with self.connect() as db:
            db.execute(tables.SCHEMA)
            _copy(db, "shape", (_shape_row(k, s) for k, s in enumerate(shapes)))
            _copy(db, "slot", enumerate(assign_slots(shapes, Random(11))))
            _copy(db, "part", ((k, *p.values()) for k, s in enumerate(shapes) for p in s.parts))
            _copy(db, "unit", ((k, u["unit_id"], u["role"]) for k, s in enumerate(shapes) for u in s.units))
            _copy(db, "task", ((k, f, *row) for k, s in enumerate(shapes) for f, row in fates.tell_tasks(s)))
            _copy(
                db, "event", ((k, f, *row) for k, s in enumerate(shapes) for f, row in fates.tell_events(s))
            )
            _copy(db, "day", enumerate(_list_days(self.plan.on)))
            db.execute(
                "ANALYZE bench.shape, bench.slot, bench.part, bench.unit, bench.task, bench.event, bench.day"
            )
        self.tell(f"{len(shapes)} loại hồ sơ / shapes")

    def frame(self) -> None:
        """One narrow row for each dossier: its shape, its fate and its days."""
        plan = self.plan
        parameters = {"days": WORKING_DAYS, "count": plan.dossiers, "every": plan.every, "busiest": plan.busiest,
                      "slots": SLOTS, "people": plan.people}  # fmt: skip
        with ThreadPoolExecutor(HANDS) as hands:
            list(hands.map(lambda bounds: self._run(tables.FRAME, parameters | bounds), self._chunks()))
        with self.connect() as db:
            # The frame lies in the order of its numbers: a few pages tell where a stretch of them is.
            db.execute("CREATE INDEX ON bench.frame USING brin (id)")
            db.execute("ANALYZE bench.frame")
        self.tell(f"khung của {plan.dossiers} hồ sơ / frame")

    def fill(self) -> None:
        """Every table in a transaction of its own that begins by emptying it, so that nothing needs to be logged."""
        with self.connect() as db:
            # What an earlier filling or try left hangs on these rows and goes with them.
            db.execute(f"TRUNCATE {', '.join(tables.FILLED)} CASCADE")
            self.aside = indexes.put_aside(db, tables.FILLED)
        with ThreadPoolExecutor(HANDS) as hands:
            known: Future[None] = hands.submit(self._fill_people)
            rest = [hands.submit(self._fill_table, t) for t in tables.ROWS if t not in tables.SECOND]
            known.result()
            rest += [hands.submit(self._fill_table, t) for t in tables.SECOND]
            for job in rest:
                job.result()

    def _fill_table(self, table: str) -> None:
        with self.connect() as db:
            db.execute(f"TRUNCATE {table} RESTART IDENTITY")
            for bounds in self._chunks():
                db.execute(tables.ROWS[table], bounds)
                if bounds["last"] % 1_000_000 == 0:
                    self.tell(f"{table}: {bounds['last'] // 1_000_000} triệu hồ sơ / million")
        self._build(table)

    def _fill_people(self) -> None:
        with self.connect() as db:
            db.execute("SELECT 1")
        names = people.fill_people(self._connect_empty(), self.plan.people, self._tell_people)
        self.tell(f"{self.plan.people} người, {names} họ tên / persons, names")
        for table in people.TABLES:
            self._build(table)

    def _connect_empty(self) -> Callable[[], psycopg.Connection]:
        """Connections over which the tables of people are written anew; the first one empties three of them."""
        waiting = [("people_identifier",), ("people_name", "people_namesuffix", "people_person")]

        def connect() -> psycopg.Connection:
            connection = psycopg.connect(self.url)
            connection.execute(f"TRUNCATE {', '.join(waiting.pop())} RESTART IDENTITY")
            return connection

        return connect

    def _tell_people(self, done: int) -> None:
        if done % 1_000_000 == 0:
            self.tell(f"people_person: {done // 1_000_000} triệu / million")

    def _build(self, table: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as db:
            indexes.build(db, self.aside, table)
        self.tell(f"{table}: xong cả chỉ mục / indexed")

    def finish(self) -> None:
        """References, counters of ids, and the mark that says what this database is."""
        with psycopg.connect(self.url, autocommit=True) as db:
            indexes.refer(db, self.aside, is_checked=self.plan.dossiers <= MOST_CHECKED)
            for table in tables.FILLED:
                db.execute(_CONTINUE.format(table=table))
            _count_names(db)
            db.execute(f"DROP TABLE {', '.join(f'bench.{name}' for name in tables.PASSING)}")
            db.execute(
                "CREATE TABLE bench.made AS SELECT %s::bigint AS dossiers, now() AS at", [self.plan.dossiers]
            )
            db.execute("GRANT USAGE ON SCHEMA bench TO PUBLIC")
            # Only now: while another table was being filled, no row counted as old enough for everybody to see.
            for table in tables.FILLED:
                db.execute(f"VACUUM (ANALYZE) {table}")
            db.execute("GRANT SELECT ON ALL TABLES IN SCHEMA bench TO PUBLIC")
            db.execute("ANALYZE")
            db.execute("CHECKPOINT") if _is_superuser(db) else None
        self.tell("khóa ngoại và thống kê / references and statistics")

    def _run(self, statement: str, parameters: dict[str, int]) -> None:
        with self.connect() as db:
            db.execute(statement, parameters)

    def _chunks(self) -> Iterator[dict[str, int]]:
        for first in range(1, self.plan.dossiers + 1, CHUNK):
            yield {"first": first, "last": min(first + CHUNK - 1, self.plan.dossiers)}


def _count_names(db: psycopg.Connection) -> None:
    """What the product counts every night."""
    db.execute("DELETE FROM people_commonwords")
    for sql in COUNT_COMMON:
        db.execute(sql, [COMMON])


_CONTINUE = "SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"


def _shape_row(k: int, shape: Shape) -> tuple[object, ...]:
    return k, shape.agency_code, shape.days, json.dumps(shape.dossier, ensure_ascii=False, default=str)


def _list_days(on: date) -> list[datetime]:
    """The working days before today, and some to promise; each from the moment the counter opens."""
    from zoneinfo import ZoneInfo

    def opens(day: date) -> datetime:
        return datetime(day.year, day.month, day.day, 7, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))

    behind = (on - timedelta(days=n) for n in range(1, WORKING_DAYS * 2))
    past = [day for day in behind if day.weekday() < 5][:WORKING_DAYS]
    ahead = (on + timedelta(days=n) for n in range(DAYS_AHEAD * 2))
    return [*map(opens, reversed(past)), *map(opens, (d for d in ahead if d.weekday() < 5))]


def _copy(db: psycopg.Connection, table: str, rows: Iterator[tuple[object, ...]] | enumerate) -> None:
    with db.cursor().copy(f"COPY bench.{table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _is_superuser(db: psycopg.Connection) -> bool:
    row = db.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    return bool(row and row[0])
