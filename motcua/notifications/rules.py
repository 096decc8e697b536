"""How often a message is tried."""

from datetime import timedelta

MAX_ATTEMPTS = 8
SERVER_AWAY = timedelta(minutes=5)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many failures: one minute, then four times as long, at most a day."""
    return timedelta(minutes=min(4 ** max(attempts - 1, 0), 24 * 60))
