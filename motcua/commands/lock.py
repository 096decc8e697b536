"""`./run lock`: the lock files anew from requirements*.in, with hashes and without the address of any index."""

import os
import subprocess

from motcua.commands.options import ROOT

_OPTIONS = "--universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet"


def run(arguments: list[str]) -> int:
    """Resolve each list; further words go to the resolver, for example `--upgrade`."""
    uv = ROOT / ".tools" / "bin" / "uv"
    for name in ("requirements", "requirements-dev", "requirements-tools"):
        command = [
            str(uv),
            "pip",
            "compile",
            *_OPTIONS.split(),
            *arguments,
            f"{name}.in",
            "-o",
            f"{name}.txt",
        ]
        status = subprocess.run(
            command, cwd=ROOT, env={**os.environ, "UV_NO_CONFIG": "1"}, check=False
        ).returncode
        if status:
            return status
    return 0
