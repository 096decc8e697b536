"""Numbers for the rows of a plan in their order: groups in Roman numerals, tasks anew in each group."""

from collections.abc import Sequence
from typing import Any

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def number_rows(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with groups I, II, … of each appendix and 1, 2, … of each group; rows without a group run on alone."""
    numbered: list[dict[str, Any]] = []
    appendix, group = None, None
    groups = tasks = 0
    for row in rows:
        if row["appendix"] != appendix:
            appendix, group, groups = row["appendix"], None, 0
        if (row["section_no"], row["section"]) != group:
            group = (row["section_no"], row["section"])
            tasks, groups = 0, groups + bool(row["section"])
        tasks += 1
        numbered.append(row | {"no": str(tasks), "section_no": write_roman(groups) if row["section"] else ""})
    return numbered


def write_roman(value: int) -> str:
    """4 → IV."""
    text = ""
    for worth, letters in _ROMAN:
        text += letters * (value // worth)
        value %= worth
    return text
