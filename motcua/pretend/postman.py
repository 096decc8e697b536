"""The pretended portal's postman: carries its letters to the office, as badly as the weather asks."""

import http.client
import threading
from collections.abc import Callable
from urllib.parse import urlsplit

from motcua.integrations.rules import sign
from motcua.pretend.portal import make_envelope
from motcua.pretend.portal_book import Book, Letter
from motcua.pretend.weather import Trouble, Weather

Send = Callable[[bytes, str], int | None]
"""(body, signature) → HTTP status, or None when nobody answered."""
_SECONDS = 2.0


class Postman:
    """Carries one letter at a time; a letter nobody took is carried again."""

    def __init__(self, book: Book, send: Send, secret: str, weather: Weather | None = None) -> None:
        self.book, self.send, self.secret = book, send, secret
        self.weather = weather or Weather()

    def carry(self) -> bool:
        """Carry the next letter; False when none waits."""
        waiting = self.book.list_letters(state="waiting")
        if not waiting:
            return False
        trouble = self.weather.next()
        letter = self._choose(waiting, trouble)
        if trouble in (Trouble.DOWN, Trouble.BUSY):
            return True
        status = self._hand(letter)
        if trouble == Trouble.DUPLICATE:
            self._hand(letter)
        if trouble == Trouble.CONTRADICTORY:
            self._hand(letter, {**letter.body, "TrichYeuHoSo": "nội dung khác hẳn"})
        if trouble != Trouble.LOST_ANSWER:
            self._mark(letter, status)
        return True

    def carry_all(self, most: int = 10_000) -> None:
        """Until nothing waits."""
        while most and self.carry():
            most -= 1

    def _choose(self, waiting: list[Letter], trouble: Trouble) -> Letter:
        of_first = [letter for letter in waiting if letter.reference == waiting[0].reference]
        return of_first[-1] if trouble == Trouble.OUT_OF_ORDER else waiting[0]

    def _hand(self, letter: Letter, body: dict[str, object] | None = None) -> int | None:
        words = make_envelope(
            letter.kind, letter.key, letter.reference, letter.sequence, letter.at, body or letter.body
        )
        return self.send(words, sign(self.secret, words))

    def _mark(self, letter: Letter, status: int | None) -> None:
        is_taken = status is not None and 200 <= status < 300
        is_refused = status is not None and 400 <= status < 500
        state = "sent" if is_taken else "refused" if is_refused else "waiting"
        self.book.mark(letter, state, str(status or "không trả lời"))


def send_to(address: str) -> Send:
    """How letters reach an office that runs elsewhere."""
    parts = urlsplit(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection

    def send(body: bytes, signature: str) -> int | None:
        connection = kind(parts.hostname or "localhost", parts.port, timeout=15)
        headers = {"Content-Type": "application/json; charset=utf-8", "X-Chu-Ky": signature}
        try:
            connection.request("POST", f"{parts.path.rstrip('/')}/lien-thong/npsp/", body, headers)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    return send


def walk_rounds(postman: Postman, stop: threading.Event) -> None:
    """Carry letters until told to stop, with a pause between the rounds."""
    while not stop.wait(_SECONDS):
        for _letter in postman.book.list_letters(state="waiting"):
            postman.carry()
