"""One running PostgreSQL: started on a private socket, without any network port, and stopped with its owner."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from motcua.embedded.binaries import MAJOR, get_server_programs
from motcua.embedded.children import start_child, stop_child
from motcua.embedded.cluster import make_cluster, read_major, require_room
from motcua.embedded.place import Place, open_place
from motcua.embedded.stale import clear_stale_lock
from motcua.embedded.trouble import StillHeld, Trouble
from motcua.embedded.upgrade import upgrade_cluster
from motcua.embedded.words import explain_log

DATABASE = "motcua"
OWNER = "motcua_owner"
APP = "motcua_app"
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "jit": "off",
    "timezone": "UTC",
    # Values of rows would reach the log through details and failed statements; neither is written.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
}
# Whoever waits for a page reads it: handed to processes that read for others, a search that finds its pages in the operating
# system's memory takes half as long again (docs/performance.md).
_SINCE_18 = {"io_method": "sync"}
# Tests throw their database away, so it need not survive a power cut.
FOR_TESTS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_START_SECONDS = 120.0
_LEAVING_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers; `process` is None when somebody else started it."""

    place: Place
    process: subprocess.Popen[bytes] | None

    def get_url(self, role: str = APP, database: str = DATABASE) -> str:
        """The address under which one role reaches one database."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.place.sockets), safe='')}"

    def get_environment(self) -> dict[str, str]:
        """What a process of ours must be told to reach this server: the application's address and the owner's."""
        return {"DATABASE_URL": self.get_url(APP), "MOTCUA_OWNER_URL": self.get_url(OWNER)}

    def stop(self) -> None:
        """Close all sessions, write everything down and leave. A server somebody else started stays."""
        if self.process is not None:
            stop_child(self.process, signal.SIGINT, 60)


def start(data: Path, settings: Mapping[str, str] | None = None) -> Server:
    """Start the server of a data folder, making the folder's database first when there is none.

    :raises Trouble: the folder, the disk or a process in the way; each with a way out.
    """
    place = open_place(data)
    major = read_major(place.cluster)
    if major is None:
        make_cluster(place)
    elif major != MAJOR:
        upgrade_cluster(place, major, start_on)
    return start_on(place, settings)


def start_on(place: Place, settings: Mapping[str, str] | None = None, major: int = MAJOR) -> Server:
    """Start the server of a folder that is known to hold a database of this major version.

    Sessions of a server that was killed take a moment to notice; the start waits for them.
    """
    until = time.monotonic() + _LEAVING_SECONDS
    while True:
        try:
            return _start_once(place, settings, major)
        except StillHeld:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


def _start_once(place: Place, settings: Mapping[str, str] | None, major: int) -> Server:
    clear_stale_lock(place.cluster)
    require_room(place.cluster, 64 * 1024 * 1024)
    command: list[str | Path] = [get_server_programs(place.account, major) / "postgres", "-D", place.cluster]
    for name, value in {
        **_SETTINGS,
        **(_SINCE_18 if major >= 18 else {}),
        **(settings or {}),
        "unix_socket_directories": str(place.sockets),
    }.items():
        command += ["-c", f"{name}={value}"]
    with place.log.open("ab") as log:
        beginning = log.tell()
        process = start_child(
            command, env=_get_env(), output=log, account=place.account, farewell=signal.SIGINT, cwd=Path("/")
        )
    server = Server(place, process)
    try:
        _wait(server, beginning)
        prepare_roles(server)
    except BaseException:
        server.stop()
        raise
    return server


def find_running(data: Path) -> Server | None:
    """The server somebody else runs on this data folder, when it answers."""
    if not (data / "pg").exists() and not (data / "database-place").exists():
        return None
    server = Server(open_place(data), None)
    try:
        psycopg.connect(server.get_url("postgres", "postgres"), connect_timeout=3).close()
    except psycopg.OperationalError:
        return None
    return server


@contextlib.contextmanager
def running(data: Path) -> Iterator[Server]:
    """The server of a data folder for as long as it is needed: the running one, or one of our own."""
    server = find_running(data) or start(data)
    try:
        yield server
    finally:
        server.stop()


def prepare_roles(server: Server) -> None:
    """Two roles: one owns the tables and migrates, the application's owns nothing."""
    with psycopg.connect(server.get_url("postgres", "postgres"), autocommit=True) as connection:
        known = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
        if APP not in known:
            connection.execute(f"CREATE ROLE {APP} LOGIN")
        if OWNER not in known:
            connection.execute(f"CREATE ROLE {OWNER} LOGIN CREATEDB")
            connection.execute(f"GRANT {APP} TO {OWNER}")
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")


def _get_env() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}


def _wait(server: Server, beginning: int) -> None:
    assert server.process is not None
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        if server.process.poll() is not None:
            raise explain_log(server.place, beginning)
        try:
            psycopg.connect(server.get_url("postgres", "postgres"), connect_timeout=3).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise Trouble(
        f"Cơ sở dữ liệu chưa trả lời sau {_START_SECONDS:.0f} giây. Xem nhật ký {server.place.log}.",
        f"The database does not answer after {_START_SECONDS:.0f} seconds. See the log {server.place.log}.",
    )
