"""`./run manage …`: Django's own commands on this installation, as the owner of the tables."""

import os
import subprocess
import sys
from pathlib import Path

from motcua.commands.options import DEFAULT_DATA, ROOT, surroundings


def run(arguments: list[str]) -> int:
    """Run one command; MOTCUA_DATA names another data folder."""
    data = Path(os.environ.get("MOTCUA_DATA") or DEFAULT_DATA)
    with surroundings(data) as environment:
        owned = {**environment, "DATABASE_URL": environment["MOTCUA_OWNER_URL"]}
        command = [sys.executable, str(ROOT / "manage.py"), *(arguments or ["help"])]
        return subprocess.run(command, env=owned, check=False).returncode
