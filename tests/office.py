"""The demonstration province on a server of its own: what the tests about whole pages visit, as people do."""

import contextlib
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import procrastinate
import psycopg
from procrastinate import SyncPsycopgConnector
from psycopg import sql

from motcua.commands.options import read_secret
from tests import launching
from tests.model import beside, copy, drop, get_place, make_furnished

DOSSIERS = 40
PORTAL_SECRET = "giua-hai-ben"
# Seconds for the furnishing: half a minute on two idle cores, much more on busy ones.
PATIENCE = 400
UPLOAD_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Office:
    """A running office: where its pages are, and its database for looking things up behind the pages."""

    address: str
    database: str
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
        """Jobs of the timetable, one after the other, by the office's own worker and now instead of in their minute."""
        with procrastinate.App(connector=SyncPsycopgConnector(conninfo=self.database)).open() as queue:
            for name in names:
                task = queue.configure_task(name, lock=name, allow_unknown=True)
                # The next whole second: what was put down in this one is already due then.
                self._await_job(name, task.defer(timestamp=int(time.time()) + 1))

    def _await_job(self, name: str, key: int) -> None:
        """The queue forgets what went well; what did not stays there, to be tried again or as failed."""
        until = time.monotonic() + PATIENCE
        while left := self.find_all(
            "SELECT attempts, status::text FROM procrastinate_jobs WHERE id = %s", key
        ):
            attempts, status = left[0]
            assert not (attempts and status != "doing") and time.monotonic() < until, f"{name}: {status}"
            time.sleep(0.05)

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
    """Copy the demonstration into a database of its own and serve it; MOTCUA_OFFICE names one that is already open.

    MOTCUA_OFFICE holds its address and the address of its database, with a blank between.
    """
    if named := os.environ.get("MOTCUA_OFFICE"):
        yield Office(*named.split()[:2])
        return
    model, furniture = make_furnished(_furnish)
    with _database(model) as database, _folder(furniture) as folder:
        further = _surround(database, folder, portal_port := launching.find_port())
        with launching.running(folder, PATIENCE, ("--no-prepare",), **further) as (_process, port):
            yield Office(f"http://127.0.0.1:{port}", database, portal_port)


def _surround(database: str, folder: Path, portal_port: int = 0) -> dict[str, str]:
    """What an office is told. Its secret came with the furniture: what is in there may be sealed with it."""
    return {
        "DATABASE_URL": database,
        "MOTCUA_DATA": str(folder),
        "MOTCUA_SECRET_KEY": read_secret(folder),
        "MOTCUA_WORKERS": "1",
        "MOTCUA_DEBUG": "0",
        "MOTCUA_UPLOAD_MAX_BYTES": str(UPLOAD_BYTES),
        "MOTCUA_NPSP_URL": f"http://127.0.0.1:{portal_port}",
        "MOTCUA_NPSP_INBOX_SECRET": PORTAL_SECRET,
    }


def _furnish(database: str, folder: Path) -> None:
    words = (str(DOSSIERS),)
    surroundings = _surround(database, folder)
    made = launching.command(*words, module="tests.furnishing", seconds=PATIENCE, **surroundings)
    assert made.returncode == 0, made.stdout


@contextlib.contextmanager
def _database(model: str) -> Iterator[str]:
    """A furnished database of one's own on the server of the tests, gone afterwards."""
    name = f"office_{secrets.token_hex(4)}"
    copy(model, name)
    try:
        yield beside(os.environ["DATABASE_URL"], name)
    finally:
        drop(name)


@contextlib.contextmanager
def _folder(furniture: Path) -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="office-", dir=get_place()))
    try:
        yield shutil.copytree(furniture, made, dirs_exist_ok=True)
    finally:
        shutil.rmtree(made, ignore_errors=True)
