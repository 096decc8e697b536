"""The tables of the project, made once in a run of the suite: every database of a test begins as a copy of them."""

import fcntl
import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests import launching

_NAME, _LOCK = "MOTCUA_TEST_MODEL", "MOTCUA_TEST_MODEL_LOCK"


def beside(url: str, name: str) -> str:
    """The address of another database of the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def announce(home: Path) -> None:
    """Choose the model's name before the processes of the suite part; the first that needs the model makes it."""
    if _NAME not in os.environ:
        os.environ[_NAME] = f"model_{secrets.token_hex(4)}"
        os.environ[_LOCK] = str(home / "model")


def make_model() -> str:
    """The name of the model, which is there when this returns; the other processes wait for the one that makes it."""
    url, name = os.environ["DATABASE_URL"], os.environ[_NAME]
    with Path(os.environ[_LOCK]).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_there(url, name):
            _create(url, name)
    return name


def forget_model() -> None:
    """Give its room back; for the process that announced it."""
    with psycopg.connect(beside(os.environ["DATABASE_URL"], "postgres"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(os.environ.pop(_NAME)))
        )


def _is_there(url: str, name: str) -> bool:
    with psycopg.connect(beside(url, "postgres"), autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    return found is not None


def _create(url: str, name: str) -> None:
    with psycopg.connect(beside(url, "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    words = ("manage", "migrate", "--verbosity", "0")
    folder = str(Path(os.environ[_LOCK]).parent)
    done = launching.command(*words, DATABASE_URL=beside(url, name), MOTCUA_DATA=folder)
    assert done.returncode == 0, done.stdout
