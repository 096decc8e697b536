"""Databases made once in a run of the suite and copied from there on: the tables alone, and the furnished office."""

import fcntl
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import LiteralString
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests import launching

_NAME, _HOME = "MOTCUA_TEST_MODEL", "MOTCUA_TEST_MODEL_HOME"
_OFFICE = "_office"


def beside(url: str, name: str) -> str:
    """The address of another database of the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def announce(home: Path) -> None:
    """Choose the models' name before the processes of the suite part; the first that needs a model makes it."""
    if _NAME not in os.environ:
        os.environ[_NAME] = f"model_{secrets.token_hex(4)}"
        os.environ[_HOME] = str(home)
        get_place().mkdir(mode=0o711)


def find_home() -> Path | None:
    """The folder of this run of the suite, where its processes have theirs; none before it is announced."""
    return Path(os.environ[_HOME]) if _HOME in os.environ else None


def get_place() -> Path:
    """Where installations lie that are served in this run of the suite; it goes with the run, however that ends."""
    return Path(os.environ[_HOME], "served")


def make_model() -> str:
    """The name of the database with all tables and nothing in them, which is there when this returns."""
    return _make_once(os.environ[_NAME], "template1", _migrate)


def make_furnished(furnish: Callable[[str, Path], None]) -> tuple[str, Path]:
    """The name of the furnished office's database, and the folder with its files.

    :param furnish: puts in what is missing, told the address of a database with tables and the folder
    """
    folder = Path(os.environ[_HOME], "office")

    def furnish_both(url: str) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        furnish(url, folder)

    return _make_once(os.environ[_NAME] + _OFFICE, make_model(), furnish_both), folder


def forget_models() -> None:
    """Give their room back; for the process that announced them."""
    name = os.environ.pop(_NAME)
    del os.environ[_HOME]
    for made in (name + _OFFICE, name):
        drop(made)


def copy(model: str, name: str) -> None:
    """Another database that begins with what the model holds; nobody may be looking at the model meanwhile."""
    _do("CREATE DATABASE {} TEMPLATE {}", name, model)


def drop(name: str) -> None:
    """Take a database away, whoever is looking at it."""
    _do("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _do(words: LiteralString, *names: str) -> None:
    with _connect() as connection:
        connection.execute(sql.SQL(words).format(*map(sql.Identifier, names)))


def _connect() -> psycopg.Connection:
    return psycopg.connect(beside(os.environ["DATABASE_URL"], "postgres"), autocommit=True)


def _make_once(name: str, model: str, fill: Callable[[str], None]) -> str:
    """The processes that come second wait for the one that makes it; it has its name only when it is whole."""
    with Path(os.environ[_HOME], name).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_there(name):
            draft = f"{name}_draft"
            drop(draft)
            copy(model, draft)
            fill(beside(os.environ["DATABASE_URL"], draft))
            _do("ALTER DATABASE {} RENAME TO {}", draft, name)
    return name


def _is_there(name: str) -> bool:
    with _connect() as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    return found is not None


def _migrate(url: str) -> None:
    words = ("manage", "migrate", "--verbosity", "0")
    done = launching.command(*words, DATABASE_URL=url, MOTCUA_DATA=os.environ[_HOME])
    assert done.returncode == 0, done.stdout
