"""The dossiers behind a figure in the order of their list: few are gathered, many are walked to, and no walk passes newer ones."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from motcua.core.paging import go_beyond
from motcua.figures.models import Stay
from motcua.figures.rules import Measure, Period
from motcua.worktime.rules import ZONE

M = Measure
NEWEST = ("-received_at", "-id")
# As many stays of units as are quicker gathered by the index of their unit than found by going through those of others.
FEW = 1000
# Stays that are few among all know when their dossier was received, and stand in an index in the order of the list.
_APART = '("leave" IN (4, 5, 6, 7) OR "enter" IN (2, 3, 4))'
WALKED: Mapping[Measure, str] = {
    M.LATE: '"leave" = 3',
    M.PENDING_OVERDUE: '"overdue_on" IS NOT NULL',
    M.WAITING: '"is_waiting"',
    **dict.fromkeys((M.WITHDRAWN, M.STOPPED, M.MOVED_OUT, M.REOPENED, M.MOVED_IN, M.REFUSED), _APART),
}
# The bound inside keeps the walk in the order of the index whatever the planner believes of the conditions: so many are
# looked at, then more, then all.
_WALK = """
SELECT DISTINCT ON (received_at, dossier_id) dossier_id FROM (
    SELECT * FROM figures_stay WHERE {among} AND received_at < %s{beyond}
    ORDER BY received_at {way}, dossier_id {way} LIMIT %s
) AS figures_stay WHERE {wanted} ORDER BY received_at {way}, dossier_id {way} LIMIT %s
"""
_WINDOWS = (4_000, 60_000, None)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the list: the order, the place to begin behind (None: at its head), and how many at most."""

    walk: tuple[str, ...]
    beyond: list[Any] | None
    limit: int


@dataclass(frozen=True, slots=True)
class Counted:
    """The stays a measure counts in a period, how many they are about, and whether only some units' are."""

    measure: Measure
    period: Period
    stays: QuerySet[Stay]
    count: int
    is_of_units: bool

    @property
    def end(self) -> datetime:
        """The moment before which all their dossiers were received: nothing is there before it was received."""
        is_before = self.measure == M.CARRIED
        day = self.period.first_on if is_before else self.period.last_on + timedelta(days=1)
        return datetime.combine(day, time(), ZONE)

    def is_gathered(self, limit: int) -> bool:
        """Whether an index finds them all sooner than a walk finds `limit`: that of their units, or of the days they are late."""
        if self.is_of_units:
            return self.count <= FEW
        return self.measure in (M.LATE, M.PENDING_OVERDUE) and self.count < limit


def find_ids(counted: Counted, seen: QuerySet[Any], piece: Stretch) -> Collection[int]:
    """The dossiers of a measure among which are the first in a piece of the list of those `seen`."""
    if counted.is_gathered(piece.limit):
        return list(counted.stays.values_list("dossier_id", flat=True))
    if counted.measure in WALKED:
        return _walk_stays(counted, seen, piece)
    found = seen.filter(received_at__lt=counted.end, pk__in=counted.stays.values("dossier_id"))
    ordered = go_beyond(found, piece.walk, piece.beyond).order_by(*piece.walk)
    return list(ordered.values_list("pk", flat=True)[: piece.limit])


def _walk_stays(counted: Counted, seen: QuerySet[Any], piece: Stretch) -> list[int]:
    query = counted.stays.filter(dossier_id__in=seen.values("pk")).query
    try:
        wanted, values = query.get_compiler(connection=connection).compile(query.where)
    except EmptyResultSet:  # of no unit, or for a reader who may see none
        return []
    is_down = piece.walk == NEWEST
    beyond = f" AND (received_at, dossier_id) {'<' if is_down else '>'} (%s, %s)" if piece.beyond else ""
    among, way = WALKED[counted.measure], "DESC" if is_down else "ASC"
    sql = _WALK.format(among=among, beyond=beyond, way=way, wanted=wanted)
    return _look_further(sql, [counted.end, *(piece.beyond or ())], [*values, piece.limit], piece.limit)


def _look_further(sql: str, before: list[Any], after: list[Any], limit: int) -> list[int]:
    found: list[int] = []
    with connection.cursor() as cursor:
        for window in _WINDOWS:
            cursor.execute(sql, [*before, window, *after])
            found = [row[0] for row in cursor.fetchall()]
            if len(found) == limit:
                break
    return found
