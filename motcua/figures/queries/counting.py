"""The figures of a period: from the kept sums, or told anew from the stays; both say the same."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from motcua.figures.models import Cursor
from motcua.figures.models.sums import BY_FIELD, BY_UNIT, FINEST, STOCK, WHOLE, Grain
from motcua.figures.queries.once import ask_once
from motcua.figures.queries.units import find_level
from motcua.figures.rules import CHANNELS, Counts, Period, find_current
from motcua.figures.rules.counts import NEW
from motcua.figures.rules.periods import PeriodKind
from motcua.organisations import queries as organisations

_NAMES = Counts._fields
SHARES = {
    "agency": ("agency_id", "0::bigint"),
    "field": ("field_code", "''"),
    "procedure": ("procedure_code", "''"),
    "channel": ("channel", "''"),
    "behalf": ("is_behalf", "false"),
}


class Row(NamedTuple):
    """The figures of one share; what is not asked apart is 0 or empty."""

    agency_id: int
    field_code: str
    procedure_code: str
    counts: Counts
    channel: str = ""
    is_behalf: bool = False


_IN_PERIOD = ("reopened", "moved_in", "early", "on_time", "late", "withdrawn", "stopped", "moved_out")
_ALONG = ("refused", "electronic", "digitised")
_SUMMED = ("received", *_IN_PERIOD, *_ALONG, "overdue", "waiting")
# What was held at the end of a month, and what the days since have added.
_OF_DAYS = "{days} c WHERE day <= %(last)s AND (%(base)s::date IS NULL OR day > %(base)s) {narrowed}"
_OF_HELD = "{held} c WHERE last_on = %(base)s {narrowed}"
_DAYS = f"""
    SELECT agency_id, category_id, 0 AS held, 0 AS held_overdue, 0 AS held_waiting, day, {", ".join(_SUMMED)} FROM {_OF_DAYS}
    UNION ALL
    SELECT agency_id, category_id, stock, overdue, waiting, last_on, {", ".join("0" for _name in _SUMMED)} FROM {_OF_HELD}
"""
# A number for the way a dossier came, made once (the OFFSET keeps it so): a word compared for every row costs as much as the sum.
_CATEGORIES = f"""
    SELECT id, procedure_code, field_code, channel, is_behalf,
           CASE channel {" ".join(f"WHEN '{channel}' THEN {n}" for n, channel in enumerate(CHANNELS))} END AS way
    FROM figures_category OFFSET 0
"""


def _write_by_sums(*, is_whole: bool, is_folded: bool) -> str:
    """The statement over the sums; when every day after the base lies in the period (`is_whole`), none is asked for its day.

    What follows from other sums is reckoned once for each row of the answer, not for each row that is read. `is_folded`: the
    days of a category are added up before its name and way are looked up; that needs room for every category that is told apart.
    """
    since = "true" if is_whole or is_folded else "day >= %(first)s"
    within = "" if is_whole or is_folded else f" FILTER (WHERE {since})"
    before = "0" if is_whole else f"COALESCE(sum({STOCK}) FILTER (WHERE day < %(first)s), 0)"
    new = ", ".join(
        f"sum(received) FILTER (WHERE {since} AND k.way = {n}) AS {measure}" for n, measure in enumerate(NEW)
    )
    has_all = is_whole or is_folded
    summed = "sum(received) AS received" if has_all else f"COALESCE(sum({STOCK}){within}, 0) AS inside"
    inside = f"({STOCK})" if has_all else "inside"
    return f"""
SELECT {{told}}, held + before, {", ".join(f"COALESCE({m}, 0)" for m in NEW)},
    {", ".join(f"COALESCE({name}, 0)" for name in _IN_PERIOD)},
    held - held_overdue - held_waiting + before + {inside} - overdue - waiting, held_overdue + overdue, held_waiting + waiting,
    COALESCE(refused, 0), COALESCE(new_behalf, 0), COALESCE(electronic, 0), COALESCE(digitised, 0)
