"""Whether the figures agree, and which dossiers are to blame when they do not: a break blocks closing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from motcua.core.marking import _ as _mark
from motcua.figures.models import ClosedPeriod, Cursor, store
from motcua.figures.models.sums import BY_FIELD, FINEST
from motcua.figures.queries.counting import Row, count_by_sums, recount
from motcua.figures.rules import Counts, Period, find_break

MOST = 200


@dataclass(frozen=True, slots=True)
class Break:
    """What does not agree: a sentence, its facts, and the dossiers named."""

    sentence: str
    facts: dict[str, object]
    dossier_ids: tuple[int, ...] = ()


IDENTITY = _mark(
    "Cân đối lệch %(difference)s hồ sơ: nhận và chuyển đến khác với đã xong, chuyển đi và còn lại."
)
SUMS = _mark("Tổng lưu sẵn khác với đếm lại từ từng hồ sơ.")
CARRIED = _mark("Số kỳ trước chuyển qua (%(carried)s) khác số còn lại của kỳ trước đã chốt (%(pending)s).")
ROWS = _mark("Trạng thái của hồ sơ khác với số đếm.")
BEHIND = _mark("Còn diễn biến chưa được đếm; chờ ít phút rồi làm lại.")

# A dossier ended without a way out of its stay, or running without one, or in two at once.
_ODD = """
SELECT d.id FROM figures_stay s JOIN dossiers_dossier d ON d.id = s.dossier_id
WHERE s.left_on IS NULL AND d.finished_at IS NOT NULL
UNION
SELECT d.id FROM dossiers_dossier d WHERE d.finished_at IS NULL AND d.state = ANY(%(alive)s)
    AND NOT EXISTS (SELECT FROM figures_stay s WHERE s.dossier_id = d.id AND s.left_on IS NULL)
UNION
SELECT dossier_id FROM figures_stay WHERE left_on IS NULL GROUP BY dossier_id HAVING count(*) > 1
ORDER BY 1 LIMIT %(limit)s
"""
_CHANGED = """
SELECT DISTINCT e.dossier_id FROM dossiers_event e JOIN figures_stay s ON s.dossier_id = e.dossier_id
WHERE e.xact_id >= %(xact_id)s AND e.at < (%(last)s::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
    AND s.agency_id = ANY(%(agencies)s)
ORDER BY 1 LIMIT %(limit)s
"""


def is_behind() -> bool:
    """Whether events wait to be counted; True before anything was counted."""
    return not Cursor.objects.filter(name="events").exists() or store.is_behind()


def find_odd() -> list[int]:
    """Dossiers whose row says something else than their stays."""
    return _ids(_ODD, alive=store.ALIVE_STATES)


def find_breaks(period: Period, agencies: Iterable[int] | None = None) -> list[Break]:
    """Everything that does not agree in a period, for these units or all."""
    counted = recount(period, agencies)
    breaks = [
        Break(IDENTITY, {"difference": difference, "agency_id": row.agency_id, "field_code": row.field_code})
        for row in counted
        if (difference := find_break(row.counts))
    ]
    if is_behind():
        breaks.append(Break(BEHIND, {}))
    if not period_is_daily(period) and not _agree(counted, period, agencies):
        breaks.append(Break(SUMS, {}))
    if odd := find_odd():
        breaks.append(Break(ROWS, {}, tuple(odd)))
    return breaks + _find_changed(period, agencies)


def period_is_daily(period: Period) -> bool:
    """Whether the period ends inside a month of reports, where past sums are not kept by day."""
    return period.last_on.day != 14 or period.first_on.day != 15


def _agree(counted: list[Row], period: Period, agencies: Iterable[int] | None) -> bool:
    """Whether every kind of sums says what was counted, each asked for what it tells apart."""
    if any(set(counted) != set(count_by_sums(period, agencies, grain=one)) for one in (FINEST, BY_FIELD)):
        return False
    by_unit, by_field = count_by_sums(period, agencies, by=("agency",)), count_by_sums(period, by=("field",))
    same = _merge(counted, "agency_id") == _merge(by_unit, "agency_id")
    return same and (agencies is not None or _merge(counted, "field_code") == _merge(by_field, "field_code"))


def _merge(rows: Iterable[Row], name: str) -> dict[object, Counts]:
    """The same figures, told apart by one thing alone."""
    told: dict[object, Counts] = {}
    for row in rows:
        key = getattr(row, name)
        told[key] = told.get(key, Counts()) + row.counts
    return {key: counts for key, counts in told.items() if not counts.is_empty}


def _find_changed(period: Period, agencies: Iterable[int] | None) -> list[Break]:
    """What the period before left and what this one found, unit by unit."""
    closed = ClosedPeriod.objects.filter(last_on__lt=period.first_on).order_by("-last_on").first()
    if closed is None or (period.first_on - closed.last_on).days != 1:
        return []
    pending = closed.counts.filter(is_own=True)
    wanted = set(agencies) if agencies is not None else None
    left: dict[int, int] = {}
    for row in pending:
        if wanted is None or row.unit_id in wanted:
            total = row.pending_in_time + row.pending_overdue + row.waiting
            left[row.unit_id] = left.get(row.unit_id, 0) + total
    found: dict[int, int] = {}
    for one in recount(period, agencies):
        found[one.agency_id] = found.get(one.agency_id, 0) + one.counts.carried
    return [
        Break(CARRIED, {"agency_id": unit, "carried": found.get(unit, 0), "pending": left.get(unit, 0)},
              tuple(_ids(_CHANGED, xact_id=closed.xact_id, last=closed.last_on, agencies=[unit])))
        for unit in sorted(set(left) | set(found))
        if left.get(unit, 0) != found.get(unit, 0)
    ]  # fmt: skip


def _ids(sql: str, **parameters: Any) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {**parameters, "limit": MOST})
        return [row[0] for row in cursor.fetchall()]
