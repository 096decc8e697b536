"""The counting itself: stays told from the events, every sum moved by what they change; set-based, one writer at a time."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import connection

from motcua.figures.models import sums
from motcua.figures.models.sums import GRAINS
from motcua.figures.models.telling import (
    BEHALF,
    BEHALF_OF_ALL,
    COLUMNS,
    MATTERS,
    SAME,
    SET,
    SHOPS,
    STAYS_OF_ALL,
    STAYS_OF_SOME,
    WORDS,
)

LOCK = 7_205_759
SHARE = 5_000
ALIVE_STATES = WORDS["alive"]

# Old and new are seen from before the statement: the sums take the difference, whatever order things came in.
_RETELL = f"""
WITH {STAYS_OF_SOME}, old AS (
    SELECT {COLUMNS} FROM figures_stay WHERE dossier_id = ANY(%(ids)s)
), gone AS (
    DELETE FROM figures_stay s WHERE s.dossier_id = ANY(%(ids)s)
        AND NOT EXISTS (SELECT FROM told t WHERE t.dossier_id = s.dossier_id AND t.no = s.no)
), put AS (
    INSERT INTO figures_stay AS s ({COLUMNS}) SELECT {COLUMNS} FROM told
    ON CONFLICT (dossier_id, no) DO UPDATE SET {SET} WHERE {SAME} IS DISTINCT FROM {SAME.replace("s.", "excluded.")}
), moved AS (
    SELECT *, -1 AS sign FROM old UNION ALL SELECT *, 1 FROM told
), {sums.write_moves("moved")}
"""
_TELL_ALL = f"""
WITH {STAYS_OF_ALL}
INSERT INTO figures_stay ({COLUMNS}) SELECT {COLUMNS} FROM told
"""
_CATEGORIES = """
INSERT INTO figures_category (procedure_code, field_code, channel, is_behalf, kind_id, way_id, procedure_id)
SELECT DISTINCT d.procedure_code, d.field_code, d.channel, {is_behalf}, 0, 0, 0 FROM dossiers_dossier d {which}
ON CONFLICT (procedure_code, field_code, channel, is_behalf) DO NOTHING
"""
_OF_SOME = _CATEGORIES.format(is_behalf=BEHALF, which="WHERE d.id = ANY(%(ids)s)")
_OF_ALL = _CATEGORIES.format(is_behalf="p.dossier_id IS NOT NULL", which=BEHALF_OF_ALL)
_KINDS = """
UPDATE figures_category k SET
    kind_id = (SELECT min(o.id) FROM figures_category o
               WHERE o.field_code = k.field_code AND o.channel = k.channel AND o.is_behalf = k.is_behalf),
    way_id = (SELECT min(o.id) FROM figures_category o WHERE o.channel = k.channel AND o.is_behalf = k.is_behalf),
    procedure_id = (SELECT min(o.id) FROM figures_category o WHERE o.procedure_code = k.procedure_code)
WHERE k.kind_id = 0 OR k.way_id = 0 OR k.procedure_id = 0
"""
# Dossiers with an event of this stretch, and whether it may change a stay.
_TOUCHED = f"""
SELECT e.dossier_id, bool_or({MATTERS}) FROM dossiers_event e
WHERE e.xact_id >= %(since)s AND e.xact_id < %(horizon)s GROUP BY e.dossier_id
"""
# Of one that was finished before, every act may change what its steps say.
_FINISHED = (
    "SELECT DISTINCT dossier_id FROM figures_stay WHERE dossier_id = ANY(%(ids)s) AND step_mark IS NOT NULL"
)
_BOUND = """
SELECT e.xact_id FROM dossiers_event e WHERE e.xact_id >= %(since)s AND e.xact_id < %(horizon)s
ORDER BY e.xact_id OFFSET %(share)s LIMIT 1
"""
_WAITING = """
SELECT EXISTS (SELECT FROM dossiers_event e JOIN figures_cursor c ON c.name = 'events'
               WHERE e.xact_id >= c.xact_id AND e.xact_id < motcua_horizon())
