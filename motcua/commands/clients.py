"""PostgreSQL's own client programs, run on a database address."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg
from psycopg import sql

from motcua.embedded.binaries import get_programs
from motcua.embedded.trouble import Trouble

_PREAMBLE_LINES = 40
_TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1
"""


def run_client(program: str, arguments: list[str | Path]) -> None:
    """Run one of them with these words.

    :raises Trouble: it failed; its last words are told.
    """
    command = [str(get_programs() / program), *(str(word) for word in arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise _failed(program, done.stderr)


def restore_dump(dump: Path, url: str) -> None:
    """Bring a dump into an empty database in one transaction: all of it or nothing.

    :raises Trouble: a statement failed.
    """
    programs = get_programs()
    reading: list[str | Path] = [programs / "pg_restore", "--no-owner", "--no-privileges", "--file=-", dump]
    writing: list[str | Path] = [
        programs / "psql",
        "-X",
        "-q",
        "--single-transaction",
        "--set=ON_ERROR_STOP=1",
        "-o",
        os.devnull,
        url,
    ]
    with tempfile.TemporaryFile() as said:
        source = subprocess.Popen(reading, stdout=subprocess.PIPE, stderr=said)
        target = subprocess.Popen(writing, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said)
        _pour(source, target)
        if source.wait() or target.wait():
            said.seek(0)
            raise _failed("pg_restore", said.read().decode("utf-8", "replace"))


def _pour(source: "subprocess.Popen[bytes]", target: "subprocess.Popen[bytes]") -> None:
    """Carry the script over, without the one setting that servers before 17 do not know."""
    assert source.stdout is not None and target.stdin is not None
    with source.stdout, contextlib.suppress(BrokenPipeError), target.stdin:
        for _ in range(_PREAMBLE_LINES):
            line = source.stdout.readline()
            if not line.startswith(b"SET transaction_timeout"):
                target.stdin.write(line)
        shutil.copyfileobj(source.stdout, target.stdin, 1 << 20)


def _failed(program: str, said: str) -> Trouble:
    lines = said.strip().splitlines() or ["?"]
    told = next((line for line in lines if "error:" in line.lower()), lines[-1])
    return Trouble(f"{program} không xong: {told}", f"{program} failed: {told}")


def connect(url: str) -> psycopg.Connection:
    """A connection of our own beside Django's.

    :raises Trouble: the database does not answer.
    """
    try:
        return psycopg.connect(url, connect_timeout=10)
    except psycopg.OperationalError as error:
        last = str(error).strip().splitlines()[-1]
        raise Trouble(
            f"Không kết nối được cơ sở dữ liệu: {last}", f"The database cannot be reached: {last}"
        ) from error


def find_tables(connection: psycopg.Connection) -> list[str]:
    """The tables of the database; a partitioned one stands for its parts."""
    return [name for (name,) in connection.execute(_TABLES)]


def count_rows(connection: psycopg.Connection) -> dict[str, int]:
    """The figures a restored database must show again."""
    found: dict[str, int] = {}
    for table in find_tables(connection):
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
        found[table] = row[0] if row else 0
    return found