FROM (
    SELECT {{shares}} sum(held) AS held, sum(held_overdue) AS held_overdue, sum(held_waiting) AS held_waiting, {new},
        {", ".join(f"sum({name}){within} AS {name}" for name in (*_IN_PERIOD, *_ALONG))},
        {"sum(before)" if is_folded else before} AS before, {summed}, sum(overdue) AS overdue, sum(waiting) AS waiting,
        sum(received) FILTER (WHERE {since} AND k.is_behalf) AS new_behalf
    FROM ({_fold(is_whole=is_whole) if is_folded else _DAYS}) AS c JOIN ({_CATEGORIES}) AS k ON k.id = c.category_id
    GROUP BY {{grouped}}
) AS summed
"""


def _fold(*, is_whole: bool) -> str:
    """The same rows, one for each category (and unit, where units are told apart) of the days and one of what was held."""
    within = "" if is_whole else " FILTER (WHERE day >= %(first)s)"
    before = "0" if is_whole else f"COALESCE(sum({STOCK}) FILTER (WHERE day < %(first)s), 0)::int"
    days = ", ".join(f"COALESCE(sum({name}){within}, 0)::int AS {name}" for name in _SUMMED[:-2])
    return f"""
    SELECT {{folded}}, 0 AS held, 0 AS held_overdue, 0 AS held_waiting, {before} AS before, {days},
        sum(overdue)::int AS overdue, sum(waiting)::int AS waiting FROM {_OF_DAYS} GROUP BY {{folded}}
    UNION ALL
    SELECT {{folded}}, sum(stock)::int, sum(overdue)::int, sum(waiting)::int, 0, {", ".join("0" for _name in _SUMMED)}
    FROM {_OF_HELD} GROUP BY {{folded}}
"""


_BY_SUMS = {
    (is_whole, is_folded): _write_by_sums(is_whole=is_whole, is_folded=is_folded)
    for is_whole in (True, False)
    for is_folded in (True, False)
}
_ENTERED = "entered_on >= %(first)s"
_LEFT = "left_on >= %(first)s AND left_on <= %(last)s"
_THERE = "enter <> 4 AND (left_on IS NULL OR left_on > %(last)s)"
_NEW_STAYS = ",\n".join(
    f"count(*) FILTER (WHERE {_ENTERED} AND enter = 1 AND k.channel = '{channel}') AS {measure}"
    for channel, measure in zip(CHANNELS, NEW, strict=True)
)
_BY_STAYS = f"""
SELECT {{told}},
    count(*) FILTER (WHERE enter <> 4 AND entered_on < %(first)s) AS carried, {_NEW_STAYS},
    count(*) FILTER (WHERE {_ENTERED} AND enter = 2) AS reopened, count(*) FILTER (WHERE {_ENTERED} AND enter = 3) AS moved_in,
    count(*) FILTER (WHERE {_LEFT} AND leave = 1) AS early, count(*) FILTER (WHERE {_LEFT} AND leave = 2) AS on_time,
    count(*) FILTER (WHERE {_LEFT} AND leave = 3) AS late, count(*) FILTER (WHERE {_LEFT} AND leave = 4) AS withdrawn,
    count(*) FILTER (WHERE {_LEFT} AND leave = 5) AS stopped, count(*) FILTER (WHERE {_LEFT} AND leave = 6) AS moved_out,
    count(*) FILTER (WHERE {_THERE} AND NOT is_waiting AND NOT COALESCE(overdue_on <= %(last)s, false)) AS pending_in_time,
    count(*) FILTER (WHERE {_THERE} AND NOT is_waiting AND overdue_on <= %(last)s) AS pending_overdue,
    count(*) FILTER (WHERE {_THERE} AND is_waiting) AS waiting,
    count(*) FILTER (WHERE {_ENTERED} AND enter = 4) AS refused,
    count(*) FILTER (WHERE {_ENTERED} AND enter = 1 AND k.is_behalf) AS new_behalf,
    count(*) FILTER (WHERE {_LEFT} AND is_electronic) AS electronic, count(*) FILTER (WHERE {_LEFT} AND is_digitised) AS digitised
