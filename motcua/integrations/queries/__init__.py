"""What waits for a neighbour, what neighbours told us, and where the two sides differ."""

from motcua.integrations.queries.comparing import (
    LastTold,
    count_differences,
    find_differences,
    walk_last_told,
)
from motcua.integrations.queries.inbox import (
    count_arrivals,
    find_arrivals,
    find_arrivals_of,
    find_ready,
    find_sent_at,
    read_body,
)
from motcua.integrations.queries.outbox import (
    count_by_state,
    count_open,
    find_messages,
    find_waiting,
    get_messages,
)

__all__ = [
    "LastTold",
    "count_arrivals",
    "count_by_state",
    "count_differences",
    "count_open",
    "find_arrivals",
    "find_arrivals_of",
    "find_differences",
    "find_messages",
    "find_ready",
    "find_sent_at",
    "find_waiting",
    "get_messages",
    "read_body",
    "walk_last_told",
]
