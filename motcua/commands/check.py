"""`./run check`: everything that can be known without running the tests. Each part says its name and its verdict."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from motcua.commands.options import ROOT
from motcua.commands.speech import say
from motcua.embedded import server as embedded

_DEPLOYED = {
    "MOTCUA_HTTPS": "1",
    "MOTCUA_HOSTS": "motcua.example",
    "MOTCUA_SECRET_KEY": "only-for-checking-" + "0123456789abcdef" * 3,
}


def _find_parts() -> dict[str, list[str]]:
    """The parts in order: cheap ones first. A name given on the command line chooses one."""
    module = [sys.executable, "-P", "-m"]
    manage = [sys.executable, "manage.py"]
    return {
        "format": [*module, "ruff", "format", "--check", "--output-format", "concise", "."],
        "lint": [*module, "ruff", "check", "."],
        "contracts": [
            sys.executable,
            "-P",
            "-c",
            "from importlinter.cli import lint_imports_command as go; go()",
        ],
        "migrations": [*manage, "makemigrations", "--check", "--dry-run"],
        "deploy": [*manage, "check", "--deploy", "--fail-level", "WARNING"],
        "templates": [*module, "motcua.commands.check_templates"],
        "translations": [*module, "motcua.commands.check_translations"],
        "documents": [*module, "motcua.commands.check_documents"],
        "house": [*module, "pytest", "-q", "-n0", "-p", "no:cacheprovider", "tests/test_house.py"],
        "types": [*module, "mypy", "--exclude", "/(tests|migrations)/", "motcua"],
    }


def run(arguments: list[str]) -> int:
    """Run every part, or those named; all are run even when one fails."""
    parts = _find_parts()
    unknown = [name for name in arguments if name not in parts]
    if unknown:
        say(f"Không có phần “{unknown[0]}”; có / parts: {', '.join(parts)}")
        return 2
    chosen = {name: parts[name] for name in arguments or parts}
    with tempfile.TemporaryDirectory(prefix="motcua-check-") as folder:
        failed = _run_parts(chosen, Path(folder))
    say("", f"Không đạt / failed: {', '.join(failed)}" if failed else "Đạt / all parts pass.")
    return 1 if failed else 0


def _run_parts(parts: Mapping[str, list[str]], folder: Path) -> list[str]:
    folder.chmod(0o711)
    server = embedded.start(folder / "data", embedded.FOR_TESTS) if "DATABASE_URL" not in os.environ else None
    environment = {**os.environ, **_DEPLOYED, "PYTHONPATH": str(ROOT), "MOTCUA_DATA": str(folder / "data")}
    if server is not None:
        environment["DATABASE_URL"] = server.get_url(embedded.OWNER)
    try:
        return [name for name, command in parts.items() if not _passes(name, command, environment)]
    finally:
        if server is not None:
            server.stop()


def _passes(name: str, command: list[str], environment: Mapping[str, str]) -> bool:
    begun = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    verdict = "đạt / ok" if done.returncode == 0 else "KHÔNG ĐẠT / FAILED"
    say(f"{name:<14}{verdict}  ({time.monotonic() - begun:.1f} s)")
    if done.returncode != 0:
        say((done.stdout + done.stderr).rstrip())
    return done.returncode == 0
