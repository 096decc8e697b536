"""Starting the project as a person does, in a process of its own, for the tests about the whole."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil

from motcua.embedded.children import follow_parent

ROOT = Path(__file__).resolve().parent.parent
_CLEAN = {"DATABASE_URL", "MOTCUA_OWNER_URL", "MOTCUA_DATA", "MOTCUA_SECRET_KEY", "MOTCUA_FILES"}


def environment(**further: str) -> dict[str, str]:
    """The surroundings of a newcomer: nothing of ours is set."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in _CLEAN and not name.startswith(("PYTEST", "MOTCUA_TEST_"))
    }
    return {**kept, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "motcua.settings", **further}


def find_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def launch(*words: str | Path, module: str = "motcua", **further: str) -> subprocess.Popen[str]:
    """Start a command and leave it running; its words can be read from `stdout`.

    It is told to stop when the process of the suite that started it is no more, however that ended.
    """
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, *map(str, words)],
        env=environment(**further),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=follow_parent(signal.SIGTERM, os.getpid()),
    )


def command(
    *words: str | Path, seconds: float = 180, module: str = "motcua", **further: str
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    process = launch(*words, module=module, **further)
    said, _ = process.communicate(timeout=seconds)
    return subprocess.CompletedProcess(words, process.returncode, said, "")


def fetch(port: int, path: str = "/healthz") -> int:
    """The status of one address."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return int(answer.status)


def await_address(process: subprocess.Popen[str], seconds: float = 120) -> str:
    """Read what is said until the address is; everything said so far."""
    assert process.stdout is not None
    said: list[str] = []
    until = time.monotonic() + seconds
    for line in process.stdout:
        said.append(line)
        if "http://127.0.0.1" in line:
            break
        assert time.monotonic() < until, "".join(said)
    return "".join(said)


def find_processes(data: Path, port: int) -> list[psutil.Process]:
    """Everything of one installation that still runs."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        words = " ".join(process.info["cmdline"] or [])
        if str(data) in words or f"--port {port}" in words:
            found.append(process)
    return found


def await_nothing(data: Path, port: int, seconds: float = 20) -> list[str]:
    """What is left of an installation when it has had time to go."""
    until = time.monotonic() + seconds
    while (left := find_processes(data, port)) and time.monotonic() < until:
        time.sleep(0.2)
    return [" ".join(process.cmdline()) for process in left]


def _hear(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    with contextlib.suppress(ValueError):
        for _line in process.stdout:
            continue


@contextlib.contextmanager
def running(
    data: Path, seconds: float = 120, words: tuple[str, ...] = (), **further: str
) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A running `./run serve` on its own database; stopped at the end, however the test went."""
    port = find_port()
    process = launch("serve", "--data", data, "--port", str(port), *words, **further)
    try:
        await_address(process, seconds)
        # What nobody reads fills the pipe, and the server waits with it for ever.
        threading.Thread(target=_hear, args=(process,), daemon=True).start()
        yield process, port
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        process.wait(30)
