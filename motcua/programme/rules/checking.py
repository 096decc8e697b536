"""What a plan must say of every task before it is signed: who leads, by when, what comes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.core.text import fold
from motcua.programme.rules.naming import Group, read_phrases

# What keeps a plan from being signed; the rest is only pointed out.
STOPS = frozenset({"content: empty", "lead: empty", "time: none", "time: unread"})
_ONE_UNIT = frozenset({None, Group.OFFICE, Group.OWNER, Group.PROVINCE, Group.PROVINCE_OFFICE})


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with the row at a place, as a stable word `field: reason`."""

    place: int
    code: str

    @property
    def is_stop(self) -> bool:
        """Whether the plan cannot be signed with it."""
        return self.code in STOPS


def check_rows(rows: Sequence[Mapping[str, Any]]) -> list[Finding]:
    """Everything to look at, row by row; tasks written twice are found at the second."""
    found: list[Finding] = []
    seen: set[str] = set()
    for place, row in enumerate(rows):
        words = fold(str(row["content"]))
        codes = _check_row(row)
        if words and words in seen:
            codes.append("content: twice")
        seen.add(words)
        found += [Finding(place, code) for code in codes]
    return found


def _check_row(row: Mapping[str, Any]) -> list[str]:
    codes = [f"{name}: empty" for name in ("content", "lead", "product") if not row[name]]
    if not row["deadline"]["kind"]:
        codes.append("time: unread" if row["time"] else "time: none")
    if count_leaders(row["lead"]) > 1:
        codes.append("lead: two")
    if _leads_and_takes_part(row):
        codes.append("coordinating: leads too")
    return codes


def count_leaders(lead: str) -> int:
    """How many single units are to lead; a set (`UBND các xã`) leads each in its own house and is none of them."""
    return sum(1 for phrase in read_phrases(lead) if phrase.group in _ONE_UNIT)


def _leads_and_takes_part(row: Mapping[str, Any]) -> bool:
    leading = {fold(phrase.words) for phrase in read_phrases(row["lead"])}
    return any(fold(phrase.words) in leading for phrase in read_phrases(row["coordinating"]))
