"""`./run bench numbers`: the counting over N dossiers with lives, in a database of its own that is dropped afterwards."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from motcua.bench.room import BYTES_PER_LIFE, find_largest
from motcua.commands.options import DEFAULT_DATA, ROOT, new_parser, surroundings
from motcua.commands.speech import say

NAME = "motcua_numbers"
DEFAULT_DOSSIERS = 1_000_000


def run(arguments: list[str]) -> int:
    """Make the database beside the named one (or in a server of its own), measure, drop it."""
    parser = new_parser("bench numbers", "Đo việc đếm / measure the counting")
    parser.add_argument(
        "--dossiers", type=int, default=DEFAULT_DOSSIERS, metavar="N", help="số hồ sơ / how many"
    )
    parser.add_argument("--keep", action="store_true", help="giữ cơ sở dữ liệu / keep the database")
    parser.add_argument(
        "--again", action="store_true", help="chỉ hỏi lại trên dữ liệu đã giữ / ask again what was kept"
    )
    parser.add_argument(
        "--data", type=Path, default=DEFAULT_DATA / "bench", metavar="DIR", help="thư mục / folder"
    )
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="ghi thời gian của các trang / keep the times of the pages"
    )
    parser.add_argument(
        "--beside",
        type=Path,
        metavar="FILE",
        help="tệp --json của lần đo khác, để so / such a file of another run",
    )
    options = parser.parse_args(arguments)
    files = [word for name in ("json", "beside") if (path := getattr(options, name))
             for word in (f"--{name}", str(path.resolve()))]  # fmt: skip
    if options.dossiers < 1000:
        parser.error("--dossiers: ít nhất 1000 / at least 1000")
    options.data.mkdir(parents=True, exist_ok=True)
    if options.again:
        with surroundings(options.data) as environment:
            _migrate(environment)
            return _ask(environment, options.dossiers, ["--again", *files])
    count = find_largest(options.data, options.dossiers, BYTES_PER_LIFE)
    if count < options.dossiers:
        say(f"Đĩa không đủ cho {options.dossiers} hồ sơ; đo {count}. / The disk has no room for {options.dossiers}; measuring {count}.")  # fmt: skip
    with surroundings(options.data) as environment:
        return _measure(environment, count, files, options.keep)


def _measure(environment: Mapping[str, str], count: int, files: list[str], keep: bool) -> int:
    owner = environment.get("MOTCUA_OWNER_URL") or environment["DATABASE_URL"]
    with psycopg.connect(owner, autocommit=True) as db:
        db.execute(f"DROP DATABASE IF EXISTS {NAME}")
        db.execute(f"CREATE DATABASE {NAME}")
    try:
        _migrate(environment)
        return _ask(environment, count, files)
    finally:
        if not keep:
            with psycopg.connect(owner, autocommit=True) as db:
                db.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


def _migrate(environment: Mapping[str, str]) -> None:
    migrated = [sys.executable, "manage.py", "migrate", "-v", "0"]
    subprocess.run(migrated, env=_surround(environment), cwd=ROOT, check=True)


def _ask(environment: Mapping[str, str], count: int, words: list[str]) -> int:
    part = [sys.executable, "-P", "-m", "motcua.bench", "numbers", "--dossiers", str(count), *words]
    return subprocess.run(part, env=_surround(environment), cwd=ROOT, check=False).returncode


def _surround(environment: Mapping[str, str]) -> dict[str, str]:
    """The database of the measurement; what the caller put on the path stays there, for a yardstick from outside."""
    url = _point_at(environment.get("MOTCUA_OWNER_URL") or environment["DATABASE_URL"])
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
    named = {"DATABASE_URL": url, "MOTCUA_OWNER_URL": url, "PYTHONPATH": path}
    return {**environment, **named, "DJANGO_SETTINGS_MODULE": "motcua.settings"}


def _point_at(url: str) -> str:
    """The same server, the database of the measurement."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{NAME}"))
