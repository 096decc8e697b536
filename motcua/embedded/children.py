"""Processes that live no longer than the one that started them."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from motcua.embedded.account import Account

_PR_SET_PDEATHSIG = 1


def follow_parent(farewell: int, parent: int) -> Callable[[], None] | None:
    """What a child does before it begins: ask the kernel for a signal when its parent dies (Linux only)."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def ask() -> None:
        prctl(_PR_SET_PDEATHSIG, farewell, 0, 0, 0)
        if os.getppid() != parent:
            os.kill(os.getpid(), farewell)

    return ask


def die_with(parent: int) -> None:
    """Ask for the end of this process when the one that started it ends."""
    follow = follow_parent(signal.SIGTERM, parent)
    if follow is not None:
        follow()


def start_child(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    output: IO[bytes] | None = None,
    account: Account | None = None,
    farewell: signal.Signals = signal.SIGTERM,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a process in its own group, so that Ctrl-C reaches only the one that stops the others in order."""
    as_user = account.as_popen() if account else {}
    return subprocess.Popen(
        [str(part) for part in command],
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        cwd=cwd,
        process_group=0,
        preexec_fn=follow_parent(farewell, os.getpid()),
        **as_user,
    )


def stop_child(child: subprocess.Popen[bytes], first: signal.Signals, seconds: float) -> None:
    """Ask politely, wait, then insist."""
    if child.poll() is not None:
        return
    child.send_signal(first)
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
