"""Options and surroundings shared by the commands: which data folder, which secret, which database."""

import argparse
import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from motcua.commands.parsing import Parser
from motcua.embedded import server as embedded

ROOT = Path(__file__).resolve().parent.parent.parent
DEFAULT_DATA = ROOT / "data"
LAST_PORT = 65535


def new_parser(name: str, meaning: str) -> Parser:
    """A parser that calls itself by the name people type."""
    return Parser(prog=f"./run {name}".strip(), description=meaning)


def port(words: str) -> int:
    """What was typed after --port, as a number a server can listen on (0 lets the machine choose one).

    :raises argparse.ArgumentTypeError: it is no such number
    """
    if words.isdecimal() and int(words) <= LAST_PORT:
        return int(words)
    raise argparse.ArgumentTypeError(
        f"“{words}” không phải số cổng (1–{LAST_PORT}), ví dụ --port 8001. / is not a port number."
    )


def add_data(parser: argparse.ArgumentParser) -> None:
    """The option naming the data folder; MOTCUA_DATA names it for good."""
    default = Path(os.environ.get("MOTCUA_DATA") or DEFAULT_DATA)
    parser.add_argument(
        "--data", type=Path, default=default, metavar="DIR", help="thư mục dữ liệu / data folder"
    )


def read_secret(data: Path) -> str:
    """The installation's secret: MOTCUA_SECRET_KEY, or a file of mode 600 made once in the data folder."""
    given = os.environ.get("MOTCUA_SECRET_KEY")
    if given:
        return given
    path = data / "secret-key"
    if not path.exists() or not path.read_text().strip():
        draft = path.with_suffix(".new")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48) + "\n")
        draft.rename(path)
    return path.read_text().strip()


def get_environment(data: Path, server: embedded.Server) -> dict[str, str]:
    """The environment of a process that works on this data folder and this server."""
    return {
        **os.environ,
        "MOTCUA_DATA": str(server.place.data),
        "MOTCUA_SECRET_KEY": read_secret(data),
        **server.get_environment(),
    }


def get_named_environment(data: Path) -> dict[str, str] | None:
    """The same for a database the operator runs; None when DATABASE_URL names none."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        return None
    data.mkdir(parents=True, exist_ok=True)
    owner = os.environ.get("MOTCUA_OWNER_URL", url)
    return {
        **os.environ,
        "MOTCUA_DATA": str(data.absolute()),
        "MOTCUA_SECRET_KEY": read_secret(data),
        "MOTCUA_OWNER_URL": owner,
    }


@contextlib.contextmanager
def surroundings(data: Path) -> Iterator[dict[str, str]]:
    """The environment for work on this installation, with its database running for as long as it takes."""
    named = get_named_environment(data)
    if named is not None:
        yield named
        return
    with embedded.running(data) as server:
        yield get_environment(data, server)
