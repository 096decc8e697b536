"""Figures typed for a unit and period."""

from collections.abc import Iterable

from motcua.figures import queries as figures
from motcua.figures.rules import Period
from motcua.indices.models import TypedFigure


def find_typed(period: Period, unit_ids: Iterable[int]) -> list[TypedFigure]:
    """What was typed for these units and this very period, by unit and code."""
    wanted = tuple(sorted(unit_ids))
    days = (period.first_on, period.last_on)
    typed = figures.ask_once(("typed", wanted), lambda: _find_all(wanted))
    return [row for row in typed if (row.first_on, row.last_on) == days]


def _find_all(unit_ids: tuple[int, ...]) -> list[TypedFigure]:
    """Of every period: people typed them, so that there are few."""
    return list(TypedFigure.objects.filter(unit_id__in=unit_ids).order_by("unit_id", "code"))
