"""The name of the request at work, so that an audit row, a log line and an answer can be laid side by side."""

import re
import secrets
from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("request_id", default="")
_GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")


def current_request_id() -> str:
    """The name of the request at work; empty in a job."""
    return _request_id.get()


def name_request(given: str = "") -> str:
    """Begin a request under the name its sender gave, or a new one."""
    name = given if _GIVEN.fullmatch(given) else secrets.token_hex(8)
    _request_id.set(name)
    return name
