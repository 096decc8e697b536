"""Dossier codes and numbers of results: how they are written on a day, and how foreign ones are read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from motcua.core.marking import _
from motcua.core.refusal import Refused

# Circular 01/2018 art. 19 wrote the agency from small to large, padded; since the new organisation of
# 1 July 2025 it is written from large to small (pattern of Decision 20/2020; Circular 03/2025 art. 13).
NEW_ORDER_FROM = date(2025, 7, 1)
SERIAL_WIDTH = 4
_CODE = re.compile(
    r"^(?P<agency>[0-9A-Z]{2,3}(?:\.[0-9A-Z]{2,3}){0,5})-(?P<day>\d{8}|\d{6})-(?P<serial>\d{4,})$"
)
_PATTERN = re.compile(r"(?:[^{}]|\{(?:n|nn|year)\})+")
_OLD_WIDTHS = (3, 2, 2)


@dataclass(frozen=True, slots=True)
class DossierCode:
    """A dossier code taken apart; the agency stays as it was written."""

    agency: str
    on: date
    serial: int


def make_prefix(agency_code: str, on: date, *, say: Callable[[str], str] = str) -> str:
    """Agency and day of a code; the serial of that day follows.

    :raises Refused: the agency has no identifier yet: a code without one could not be told from another's.
    """
    if not agency_code:
        message = _(
            "Cơ quan này chưa có mã định danh nên chưa cấp được mã hồ sơ. Quản trị ghi mã ở trang của đơn vị."
        )
        raise Refused("no_agency_code", say(message))
    agency = agency_code if on >= NEW_ORDER_FROM else write_small_to_large(agency_code)
    return f"{agency}-{on:%y%m%d}-"


def make_code(agency_code: str, on: date, serial: int) -> str:
    """The code of a dossier received on a day: agency, date, serial of the day (Decree 61 art. 26)."""
    return make_prefix(agency_code, on) + str(serial).zfill(SERIAL_WIDTH)


def write_small_to_large(agency_code: str) -> str:
    """`H50.12` as the circular of 2018 wrote it: `000.00.12.H50`."""
    level_one, *below = agency_code.split(".")
    below = ([*below, "0", "0", "0"])[: len(_OLD_WIDTHS)]
    padded = [part.zfill(width) for part, width in zip(reversed(below), _OLD_WIDTHS, strict=True)]
    return ".".join([*padded, level_one])


def parse_code(text: str) -> DossierCode | None:
    """Read any known generation of codes: both orders, 6- or 8-digit dates, four digits or more."""
    found = _CODE.match(text.strip().upper())
    if not found:
        return None
    day = found["day"] if len(found["day"]) == 8 else "20" + found["day"]
    try:
        on = datetime.strptime(day, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
    return DossierCode(found["agency"], on, int(found["serial"]))


def require_pattern(pattern: str, *, say: Callable[[str], str] = str) -> None:
    """A pattern holds the serial as `{n}` or `{nn}` (two digits), perhaps the year as `{year}`, and plain letters.

    :raises Refused: no place for the number, or a brace that means nothing.
    """
    if "{n}" not in pattern and "{nn}" not in pattern:
        raise Refused("bad_pattern", say(_("Mẫu số phải có {n} hoặc {nn} ở chỗ ghi số.")), field="pattern")
    if not _PATTERN.fullmatch(pattern):
        raise Refused(
            "bad_pattern", say(_("Trong ngoặc nhọn chỉ ghi {n}, {nn} hoặc {year}.")), field="pattern"
        )


def make_result_number(series_pattern: str, serial: int, year: int) -> str:
    """A number of a result from the pattern of its series, e.g. `{n}/{year}/TLKS`."""
    try:
        return series_pattern.format(n=serial, nn=str(serial).zfill(2), year=year)
    except (KeyError, IndexError, ValueError) as error:
        raise Refused("bad_pattern", "Mẫu số của sổ không đúng.", field="pattern") from error
