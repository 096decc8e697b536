"""A pretended mail server: it speaks SMTP, keeps what it is given, shows it on a page, and refuses when told to."""

import socketserver
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from motcua.pretend.pages import render, style
from motcua.pretend.serving import Answer, Neighbour, Request


class MailServer(socketserver.ThreadingTCPServer):
    """Listens on a free port unless told which; ``refusals`` are the answers given instead of taking a recipient."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Conversation)
        self.letters: list[EmailMessage] = []
        self.refusals: list[str] = []
        self.hangs_up = False

    @property
    def url(self) -> str:
        """How the product is told of it."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class _Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 ready")
        for line in self.rfile:
            word = line[:4].upper().strip()
            if word == b"QUIT":
                self._say("221 bye")
                return
            if word == b"RCPT" and self.server.hangs_up:
                return
            self._say(self._answer(word))
            if word == b"DATA":
                self._keep()

    def _answer(self, word: bytes) -> str:
        if word == b"DATA":
            return "354 go on"
        if word == b"RCPT" and self.server.refusals:
            return self.server.refusals.pop(0)
        return "250 ok"

    def _keep(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        self.server.letters.append(message_from_bytes(b"".join(lines), policy=policy.default))
        self._say("250 kept")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class Mailbox(Neighbour):
    """The page that shows what arrived."""

    name = "mail"

    def __init__(self, server: MailServer) -> None:
        super().__init__()
        self.server = server

    def routes(self) -> Mapping[tuple[str, str], Callable[[Request], Answer]]:
        return {("GET", "/"): self._list, ("GET", "/style.css"): style}

    def _list(self, request: Request) -> Answer:
        letters = [
            {"to": letter["To"], "subject": letter["Subject"], "date": letter["Date"], "text": _read(letter)}
            for letter in reversed(self.server.letters[-200:])
        ]
        return render("mail.html", letters=letters)


def _read(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    return str(body.get_content()) if body else ""


@contextmanager
def running() -> Iterator[MailServer]:
    """The server on a free port, as long as a test lasts."""
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        server.shutdown()
