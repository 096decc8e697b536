"""What runs by itself over reports."""

from datetime import datetime

from motcua.reports.actions.reminding import remind


def remind_of_due(at: datetime) -> int:
    """Remind every unit of the reports it owes; how many reminders are new."""
    return remind(at=at)
