"""A pretended gateway for SMS and Zalo: takes messages once for each key, and tells later whether they arrived."""

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from motcua.pretend.pages import render, style
from motcua.pretend.serving import Answer, Neighbour, Request, answer_json, go_to
from motcua.pretend.weather import LABELS, Trouble, Weather

_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CHANNELS = ("sms", "zalo")
NO_SUBSCRIBER, SWITCHED_OFF = "000", "999"
"""How numbers end that do not exist, and that never answer."""
_CHOICES = (Trouble.FINE, Trouble.SLOW, Trouble.DOWN, Trouble.BUSY, Trouble.LOST_ANSWER)


@dataclass(slots=True)
class Text:
    """A message the gateway took, and what became of it."""

    number: str
    channel: str
    to: str
    words: str
    taken_at: datetime
    arrives_at: float = field(default=0.0)

    def get_state(self, now: float) -> str:
        """``dang-chuyen`` | ``da-nhan`` | ``that-bai``."""
        if self.to.endswith(NO_SUBSCRIBER):
            return "that-bai"
        if self.to.endswith(SWITCHED_OFF) or now < self.arrives_at:
            return "dang-chuyen"
        return "da-nhan"


class TextGateway(Neighbour):
    """Machines speak to ``/gui`` and ``/bao-nhan``; people see every message on the first page."""

    name = "sms"
    troubled: ClassVar[frozenset[str]] = frozenset({"/gui", "/bao-nhan"})

    def __init__(self, weather: Weather | None = None, *, key: str = "", delay_seconds: float = 3.0) -> None:
        super().__init__(weather)
        self.key, self.delay_seconds = key, delay_seconds
        self.texts: dict[str, Text] = {}

    def routes(self) -> Mapping[tuple[str, str], Callable[[Request], Answer]]:
        return {
            ("POST", "/gui"): self._send,
            ("POST", "/bao-nhan"): self._report,
            ("GET", "/"): self._list,
            ("POST", "/che-do"): self._set_mode,
            ("GET", "/style.css"): style,
        }

    def _send(self, request: Request) -> Answer:
        asked = request.read_json()
        if asked.get("ma_khach_hang", "") != self.key:
            return answer_json({"loi": "khach-hang"})
        name, channel, to = (str(asked.get(word, "")) for word in ("khoa", "kenh", "so"))
        if not name or channel not in CHANNELS or not to.isdigit() or not asked.get("noi_dung"):
            return answer_json({"loi": "noi-dung"})
        if name not in self.texts:
            now = datetime.now(_ZONE)
            arrives_at = time.monotonic() + self.delay_seconds
            number = secrets.token_hex(6)
            self.texts[name] = Text(number, channel, to, str(asked["noi_dung"]), now, arrives_at)
        return answer_json({"loi": "", "ma": self.texts[name].number})

    def _report(self, request: Request) -> Answer:
        now, asked = time.monotonic(), set(request.read_json().get("ma") or [])
        states = {text.number: text.get_state(now) for text in self.texts.values() if text.number in asked}
        return answer_json({"loi": "", "trang_thai": states})

    def _list(self, request: Request) -> Answer:
        now = time.monotonic()
        rows = [(text, text.get_state(now)) for text in reversed(self.texts.values())]
        modes = {trouble: LABELS[trouble] for trouble in _CHOICES}
        return render("gateway.html", rows=rows[:200], modes=modes, mode=self.weather.usual)

    def _set_mode(self, request: Request) -> Answer:
        chosen = request.read_form().get("che_do", "")
        if chosen in {trouble.value for trouble in _CHOICES}:
            self.weather.usual = Trouble(chosen)
        return go_to("/")
