"""`./run`: the demonstration province on this machine, from nothing to an address to open."""

import argparse
import os
from pathlib import Path

from motcua import supervisor
from motcua.commands.occupancy import occupy
from motcua.commands.options import add_data, get_environment, new_parser, port
from motcua.commands.prepare import ensure_prepared
from motcua.commands.speech import say
from motcua.commands.stamp import compute_mark
from motcua.embedded import server as embedded
from motcua.embedded.place import erase, open_place
from motcua.embedded.stale import clear_stale_lock

_HOST = "127.0.0.1"
_PROVINCE = "Một cửa Quảng Trị (trình diễn)"


def run(arguments: list[str]) -> int:
    """Start database, web server and worker; the first start prepares, later ones take seconds."""
    options = _read(arguments)
    supervisor.require_free_port(_HOST, options.port)
    supervisor.heed_signals()
    place = open_place(options.data)
    try:
        with occupy(place.data, f"http://{_HOST}:{options.port}/"):
            return _run(options, place.data)
    except supervisor.Stop:
        return 130


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = new_parser("", "Bản trình diễn / the demonstration")
    parser.add_argument("--port", type=port, default=os.environ.get("MOTCUA_PORT", "8000"))
    parser.add_argument("--fresh", action="store_true", help="bắt đầu lại từ đầu / begin anew")
    add_data(parser)
    return parser.parse_args(arguments)


def _run(options: argparse.Namespace, data: Path) -> int:
    if os.environ.get("DATABASE_URL"):
        say("Bản trình diễn không dùng DATABASE_URL; để chạy thật: ./run serve")
        say("The demonstration does not use DATABASE_URL; to run for real: ./run serve")
    if options.fresh:
        place = open_place(data)
        clear_stale_lock(place.cluster)
        erase(place)
    server = embedded.start(data)
    try:
        _tell_place(server)
        environment = {"MOTCUA_ORGANISATION": _PROVINCE, **get_environment(data, server)}
        mark = compute_mark(server.place.cluster, "demonstration")
        ensure_prepared(environment, mark, with_demonstration=True)
        return supervisor.supervise(
            environment, _HOST, options.port, lambda: _announce(options.port, data), server.process
        )
    finally:
        server.stop()


def _tell_place(server: embedded.Server) -> None:
    place = server.place
    if place.is_elsewhere and place.account is not None:
        name, folder = place.account.name, place.cluster.parent
        say(f"Cơ sở dữ liệu nằm ở {folder}: người dùng hệ thống {name} không vào được {place.data}.")
        say(f"The database lies in {folder}: the system user {name} cannot reach {place.data}.")


def _announce(port: int, data: Path) -> None:
    say("", f"  Mở / open:  http://{_HOST}:{port}/", "")
    names = data / "sign-in.txt"
    if names.exists():
        say(names.read_text(encoding="utf-8").rstrip(), "")
    say("Ctrl-C để dừng / to stop.")
