"""Which code has prepared this database, so that a second start need not prepare again."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from motcua.commands.options import ROOT

_COUNTS = {".py", ".html", ".css", ".js", ".svg", ".csv", ".json", ".gz", ".mo", ".typ", ".txt"}


def compute_mark(cluster: Path, kind: str) -> str:
    """The present code together with this very database folder: either one new means preparing again."""
    made = (cluster / "PG_VERSION").stat().st_ctime_ns
    return hashlib.sha256(f"{kind} {compute_code_mark()} {made}".encode()).hexdigest()


@cache
def compute_code_mark() -> str:
    """The code, its pages, words and libraries as they are now."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "motcua").rglob("*")):
        if path.suffix in _COUNTS and "tests" not in path.parts:
            status = path.stat()
            digest.update(f"{path.relative_to(ROOT)} {status.st_size} {status.st_mtime_ns}\n".encode())
    digest.update((ROOT / "requirements.txt").read_bytes())
    return digest.hexdigest()


def read_stamp(environment: Mapping[str, str]) -> str:
    """The mark of the last preparation; empty when there was none."""
    path = _path(environment)
    return path.read_text().strip() if path.exists() else ""


def write_stamp(environment: Mapping[str, str], mark: str) -> None:
    """Remember that this code has prepared this database."""
    _path(environment).write_text(mark + "\n")


def _path(environment: Mapping[str, str]) -> Path:
    return Path(environment["MOTCUA_DATA"]) / "prepared"
