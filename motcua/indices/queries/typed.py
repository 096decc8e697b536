"""Figures typed for a unit and period."""

from collections.abc import Iterable

from motcua.figures.rules import Period
from motcua.indices.models import TypedFigure


def find_typed(period: Period, unit_ids: Iterable[int]) -> list[TypedFigure]:
    """What was typed for these units and this very period, by unit and code."""
    rows = TypedFigure.objects.filter(
        first_on=period.first_on, last_on=period.last_on, unit_id__in=list(unit_ids)
    )
    return list(rows.order_by("unit_id", "code"))
