"""What runs by itself over figures."""

from datetime import datetime

from motcua.figures import actions, queries


def follow_events(at: datetime) -> int:
    """Bring the figures up to the last event that can no longer be preceded by another; how many dossiers changed.

    Shares are transactions of their own, so that a job cut short goes on where it stopped.
    """
    total = actions.follow(at=at)
    while queries.is_behind():
        total += actions.follow(at=at)
    return total
