"""The sums that are kept, and the statements that move them: what stays add to days, and what was held at the end of months.

The same figures are kept four times, each apart by what a page asks apart, so that no page adds up what it does not show:

* by unit and category (procedure, field and way): `DayCount`
* by unit, field and way: `FieldCount`
* by unit and way: `UnitCount`
* by category, all units together: `WholeCount`, under the unit 0

What came in and was finished of each procedure stands in a row a month (`MonthCount`) and a row a quarter (`QuarterCount`), what
finished dossiers say of the work in `MarkCount`, what officers did in `OfficerCount`.
"""

from typing import NamedTuple

FIGURES = (
    "received", "reopened", "moved_in", "early", "on_time", "late", "withdrawn", "stopped", "moved_out", "refused",
    "electronic", "digitised", "received_there", "done_there", "overdue", "waiting",
)  # fmt: skip


class Grain(NamedTuple):
    """One of the four: its tables of days and of what is held; which unit and category a row of the finest goes to."""

    days: str
    held: str
    agency: str
    category: str


FINEST = Grain("figures_daycount", "figures_balance", "agency_id", "category_id")
BY_FIELD = Grain("figures_fieldcount", "figures_fieldbalance", "agency_id", "k.kind_id")
BY_UNIT = Grain("figures_unitcount", "figures_unitbalance", "agency_id", "k.way_id")
WHOLE = Grain("figures_wholecount", "figures_wholebalance", "0::bigint", "category_id")
GRAINS = (FINEST, BY_FIELD, BY_UNIT, WHOLE)
COARSER = GRAINS[1:]

# Each stay adds on the day it begins, the day it ends and the first day it is late.
_BEGINS = {"received": "enter = 1", "reopened": "enter = 2", "moved_in": "enter = 3", "refused": "enter = 4", "waiting": "is_waiting"}  # fmt: skip
_ENDS = {
    "early": "leave = 1", "on_time": "leave = 2", "late": "leave = 3", "withdrawn": "leave = 4", "stopped": "leave = 5",
    "moved_out": "leave = 6", "electronic": "is_electronic", "digitised": "is_digitised",
    "received_there": "is_received_there", "done_there": "is_done_there",
}  # fmt: skip
_TAKES = {"overdue": "overdue_on IS NOT NULL", "waiting": "is_waiting"}


def _write(adds: dict[str, str], takes: dict[str, str]) -> str:
    said = {name: f"sign * ({told})::int" for name, told in adds.items()}
    said |= {name: f"-sign * ({told})::int" for name, told in takes.items()}
    return ", ".join(f"{said.get(name, '0')} AS {name}" for name in FIGURES)


