"""A table of days as typed in Excel: each row becomes a day, or says which cell is wrong and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.core.marking import _
from motcua.core.refusal import Refused
from motcua.core.text import clean_line, fold
from motcua.worktime.rules.calendar import DayKind
from motcua.worktime.rules.hours import read_hours

COLUMNS: Mapping[str, str] = {
    "on": "Ngày",
    "kind": "Loại ngày",
    "name": "Tên ngày",
    "swapped_with": "Hoán đổi với",
    "hours": "Giờ làm việc",
    "is_provisional": "Tạm tính",
    "basis": "Căn cứ",
}
KIND_WORDS: Mapping[str, DayKind] = {
    "Nghỉ lễ, Tết": DayKind.STATUTORY,
    "Nghỉ bù": DayKind.COMPENSATORY,
    "Nghỉ hoán đổi": DayKind.SWAPPED_OFF,
    "Làm bù hoán đổi": DayKind.SWAPPED_WORKING,
    "Nghỉ riêng": DayKind.LOCAL_OFF,
    "Nửa buổi": DayKind.HALF_DAY,
}
_KINDS = {fold(word): kind for word, kind in KIND_WORDS.items()} | {kind.value: kind for kind in DayKind}
_YES = {"co", "x", "1", "true", "yes", "dung"}

BAD_DAY = _("Không đọc được ngày; ghi như 02/09/2026.")
BAD_KIND = _("Không có loại ngày này.")
EMPTY = _("Không được để trống.")
TOO_LONG = _("Quá dài.")
TWICE = _("Ngày này đã có ở dòng trên.")
NEEDS_HOURS = _("Ngày nửa buổi cần giờ làm việc.")
MISSING_COLUMN = _("Thiếu cột này.")
LONGEST = {"name": 160, "basis": 200}


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that was not accepted: row as Excel numbers it, column by its title, reason as a sentence."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that was understood."""

    row: int
    values: Mapping[str, Any]


def read_rows(table: Sequence[Sequence[object]]) -> tuple[list[SheetRow], list[Problem]]:
    """The rows understood and every cell that was not; a wrong row never stops the others."""
    if not table:
        return [], [Problem(1, title, MISSING_COLUMN) for title in COLUMNS.values()]
    places = _find_columns(table[0])
    missing = [key for key in ("on", "kind", "name", "basis") if key not in places]
    if missing:
        return [], [Problem(1, COLUMNS[key], MISSING_COLUMN) for key in missing]
    rows, problems, seen = [], [], set()
    for number, cells in enumerate(table[1:], start=2):
        if not any(str(cell).strip() for cell in cells):
            continue
        values, wrong = _read_row(
            {key: cells[place] if place < len(cells) else "" for key, place in places.items()}
        )
        if values.get("on") in seen:
            wrong["on"] = TWICE
        problems += [Problem(number, COLUMNS[key], reason) for key, reason in wrong.items()]
        if not wrong:
            seen.add(values["on"])
            rows.append(SheetRow(number, values))
    return rows, problems


def _find_columns(titles: Sequence[object]) -> dict[str, int]:
    typed = [fold(str(title)) for title in titles]
    return {key: typed.index(fold(title)) for key, title in COLUMNS.items() if fold(title) in typed}


def _read_row(cells: Mapping[str, object]) -> tuple[dict[str, Any], dict[str, str]]:
    wrong: dict[str, str] = {}
    values: dict[str, Any] = {
        "on": _read_day(cells["on"]),
        "kind": _KINDS.get(fold(str(cells["kind"]))),
        "name": clean_line(str(cells["name"])),
        "basis": clean_line(str(cells["basis"])),
        "is_provisional": fold(str(cells.get("is_provisional", ""))).removesuffix(".0") in _YES,
        "hours": clean_line(str(cells.get("hours", ""))),
        "swapped_with": None,
    }
    if str(swapped := cells.get("swapped_with", "")).strip():
        values["swapped_with"] = _read_day(swapped)
        if values["swapped_with"] is None:
            wrong["swapped_with"] = BAD_DAY
    wrong |= _check_row(values)
    return values, wrong


def _check_row(values: Mapping[str, Any]) -> dict[str, str]:
    wrong = {key: EMPTY for key in ("name", "basis") if not values[key]}
    wrong |= {key: TOO_LONG for key, longest in LONGEST.items() if len(values[key]) > longest}
    if values["on"] is None:
        wrong["on"] = BAD_DAY
    if values["kind"] is None:
        wrong["kind"] = BAD_KIND
    if values["kind"] == DayKind.HALF_DAY and not values["hours"]:
        wrong["hours"] = NEEDS_HOURS
    try:
        read_hours(values["hours"])
    except Refused as refusal:
        wrong["hours"] = refusal.message
    return wrong


def _read_day(cell: object) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = str(cell).strip()
    for shape in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y"):
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None
