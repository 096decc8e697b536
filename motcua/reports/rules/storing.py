"""Lines of a sheet as they are kept and read again."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from motcua.reports.rules.sheet import Line, Typed


def write_line(line: Line) -> dict[str, Any]:
    """A line in plain words; numbers as text, so that nothing is rounded."""
    return {
        "key": line.key,
        "label": line.label,
        "level": line.level,
        "auto": {no: str(value) for no, value in line.auto.items() if value is not None},
        "typed": {no: [str(one.value), one.reason, one.by] for no, one in line.typed.items()},
    }


def read_line(told: Mapping[str, Any]) -> Line:
    """The line that was kept."""
    return Line(
        told["key"],
        told["label"],
        told["level"],
        {no: Decimal(value) for no, value in told["auto"].items()},
        {no: Typed(Decimal(value), reason, by) for no, (value, reason, by) in told["typed"].items()},
    )


def read_lines(told: Iterable[Mapping[str, Any]]) -> list[Line]:
    """All lines of a sheet."""
    return [read_line(one) for one in told]
