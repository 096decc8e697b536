"""What was written and is not counted yet, and why: pages say so when it has waited for more than a minute."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

AT_MOST = timedelta(minutes=1)
# The first in the order of writing that is beyond the cursor; at or above the horizon, something older is still being written.
_FIRST = """
SELECT e.at, e.xact_id >= motcua_horizon() FROM dossiers_event e
WHERE e.xact_id >= (SELECT xact_id FROM figures_cursor WHERE name = 'events') ORDER BY e.xact_id LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Uncounted:
    """Since when something waits to be counted; `is_held`: another writing, begun before and not ended, holds it back."""

    since: datetime
    is_held: bool


def find_uncounted(at: datetime) -> Uncounted | None:
    """What has waited for more than a minute; None: nothing has, or nothing was counted yet.

    What is written is counted in the order of writing and only up to the oldest writing that has not ended, so that nothing
    that ends late is missed: one that hangs holds everything after it back.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FIRST)
        row = cursor.fetchone()
    return Uncounted(*row) if row and at - row[0] > AT_MOST else None
