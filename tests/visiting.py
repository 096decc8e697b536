"""Knocking at an address without a browser: cookies kept, no redirect followed."""

import http.client
import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from motcua.demo.province import PASSWORD


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address said."""

    status: int
    location: str
    kind: str
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass(slots=True)
class Visitor:
    """Somebody with cookies; `name` signs in with the word of the demonstration."""

    address: str
    name: str = ""
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.name:
            self.get("/dang-nhap/")
            answer = self.post("/dang-nhap/", {"username": self.name, "password": PASSWORD})
            assert answer.status == 302, f"{self.name} cannot sign in"

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, typed: dict[str, str] | None = None) -> Answer:
        """With the token of the forms, as a browser sends it."""
        if "csrftoken" not in self.cookies:
            self.get("/dang-nhap/")
        return self._ask("POST", path, typed or {})

    def _ask(self, method: str, path: str, typed: dict[str, str] | None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if typed is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "X-CSRFToken": self.cookies["csrftoken"],
            }
            body = urlencode(typed)
        line = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=30)
        try:
            line.request(method, path, body, headers)
            said = line.getresponse()
            content = said.read()
        finally:
            line.close()
        for sent in said.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(sent).items()}
        kind = re.sub(r";.*", "", said.headers.get("Content-Type", ""))
        return Answer(said.status, said.headers.get("Location", ""), kind, content)
