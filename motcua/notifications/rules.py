"""How often a message is tried, by which way, and which later message makes an earlier one untrue."""

from collections.abc import Iterable
from datetime import timedelta

MAX_ATTEMPTS = 8
SERVER_AWAY = timedelta(minutes=5)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many failures: one minute, then four times as long, at most a day."""
    return timedelta(minutes=min(4 ** max(attempts - 1, 0), 24 * 60))


# Where the person left no address for the chosen way, these are tried in turn.
WAYS = ("email", "zalo", "sms")
GATEWAY_WAYS = ("zalo", "sms")
INSTEAD = {"zalo": "sms"}
"""Which way is taken when the gateway could not bring a message by the first: not everybody has Zalo."""
REPORTED_FOR = timedelta(days=3)
"""How long a gateway is asked whether a message arrived."""

EVERYTHING = frozenset({"*"})
_PROMISES = frozenset({"dossiers/due_moved", "dossiers/extended", "dossiers/apologised", "dossiers/due_soon"})
_PAUSES = frozenset({"dossiers/supplement_requested", "dossiers/suspended", "dossiers/payment_requested"})

# fmt: off
OVERTAKES: dict[str, frozenset[str]] = {
    # the later message                the earlier ones it makes untrue
    "dossiers/not_accepted":           EVERYTHING,
    "dossiers/withdrawn":              EVERYTHING,
    "dossiers/stopped":                EVERYTHING,
    "dossiers/returned":               EVERYTHING,
    "dossiers/result_ready":           frozenset({"dossiers/received", "dossiers/started"}) | _PROMISES | _PAUSES,
    "dossiers/due_moved":              _PROMISES,
    "dossiers/extended":               _PROMISES,
    "dossiers/apologised":             _PROMISES,
    "dossiers/supplement_requested":   _PROMISES | _PAUSES,
    "dossiers/supplement_accepted":    _PROMISES | _PAUSES,
    "dossiers/suspended":              _PROMISES,
    "dossiers/resumed":                _PROMISES | _PAUSES,
    "dossiers/reopened":               frozenset({"dossiers/result_ready", "dossiers/returned", "dossiers/stopped"}),
}
# fmt: on


def is_overtaken(template: str, later: Iterable[str]) -> bool:
    """Whether a message that has not gone yet would contradict one that came after it."""
    return any(template in found or found is EVERYTHING for name in later if (found := OVERTAKES.get(name)))
