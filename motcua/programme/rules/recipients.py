"""Recipients of a plan by what they are to do with it (Decree 30/2020/NĐ-CP, annex I): `Văn phòng Chính phủ (b/c)`."""

import re
from enum import StrEnum

from motcua.core.text import clean_line


class Purpose(StrEnum):
    """Why somebody receives the plan."""

    REPORT = "b/c"
    CARRY_OUT = "t/h"
    COORDINATE = "p/h"
    PUBLISH = "đưa tin"
    KNOW = "để biết"
    KEEP = ""


_TAGGED = re.compile(r"^(.*?)\s*\(([^()]*)\)$")
_MEANINGS = {
    "b/c": Purpose.REPORT,
    "để b/c": Purpose.REPORT,
    "để báo cáo": Purpose.REPORT,
    "báo cáo": Purpose.REPORT,
    "t/h": Purpose.CARRY_OUT,
    "để t/h": Purpose.CARRY_OUT,
    "th": Purpose.CARRY_OUT,
    "thực hiện": Purpose.CARRY_OUT,
    "để thực hiện": Purpose.CARRY_OUT,
    "p/h": Purpose.COORDINATE,
    "phối hợp": Purpose.COORDINATE,
    "để phối hợp": Purpose.COORDINATE,
    "đưa tin": Purpose.PUBLISH,
    "để đưa tin": Purpose.PUBLISH,
    "để biết": Purpose.KNOW,
    "biết": Purpose.KNOW,
}


def split_recipient(text: str) -> tuple[str, Purpose]:
    """The name and the purpose behind it; without one it is kept (`Lưu: VT`) or says nothing."""
    match = _TAGGED.match(clean_line(text).rstrip(";."))
    purpose = _MEANINGS.get(match[2].strip().lower()) if match else None
    if match is None or purpose is None:
        return clean_line(text).rstrip(";."), Purpose.KEEP
    return match[1], purpose


def join_recipient(name: str, purpose: Purpose) -> str:
    """The recipient as the plan prints it."""
    return f"{name} ({purpose})" if purpose else name


def group_recipients(recipients: list[str]) -> dict[Purpose, list[str]]:
    """Names by purpose, in the order of the purposes."""
    groups: dict[Purpose, list[str]] = {purpose: [] for purpose in Purpose}
    for text in recipients:
        name, purpose = split_recipient(text)
        groups[purpose].append(name)
    return groups
