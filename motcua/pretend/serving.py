"""A little web server of the standard library: routes to functions, and troubles where a mode asks for them."""

import json
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from motcua.pretend.weather import Trouble, Weather

_LARGEST = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    def read_json(self) -> dict[str, Any]:
        """The body as an object; empty when it is none."""
        try:
            read = json.loads(self.body or b"{}")
        except ValueError:
            return {}
        return read if isinstance(read, dict) else {}

    def read_form(self) -> dict[str, str]:
        """The last value of each field of a form."""
        return {
            name: values[-1] for name, values in parse_qs(self.body.decode(), keep_blank_values=True).items()
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered."""

    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


def answer_json(value: object, status: int = 200) -> Answer:
    """An answer for machines."""
    return Answer(json.dumps(value, ensure_ascii=False).encode(), status, "application/json; charset=utf-8")


def go_to(address: str) -> Answer:
    """Another page, by GET."""
    return Answer(status=303, headers={"Location": address})


class Neighbour(ABC):
    """A pretended neighbour: its name, its weather, its routes. Troubles strike only the calls machines make."""

    name: ClassVar[str] = ""
    troubled: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, weather: Weather | None = None) -> None:
        self.weather = weather or Weather()

    @abstractmethod
    def routes(self) -> Mapping[tuple[str, str], Callable[[Request], Answer]]:
        """(method, path) → function."""

    def answer(self, request: Request) -> Answer | None:
        """The answer, or None to hang up."""
        act = self.routes().get((request.method, request.path))
        if act is None:
            return Answer("Không có trang này.".encode(), 404)
        if request.path not in self.troubled:
            return act(request)
        return self._answer_in(self.weather.next(), act, request)

    def _answer_in(
        self, trouble: Trouble, act: Callable[[Request], Answer], request: Request
    ) -> Answer | None:
        if trouble == Trouble.DOWN:
            return None
        if trouble == Trouble.BUSY:
            return answer_json({"error_code": "503"}, 503)
        if trouble == Trouble.SLOW:
            time.sleep(self.weather.slow_seconds)
        done = act(request)
        return None if trouble == Trouble.LOST_ANSWER else done


class Server(ThreadingHTTPServer):
    """The door of one neighbour."""

    daemon_threads = True

    def __init__(self, neighbour: Neighbour, host: str = "127.0.0.1", port: int = 0) -> None:
        self.neighbour = neighbour
        super().__init__((host, port), _Conversation)

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://{self.server_address[0]!s}:{self.server_address[1]}"


class _Conversation(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    # Head and body leave at once: one after the other, the second would wait a twenty-fifth of a second to be let through.
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._talk()

    def do_POST(self) -> None:
        self._talk()

    def _talk(self) -> None:
        answer = self.server.neighbour.answer(self._read())
        if answer is None:
            self.close_connection = True
            return
        self.send_response(answer.status)
        for name, value in {**answer.headers, "Content-Type": answer.content_type}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def _read(self) -> Request:
        parts = urlsplit(self.path)
        length = min(int(self.headers.get("Content-Length") or 0), _LARGEST)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Request(self.command, parts.path, query, headers, self.rfile.read(length))

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing: what came is on the neighbour's own screen."""


@contextmanager
def running(neighbour: Neighbour) -> Iterator[Server]:
    """The neighbour on a free port, for as long as a test lasts."""
    with Server(neighbour) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