"""
_SHOPS = "SELECT COALESCE(array_agg(id), '{}') FROM organisations_unit WHERE kind = ANY(%(kinds)s)"


def take_turn() -> None:
    """Wait until nobody else counts; held to the end of the transaction.

    Its long statements are not compiled: that would take longer than they do.
    """
    _run("SELECT pg_advisory_xact_lock(%(lock)s), set_config('jit', 'off', true)", lock=LOCK)


def get_horizon() -> int:
    """The first number in the order of writing that may still be written."""
    return int(_ask("SELECT motcua_horizon()")[0][0])


def find_bound(since: int, horizon: int) -> int:
    """Where a share of the waiting events ends; a transaction is never cut."""
    found = _ask(_BOUND, since=since, horizon=horizon, share=SHARE)
    return max(found[0][0], since + 1) if found else horizon


def find_touched(since: int, horizon: int) -> tuple[list[int], list[int]]:
    """Dossiers with an event of this stretch: those told anew by it, and all of them."""
    rows = _ask(_TOUCHED, since=since, horizon=horizon, **WORDS)
    acted = [row[0] for row in rows]
    finished = {row[0] for row in _ask(_FINISHED, ids=acted)}
    return [one for one, matters in rows if matters or one in finished], acted


def retell(ids: list[int], horizon: int) -> None:
    """Tell the stays of these dossiers anew from their events below the horizon, and move the sums by the difference."""
    _learn_categories(_OF_SOME, ids=ids)
    _run(_RETELL, ids=ids, horizon=horizon, shops=_find_shops(), **WORDS)


def add_acts(ids: list[int], since: int, horizon: int, before: date) -> None:
    """Add the acts of a stretch on these dossiers to what their officers did; never the same stretch twice.

    :param before: days before it are kept as their month
    """
    sql = sums.SUM_ACTS.format(which="dossier_id = ANY(%(ids)s)")
    _run(sql, ids=ids, since=since, horizon=horizon, before=before)


def forget_all() -> None:
    """Empty stays and sums, to be told anew."""
    for grain in GRAINS:
        _run(f"DELETE FROM {grain.held}")
        _run(f"DELETE FROM {grain.days}")
    for table in ("monthcount", "quartercount", "markcount", "officercount", "stay"):
        _run(f"DELETE FROM figures_{table}")


def tell_all(horizon: int, before: date, tell: Callable[[int, int], None], step: int = 250_000) -> int:
    """Tell every stay and every sum from nothing, months that ended before a day as one row; how many dossiers.

    :param tell: is told after each step how many are done, and of how many
    """
    highest = _ask("SELECT COALESCE(max(id), 0) FROM dossiers_dossier")[0][0]
    _learn_categories(_OF_ALL, first=1, last=highest)
    # Tables filled a moment ago are not measured yet: row by row would be chosen, and take hours.
    _run("SET LOCAL enable_nestloop = off")
    told = {"horizon": horizon, "shops": _find_shops(), **WORDS}
    acts = sums.SUM_ACTS.format(which="dossier_id BETWEEN %(first)s AND %(last)s")
    for first in range(1, highest + 1, step):
        share = {"first": first, "last": first + step - 1}
        _run(_TELL_ALL, **share, **told)
        _run(acts, **share, since=0, horizon=horizon, before=before)
        tell(min(first + step - 1, highest), highest)
    _run(sums.SUM_ALL, before=before)
    for grain in sums.COARSER:
        _run(sums.write_coarser(grain))
    _run(sums.SUM_MONTHS)
    _run(sums.SUM_QUARTERS)
    _run(sums.SUM_MARKS, before=before)
    _run("SET LOCAL enable_nestloop = on")
    return int(highest)


def is_behind() -> bool:
    """Whether events wait that may be read."""
    return bool(_ask(_WAITING)[0][0])


def compact(before: date, since: date | None) -> None:
    """Make one row of each month that ended before this day, and reckon what was held at its end.

    :param since: the day up to which this was done before; None: never
    """
    for sql in sums.COMPACT:
        _run(sql, before=before)
    last = since - timedelta(days=1) if since else None
    for (day,) in _ask(sums.MONTHS_TO_BALANCE, before=before, since=last):
        for grain in GRAINS:
            _run(sums.BALANCE.format(days=grain.days, held=grain.held), day=day, last=last)
        last = day


def _find_shops() -> list[int]:
    return list(_ask(_SHOPS, kinds=SHOPS)[0][0])


def _learn_categories(sql: str, **parameters: Any) -> None:
    """Know every category of some dossiers, or all, and of which kind it is."""
    if _run(sql, **parameters):
        _run(_KINDS)


def _run(sql: str, **parameters: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return int(cursor.rowcount)


def _ask(sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return cursor.fetchall()
