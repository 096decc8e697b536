"""`./run bench`: fill a province with N dossiers, drive the running server, print where it stands beside its targets."""

import argparse
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from motcua.bench import database
from motcua.bench.room import find_largest
from motcua.commands import bench_numbers, bench_plans
from motcua.commands.occupancy import occupy
from motcua.commands.options import DEFAULT_DATA, ROOT, get_environment, get_named_environment, new_parser
from motcua.commands.speech import say
from motcua.embedded import server as embedded
from motcua.embedded.place import open_place
from motcua.embedded.trouble import Trouble

DEFAULT_DOSSIERS = 100_000
PARTS = ("acts", "night")


def run(arguments: list[str]) -> int:
    """Fill, serve, measure; the database of a size is kept for the next run only with `--keep`.

    Words before the options: `numbers` measures the counting, `plans` the reading of plans, `acts` each act by itself,
    `night` units merged with their open work and the reminders of a million dossiers.
    """
    if arguments[:1] == ["numbers"]:
        return bench_numbers.run(arguments[1:])
    if arguments[:1] == ["plans"]:
        return bench_plans.run(arguments[1:])
    named_part = arguments[:1] and arguments[0] in PARTS
    options = _read(arguments[bool(named_part) :])
    options.part = arguments[0] if named_part else "drive"
    named = get_named_environment(options.data)
    if named is not None:
        with occupy(options.data, "bench"):
            _require_ours(named, options)
            return _work(named, "fill", options) or _work(named, options.part, options)
    place = open_place(options.data)
    with occupy(place.data, "bench"):
        return _run_embedded(place.data, options)


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = new_parser("bench", "Đo tốc độ / measure the running server")
    parser.add_argument(
        "--dossiers", type=int, default=DEFAULT_DOSSIERS, metavar="N", help="số hồ sơ / how many"
    )
    parser.add_argument(
        "--only", default="", metavar="NAME", help="chỉ một phép đo / one scenario (comma separated)"
    )
    parser.add_argument(
        "--json", type=Path, default=None, metavar="FILE", help="ghi số liệu / write the figures"
    )
    parser.add_argument("--seconds", type=float, default=4.0, help="mỗi phép đo / of each measurement")
    parser.add_argument("--keep", action="store_true", help="giữ dữ liệu cho lần sau / keep the database")
    parser.add_argument("--fresh", action="store_true", help="tạo lại dữ liệu / make the database anew")
    parser.add_argument(
        "--fill-only", action="store_true", help="chỉ tạo dữ liệu / make the database, measure nothing"
    )
    parser.add_argument("--port", type=int, default=8790)
    parser.add_argument(
        "--data", type=Path, default=DEFAULT_DATA / "bench", metavar="DIR", help="thư mục / folder"
    )
    options = parser.parse_args(arguments)
    if options.dossiers < 100:
        parser.error("--dossiers: ít nhất 100 / at least 100")
    return options


def _require_ours(environment: Mapping[str, str], options: argparse.Namespace) -> None:
    """A database somebody named is filled only when nothing but a benchmark was ever in it.

    :raises Trouble: it holds dossiers that the benchmark did not make.
    """
    if not database.is_fillable(environment["MOTCUA_OWNER_URL"]):
        raise Trouble(
            "Cơ sở dữ liệu trong DATABASE_URL đang có hồ sơ thật. Hãy chỉ một cơ sở dữ liệu trống.",
            "The database of DATABASE_URL holds dossiers of its own. Name an empty one.",
        )


def _run_embedded(data: Path, options: argparse.Namespace) -> int:
    count = options.dossiers
    if not _make(data, options):
        largest = find_largest(data, count)
        say(
            f"Đĩa không đủ cho {count} hồ sơ; đo {largest}. / The disk has no room for {count}; measuring {largest}."
        )
        options.dossiers = largest
        if not _make(data, options):
            raise Trouble("Đĩa không đủ chỗ.", "The disk has no room.")
    if options.fill_only:
        return 0
    server = embedded.start(data, database.SERVING)
    try:
        environment = database.point_at(get_environment(data, server), server, options.dossiers)
        return _work(environment, options.part, options)
    finally:
        if not options.keep:
            database.drop(server, options.dossiers)
        server.stop()


def _make(data: Path, options: argparse.Namespace) -> bool:
    """Make the database of this size unless it is there; False when the disk has no room for it."""
    server = embedded.start(data, database.LOADING)
    try:
        count = options.dossiers
        environment = get_environment(data, server)
        if database.is_filled(server, count) and not options.fresh:
            _require(_work(database.point_at(environment, server, count), "fill", options))
            return True
        database.drop(server, count)
        if find_largest(data, count) < count:
            return False
        if not (data / "model").exists() or options.fresh:
            _require(_work(environment, "prepare", options))
            (data / "model").touch()
        database.copy_model(server, count)
        _require(_work(database.point_at(environment, server, count), "fill", options))
        return True
    finally:
        server.stop()


def _require(status: int) -> None:
    if status:
        raise Trouble(
            "Chưa tạo xong dữ liệu; xem các dòng trên.", "The data were not made; see the lines above."
        )


def _work(environment: Mapping[str, str], what: str, options: argparse.Namespace) -> int:
    """One part in a process of its own, as the owner of the tables unless it drives the server."""
    command = [sys.executable, "-P", "-m", "motcua.bench", what, "--dossiers", str(options.dossiers)]
    if what == "drive":
        command += ["--port", str(options.port), "--seconds", str(options.seconds), "--only", options.only]
        command += ["--json", str(options.json)] if options.json else []
    kept = {name: value for name, value in environment.items() if name != "MOTCUA_DEBUG"}
    if what != "drive":
        kept["DATABASE_URL"] = kept["MOTCUA_OWNER_URL"]
    paths = {"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "motcua.settings"}
    return subprocess.run(command, env={**kept, **paths}, cwd=ROOT, check=False).returncode
