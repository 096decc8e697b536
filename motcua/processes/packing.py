"""Step tables carried, signed, from a preview to its confirmation."""

from collections.abc import Sequence
from decimal import Decimal

from motcua.catalogue.exchange.facts import plain
from motcua.core import carrying
from motcua.processes.exchange.workbook import Table
from motcua.processes.rules import StepView

SALT = "processes.import"


def pack(tables: Sequence[Table]) -> str:
    """The tables as one signed text."""
    rows = [
        [
            t.procedure_code,
            t.agency_code,
            None if t.total_hours is None else plain(t.total_hours),
            t.source,
            t.is_demonstration,
            [_row(s) for s in t.steps],
        ]
        for t in tables
    ]
    return carrying.pack(rows, SALT)


def _row(step: StepView) -> list[object]:
    return [
        step.no,
        step.name,
        step.post,
        step.unit_role,
        plain(step.hours),
        step.product,
        list(step.runs_after),
    ]


def unpack(text: str) -> list[Table]:
    """The same tables again.

    :raises Refused: the text was altered or is too old.
    """
    return [
        Table(
            code,
            agency,
            None if total is None else Decimal(total),
            source,
            is_demonstration,
            tuple(_step(step) for step in steps),
        )
        for code, agency, total, source, is_demonstration, steps in carrying.unpack(text, SALT)
    ]


def _step(row: list) -> StepView:
    no, name, post, unit_role, hours, product, runs_after = row
    return StepView(no, name, post, unit_role, Decimal(hours), product, tuple(runs_after))
