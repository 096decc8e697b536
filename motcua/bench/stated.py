"""The sums that are stated of figures, one by one, over whatever lives there are."""

from collections.abc import Callable, Iterable
from datetime import date

from motcua.figures import queries
from motcua.figures.models import ClosedCount, ClosedPeriod
from motcua.figures.models.closed import FIGURES
from motcua.figures.rules import Counts, Period, PeriodKind, add_up, find_break, make_period

Told = tuple[str, bool]


def check_sums(closed: ClosedPeriod, before: Period, live: Period, province: int) -> list[Told]:
    """Every stated sum in words, and whether it holds: of the closed quarter `before`, the running one and its year."""
    rows = queries.recount(live)
    return [
        ("nhận = xong + còn, từng đơn vị và lĩnh vực / in = out + left, by unit and field", not any(find_break(r.counts) for r in rows)),
        ("các phần cộng lại bằng tổng / shares add up to the whole", _shares_add_up(live)),
        ("tỉnh bằng tổng các đơn vị / parent = sum of children", _parents_add_up(closed, province)),
        ("kỳ này chuyển qua = kỳ trước còn / carried = pending of before", _carried(rows) == _pending(queries.recount(before))),
        ("các quý cộng lại bằng năm / quarters add up to the year", _quarters_add_up(live)),
    ]  # fmt: skip


def _shares_add_up(period: Period) -> bool:
    """The same whole, whatever its rows are; and what somebody else filed is a part of the new."""
    whole = add_up(row.counts for row in queries.count_by_sums(period, by=()))
    shares: tuple[tuple[str, ...], ...] = (
        ("agency",), ("field",), ("procedure",), ("channel", "behalf"), ("agency", "field"), ("agency", "procedure"),
    )  # fmt: skip
    sums = [add_up(row.counts for row in queries.count_by_sums(period, by=by)) for by in shares]
    by_way = queries.count_by_sums(period, by=("channel", "behalf"))
    behalf = sum(row.counts.new for row in by_way if row.is_behalf)
    return all(one == whole for one in sums) and behalf == whole.new_behalf <= whole.new


def _parents_add_up(closed: ClosedPeriod, province: int) -> bool:
    """What was closed for the province is what was closed for every unit by itself."""
    kept = ClosedCount.objects.filter(period=closed)
    own = (Counts._make(values) for values in kept.filter(is_own=True).values_list(*FIGURES))
    above = (
        Counts._make(values) for values in kept.filter(is_own=False, unit_id=province).values_list(*FIGURES)
    )
    return add_up(own) == add_up(above)


def _by_unit(rows: Iterable[queries.Row], read: Callable[[Counts], int]) -> dict[int, int]:
    told: dict[int, int] = {}
    for row in rows:
        told[row.agency_id] = told.get(row.agency_id, 0) + read(row.counts)
    return {unit: count for unit, count in told.items() if count}


def _carried(rows: Iterable[queries.Row]) -> dict[int, int]:
    return _by_unit(rows, lambda counts: counts.carried)


def _pending(rows: Iterable[queries.Row]) -> dict[int, int]:
    return _by_unit(rows, lambda counts: counts.pending)


def _quarters_add_up(live: Period) -> bool:
    """What came and went in the year is what came and went in its quarters; it carries what the first did and leaves what the
    last does."""
    quarters = [
        _sum(make_period(PeriodKind.QUARTER, live.year, n), live.last_on) for n in range(1, live.number + 1)
    ]
    year = _sum(make_period(PeriodKind.YEAR, live.year, 1), live.last_on)
    flows = [
        name
        for name in Counts._fields
        if name not in ("carried", "pending_in_time", "pending_overdue", "waiting")
    ]
    same = all(year.get(name) == sum(quarter.get(name) for quarter in quarters) for name in flows)
    return same and year.carried == quarters[0].carried and year.pending == quarters[-1].pending


def _sum(period: Period, on: date) -> Counts:
    return add_up(row.counts for row in queries.recount(period.until(on), by=()))