CHANGES = f"""
    SELECT entered_on AS day, agency_id, category_id, {_write(_BEGINS, {})} FROM {{source}}
    UNION ALL
    SELECT left_on, agency_id, category_id, {_write(_ENDS, _TAKES)} FROM {{source}} WHERE left_on IS NOT NULL
    UNION ALL
    SELECT overdue_on, agency_id, category_id, {_write({"overdue": "true"}, {})} FROM {{source}} WHERE overdue_on IS NOT NULL
"""
SUMS = ", ".join(f"sum({name})::int AS {name}" for name in FIGURES)
SOME = " OR ".join(f"sum({name}) <> 0" for name in FIGURES)
NAMES = ", ".join(FIGURES)
_ADD = ", ".join(f"{name} = c.{name} + excluded.{name}" for name in FIGURES)
PUT_DAYS = f"""
    INSERT INTO {{days}} AS c (day, agency_id, category_id, {NAMES})
    SELECT day, agency_id, category_id, {SUMS} FROM {{changes}} AS changes
    GROUP BY day, agency_id, category_id HAVING {SOME} ORDER BY 1, 2, 3
    ON CONFLICT (day, agency_id, category_id) DO UPDATE SET {_ADD}
"""
# What a row of days adds to what is held, and what it adds to every month's end that was reckoned after it.
STOCK = "received + reopened + moved_in - early - on_time - late - withdrawn - stopped - moved_out"
_HELD = f"sum({STOCK})::int AS stock, sum(overdue)::int AS overdue, sum(waiting)::int AS waiting"
_HOLDS = f"sum({STOCK}) <> 0 OR sum(overdue) <> 0 OR sum(waiting) <> 0"
MONTH_END = "(date_trunc('month', {day} - 14) + interval '1 month 13 days')::date"
QUARTER_END = f"(date_trunc('quarter', {MONTH_END}) + interval '2 months 13 days')::date"
_LATE_TO_MONTHS = f"""
    INSERT INTO {{held}} AS b (last_on, agency_id, category_id, stock, overdue, waiting)
    SELECT month::date, agency_id, category_id, {_HELD}
    FROM {{net}}, generate_series({MONTH_END.format(day="day")}::timestamp,
        (SELECT compacted_on - 1 FROM figures_cursor WHERE name = 'events')::timestamp, interval '1 month') AS month
    GROUP BY 1, 2, 3 HAVING {_HOLDS}
    ON CONFLICT (last_on, agency_id, category_id) DO UPDATE SET stock = b.stock + excluded.stock,
        overdue = b.overdue + excluded.overdue, waiting = b.waiting + excluded.waiting
"""
_MONTHS = ("received", "online", "resolved", "received_there", "done_there")
_ADD_MONTHS = f"""
    ON CONFLICT (last_on, agency_id, procedure_id) DO UPDATE SET {", ".join(f"{m} = c.{m} + excluded.{m}" for m in _MONTHS)}
"""
_PUT_PROCEDURES = f"""
    INSERT INTO {{table}} AS c (last_on, agency_id, procedure_id, {", ".join(_MONTHS)})
    SELECT {{end}}, n.agency_id, k.procedure_id, sum(n.received),
        COALESCE(sum(n.received) FILTER (WHERE k.channel IN ('online', 'online_assisted')), 0),
        sum(n.early + n.on_time + n.late), sum(n.received_there), sum(n.done_there)
    FROM {{source}} n JOIN figures_category k ON k.id = n.category_id
    WHERE n.received <> 0 OR n.early <> 0 OR n.on_time <> 0 OR n.late <> 0 OR n.received_there <> 0 OR n.done_there <> 0
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3{_ADD_MONTHS}"""
_OF_MONTH = {"table": "figures_monthcount", "end": MONTH_END.format(day="n.day")}
_OF_QUARTER = {"table": "figures_quartercount", "end": QUARTER_END.format(day="n.day")}
_MARKED = "left_on AS day, agency_id, {user} AS user_id, leave, {mark}::smallint AS mark, contacts, sum(sign)::int AS count"
# A finished dossier adds one to its unit's marks under the officer 0, and one to those of each officer who did a step.
_PUT_MARKS = f"""
    INSERT INTO figures_markcount AS c (day, agency_id, user_id, leave, mark, contacts, count)
    SELECT {_MARKED.format(user="0::bigint", mark="step_mark")}
    FROM {{source}} WHERE step_mark IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(sign) <> 0
    UNION ALL
    SELECT {_MARKED.format(user="w / 4", mark="(w % 4)")}
    FROM {{source}}, unnest(worked) AS w GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(sign) <> 0
    ORDER BY 1, 2, 3, 4, 5, 6
    ON CONFLICT (day, agency_id, user_id, leave, mark, contacts) DO UPDATE SET count = c.count + excluded.count
"""


def write_moves(source: str) -> str:
    """The rest of a statement that has the changed stays in `source`, each with its sign: every sum moved by them."""
    coarser = [
        f"""of_{grain.days} AS (
    SELECT day, {grain.agency} AS agency_id, {grain.category} AS category_id, {SUMS}
    FROM net n JOIN figures_category k ON k.id = n.category_id GROUP BY 1, 2, 3 HAVING {SOME}
), put_{grain.days} AS ({PUT_DAYS.format(days=grain.days, changes=f"of_{grain.days}")}
), put_{grain.held} AS ({_LATE_TO_MONTHS.format(held=grain.held, net=f"of_{grain.days}")})"""
        for grain in COARSER
    ]
    return f"""
net AS (
    SELECT day, agency_id, category_id, {SUMS} FROM ({CHANGES.format(source=source)}) AS changes
    GROUP BY day, agency_id, category_id HAVING {SOME}
), held AS ({_LATE_TO_MONTHS.format(held=FINEST.held, net="net")}
), months AS ({_PUT_PROCEDURES.format(source="net", **_OF_MONTH)}
), quarters AS ({_PUT_PROCEDURES.format(source="net", **_OF_QUARTER)}
), marks AS ({_PUT_MARKS.format(source=source).replace("%", "%%")}
), {", ".join(coarser)}
{PUT_DAYS.format(days=FINEST.days, changes="net")}
"""


