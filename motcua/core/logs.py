"""Log lines as JSON, one per line, that name no person: neither addresses asked for nor values that were refused."""

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from motcua.core.trace import current_request_id

_OWN = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "request", "taskName"}
_KEPT = {"job", "count", "of", "status_code", "destination", "topic", "page"}


class JsonFormatter(logging.Formatter):
    """The sentence as written in the code, without the values put into it, and a few known fields."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "what": _sentence(record),
            "request_id": current_request_id(),
        }
        line |= {n: v for n, v in vars(record).items() if n in _KEPT - _OWN and isinstance(v, str | int)}
        if record.exc_info and record.exc_info[0]:
            line["error"] = f"{record.exc_info[0].__module__}.{record.exc_info[0].__qualname__}"
            line["where"] = _frames(record.exc_info[2])
        request = getattr(record, "request", None)
        match = getattr(request, "resolver_match", None)
        if match:
            line["page"] = match.view_name
        return json.dumps(
            {name: value for name, value in line.items() if value not in ("", None)}, ensure_ascii=False
        )


def _sentence(record: logging.LogRecord) -> str:
    """Our own sentences and the servers' are kept whole; Django's carry addresses, so only their pattern is."""
    if record.name.startswith(("django", "psycopg", "procrastinate")):
        return str(record.msg)
    return record.getMessage()


def _frames(trace: TracebackType | None) -> list[str]:
    """Where it happened, without the message of the error: messages of the database quote rows."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
