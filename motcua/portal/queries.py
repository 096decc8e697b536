"""What a visitor is told before coming."""

from datetime import datetime

from motcua.catalogue.queries import IntakeSheet
from motcua.core.clock import ClockView
from motcua.worktime import queries as worktime
from motcua.worktime.rules import compute_due


def preview_due(sheet: IntakeSheet, *, at: datetime) -> ClockView | None:
    """The promise for papers handed in now, by the usual calendar; None when no limit is stated."""
    if sheet.no_deadline:
        return None
    due = compute_due(at, sheet.limit.amount, sheet.limit.unit, sheet.start_rule, (), worktime.get_calendar())
    lines = worktime.explain(due.lines)
    return ClockView(received_at=at, due_at=due.at, now=at, lines=lines, is_provisional=due.is_provisional)
