"""A filled form: automatic values, typed ones over them, formulas, sums and checks. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from motcua.figures.rules import Counts
from motcua.reports.rules.formula import compute, holds, order
from motcua.reports.rules.layout import Check, Layout

Values = Mapping[str, Decimal | None]
TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Typed:
    """A value written over the automatic one, with its reason."""

    value: Decimal
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the form; `level` groups rows under a heading, empty where there is none."""

    key: str
    label: str
    level: str = ""
    auto: Values = field(default_factory=dict)
    typed: Mapping[str, Typed] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that does not hold, and where."""

    check: Check
    label: str


def fill(layout: Layout, counts: Counts) -> dict[str, Decimal | None]:
    """The automatic values of a row: what the figures give; typed columns stay empty, formulas are computed later."""
    return {
        column.no: Decimal(sum(sign * counts.get(measure) for sign, measure in column.source))
        for column in layout.numbers
        if column.source
    }


def get_values(layout: Layout, line: Line) -> dict[str, Decimal | None]:
    """The row as it counts: typed over automatic, then formulas; a formula may itself be typed over."""
    values: dict[str, Decimal | None] = {
        column.no: line.typed[column.no].value if column.no in line.typed else line.auto.get(column.no)
        for column in layout.numbers
    }
    for no in order({column.no: column.formula for column in layout.numbers if column.formula}):
        if no not in line.typed:
            values[no] = compute(layout.get(no).formula, values)
    return values


def get_automatic(layout: Layout, line: Line) -> dict[str, Decimal | None]:
    """The row as the figures alone give it."""
    return get_values(layout, Line(line.key, line.label, line.level, line.auto))


def add(layout: Layout, rows: Iterable[Values]) -> dict[str, Decimal | None]:
    """The sum of rows; rates are computed from the sums, never summed themselves."""
    told = list(rows)
    sums: dict[str, Decimal | None] = {}
    for column in layout.numbers:
        known = [value for row in told if (value := row.get(column.no)) is not None]
        sums[column.no] = sum(known, Decimal(0)) if known else None
    for no in order({c.no: c.formula for c in layout.numbers if c.formula and "/" in c.formula}):
        sums[no] = compute(layout.get(no).formula, sums)
    return sums


def check(layout: Layout, lines: Sequence[Line]) -> list[Finding]:
    """Every check that does not hold, row by row and in the sum."""
    rows = [(line.label, get_values(layout, line)) for line in lines]
    rows.append((TOTAL, add(layout, (values for _label, values in rows))))
    return [
        Finding(one, label)
        for one in layout.checks
        for label, values in rows
        if holds(one.rule, values) is False
    ]


def consolidate(layout: Layout, sheets: Iterable[Sequence[Line]]) -> list[Line]:
    """The sheet of a parent: rows with the same key added up, what was typed below counted as it was sent."""
    labels: dict[str, Line] = {}
    rows: dict[str, list[Values]] = {}
    for lines in sheets:
        for line in lines:
            labels.setdefault(line.key, line)
            rows.setdefault(line.key, []).append(get_values(layout, line))
    return [
        Line(key, labels[key].label, labels[key].level, _without_formulas(layout, add(layout, values)))
        for key, values in sorted(
            rows.items(), key=lambda pair: (labels[pair[0]].level, labels[pair[0]].label)
        )
    ]


def _without_formulas(layout: Layout, values: Values) -> dict[str, Decimal | None]:
    """A formula typed over below is kept as it came; the others are computed again."""
    return {
        no: value
        for no, value in values.items()
        if not (formula := layout.get(no).formula) or compute(formula, values) != value
    }
