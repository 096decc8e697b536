"""The statements that tell stays from the events and keep their sums: set-based, one writer at a time.

They read `dossiers_event` and `dossiers_dossier` as they stand: the fifth way up (docs/house.md), for readers of history.
"""

from datetime import date, timedelta
from typing import Any

from django.db import connection

from motcua.dossiers.rules.states import ALIVE, CLOSED
from motcua.figures.rules.stays import PAUSED
from motcua.worktime.rules import LimitUnit

LOCK = 7_205_759
SHARE = 5_000

# Only what can change a stay is read; the rule in words is `rules.stays`.
_MATTERS = """
    ((e.from_state = ANY(%(alive)s)) <> (e.to_state = ANY(%(alive)s))
     OR (e.from_state = ANY(%(paused)s)) <> (e.to_state = ANY(%(paused)s))
     OR e.to_state = 'not_accepted' OR e.data ?| ARRAY['new_due_at', 'old_agency_id'])
"""
_LATE_FROM = f"(due_at::date + (limit_unit <> '{LimitUnit.WORKING_HOUR.value}')::int)"
_GRAIN = "CASE WHEN limit_unit = '{hours}' THEN date_trunc('minute', {at}) ELSE date_trunc('day', {at}) END"
_DUE, _END = (_GRAIN.format(hours=LimitUnit.WORKING_HOUR.value, at=at) for at in ("due_at", "next_at"))

# Filed on somebody's behalf: the dossier names a person beside its applicant, as submitter or by authorisation.
_BEHALF = "EXISTS (SELECT FROM dossiers_party p WHERE p.dossier_id = d.id AND p.role <> 'applicant')"
_BEHALF_OF_ALL = """LEFT JOIN (SELECT DISTINCT dossier_id FROM dossiers_party
    WHERE role <> 'applicant' AND dossier_id BETWEEN %(first)s AND %(last)s) p ON p.dossier_id = d.id"""
_OF_CATEGORY = "k.procedure_code = d.procedure_code AND k.field_code = d.field_code AND k.channel = d.channel"
# All of them are joined; of some, each looks up its category by the index: how many a join of three columns would leave is
# guessed far too low, and a plan made for a handful takes minutes for thousands.
_ALL_DOSSIERS = f"""SELECT d.id, d.limit_unit, d.original_due_at, k.id AS category_id FROM dossiers_dossier d
    {_BEHALF_OF_ALL} JOIN figures_category k ON {_OF_CATEGORY} AND k.is_behalf = (p.dossier_id IS NOT NULL)
    WHERE d.id BETWEEN %(first)s AND %(last)s"""
_SOME_DOSSIERS = f"""SELECT d.id, d.limit_unit, d.original_due_at,
    (SELECT k.id FROM figures_category k WHERE {_OF_CATEGORY} AND k.is_behalf = {_BEHALF}) AS category_id
    FROM dossiers_dossier d WHERE d.id = ANY(%(ids)s)"""
# Events written before the act said it: what is there now tells whether result and papers have files.
_HAS_RESULT = """EXISTS (SELECT FROM dossiers_result r WHERE r.dossier_id = followed.dossier_id AND r.voided_at IS NULL
                   AND r.file_id IS NOT NULL)"""
_HAS_PAPERS = """EXISTS (SELECT FROM dossiers_part t JOIN dossiers_partfile f ON f.part_id = t.id
                   WHERE t.dossier_id = followed.dossier_id)"""
# To another agency, and not to the one that stands for it that day: a merger is told once, on its own day.
_MOVED = """{old} <> {new} AND NOT EXISTS (SELECT FROM figures_standin m WHERE m.agency_id = {old} AND m.unit_id = {new}
                   AND m.first_on <= {day} AND (m.end_on IS NULL OR m.end_on > {day}))"""
