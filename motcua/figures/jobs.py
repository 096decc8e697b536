"""What runs by itself over figures."""

import logging
from datetime import datetime

from django.utils import timezone

from motcua.core.refusal import Refused
from motcua.figures import actions, queries
from motcua.figures.rules import find_current
from motcua.figures.rules.periods import PeriodKind, previous
from motcua.legal import queries as legal
from motcua.organisations.rules import SYSTEM

logger = logging.getLogger(__name__)
CLOSED_BY_ITSELF = (PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.NINE, PeriodKind.YEAR)


def follow_events(at: datetime) -> int:
    """Bring the figures up to the last event that can no longer be preceded by another; how many dossiers changed.

    Shares are transactions of their own, so that a job cut short goes on where it stopped.
    """
    total = actions.follow(at=at)
    while queries.is_behind():
        total += actions.follow(at=at)
    return total


def close_periods(at: datetime) -> int:
    """Close what is over since the day set for it; how many. What does not agree waits for a person and is logged."""
    on = timezone.localdate(at)
    first_day = legal.get_int("report.period_first_day_of_month", on)
    if on.day < legal.get_int("report.closing_day_of_month", on):
        return 0
    count = 0
    for kind in CLOSED_BY_ITSELF:
        current = find_current(on, kind, first_day=first_day)
        period = current if current.last_on < on else previous(current, first_day=first_day)
        if (on - period.last_on).days > 31 or queries.find_closed(period) is not None:
            continue
        try:
            actions.close_period(actor=SYSTEM, period=period, at=at)
            count += 1
        except Refused as no:
            logger.warning("period not closed", extra={"period": period.key, "why": no.message})
    return count
