"""Figures from anywhere: `indicator,numerator,denominator`, with every fault named by row and column."""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from motcua.core.marking import _

COLUMNS = ("indicator", "numerator", "denominator")
ALSO = {
    "chỉ số": "indicator", "chỉ tiêu": "indicator", "mã": "indicator", "code": "indicator",
    "tử số": "numerator", "mẫu số": "denominator",
}  # fmt: skip
MOST_ROWS = 1000
MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Figure:
    """What an indicator counts: how many of how many."""

    code: str
    numerator: Decimal
    denominator: Decimal


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, where: `row` as an editor numbers lines, 0 for the whole file."""

    row: int
    column: str
    sentence: str
    facts: dict[str, str] = field(default_factory=dict)

    def say(self, say: Callable[[str], str] = str) -> str:
        """The sentence in the reader's language, with its place."""
        told = say(self.sentence).format(**self.facts)
        if not self.row:
            return told
        place = say(_("Dòng {row}, cột {column}")) if self.column else say(_("Dòng {row}"))
        return f"{place.format(row=self.row, column=self.column)}: {told}"


def read_figures(content: str | bytes, known: Collection[str]) -> tuple[list[Figure], list[Fault]]:
    """The figures of a CSV text and its faults; with a fault nothing should be scored."""
    text = _decode(content)
    if isinstance(text, Fault):
        return [], [text]
    try:
        rows = list(csv.reader(io.StringIO(text, newline=None), delimiter=_find_delimiter(text)))
    except csv.Error:
        return [], [Fault(0, "", _("Tệp không đọc được thành bảng: xem lại dấu ngoặc kép."))]
    places = _find_columns(rows)
    if isinstance(places, Fault):
        return [], [places]
    figures: list[Figure] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for number, row in _data_rows(rows):
        found = _read_row(number, row, places, known, seen)
        figures += [found] if isinstance(found, Figure) else []
        faults += found if isinstance(found, list) else []
    if not figures and not faults:
        faults = [Fault(0, "", _("Không có dòng số liệu nào dưới dòng tiêu đề."))]
    return figures, faults


def read_number(text: str) -> Decimal:
    """1234, 97.5, 97,5, 1.234,5, 1.234.567: one mark alone is the decimal mark. ValueError when it is no number."""
    cleaned = re.sub(r"[\s_\u00a0\u202f]", "", text).removesuffix("%")
    if "." in cleaned and "," in cleaned:
        group = "." if cleaned.rfind(",") > cleaned.rfind(".") else ","
        cleaned = cleaned.replace(group, "")
    for mark in ".,":
        if cleaned.count(mark) > 1:
            cleaned = cleaned.replace(mark, "")
    cleaned = cleaned.replace(",", ".")
    if not re.fullmatch(r"[+-]?\d{1,15}(\.\d{0,10})?", cleaned):
        raise ValueError(text)
    try:
        return Decimal(cleaned)
    except InvalidOperation as fault:
        raise ValueError(text) from fault


def _decode(content: str | bytes) -> str | Fault:
    if len(content) > MOST_BYTES:
        return Fault(0, "", _("Tệp lớn quá 1 MB; tệp số liệu chỉ có vài chục dòng."))
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    if b"\0" in content:
        return Fault(0, "", _("Đây không phải tệp CSV. Hãy lưu bảng tính dưới dạng CSV UTF-8."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Fault(0, "", _("Tệp không ghi theo bảng mã UTF-8. Hãy lưu lại dưới dạng CSV UTF-8."))


def _find_delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=first.count)


def _find_columns(rows: list[list[str]]) -> dict[str, int] | Fault:
    number, head = next(((n, row) for n, row in enumerate(rows, 1) if any(row)), (0, []))
    if not number:
        return Fault(0, "", _("Tệp trống."))
    names = [ALSO.get(cell.strip().lower(), cell.strip().lower()) for cell in head]
    for column in COLUMNS:
        if names.count(column) != 1:
            sentence = _("Dòng tiêu đề phải có đúng một cột “{column}”: indicator,numerator,denominator.")
            return Fault(number, "", sentence, {"column": column})
    return {column: names.index(column) for column in COLUMNS}


def _data_rows(rows: list[list[str]]) -> Iterator[tuple[int, list[str]]]:
    filled = [(n, row) for n, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    yield from filled[1 : MOST_ROWS + 1]


def _read_row(
    number: int, row: list[str], places: dict[str, int], known: Collection[str], seen: dict[str, int]
) -> Figure | list[Fault]:
    cells = {column: row[at].strip() if at < len(row) else "" for column, at in places.items()}
    code = cells["indicator"].lower()
    faults = _check_code(number, code, known, seen)
    numerator = _read_cell(number, "numerator", cells["numerator"], faults)
    denominator = _read_cell(number, "denominator", cells["denominator"], faults)
    if numerator is not None and denominator is not None and numerator > denominator:
        sentence = _("tử số {numerator} lớn hơn mẫu số {denominator}.")
        facts = {"numerator": cells["numerator"], "denominator": cells["denominator"]}
        faults.append(Fault(number, "numerator", sentence, facts))
    if faults or numerator is None or denominator is None:
        return faults
    seen[code] = number
    return Figure(code, numerator, denominator)


def _check_code(number: int, code: str, known: Collection[str], seen: dict[str, int]) -> list[Fault]:
    if not code:
        return [Fault(number, "indicator", _("chưa ghi mã chỉ số."))]
    if code not in known:
        sentence = _("không có chỉ số “{code}”. Các mã dùng được: {known}.")
        return [Fault(number, "indicator", sentence, {"code": code[:40], "known": ", ".join(known)})]
    if code in seen:
        sentence = _("chỉ số {code} đã ghi ở dòng {row}.")
        return [Fault(number, "indicator", sentence, {"code": code, "row": str(seen[code])})]
    return []


def _read_cell(number: int, column: str, text: str, faults: list[Fault]) -> Decimal | None:
    if not text:
        faults.append(Fault(number, column, _("còn trống; chưa có số liệu thì bỏ cả dòng.")))
        return None
    try:
        value = read_number(text)
    except ValueError:
        faults.append(Fault(number, column, _("“{text}” không phải là số."), {"text": text[:40]}))
        return None
    if value < 0:
        faults.append(Fault(number, column, _("“{text}” là số âm."), {"text": text[:40]}))
        return None
    return value
