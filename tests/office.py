"""The demonstration province on a server of its own: what the tests about whole pages visit, as people do."""

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tests import launching
from tests.model import beside, make_model

DOSSIERS = 40
PORTAL_SECRET = "giua-hai-ben"
# Seconds for each half of the furnishing: half a minute on two idle cores, much more on busy ones.
PATIENCE = 400
UPLOAD_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Office:
    """A running office: where its pages are, and its database for looking things up behind the pages."""

    address: str
    database: str
    surroundings: Mapping[str, str] = field(default_factory=dict)
    """What its own commands are started with; empty for an office that was open already."""
    portal_port: int = 0
    """Where it looks for the national portal; nobody is there until a test plays it."""

    def find(self, question: str, *values: Any) -> tuple[Any, ...]:
        """The one row a question asks for; a test that finds none has no ground to stand on."""
        rows = self.find_all(question, *values)
        assert rows, f"nothing in the demonstration answers: {question} {values}"
        return rows[0]

    def find_all(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database, autocommit=True) as connection:
            return connection.execute(question.encode(), values).fetchall()

    def run_jobs(self, *names: str) -> None:
        """Jobs of the timetable, now instead of in their minute."""
        done = launching.command("manage", "run_job", *names, seconds=PATIENCE, **self.surroundings)
        assert done.returncode == 0, done.stdout

    @contextlib.contextmanager
    def without_database(self) -> Iterator[None]:
        """Every connection is cut and none is let in: what a database that has gone away looks like from the pages."""
        name = sql.Identifier(urlsplit(self.database).path.lstrip("/"))
        allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
        with psycopg.connect(beside(self.database, "postgres"), autocommit=True) as connection:
            connection.execute(allow.format(name, sql.SQL("false")))
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                [urlsplit(self.database).path.lstrip("/")],
            )
            try:
                yield
            finally:
                connection.execute(allow.format(name, sql.SQL("true")))


@contextlib.contextmanager
def open_office() -> Iterator[Office]:
    """Make the demonstration in a database of its own and serve it; MOTCUA_OFFICE names one that is already open.

    MOTCUA_OFFICE holds its address and the address of its database, with a blank between.
    """
    if named := os.environ.get("MOTCUA_OFFICE"):
        yield Office(*named.split()[:2])
        return
    with _database() as database, _folder() as folder:
        further = {
            "DATABASE_URL": database,
            "MOTCUA_DATA": str(folder),
            "MOTCUA_WORKERS": "1",
            "MOTCUA_DEBUG": "0",
            "MOTCUA_UPLOAD_MAX_BYTES": str(UPLOAD_BYTES),
            "MOTCUA_NPSP_URL": f"http://127.0.0.1:{(portal_port := launching.find_port())}",
            "MOTCUA_NPSP_INBOX_SECRET": PORTAL_SECRET,
        }
        with launching.running(folder, seconds=PATIENCE, **further) as (_process, port):
            words = ("manage", "load_demonstration", "--count", str(DOSSIERS))
            made = launching.command(*words, seconds=PATIENCE, **further)
            assert made.returncode == 0, made.stdout
            yield Office(f"http://127.0.0.1:{port}", database, further, portal_port)


@contextlib.contextmanager
def _database() -> Iterator[str]:
    """A database with tables and nothing in them on the server of the tests, gone afterwards."""
    url = os.environ["DATABASE_URL"]
    name = f"office_{secrets.token_hex(4)}"
    with psycopg.connect(beside(url, "postgres"), autocommit=True) as connection:
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(copy.format(sql.Identifier(name), sql.Identifier(make_model())))
        try:
            yield beside(url, name)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="motcua-office-"))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
