"""Last year's words in this year: the year moves where it is the plan's own, and stays where it belongs to a document."""

import re

MOVED = "year: moved"
_PERIOD = r"năm|Năm|NĂM|[Tt]háng\s+\d{1,2}\s*/|[Qq]uý\s+[IVX,\s\-]+/"
_DAY = r"\d{1,2}/\d{1,2}/|\d{1,2}/"
# `ngày 24/6/2025 của …` and `tháng 6 năm 2025 của` say when a document was signed.
_OF_A_DOCUMENT = re.compile(r"(?:ngày\s+)\d{1,2}(?:/\d{1,2}/|\s+tháng\s+\d{1,2}\s+năm\s+)$")


def shift_year(text: str, before: int, after: int, *, is_deadline: bool = False) -> tuple[str, bool]:
    """The text with the year moved, and whether it was. Outside a deadline, days written in full are left alone."""
    kinds = f"{_PERIOD}|{_DAY}" if is_deadline else _PERIOD
    pattern = re.compile(rf"((?:{kinds})\s*)({before})(?!\d)")
    changed = False

    def move(match: re.Match[str]) -> str:
        nonlocal changed
        if not is_deadline and _belongs_to_a_document(text, match):
            return match[0]
        changed = True
        return f"{match[1]}{after}"

    return pattern.sub(move, text), changed


def _belongs_to_a_document(text: str, match: re.Match[str]) -> bool:
    return bool(_OF_A_DOCUMENT.search(text[: match.start(2)]))
