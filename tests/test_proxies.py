"""Behind a proxy each visitor keeps an address of their own; who is not a proxy of ours cannot invent one."""

from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from motcua.portal.views import LOOKUPS_PER_MINUTE
from motcua.wsgi import application

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counts() -> Any:
    """The server closes its connection between requests; here it is the test's own."""
    cache.clear()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    cache.clear()


def _look_up(peer: str, forwarded_for: str) -> str:
    statuses: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/tra-cuu/",
        "QUERY_STRING": "code=H50-000000-0000",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "REMOTE_ADDR": peer,
        "HTTP_X_FORWARDED_FOR": forwarded_for,
        "wsgi.input": BytesIO(),
        "wsgi.url_scheme": "http",
    }
    list(application(environ, lambda status, headers: statuses.append(status[:3])))
    return statuses[0]


def test_one_visitor_does_not_spend_the_patience_of_another() -> None:
    answers = [_look_up("127.0.0.1", "203.0.113.7") for _turn in range(LOOKUPS_PER_MINUTE + 1)]
    assert answers[-1] == "429"
    assert _look_up("127.0.0.1", "203.0.113.8") == "404"


def test_who_is_no_proxy_cannot_name_an_address() -> None:
    answers = [_look_up("203.0.113.9", f"198.51.100.{turn}") for turn in range(LOOKUPS_PER_MINUTE + 1)]
    assert answers[-1] == "429"
