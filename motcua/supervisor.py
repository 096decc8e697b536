"""One parent for the web server and the background worker: it starts them, watches them and stops them all."""

import errno
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from motcua.commands.options import ROOT
from motcua.commands.speech import say
from motcua.commands.stamp import compute_code_mark
from motcua.embedded.children import start_child, stop_child
from motcua.embedded.trouble import Trouble
from motcua.watcher import web_command

_READY_SECONDS = 60.0
_MOST_RESTARTS = 5
_STOP_SECONDS = 15.0


_DATABASE_GONE = (
    "Cơ sở dữ liệu đã dừng đột ngột nên ./run dừng theo; việc đã ghi vẫn còn. Hãy chạy lại ./run.",
    "The database has stopped and ./run with it; what was kept is still there. Start ./run again.",
)
_WEB_GONE = (
    "Máy chủ web đã dừng đột ngột nên ./run dừng theo; nguyên nhân ở các dòng trên. Hãy chạy lại ./run.",
    "The web server has stopped and ./run with it; the lines above say why. Start ./run again.",
)
_WORKER_GONE = (
    "Chương trình nền dừng nhiều lần nên ./run dừng theo; nguyên nhân ở các dòng trên. Hãy chạy lại ./run.",
    "The background worker keeps stopping and ./run stops with it; the lines above say why. Start ./run again.",
)


class Stop(BaseException):
    """Somebody asked the whole to stop."""


@dataclass(slots=True)
class Household:
    """The running processes of one installation; its database is watched when it is ours, and stopped elsewhere."""

    environment: Mapping[str, str]
    host: str
    port: int
    database: subprocess.Popen[bytes] | None = None
    web: subprocess.Popen[bytes] | None = None
    worker: subprocess.Popen[bytes] | None = None
    restarts: int = field(default=0)

    def start(self) -> None:
        """Start the web server; it is told nothing of the owner of the tables."""
        hidden = {name: value for name, value in self.environment.items() if name != "MOTCUA_OWNER_URL"}
        hidden["PROMETHEUS_MULTIPROC_DIR"] = _empty(Path(self.environment["MOTCUA_DATA"]) / "metrics")
        self.web = start_child(_web_command(self.host, self.port), env={**SPARING, **_with_path(hidden)})

    def start_worker(self) -> None:
        """Start the background worker; pages come first, so it waits until they answer."""
        command = [sys.executable, "-P", "-m", "motcua", "worker"]
        self.worker = start_child(command, env=_with_path(self.environment))

    def watch(self) -> Sequence[str]:
        """Stay until something ends: a worker is started again a few times, a web server and a database are not.

        What is to be said of it, in both languages.
        """
        while True:
            time.sleep(0.5)
            if self.database is not None and self.database.poll() is not None:
                return _DATABASE_GONE
            if self.web is not None and self.web.poll() is not None:
                return _WEB_GONE
            if self.worker is not None and self.worker.poll() is not None:
                self.restarts += 1
                if self.restarts > _MOST_RESTARTS:
                    return _WORKER_GONE
                time.sleep(min(2.0**self.restarts, 30))
                self.start_worker()

    def stop(self) -> None:
        """The door first, then the work behind it."""
        for child in (self.web, self.worker):
            if child is not None:
                stop_child(child, signal.SIGTERM, _STOP_SECONDS)

    def wait_ready(self) -> None:
        """Until the pages answer.

        :raises Trouble: the web server stopped, or says nothing for a minute.
        """
        until = time.monotonic() + _READY_SECONDS
        while time.monotonic() < until:
            if self.web is not None and self.web.poll() is not None:
                break
            if _answers(self.host, self.port):
                return
            time.sleep(0.1)
        raise Trouble(
            "Máy chủ web không khởi động được; nguyên nhân ở các dòng trên.",
            "The web server did not start; the lines above say why.",
        )


def supervise(
    environment: Mapping[str, str],
    host: str,
    port: int,
    announce: Callable[[], None],
    database: subprocess.Popen[bytes] | None = None,
) -> int:
    """Run web server and worker until a signal or a failure, and leave nothing behind.

    :param database: our own database's process, watched as well
    """
    compiled = _keep_one(Path(environment["MOTCUA_DATA"]) / "compiled", compute_code_mark())
    household = Household({**environment, "MOTCUA_COMPILED": compiled}, host, port, database)
    why: Sequence[str] = ()
    try:
        household.start()
        household.wait_ready()
        household.start_worker()
        announce()
        why = household.watch()
    except (KeyboardInterrupt, Stop):
        say("", "Đang dừng… / stopping…")
    finally:
        _ignore_signals()
        household.stop()
        # After everything those who were stopped wrote: whoever looks at the window reads its last lines.
        if why:
            say("", *why)
    return 1 if why else 0


def heed_signals() -> None:
    """From now on the usual ways of stopping a program unwind it in order."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise Stop

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)


def require_free_port(host: str, port: int) -> None:
    """Ask before anything starts whether the address is free.

    :raises Trouble: another program has it, or the system does not allow it.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise _refused_port(host, port, error) from error


def _refused_port(host: str, port: int, error: OSError) -> Trouble:
    if error.errno == errno.EADDRINUSE:
        return Trouble(
            f"Cổng {port} đang có chương trình khác dùng. Hãy chọn cổng khác, ví dụ: ./run --port {port + 1}",
            f"Port {port} is in use by another program. Choose another, for example: ./run --port {port + 1}",
        )
    return Trouble(
        f"Không mở được địa chỉ {host}:{port} ({error.strerror}). Hãy chọn cổng khác bằng --port.",
        f"The address {host}:{port} cannot be opened ({error.strerror}). Choose another with --port.",
    )


# Each thread of a worker would keep a heap of its own, and what a page gave back would stay with it; one heap that
# returns large pieces at once holds a third less. The typesetter has one page to set, not the cores of the machine.
SPARING = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "131072",
    "MALLOC_TRIM_THRESHOLD_": "131072",
    "RAYON_NUM_THREADS": "1",
}


def _web_command(host: str, port: int) -> list[str]:
    workers = int(os.environ.get("MOTCUA_WORKERS", "2"))
    threads = int(os.environ.get("MOTCUA_THREADS", "4"))
    return web_command(host, port, workers, threads)


def _empty(folder: Path) -> str:
    """Where the web server's processes lay their figures side by side; those of the last run are gone."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    return str(folder)


def _keep_one(place: Path, mark: str) -> str:
    """The folder for what the present code compiles; what older code left there goes."""
    folder = place / mark[:16]
    for other in place.glob("*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return str(folder)


def _with_path(environment: Mapping[str, str]) -> dict[str, str]:
    settings = environment.get("DJANGO_SETTINGS_MODULE", "motcua.settings")
    return {**environment, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": settings}


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(
        "127.0.0.1" if host in {"0.0.0.0", "::"} else host, port, timeout=5
    )
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _ignore_signals() -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
