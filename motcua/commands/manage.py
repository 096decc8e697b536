"""`./run manage …`: Django's own commands on this installation, as the owner of the tables."""

import os
import subprocess
import sys
from pathlib import Path

from motcua.commands.installed import installation
from motcua.commands.options import DEFAULT_DATA, ROOT, surroundings


def run(arguments: list[str]) -> int:
    """Run one command; MOTCUA_DATA names another data folder."""
    with surroundings(_find_data()) as environment:
        return _carry_out(arguments or ["help"], environment)


def run_installed(arguments: list[str]) -> int:
    """The same for a command that works on what an installation holds.

    :raises Trouble: nothing was prepared there
    """
    with installation(_find_data()) as environment:
        return _carry_out(arguments, environment)


def _find_data() -> Path:
    return Path(os.environ.get("MOTCUA_DATA") or DEFAULT_DATA)


def _carry_out(arguments: list[str], environment: dict[str, str]) -> int:
    owned = {**environment, "DATABASE_URL": environment["MOTCUA_OWNER_URL"]}
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, env=owned, check=False).returncode
