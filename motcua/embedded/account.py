"""The account the server runs as. PostgreSQL refuses to run as root, so root lends it an account without powers."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAME = "motcua"
FALLBACK = "nobody"


@dataclass(frozen=True, slots=True)
class Account:
    """A system user that owns the database folder and nothing else."""

    uid: int
    gid: int
    name: str

    def can_enter(self, path: Path) -> bool:
        """Whether this user really reaches the folder: asked of the system, so access lists count too."""
        ask = subprocess.run(
            ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(path)],
            cwd="/",
            stderr=subprocess.DEVNULL,
            **self.as_popen(),
        )
        return ask.returncode == 0

    def as_popen(self) -> dict[str, Any]:
        """The arguments that make a new process run as this user."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def find_account() -> Account | None:
    """None for an ordinary user; for root the system user `motcua`, made when absent, or else `nobody`."""
    if os.geteuid() != 0:
        return None
    return _look_up(NAME) or _create(NAME) or _look_up(FALLBACK) or Account(65534, 65534, FALLBACK)


def _look_up(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return None if entry.pw_uid == 0 else Account(entry.pw_uid, entry.pw_gid, name)


def _create(name: str) -> Account | None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        return None
    nologin = shutil.which("nologin", path="/usr/sbin:/sbin") or "/bin/false"
    subprocess.run(
        [
            useradd,
            "--system",
            "--user-group",
            "--no-create-home",
            "--home-dir",
            "/nonexistent",
            "--shell",
            nologin,
            name,
        ],
        capture_output=True,
        check=False,
    )
    return _look_up(name)
