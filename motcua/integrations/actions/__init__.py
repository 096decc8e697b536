"""Telling neighbours and being told: outbox, inbox, and what differs between the two sides."""

from motcua.integrations.actions.comparing import keep_difference, replay_difference, settle
from motcua.integrations.actions.inbox import (
    Heard,
    Letter,
    handle_again,
    mark_handled,
    mark_not_handled,
    set_arrivals_aside,
    take_in,
)
from motcua.integrations.actions.outbox import (
    Said,
    draft_all,
    lease,
    mark_failed,
    mark_sent,
    postpone,
    put,
    replay,
    retry,
    set_aside,
)

__all__ = [
    "Heard",
    "Letter",
    "Said",
    "draft_all",
    "handle_again",
    "keep_difference",
    "lease",
    "mark_failed",
    "mark_handled",
    "mark_not_handled",
    "mark_sent",
    "postpone",
    "put",
    "replay",
    "replay_difference",
    "retry",
    "set_arrivals_aside",
    "set_aside",
    "settle",
    "take_in",
]