_MOVED_IN = _MOVED.format(old="last_agency_id", new="followed.agency_id", day="on_day")
_MOVED_OUT = _MOVED.format(old="followed.agency_id", new="next_agency_id", day="next_day")
# Facts in their order; then each with its promise, with what follows, and whether a pause began in time.
_STAYS = f"""
facts AS (
    SELECT e.dossier_id, e.revision, e.agency_id, e.from_state, e.to_state,
           e.at AT TIME ZONE 'Asia/Ho_Chi_Minh' AS at,
           (e.data ->> 'new_due_at')::timestamptz AT TIME ZONE 'Asia/Ho_Chi_Minh' AS new_due_at,
           (e.data -> 'is_electronic')::bool AS is_electronic, (e.data -> 'is_digitised')::bool AS is_digitised
    FROM dossiers_event e
    WHERE {{which}} AND e.xact_id < %(horizon)s AND {_MATTERS}
), ordered AS (
    SELECT f.*, d.limit_unit, d.original_due_at AT TIME ZONE 'Asia/Ho_Chi_Minh' AS original_due_at, d.category_id,
           max(f.at::date) OVER w AS on_day, count(f.new_due_at) OVER w AS promise_no,
           f.to_state = ANY(%(alive)s) AS is_open, f.to_state = ANY(%(paused)s) AS is_paused,
           COALESCE(lag(f.to_state) OVER w = ANY(%(alive)s), false) AS was_open,
           COALESCE(lag(f.to_state) OVER w = ANY(%(paused)s), false) AS was_paused,
           lag(f.agency_id) OVER w AS last_agency_id
    FROM facts f JOIN ({{dossiers}}) AS d ON d.id = f.dossier_id
    WINDOW w AS (PARTITION BY f.dossier_id ORDER BY f.revision)
), promised AS (
    SELECT o.*, COALESCE(max(new_due_at) OVER (PARTITION BY dossier_id, promise_no), original_due_at) AS due_at,
           count(*) FILTER (WHERE is_paused AND NOT was_paused) OVER w AS pause_no
    FROM ordered o WINDOW w AS (PARTITION BY dossier_id ORDER BY revision)
), followed AS (
    SELECT p.*, lead(on_day) OVER w AS next_day, lead(at) OVER w AS next_at, lead(to_state) OVER w AS next_state,
           lead(agency_id) OVER w AS next_agency_id, lead(due_at) OVER w AS next_due_at,
           lead(is_electronic) OVER w AS next_electronic, lead(is_digitised) OVER w AS next_digitised, {_LATE_FROM} AS late_from,
           is_paused AND COALESCE(first_value({_LATE_FROM}) OVER q > first_value(on_day) OVER q, true) AS is_waiting
    FROM promised p
    WINDOW w AS (PARTITION BY dossier_id ORDER BY revision),
           q AS (PARTITION BY dossier_id, is_paused, pause_no ORDER BY revision)
), whole AS (
    SELECT dossier_id, revision, agency_id, category_id, on_day AS entered_on, late_from, is_waiting,
           CASE WHEN NOT is_open THEN 4 WHEN NOT was_open THEN CASE WHEN from_state = ANY(%(closed)s) THEN 2 ELSE 1 END
                WHEN {_MOVED_IN} THEN 3 ELSE 0 END AS enter,
           CASE WHEN is_open THEN next_day ELSE on_day END AS left_on,
           CASE WHEN NOT is_open THEN 7 WHEN next_state IS NULL THEN NULL
                WHEN next_state = ANY(%(alive)s) THEN CASE WHEN {_MOVED_OUT} THEN 6 ELSE 0 END
                WHEN next_state = 'result_ready' THEN {{timely}}
                WHEN next_state = 'withdrawn' THEN 4 ELSE 5 END AS leave,
           is_open AND next_state = 'result_ready' AND COALESCE(next_electronic, {_HAS_RESULT}) AS is_electronic,
           is_open AND next_state = 'result_ready' AND COALESCE(next_digitised, {_HAS_RESULT} AND {_HAS_PAPERS}) AS is_digitised
    FROM followed WHERE is_open OR to_state = 'not_accepted'
), divided AS (
    SELECT w.dossier_id, w.revision, COALESCE(s.unit_id, w.agency_id) AS agency_id, w.category_id, w.is_waiting,
           w.late_from, GREATEST(w.entered_on, s.first_on) AS entered_on,
           CASE WHEN s.first_on > w.entered_on THEN 3 ELSE w.enter END AS enter,
           CASE WHEN w.left_on IS NULL OR w.left_on >= s.end_on THEN COALESCE(s.end_on, w.left_on) ELSE w.left_on END AS left_on,
           CASE WHEN s.end_on IS NOT NULL AND (w.left_on IS NULL OR w.left_on >= s.end_on) THEN 6 ELSE w.leave END AS leave,
           w.is_electronic, w.is_digitised
    FROM whole w
    LEFT JOIN figures_standin s ON s.agency_id = w.agency_id AND (s.end_on IS NULL OR w.entered_on < s.end_on)
         AND (w.left_on IS NULL OR w.left_on >= s.first_on)
), told AS (
    SELECT dossier_id, (row_number() OVER (PARTITION BY dossier_id ORDER BY revision, entered_on))::smallint AS no,
           enter::smallint AS enter, agency_id, category_id, entered_on, left_on,
           CASE WHEN enter <> 4 AND NOT is_waiting AND (left_on IS NULL OR GREATEST(late_from, entered_on) < left_on)
                THEN CASE WHEN late_from IS NOT NULL THEN GREATEST(late_from, entered_on) END END AS overdue_on,
           leave::smallint AS leave, is_waiting,
           COALESCE(is_electronic AND leave <> 6, false) AS is_electronic, COALESCE(is_digitised AND leave <> 6, false) AS is_digitised
    FROM divided
)
"""
# The end is judged by the promise as it stood then, at the grain of the limit (worktime.rules.judge).
_TIMELY = (
    f"CASE WHEN next_due_at IS NULL THEN 2 WHEN {_END} > {_DUE.replace('due_at', 'next_due_at')} THEN 3"
    f" WHEN {_END} < {_DUE.replace('due_at', 'next_due_at')} THEN 1 ELSE 2 END"
)
_COLUMNS = "dossier_id, no, enter, agency_id, category_id, entered_on, left_on, overdue_on, leave, is_waiting, is_electronic, is_digitised"
_FIGURES = (
    "received", "reopened", "moved_in", "early", "on_time", "late", "withdrawn", "stopped", "moved_out", "refused",
    "electronic", "digitised", "overdue", "waiting",
)  # fmt: skip
# What stays add to days. Each stay adds on the day it begins, the day it ends and the first day it is late.
_CHANGES = """
    SELECT entered_on AS day, agency_id, category_id, sign * (enter = 1)::int AS received,
           sign * (enter = 2)::int AS reopened, sign * (enter = 3)::int AS moved_in, 0 AS early, 0 AS on_time, 0 AS late,
           0 AS withdrawn, 0 AS stopped, 0 AS moved_out, sign * (enter = 4)::int AS refused,
           0 AS electronic, 0 AS digitised, 0 AS overdue,
           sign * is_waiting::int AS waiting
    FROM {source}
    UNION ALL
    SELECT left_on, agency_id, category_id, 0, 0, 0, sign * (leave = 1)::int, sign * (leave = 2)::int,
           sign * (leave = 3)::int, sign * (leave = 4)::int, sign * (leave = 5)::int, sign * (leave = 6)::int, 0,
           sign * is_electronic::int, sign * is_digitised::int, -sign * (overdue_on IS NOT NULL)::int, -sign * is_waiting::int
    FROM {source} WHERE left_on IS NOT NULL
    UNION ALL
    SELECT overdue_on, agency_id, category_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, sign, 0
    FROM {source} WHERE overdue_on IS NOT NULL
"""
_SUMS = ", ".join(f"sum({name})::int AS {name}" for name in _FIGURES)
_SOME = " OR ".join(f"sum({name}) <> 0" for name in _FIGURES)
_ADD = ", ".join(f"{name} = c.{name} + excluded.{name}" for name in _FIGURES)
# Sums are kept by category, and by field and way alone: the same statements for both, days and what is held.
KEPT = (("figures_daycount", "figures_balance"), ("figures_fieldcount", "figures_fieldbalance"))
_PUT_DAYS = f"""
    INSERT INTO {{days}} AS c (day, agency_id, category_id, {", ".join(_FIGURES)})
    SELECT day, agency_id, category_id, {_SUMS} FROM {{changes}} AS changes
    GROUP BY day, agency_id, category_id HAVING {_SOME} ORDER BY 1, 2, 3
    ON CONFLICT (day, agency_id, category_id) DO UPDATE SET {_ADD}
"""
# What a row of days adds to what is held, and what it adds to every month's end that was reckoned after it.
STOCK = "received + reopened + moved_in - early - on_time - late - withdrawn - stopped - moved_out"
_HELD = f"sum({STOCK})::int AS stock, sum(overdue)::int AS overdue, sum(waiting)::int AS waiting"
_HOLDS = f"sum({STOCK}) <> 0 OR sum(overdue) <> 0 OR sum(waiting) <> 0"
_MONTH_END = "(date_trunc('month', {day} - 14) + interval '1 month 13 days')::date"
_LATE_TO_MONTHS = f"""
    INSERT INTO {{held}} AS b (last_on, agency_id, category_id, stock, overdue, waiting)
    SELECT month::date, agency_id, category_id, {_HELD}
    FROM {{net}}, generate_series({_MONTH_END.format(day="day")}::timestamp,
        (SELECT compacted_on - 1 FROM figures_cursor WHERE name = 'events')::timestamp, interval '1 month') AS month
    GROUP BY 1, 2, 3 HAVING {_HOLDS}
    ON CONFLICT (last_on, agency_id, category_id) DO UPDATE SET stock = b.stock + excluded.stock,
        overdue = b.overdue + excluded.overdue, waiting = b.waiting + excluded.waiting
"""
_SAME = (
    "(s.enter, s.agency_id, s.category_id, s.entered_on, s.left_on, s.overdue_on, s.leave, s.is_waiting,"
    " s.is_electronic, s.is_digitised)"
)
# Old and new are seen from before the statement: the sums take the difference, whatever order things came in.
_RETELL = f"""
WITH {_STAYS.format(which="e.dossier_id = ANY(%(ids)s)", timely=_TIMELY, dossiers=_SOME_DOSSIERS)}, old AS (
    SELECT {_COLUMNS} FROM figures_stay WHERE dossier_id = ANY(%(ids)s)
), gone AS (
    DELETE FROM figures_stay s WHERE s.dossier_id = ANY(%(ids)s)
        AND NOT EXISTS (SELECT FROM told t WHERE t.dossier_id = s.dossier_id AND t.no = s.no)
), put AS (
    INSERT INTO figures_stay AS s ({_COLUMNS}) SELECT {_COLUMNS} FROM told
    ON CONFLICT (dossier_id, no) DO UPDATE SET enter = excluded.enter, agency_id = excluded.agency_id,
        category_id = excluded.category_id, entered_on = excluded.entered_on, left_on = excluded.left_on,
        overdue_on = excluded.overdue_on, leave = excluded.leave, is_waiting = excluded.is_waiting,
        is_electronic = excluded.is_electronic, is_digitised = excluded.is_digitised
    WHERE {_SAME} IS DISTINCT FROM {_SAME.replace("s.", "excluded.")}
), moved AS (
    SELECT *, -1 AS sign FROM old UNION ALL SELECT *, 1 FROM told
), net AS (
    SELECT day, agency_id, category_id, {_SUMS} FROM ({_CHANGES.format(source="moved")}) AS changes
    GROUP BY day, agency_id, category_id HAVING {_SOME}
), by_field AS (
    SELECT day, agency_id, k.kind_id AS category_id, {_SUMS} FROM net JOIN figures_category k ON k.id = net.category_id
    GROUP BY day, agency_id, k.kind_id HAVING {_SOME}
), late AS (
    {_LATE_TO_MONTHS.format(held=KEPT[0][1], net="net")}
), late_by_field AS (
    {_LATE_TO_MONTHS.format(held=KEPT[1][1], net="by_field")}
), put_by_field AS (
    {_PUT_DAYS.format(days=KEPT[1][0], changes="by_field")}
)
{_PUT_DAYS.format(days=KEPT[0][0], changes="net")}
"""
_TELL_ALL = f"""
WITH {_STAYS.format(which="e.dossier_id BETWEEN %(first)s AND %(last)s", timely=_TIMELY, dossiers=_ALL_DOSSIERS)}
INSERT INTO figures_stay ({_COLUMNS}) SELECT {_COLUMNS} FROM told
"""
# Months that are over are told as one row at once: a row for each of their days would be deleted again. Rows stand in the
# order of their days, so that a period is read from few pages.
_SUM_ALL = _PUT_DAYS.format(
    days=KEPT[0][0],
    changes=f"""(SELECT CASE WHEN day < %(before)s THEN {_MONTH_END.format(day="day")} ELSE day END AS day, agency_id,
    category_id, {", ".join(_FIGURES)} FROM ({_CHANGES.format(source="(SELECT *, 1 AS sign FROM figures_stay) AS moved")}) AS days)""",
)
_SUM_FIELDS = _PUT_DAYS.format(
    days=KEPT[1][0],
    changes=f"""(SELECT c.day, c.agency_id, k.kind_id AS category_id, {", ".join(f"c.{name}" for name in _FIGURES)}
    FROM figures_daycount c JOIN figures_category k ON k.id = c.category_id)""",
)
_CATEGORIES = """
INSERT INTO figures_category (procedure_code, field_code, channel, is_behalf, kind_id)
SELECT DISTINCT d.procedure_code, d.field_code, d.channel, {is_behalf}, 0 FROM dossiers_dossier d {which}
ON CONFLICT (procedure_code, field_code, channel, is_behalf) DO NOTHING
"""
_OF_SOME = _CATEGORIES.format(is_behalf=_BEHALF, which="WHERE d.id = ANY(%(ids)s)")
_OF_ALL = _CATEGORIES.format(is_behalf="p.dossier_id IS NOT NULL", which=_BEHALF_OF_ALL)
_KINDS = """
UPDATE figures_category k SET kind_id = (
    SELECT min(o.id) FROM figures_category o
    WHERE o.field_code = k.field_code AND o.channel = k.channel AND o.is_behalf = k.is_behalf)
WHERE k.kind_id = 0
"""
_TOUCHED = f"""
SELECT DISTINCT e.dossier_id FROM dossiers_event e
WHERE e.xact_id >= %(since)s AND e.xact_id < %(horizon)s AND {_MATTERS}
"""
_BOUND = """
SELECT e.xact_id FROM dossiers_event e WHERE e.xact_id >= %(since)s AND e.xact_id < %(horizon)s
ORDER BY e.xact_id OFFSET %(share)s LIMIT 1
"""
_WAITING = """
SELECT EXISTS (SELECT FROM dossiers_event e JOIN figures_cursor c ON c.name = 'events'
               WHERE e.xact_id >= c.xact_id AND e.xact_id < motcua_horizon())
"""
# A month of figures ends with the fourteenth: its days become one row of its last day.
_COMPACT = f"""
WITH old AS (DELETE FROM {{{{days}}}} WHERE day < %(before)s AND day <> ({{end}}) RETURNING *)
INSERT INTO {{{{days}}}} AS c (day, agency_id, category_id, {", ".join(_FIGURES)})
SELECT ({{end}}) AS month, agency_id, category_id, {_SUMS} FROM old GROUP BY month, agency_id, category_id
HAVING {_SOME} ORDER BY 1, 2, 3
ON CONFLICT (day, agency_id, category_id) DO UPDATE SET {_ADD}
""".format(end=_MONTH_END.format(day="day"))
_MONTHS_TO_BALANCE = f"""
SELECT month::date FROM generate_series(
    COALESCE(%(since)s::date + interval '1 month',
             (SELECT {_MONTH_END.format(day="min(day)")} FROM figures_daycount)),
    %(before)s::date - interval '1 day', interval '1 month') AS month
"""
# A month's end is the one before with the month's row added.
_BALANCE = f"""
INSERT INTO {{held}} (last_on, agency_id, category_id, stock, overdue, waiting)
SELECT %(day)s, agency_id, category_id, sum(stock)::int, sum(overdue)::int, sum(waiting)::int FROM (
    SELECT agency_id, category_id, stock, overdue, waiting FROM {{held}} WHERE last_on = %(last)s
    UNION ALL
    SELECT agency_id, category_id, {STOCK}, overdue, waiting FROM {{days}} WHERE day = %(day)s
) AS both_ends GROUP BY agency_id, category_id HAVING sum(stock) <> 0 OR sum(overdue) <> 0 OR sum(waiting) <> 0
ORDER BY agency_id, category_id
"""
ALIVE_STATES = sorted(str(state) for state in ALIVE)
_WORDS = {
    "alive": ALIVE_STATES,
    "closed": sorted(str(state) for state in CLOSED),
    "paused": sorted(str(state) for state in PAUSED),
}


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