# Months that are over are told as one row at once: a row for each of their days would be deleted again. Rows stand in the
# order of their days, so that a period is read from few pages.
_ALL_STAYS = "(SELECT *, 1 AS sign FROM figures_stay) AS moved"
_AS_KEPT = f"CASE WHEN day < %(before)s THEN {MONTH_END.format(day='day')} ELSE day END AS day"
SUM_ALL = PUT_DAYS.format(
    days=FINEST.days,
    changes=f"(SELECT {_AS_KEPT}, agency_id, category_id, {NAMES} FROM ({CHANGES.format(source=_ALL_STAYS)}) AS days)",
)
SUM_MONTHS = _PUT_PROCEDURES.format(source=FINEST.days, **_OF_MONTH)
SUM_QUARTERS = f"""
    INSERT INTO figures_quartercount (last_on, agency_id, procedure_id, {", ".join(_MONTHS)})
    SELECT {QUARTER_END.format(day="last_on")}, agency_id, procedure_id, {", ".join(f"sum({m})" for m in _MONTHS)}
    FROM figures_monthcount GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
SUM_MARKS = _PUT_MARKS.format(
    source=f"""(SELECT CASE WHEN left_on < %(before)s THEN {MONTH_END.format(day="left_on")} ELSE left_on END AS left_on,
        agency_id, leave, step_mark, contacts, worked, 1 AS sign FROM figures_stay WHERE step_mark IS NOT NULL) AS finished"""
).replace("w % 4", "w %% 4")


def write_coarser(grain: Grain) -> str:
    """One of the coarser sums made from the finest, day by day as they are kept."""
    told = ", ".join(f"c.{name}" for name in FIGURES)
    return PUT_DAYS.format(
        days=grain.days,
        changes=f"""(SELECT c.day, {grain.agency} AS agency_id, {grain.category} AS category_id, {told}
    FROM {FINEST.days} c JOIN figures_category k ON k.id = c.category_id)""",
    )


# A month of figures ends with the fourteenth: its days become one row of its last day.
def _write_compact(table: str, key: str, sums: str, some: str, add: str, names: str) -> str:
    end = MONTH_END.format(day="day")
    return f"""
WITH old AS (DELETE FROM {table} WHERE day < %(before)s AND day <> ({end}) RETURNING *)
INSERT INTO {table} AS c (day, {key}, {names})
SELECT ({end}) AS month, {key}, {sums} FROM old GROUP BY month, {key}
HAVING {some} ORDER BY 1, 2, 3
ON CONFLICT (day, {key}) DO UPDATE SET {add}
"""


_OFFICERS = ("received", "acts", "dossiers")
COMPACT = (
    *(_write_compact(grain.days, "agency_id, category_id", SUMS, SOME, _ADD, NAMES) for grain in GRAINS),
    _write_compact("figures_markcount", "agency_id, user_id, leave, mark, contacts", "sum(count)", "sum(count) <> 0",
                   "count = c.count + excluded.count", "count"),
    _write_compact("figures_officercount", "agency_id, user_id",
                   f"max(person_name), max(unit_name), {', '.join(f'sum({name})' for name in _OFFICERS)}", "true",
                   "person_name = GREATEST(c.person_name, excluded.person_name),"
                   " unit_name = GREATEST(c.unit_name, excluded.unit_name), "
                   + ", ".join(f"{name} = c.{name} + excluded.{name}" for name in _OFFICERS),
                   f"person_name, unit_name, {', '.join(_OFFICERS)}"),
)  # fmt: skip
MONTHS_TO_BALANCE = f"""
SELECT month::date FROM generate_series(
    COALESCE(%(since)s::date + interval '1 month',
             (SELECT {MONTH_END.format(day="min(day)")} FROM figures_daycount)),
    %(before)s::date - interval '1 day', interval '1 month') AS month
"""
# A month's end is the one before with the month's row added.
BALANCE = f"""
INSERT INTO {{held}} (last_on, agency_id, category_id, stock, overdue, waiting)
SELECT %(day)s, agency_id, category_id, sum(stock)::int, sum(overdue)::int, sum(waiting)::int FROM (
    SELECT agency_id, category_id, stock, overdue, waiting FROM {{held}} WHERE last_on = %(last)s
    UNION ALL
    SELECT agency_id, category_id, {STOCK}, overdue, waiting FROM {{days}} WHERE day = %(day)s
) AS both_ends GROUP BY agency_id, category_id HAVING sum(stock) <> 0 OR sum(overdue) <> 0 OR sum(waiting) <> 0
ORDER BY agency_id, category_id
"""
# What officers did: every act once, on its day. A dossier counts on the day of the officer's first act on it in the agency, so
# that months add up to a year. An event is permanent and those of one dossier come in their order: nothing is taken back.
SUM_ACTS = f"""
WITH told AS (
    SELECT e.xact_id, (e.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS on_day, e.agency_id, e.user_id, e.person_name, e.unit_name,
           e.act, row_number() OVER (PARTITION BY e.dossier_id, e.agency_id, e.user_id ORDER BY e.revision) = 1 AS is_first
    FROM dossiers_event e WHERE e.{{which}} AND e.user_id > 0 AND e.xact_id < %(horizon)s
)
INSERT INTO figures_officercount AS c (day, agency_id, user_id, person_name, unit_name, received, acts, dossiers)
SELECT CASE WHEN on_day < %(before)s THEN {MONTH_END.format(day="on_day")} ELSE on_day END AS day, agency_id, user_id,
       max(person_name), max(unit_name), count(*) FILTER (WHERE act = 'receive'), count(*), count(*) FILTER (WHERE is_first)
FROM told WHERE xact_id >= %(since)s GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
ON CONFLICT (day, agency_id, user_id) DO UPDATE SET
    person_name = GREATEST(c.person_name, excluded.person_name), unit_name = GREATEST(c.unit_name, excluded.unit_name),
    received = c.received + excluded.received, acts = c.acts + excluded.acts, dossiers = c.dossiers + excluded.dossiers
"""
