"""Step tables carried, signed, from a preview to its confirmation."""

from collections.abc import Sequence
from decimal import Decimal

from django.core import signing

from motcua.catalogue.exchange.facts import plain
from motcua.processes.exchange.workbook import Table
from motcua.processes.rules import StepView

SALT = "processes.import"
SECONDS_TO_DECIDE = 3600


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
    return signing.dumps(rows, salt=SALT, compress=True)


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

    :raises signing.BadSignature: the text was changed or is too old.
    """
    rows = signing.loads(text, salt=SALT, max_age=SECONDS_TO_DECIDE)
    return [
        Table(
            code,
            agency,
            None if total is None else Decimal(total),
            source,
            is_demonstration,
            tuple(_step(step) for step in steps),
        )
        for code, agency, total, source, is_demonstration, steps in rows
    ]


def _step(row: list) -> StepView:
    no, name, post, unit_role, hours, product, runs_after = row
    return StepView(no, name, post, unit_role, Decimal(hours), product, tuple(runs_after))
