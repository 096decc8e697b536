"""A page shows no door that is closed: every link on the pages of a role's menus opens for that role."""

import re
from collections import deque
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest

from tests.office import Office
from tests.visiting import Answer, Visitor

ROLES = (
    "huongphung.tiepnhan1",
    "huongphung.vp.chuyenvien1",
    "huongphung.lanhdao",
    "tinh.kiemsoat1",
    "tinh.quantri",
)
DEEP, MOST = 3, 120
CLOSED = frozenset({403, 404, *range(500, 600)})
_ELSEWHERE = re.compile(r"^(https?:|mailto:|tel:|#)|/dang-xuat/|/static/|/ngon-ngu/")


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href")
        if tag == "a" and href and not _ELSEWHERE.search(href):
            self.found.append(href)


def _shape(address: str) -> str:
    """Addresses that differ in numbers alone are one kind of page; which words are asked counts, their values do not."""
    path, _mark, query = address.partition("?")
    asked = sorted(part.partition("=")[0] for part in query.split("&"))
    return re.sub(r"\d+", "0", path) + "?" + "&".join(asked)


def _open(visitor: Visitor, address: str) -> tuple[str, Answer]:
    """The page an address ends at."""
    answer = visitor.get(address)
    for _step in range(4):
        if answer.status not in (301, 302) or not answer.location.startswith("/"):
            break
        address = urljoin(address, answer.location)
        answer = visitor.get(address)
    return address, answer


@pytest.mark.parametrize("name", ROLES)
def test_no_page_shows_a_closed_door(office: Office, furnished: None, name: str) -> None:
    visitor = Visitor(office.address, name)
    waiting, seen, closed = deque([("/", 0, "")]), {_shape("/")}, []
    while waiting:
        address, depth, shown_on = waiting.popleft()
        opened, answer = _open(visitor, address)
        if answer.status in CLOSED:
            closed.append(f"{answer.status} {address} on {shown_on}")
        if depth == DEEP or answer.kind != "text/html":
            continue
        links = _Links()
        links.feed(answer.text)
        for href in links.found:
            target = urljoin(opened, href).partition("#")[0]
            if _shape(target) not in seen and len(seen) < MOST:
                seen.add(_shape(target))
                waiting.append((target, depth + 1, opened))
    assert len(seen) > 20, "the crawl found hardly a page: it proves nothing"
    assert not closed, "\n".join(closed)
