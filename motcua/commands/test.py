"""The whole suite on the database that comes with the project, or on the one DATABASE_URL names."""

import os
import sys
from typing import NoReturn

from motcua.commands.options import ROOT

# More than there are groups of tests that take long: another would read all the tests and find little to do.
_MOST = 6


def count_processes() -> int:
    """Two more than there are cores: a test often waits for a browser, a server or a disk, and the others go on."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores + 2, _MOST)


def run(arguments: list[str]) -> NoReturn:
    """Become pytest in some processes; further words go to pytest unchanged. Whoever ends this command ends the suite."""
    spread = ["-n", str(count_processes()), "--dist", "loadgroup", "--no-loadscope-reorder"]
    chosen = arguments if any(word.startswith("-n") for word in arguments) else [*spread, *arguments]
    command = [
        sys.executable,
        "-P",
        "-m",
        "pytest",
        "--rootdir",
        str(ROOT),
        "-c",
        str(ROOT / "pyproject.toml"),
        *chosen,
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "motcua.settings"}
    os.chdir(ROOT)
    os.execve(sys.executable, command, environment)
