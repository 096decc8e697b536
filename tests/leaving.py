"""The end of a run of the suite, however it comes: what the tests started is stopped in order and nothing is left."""

import signal
import threading
import time
from pathlib import Path

import psutil

_PATIENCE = 60


def leave_in_order() -> None:
    """Asked to end, this process stops as by Ctrl-C: what its tests began is brought to an end. One that is killed outright
    leaves what it launched to follow it (`launching.launch`)."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def await_servers(place: Path) -> None:
    """Until nothing runs that serves from this place: offices of a process that ended before they did are on their way out."""
    until = time.monotonic() + _PATIENCE
    while _is_served(place) and time.monotonic() < until:
        time.sleep(0.1)


def _is_served(place: Path) -> bool:
    running = psutil.process_iter(["cmdline"])
    return any(f"{place}/" in word for process in running for word in process.info["cmdline"] or [])
