"""What runs by itself: those whose result was given are asked."""

from datetime import datetime

from motcua.feedback import actions


def invite(at: datetime) -> int:
    """Ask everybody who was not asked yet; how many."""
    total = done = actions.invite(at=at)
    while done == actions.SHARE:
        done = actions.invite(at=at)
        total += done
    return total
