"""The whole suite on the database that comes with the project, or on the one DATABASE_URL names."""

import os
import subprocess
import sys

from motcua.commands.options import ROOT


def run(arguments: list[str]) -> int:
    """Run pytest in two processes; further words go to pytest unchanged."""
    chosen = (
        arguments
        if any(word.startswith("-n") for word in arguments)
        else ["-n", "2", "--dist", "loadgroup", *arguments]
    )
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
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
