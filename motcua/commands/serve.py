"""`./run serve`: a real installation. The database is the operator's (DATABASE_URL) or the one that comes with us."""

import argparse
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from motcua import supervisor
from motcua.commands.occupancy import occupy
from motcua.commands.options import add_data, get_environment, get_named_environment, new_parser, port
from motcua.commands.prepare import ensure_prepared
from motcua.commands.speech import say
from motcua.commands.stamp import compute_mark
from motcua.embedded import server as embedded
from motcua.embedded.place import open_place


def run(arguments: list[str]) -> int:
    """Prepare the database unless told not to, then serve until stopped."""
    options = _read(arguments)
    supervisor.require_free_port(options.host, options.port)
    supervisor.heed_signals()
    try:
        with _installation(options.data, f"http://{options.host}:{options.port}/") as (
            environment,
            mark,
            database,
        ):
            if not options.no_prepare:
                ensure_prepared(environment, mark, with_demonstration=False)
            return supervisor.supervise(
                environment, options.host, options.port, lambda: _announce(options), database
            )
    except supervisor.Stop:
        return 130


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = new_parser("serve", "Chạy thật / run for real")
    parser.add_argument("--host", default=os.environ.get("MOTCUA_HOST", "127.0.0.1"))
    parser.add_argument("--port", type=port, default=os.environ.get("MOTCUA_PORT", "8000"))
    parser.add_argument(
        "--no-prepare", action="store_true", help="không chạy migrate / no migrations at start"
    )
    add_data(parser)
    return parser.parse_args(arguments)


@contextmanager
def _installation(
    data: Path, address: str
) -> Iterator[tuple[dict[str, str], str, subprocess.Popen[bytes] | None]]:
    """The environment of the processes, the mark of a finished preparation, and our own database.

    A database the operator named has neither of the two.
    """
    named = get_named_environment(data)
    if named is not None:
        with occupy(data, address):
            yield named, "", None
        return
    place = open_place(data)
    with occupy(place.data, address):
        server = embedded.start(place.data)
        try:
            mark = compute_mark(server.place.cluster, "serve")
            yield get_environment(place.data, server), mark, server.process
        finally:
            server.stop()


def _announce(options: argparse.Namespace) -> None:
    say(f"http://{options.host}:{options.port}/")
