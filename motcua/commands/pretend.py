"""`./run pretend NAME`: a neighbour played by a real little server, for training; Ctrl-C ends it."""

import argparse
import os
import threading
from collections.abc import Callable
from pathlib import Path

from motcua import supervisor
from motcua.commands.options import add_data, new_parser, port
from motcua.commands.speech import say
from motcua.pretend.gateway import TextGateway
from motcua.pretend.mail import Mailbox, MailServer
from motcua.pretend.portal import NationalPortal
from motcua.pretend.portal_book import Book
from motcua.pretend.postman import Postman, send_to, walk_rounds
from motcua.pretend.serving import Neighbour, Server
from motcua.pretend.tsa import TimeAuthority, make_authority
from motcua.pretend.weather import Trouble, Weather

PORTS = {"npsp": 8101, "sms": 8102, "mail": 8103, "tsa": 8104}
_SMTP_PORT = 8125
_HOST = "127.0.0.1"


def run(arguments: list[str]) -> int:
    """Start one and stay until stopped."""
    options = _read(arguments)
    port = options.port or PORTS[options.name]
    supervisor.require_free_port(_HOST, port)
    supervisor.heed_signals()
    makers: dict[str, Callable[[argparse.Namespace, str], tuple[Neighbour, list[str]]]] = {
        "npsp": _make_portal,
        "sms": _make_gateway,
        "mail": _make_mail,
        "tsa": _make_authority,
    }
    neighbour, settings = makers[options.name](options, f"http://{_HOST}:{port}")
    try:
        with Server(neighbour, _HOST, port) as server:
            say(
                "",
                f"  {server.url}/",
                "",
                "Cho phần mềm biết / tell the product:",
                *(f"  {line}" for line in settings),
            )
            say("", "Ctrl-C để dừng / to stop.")
            server.serve_forever(poll_interval=0.2)
    except (KeyboardInterrupt, supervisor.Stop):
        return 0
    return 0


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = new_parser("pretend", "Hệ thống bạn giả lập / a pretended neighbour")
    parser.add_argument(
        "name", choices=sorted(PORTS), metavar="NAME",
        help=f"hệ thống nào: {', '.join(sorted(PORTS))} / which neighbour",
    )  # fmt: skip
    parser.add_argument("--port", type=port, default=0, help="cổng / port")
    modes = [trouble.value for trouble in Trouble]
    parser.add_argument(
        "--mode", choices=modes, default=Trouble.FINE.value, help="cách trả lời / how it answers"
    )
    parser.add_argument("--office", default="http://127.0.0.1:8000", help="nơi nhận hồ sơ / where filings go")
    parser.add_argument("--secret", default="tap-huan", help="khóa chung / the shared secret")
    add_data(parser)
    return parser.parse_args(arguments)


def _folder(options: argparse.Namespace) -> Path:
    folder = Path(os.path.abspath(options.data)) / "pretend"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _make_portal(options: argparse.Namespace, url: str) -> tuple[Neighbour, list[str]]:
    weather = Weather(Trouble(options.mode))
    book = Book(_folder(options) / "npsp.sqlite3")
    postman = Postman(book, send_to(options.office), options.secret, weather)
    threading.Thread(target=walk_rounds, args=(postman, threading.Event()), daemon=True).start()
    told = [f"MOTCUA_NPSP_URL={url}", f"MOTCUA_NPSP_INBOX_SECRET={options.secret}"]
    return NationalPortal(book, weather, url=url), told


def _make_gateway(options: argparse.Namespace, url: str) -> tuple[Neighbour, list[str]]:
    gateway = TextGateway(Weather(Trouble(options.mode)), key=options.secret)
    return gateway, [f"MOTCUA_GATEWAY_URL={url}", f"MOTCUA_GATEWAY_KEY={options.secret}"]


def _make_mail(options: argparse.Namespace, url: str) -> tuple[Neighbour, list[str]]:
    supervisor.require_free_port(_HOST, _SMTP_PORT)
    server = MailServer(_SMTP_PORT)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return Mailbox(server), [f"MOTCUA_SMTP_URL={server.url}"]


def _make_authority(options: argparse.Namespace, url: str) -> tuple[Neighbour, list[str]]:
    authority = TimeAuthority(make_authority(_folder(options)), Weather(Trouble(options.mode)))
    return authority, [f"MOTCUA_TSA_URL={url}/"]
