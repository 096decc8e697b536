"""The gateway for SMS and Zalo in its own words: send under a key, ask what arrived."""

from collections.abc import Iterable
from enum import StrEnum

from django.conf import settings

from motcua.integrations.line import Line


class GatewayRefusal(Exception):
    """The gateway heard it and will not take it: saying it again changes nothing."""


class Arrival(StrEnum):
    """What the gateway says of a message it took."""

    UNDER_WAY = "under_way"
    ARRIVED = "arrived"
    LOST = "lost"


_STATES = {"dang-chuyen": Arrival.UNDER_WAY, "da-nhan": Arrival.ARRIVED, "that-bai": Arrival.LOST}


class Gateway:
    """A conversation with the gateway; :raises Away, NoAnswer: of :mod:`motcua.integrations.line`."""

    def __init__(self, address: str, key: str, *, timeout: float) -> None:
        self._line, self._key = Line(address, timeout=timeout), key

    def send(self, *, channel: str, key: str, number: str, words: str) -> str:
        """Have a message sent, once however often it is said under this key; the gateway's name for it.

        :raises GatewayRefusal: the gateway will not take it.
        """
        body = {"ma_khach_hang": self._key, "khoa": key, "kenh": channel, "so": number, "noi_dung": words}
        answer = self._line.post("/gui", body)
        if answer.get("loi") or not answer.get("ma"):
            raise GatewayRefusal(str(answer.get("loi") or "không có mã"))
        return str(answer["ma"])

    def ask(self, names: Iterable[str]) -> dict[str, Arrival]:
        """What became of messages; those the gateway does not know are left out."""
        answer = self._line.post("/bao-nhan", {"ma_khach_hang": self._key, "ma": list(names)})
        told = answer.get("trang_thai")
        found = told.items() if isinstance(told, dict) else ()
        return {str(name): _STATES[state] for name, state in found if state in _STATES}

    def close(self) -> None:
        """Hang up."""
        self._line.close()


def open_gateway() -> Gateway | None:
    """The gateway of ``MOTCUA_GATEWAY_URL``; None when none is named, and then its messages wait."""
    if not settings.MOTCUA_GATEWAY_URL:
        return None
    return Gateway(
        settings.MOTCUA_GATEWAY_URL, settings.MOTCUA_GATEWAY_KEY, timeout=settings.MOTCUA_NEIGHBOUR_SECONDS
    )
