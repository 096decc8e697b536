"""A browser reduced to what costs nothing: one kept connection, cookies, forms."""

import socket
from dataclasses import dataclass, field
from urllib.parse import urlencode

_READ = 262_144
SAID = "messages"
"""The cookie of what an act said. The page an act leads to shows it and takes it away; that page is measured by itself."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def location(self) -> str:
        """Where a redirect leads."""
        return self.headers.get("location", "")


@dataclass(slots=True)
class Client:
    """One person at one machine; `address` is the loopback address the server sees."""

    host: str
    port: int
    address: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)
    _socket: socket.socket | None = None

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._exchange(f"GET {path} HTTP/1.1\r\n{self._head()}\r\n".encode())

    def post(self, path: str, typed: dict[str, object]) -> Answer:
        """Send a form of the page, with its CSRF token; what the act before said has been shown."""
        self.cookies.pop(SAID, None)
        form = {**typed, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
        body = urlencode(form, doseq=True).encode()
        head = (
            f"POST {path} HTTP/1.1\r\n{self._head()}Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return self._exchange(head.encode() + body)

    def post_json(self, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        """Send a machine's message."""
        more = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        head = (
            f"POST {path} HTTP/1.1\r\n{self._head()}{more}Content-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return self._exchange(head.encode() + body)

    def sign_in(self, username: str, password: str) -> None:
        """Through the page, as a person does.

        :raises RuntimeError: the door stays shut.
        """
        self.get("/dang-nhap/")
        answer = self.post("/dang-nhap/", {"username": username, "password": password})
        if answer.status != 302:
            raise RuntimeError(f"sign-in of {username}: {answer.status}")

    def move(self, address: str) -> None:
        """Come from another address from now on."""
        self.close()
        self.address = address

    def close(self) -> None:
        """Leave the connection."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _head(self) -> str:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return f"Host: {self.host}:{self.port}\r\n" + (f"Cookie: {cookies}\r\n" if cookies else "")

    def _exchange(self, message: bytes) -> Answer:
        """A connection the server has closed meanwhile is opened again, once."""
        is_kept = self._socket is not None
        try:
            self._connect().sendall(message)
            return self._receive()
        except ConnectionError:
            self.close()
            if not is_kept:
                raise
        self._connect().sendall(message)
        return self._receive()

    def _connect(self) -> socket.socket:
        if self._socket is None:
            self._socket = socket.create_connection(
                (self.host, self.port), timeout=60, source_address=(self.address, 0)
            )
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._socket

    def _receive(self) -> Answer:
        assert self._socket is not None
        received = b""
        while b"\r\n\r\n" not in received:
            if not (piece := self._socket.recv(_READ)):
                raise ConnectionError("the server closed the connection")
            received += piece
        head, _sep, body = received.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = self._read_headers(lines)
        pieces, missing = [body], int(headers.get("content-length", "0")) - len(body)
        while missing > 0:
            piece = self._socket.recv(min(_READ, missing))
            if not piece:
                raise ConnectionError("the server closed the connection")
            pieces.append(piece)
            missing -= len(piece)
        return Answer(int(first.split()[1]), headers, b"".join(pieces))

    def _read_headers(self, lines: list[str]) -> dict[str, str]:
        headers: dict[str, str] = {}
        for line in lines:
            name, _sep, value = line.partition(": ")
            if name.lower() == "set-cookie":
                cookie, _sep, kept = value.strip().partition(";")[0].partition("=")
                self.cookies[cookie] = kept
            else:
                headers[name.lower()] = value.strip()
        return headers