FROM figures_stay c JOIN figures_category k ON k.id = c.category_id
WHERE entered_on <= %(last)s AND (left_on IS NULL OR left_on >= %(first)s) {{narrowed}} GROUP BY {{grouped}}
"""


def count_by_sums(
    period: Period,
    agencies: Iterable[int] | None = None,
    *,
    by: Iterable[str] = ("agency", "field"),
    grain: Grain | None = None,
) -> list[Row]:
    """From the kept sums: quick, and right for every period that ends with a month of reports or lies in this one.

    :param grain: from these sums, even where coarser ones would do: all have to say the same; None: the coarsest that will do
    """
    asked = set(by)
    grain = grain or find_grain(asked, agencies)
    base = find_base(period.first_on, get_kept_from())
    is_whole = base is not None and base + timedelta(days=1) == period.first_on
    sql = _BY_SUMS[is_whole, is_folded(asked, grain)]
    return _ask(sql, period, agencies, asked, base, grain)


def is_folded(by: Iterable[str], grain: Grain) -> bool:
    """Whether the days of a category are added up first: not where every unit has hundreds of categories."""
    return grain is BY_UNIT or "agency" not in by


def find_grain(by: Iterable[str], agencies: Iterable[int] | None) -> Grain:
    """The coarsest of the kept sums that tells apart what is asked apart."""
    asked = set(by)
    if agencies is None and "agency" not in asked and asked & {"procedure", "field"}:
        return WHOLE
    if "procedure" in asked:
        return FINEST
    return BY_FIELD if "field" in asked else BY_UNIT


def count_shares(period: Period, agencies: Iterable[int] | None = None) -> tuple[list[Row], list[Row]]:
    """The figures by unit and, apart from that, by field: two short lists."""
    return get_rows(period, agencies, by=("agency",)), get_rows(period, agencies, by=("field",))


def recount(
    period: Period,
    agencies: Iterable[int] | None = None,
    *,
    by: Iterable[str] = ("agency", "field"),
) -> list[Row]:
    """From the stays one by one: for any days, and the proof of the sums."""
    return _ask(_BY_STAYS, period, agencies, by)


def get_rows(
    period: Period,
    agencies: Iterable[int] | None = None,
    *,
    by: Iterable[str] = ("agency", "field"),
) -> list[Row]:
    """From the sums where they know the days asked for, else told anew from the stays."""
    count = count_by_sums if is_summed(period) else recount
    return count(period, agencies, by=by)


def find_owners_of_level(period: Period, agencies: Iterable[int] | None, level: str) -> frozenset[int]:
    """The units of a level (province, district, commune) that have figures in a period, as of its last day."""
    tree = organisations.get_tree(period.last_on)
    rows = get_rows(period, agencies, by=("agency",))
    return frozenset(row.agency_id for row in rows if find_level(tree, row.agency_id) == level)


def is_summed(period: Period) -> bool:
    """Whether both ends of the period are days the sums know."""
    kept_from = get_kept_from()
    return kept_from is not None and all(
        day >= kept_from or day.day == 14 for day in (period.last_on, period.first_on - timedelta(days=1))
    )


def get_kept_from() -> date | None:
    """The first day that is kept by itself; what lies before is one row a month."""
    return ask_once("kept from", Cursor.objects.values_list("compacted_on", flat=True).first)


def find_base(first_on: date, kept_from: date | None) -> date | None:
    """The last end of a month before a period whose holdings were reckoned, if any."""
    if kept_from is None:
        return None
    before = min(first_on, kept_from) - timedelta(days=1)
    return (before if before.day >= 14 else before.replace(day=1) - timedelta(days=1)).replace(day=14)


def _ask(
    sql: str,
    period: Period,
    agencies: Iterable[int] | None,
    by: Iterable[str],
    base: date | None = None,
    grain: Grain = FINEST,
) -> list[Row]:
    """`by`: which of agency, field, procedure, channel and behalf are told apart. No agencies named: all."""
    asked = [name for name in SHARES if name in set(by)]
    parameters: dict[str, Any] = {"first": period.first_on, "last": period.last_on, "base": base}
    narrowed = ""
    if agencies is not None:
        parameters["agencies"] = sorted(agencies)
        narrowed = "AND c.agency_id = ANY(%(agencies)s)"
    said = {
        # What is not asked apart is written once, outside: a constant in a group is compared for every row.
        "told": ", ".join(SHARES[name][0 if name in asked else 1] for name in SHARES),
        "shares": "".join(f"{SHARES[name][0]}, " for name in asked),
        "grouped": ", ".join(SHARES[name][0] for name in asked) or "()",
        "folded": "agency_id, category_id" if "agency" in asked else "category_id",
        "narrowed": narrowed, "days": grain.days, "held": grain.held,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql.format(**said), parameters)
        return [_make_row(row) for row in cursor if any(row[len(SHARES) :])]


def _make_row(row: tuple[Any, ...]) -> Row:
    agency_id, field_code, procedure_code, channel, is_behalf, *values = row
    return Row(agency_id, field_code, procedure_code, Counts._make(values), channel, is_behalf)


class Span(NamedTuple):
    """Where the procedures of a period are kept: the table, the end of its last stretch, and whether it is one stretch."""

    table: str
    end_on: date
    is_one: bool


_SPANS = ((PeriodKind.QUARTER, "figures_quartercount"), (PeriodKind.MONTH, "figures_monthcount"))


def find_span(period: Period) -> Span | None:
    """The longest stretches a period is made of, whole quarters or months of reports; None: it is not.

    The last may still run: nothing was counted after it.
    """
    counted_at = ask_once("counted at", Cursor.objects.values_list("at", flat=True).first)
    if counted_at is None:
        return None
    for kind, table in _SPANS:
        first, last = find_current(period.first_on, kind), find_current(period.last_on, kind)
        is_to_its_end = period.last_on == last.last_on or period.last_on >= timezone.localdate(counted_at)
        if first.first_on == period.first_on and is_to_its_end:
            return Span(table, last.last_on, first == last)
    return None


def are_marks_told() -> bool:
    """Whether every dossier counted has told what the work on it was like; not until all are told anew after an upgrade."""
    return ask_once("to retell", Cursor.objects.values_list("is_to_retell", flat=True).first) is False
