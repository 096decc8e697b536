"""Sealing by itself: every minute what was written, every night the root of the day and its time stamp."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from motcua.audit import actions, authority, queries
from motcua.core.chronology import is_order_kept, numbered_tables

logger = logging.getLogger(__name__)
_BATCH = 5_000
_BATCHES = 40


def seal_written(at: datetime) -> int:
    """Seal what was written since the last time, at most 200,000 rows of each table; how many.

    After a restore nothing is sealed until the order of writing was continued: the numbers would mean something else.
    """
    if not is_order_kept():
        logger.error("the order of writing is not continued after a restore; nothing is sealed")
        return 0
    return sum(_seal(table, at) for table in numbered_tables())


def close_days(at: datetime) -> int:
    """Close every day that has ended since the last root, then ask for the stamps that are missing; how many roots."""
    last = queries.get_sealing().last_day
    yesterday = timezone.localdate(at) - timedelta(days=1)
    day = last + timedelta(days=1) if last else yesterday
    closed = 0
    while day <= yesterday:
        actions.close_day(day, at=at)
        day, closed = day + timedelta(days=1), closed + 1
    stamp_roots(at)
    return closed


def stamp_roots(at: datetime) -> int:
    """Have the roots without a stamp stamped; how many. An authority that is away is asked again the next time."""
    stamped = 0
    for root in queries.find_unstamped() if settings.MOTCUA_TSA_URL else ():
        try:
            stamp = authority.ask(
                settings.MOTCUA_TSA_URL, bytes(root.hash), trusted=settings.MOTCUA_TSA_CERTIFICATES
            )
        except authority.AuthorityError as fault:
            logger.warning("no time stamp: %s", fault)
            break
        actions.keep_stamp(
            root=root, authority=stamp.authority, stamped_at=stamp.stamped_at, answer=stamp.answer, at=at
        )
        stamped += 1
    return stamped


def _seal(table: str, at: datetime) -> int:
    sealed = 0
    for _ in range(_BATCHES):
        done = actions.seal_next(table, limit=_BATCH, at=at)
        sealed += done
        if done < _BATCH:
            break
    return sealed
