"""What a server that was killed leaves behind, and what to do with it."""

import os
import signal
import time
from pathlib import Path

import psutil

from motcua.embedded.trouble import Trouble

_PATIENCE_SECONDS = 30.0


def clear_stale_lock(cluster: Path) -> None:
    """Remove the lock of a server that is gone, and stop one whose owner is gone.

    :raises Trouble: the server is alive and does not stop.
    """
    lock = cluster / "postmaster.pid"
    pid = _read_pid(lock)
    if pid is None:
        return
    if _serves(pid, cluster):
        _stop(pid, cluster)
    lock.unlink(missing_ok=True)


def _read_pid(lock: Path) -> int | None:
    try:
        return abs(int(lock.read_text().split()[0]))
    except FileNotFoundError:
        return None
    except (ValueError, IndexError):
        lock.unlink(missing_ok=True)
        return None


def _serves(pid: int, cluster: Path) -> bool:
    """Whether this number is still that server; numbers are given again to other programs."""
    try:
        command = psutil.Process(pid).cmdline()
    except psutil.Error:
        return False
    return bool(command) and "postgres" in os.path.basename(command[0]) and str(cluster) in " ".join(command)


def _stop(pid: int, cluster: Path) -> None:
    os.kill(pid, signal.SIGINT)
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        if not _serves(pid, cluster):
            return
        time.sleep(0.1)
    raise Trouble(
        f"Một tiến trình cơ sở dữ liệu cũ (số {pid}) chưa chịu dừng. Hãy dừng nó rồi chạy lại.",
        f"An earlier database process (number {pid}) does not stop. Stop it and start again.",
    )
