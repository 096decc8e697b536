"""The end of a dossier's code, as people read it out over the telephone: `261123-0028`."""

import re
from datetime import date

from motcua.organisations import queries as organisations

_TAIL = re.compile(r"(\d{6})\s*[-–/. ]\s*(\d{1,6})")


def find_whole_codes(text: str) -> list[str]:
    """The codes that may end so: every agency of the day within begins its own. None where the text is no end of a code.

    So whole codes are looked up, and no other index is kept.
    """
    if not (end := _read_end(text)):
        return []
    agencies = {unit.agency_code for unit in organisations.get_tree(_read_day(end)).units.values()}
    return sorted(f"{agency}-{end}" for agency in agencies if agency)


def is_end(text: str) -> bool:
    """Whether the text may be the end of a code."""
    return bool(_read_end(text))


def fill_zeros(text: str) -> str:
    """The end of a code whose number was said without its first zeros (`261123-28`), as the code has it; else the text."""
    end = _read_end(text)
    return end if len(end) > len(text) else text


def ends_so(code: str, text: str) -> bool:
    """Whether the text is the end of this code."""
    end = _read_end(text)
    return bool(end) and code.endswith(f"-{end}")


def _read_end(text: str) -> str:
    found = _TAIL.fullmatch(text.strip())
    if found is None:
        return ""
    try:
        _read_day(found[1])
    except ValueError:  # a number of six digits that is no day
        return ""
    return f"{found[1]}-{found[2]:>04}"


def _read_day(end: str) -> date:
    return date(2000 + int(end[:2]), int(end[2:4]), int(end[4:6]))
