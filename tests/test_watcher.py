"""The watcher of the web server's workers: one that falls is replaced, who is asked to stop takes all along."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from motcua import watcher

# As the web server does: the workers are started first, then their parent becomes the watcher.
_START = """
import os, sys
workers = [os.posix_spawn("/bin/sleep", ["sleep", "600"], os.environ) for _worker in range(2)]
os.execv(sys.executable, [sys.executable, "-I", "-S", sys.argv[1], ",".join(map(str, workers)), *sys.argv[2:]])
"""


@contextmanager
def _watched(*again: str) -> Iterator[tuple[subprocess.Popen[bytes], psutil.Process]]:
    command = [sys.executable, "-c", _START, str(Path(watcher.__file__)), *again]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    seen = psutil.Process(process.pid)
    try:
        _await(lambda: "watcher.py" in " ".join(seen.cmdline()) and len(seen.children()) == 2)
        # It has heard of signals by the time it waits.
        _await(lambda: seen.status() == psutil.STATUS_SLEEPING)
        yield process, seen
    finally:
        children = seen.children() if process.poll() is None else []
        # The watcher first: it would put others in their place, and one that fell is gone at any moment.
        process.kill()
        process.wait()
        for child in children:
            with suppress(psutil.NoSuchProcess):
                child.kill()


def _await(holds: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)


def _words(seen: psutil.Process) -> list[str]:
    return sorted(" ".join(child.cmdline()) for child in seen.children() if child.status() != "zombie")


def test_a_worker_that_falls_is_replaced() -> None:
    with _watched("/bin/sleep", "601") as (_process, seen):
        seen.children()[0].kill()
        _await(lambda: _words(seen) == ["/bin/sleep 601", "sleep 600"])


def test_workers_that_fall_at_once_are_all_replaced() -> None:
    """A machine short of memory takes both in one moment; neither was just started, so nothing keeps falling."""
    with _watched("/bin/sleep", "601") as (process, seen):
        for worker in seen.children():
            worker.kill()
        _await(lambda: _words(seen) == ["/bin/sleep 601"] * 2)
        assert process.poll() is None


def test_workers_that_keep_falling_end_the_server() -> None:
    with _watched("/bin/false") as (process, seen):
        left = seen.children()[1]
        seen.children()[0].kill()
        assert process.wait(20) == 1
        _await(lambda: not left.is_running())


def test_who_is_asked_to_stop_takes_the_workers_along() -> None:
    with _watched("/bin/sleep", "601") as (process, seen):
        workers = seen.children()
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(20) == 0
        assert not any(worker.is_running() for worker in workers)
