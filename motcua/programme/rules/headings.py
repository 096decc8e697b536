"""Lines that part a plan: an appendix begins, the signature begins."""

import re

from motcua.core.text import clean_line
from motcua.programme.rules.words import flatten

_APPENDIX = re.compile(
    r"^\W*(?:phu\s*(?:luc|bieu)\b|bieu\b(?=\s*(?:so\s*)?[:.]?\s*(?:\d{1,2}|[ivx]{1,5})\s*(?:[:.–-]|$)))"
    r"\s*(?:so\s*)?[:.]?\s*([ivx]{1,5}|\d{1,2}|[a-h])?(?![a-z0-9])\W*(.*)$"
)
_ENDS_TABLE = re.compile(r"^\W*(?:noi nhan|tm\.|kt\.|tl\.|tuq\.|t/m|k/t|chu tich$|pho chu tich$|ghi chu:)")
_TOTAL = re.compile(r"\W*(?:tong\s*(?:cong|so|kinh phi|hop)?|cong)\W*")
_ONLY_MENTIONED = ("kem theo", "dinh kem", "nay", "ke hoach", "cua", "ban hanh", "chi tiet")


def read_appendix(text: str) -> tuple[str, str] | None:
    """The numeral of an appendix heading and the words behind it; None for any other line."""
    line = clean_line(text)
    match = _APPENDIX.match(flatten(line))
    if not match or len(line) > 200:
        return None
    rest = line[match.start(2) :].strip()
    if rest and (match[2].startswith(_ONLY_MENTIONED) or not rest[:1].isupper()):
        return None
    number = line[match.start(1) : match.end(1)].upper() if match[1] else ""
    return number, rest


def ends_table(text: str) -> bool:
    """Whether a line belongs to the recipients or the signature."""
    return bool(_ENDS_TABLE.match(flatten(clean_line(text))))


def is_total(text: str) -> bool:
    """Whether a line sums up a column of costs; it is no task."""
    return bool(_TOTAL.fullmatch(flatten(clean_line(text))))
