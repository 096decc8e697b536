"""Numbers of dossiers, results and slips: each series and period counts without a gap."""

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.core.prepared import open_cursor

_NUMBERS = """
INSERT INTO dossiers_counter AS c (series, agency_key, period, last) VALUES (%s, %s, %s, %s)
ON CONFLICT (series, agency_key, period) DO UPDATE SET last = c.last + EXCLUDED.last
RETURNING last
"""
# How many is asked for in a way the planner cannot look into: seen, it would plan anew each time.
_RESERVE = """
WITH taken AS (
    INSERT INTO dossiers_counter AS c (series, agency_key, period, last) VALUES {counters}
    ON CONFLICT (series, agency_key, period) DO UPDATE SET last = c.last + EXCLUDED.last
    RETURNING series, last
)
SELECT (SELECT last FROM taken WHERE series = 'dossier'), (SELECT last FROM taken WHERE series = 'transfer'),
       ARRAY(SELECT nextval('dossiers_dossier_id_seq') FROM generate_series(1, (SELECT %s::int))),
       ARRAY(SELECT nextval('dossiers_joint_id_seq') FROM generate_series(1, (SELECT %s::int)))
"""


def take_number(series: str, agency_key: str, period: str) -> int:
    """The next number of a series; a transaction that fails gives it back, so none is skipped."""
    return take_numbers(series, agency_key, period, 1)


def take_numbers(series: str, agency_key: str, period: str, count: int) -> int:
    """The first of so many next numbers of a series, as `take_number`."""
    with open_cursor() as cursor:
        cursor.execute(_NUMBERS, [series, agency_key, period, count])
        return cursor.fetchone()[0] - count + 1


@dataclass(frozen=True, slots=True)
class Reserved:
    """Serials and keys taken ahead, so that everything can be written at once: the first serials, and every key."""

    serial: int
    slip: int
    dossier_ids: Sequence[int]
    joint_id: int


def reserve(
    agency_key: str,
    period: str,
    dossiers: int,
    *,
    slips: tuple[str, str] | None = None,
    is_whole: bool = False,
) -> Reserved:
    """Take so many numbers of an agency's day, one more for a whole, and of slips in the book named (agency, year).

    A transaction that fails gives the numbers back, so none is skipped; keys may be.
    """
    counters: list[tuple[str, str, str, int]] = [("dossier", agency_key, period, dossiers + is_whole)]
    if slips:
        counters.insert(0, ("transfer", *slips, dossiers))
    values = [value for counter in counters for value in counter]
    sql = _RESERVE.format(counters=", ".join(["(%s, %s, %s, %s)"] * len(counters)))
    with open_cursor() as cursor:
        cursor.execute(sql, [*values, dossiers, int(is_whole)])
        last, slip, dossier_ids, joint_ids = cursor.fetchone()
    first = last - dossiers - is_whole + 1
    return Reserved(first, (slip or 0) - dossiers + 1, dossier_ids, joint_ids[0] if joint_ids else 0)