def find_touched(since: int, horizon: int) -> list[int]:
    """Dossiers whose stays the events of this stretch may change."""
    return [row[0] for row in _ask(_TOUCHED, since=since, horizon=horizon, **_WORDS)]


def retell(ids: list[int], horizon: int) -> None:
    """Tell the stays of these dossiers anew from their events below the horizon, and move the sums by the difference."""
    _learn_categories(_OF_SOME, ids=ids)
    _run(_RETELL, ids=ids, horizon=horizon, **_WORDS)


def forget_all() -> None:
    """Empty stays and sums, to be told anew."""
    for days, held in KEPT:
        _run(f"DELETE FROM {held}")
        _run(f"DELETE FROM {days}")
    _run("DELETE FROM figures_stay")


def tell_all(horizon: int, before: date, step: int = 250_000) -> int:
    """Tell every stay and every sum from nothing, months that ended before a day as one row; how many dossiers."""
    highest = _ask("SELECT COALESCE(max(id), 0) FROM dossiers_dossier")[0][0]
    _learn_categories(_OF_ALL, first=1, last=highest)
    # Tables filled a moment ago are not measured yet: row by row would be chosen, and take hours.
    _run("SET LOCAL enable_nestloop = off")
    for first in range(1, highest + 1, step):
        _run(_TELL_ALL, first=first, last=first + step - 1, horizon=horizon, **_WORDS)
    _run(_SUM_ALL, before=before)
    _run(_SUM_FIELDS)
    _run("SET LOCAL enable_nestloop = on")
    return int(highest)


def is_behind() -> bool:
    """Whether events wait that may be read."""
    return bool(_ask(_WAITING)[0][0])


def compact(before: date, since: date | None) -> None:
    """Make one row of each month that ended before this day, and reckon what was held at its end.

    :param since: the day up to which this was done before; None: never
    """
    for days, _held in KEPT:
        _run(_COMPACT.format(days=days), before=before)
    last = since - timedelta(days=1) if since else None
    for (day,) in _ask(_MONTHS_TO_BALANCE, before=before, since=last):
        for days, held in KEPT:
            _run(_BALANCE.format(days=days, held=held), day=day, last=last)
        last = day


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
