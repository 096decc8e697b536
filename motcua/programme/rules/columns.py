"""Which column of a plan's table is which: known by the words of its head, never by its place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from motcua.core.text import clean_line
from motcua.programme.rules.blocks import Row
from motcua.programme.rules.numerals import read_numeral
from motcua.programme.rules.words import Choices, flatten, squeeze


class Field(StrEnum):
    """What a column of a plan's table holds."""

    NUMBER = "no"
    CONTENT = "content"
    LEAD = "lead"
    COORDINATING = "coordinating"
    ACTORS = "actors"
    TIME = "time"
    PRODUCT = "product"
    NOTE = "note"
    OTHER = "other"
    GROUP = "group"


# The first line that fits decides. Compared in small letters without marks, spaces or signs.
_WHO = r"(?:coquan|donvi|bophan|phongban|canbo|canhan|congchuc|chuyenvien|nguoi|tochuc|phongchuyenmon)"
_LABELS = Choices(
    (Field.NUMBER, r"s?tt|so(?:tt|thutu)|thutu|no"),
    (Field.NOTE, r".*ghichu.*|luuy"),
    (Field.TIME, r"(?:dukien)?(?:thoigian|tg(?:ian)?(?=th|hoan|$)|thoihan|tiendo|mocthoigian|thoidiem|lotrinh).*|(?:han|kyhan|ky|ngay|lich)(?:hoanthanh|baocao|cuoi|thuchien|nop|xong)?|hoanthanh(?:truoc)?"),
    (Field.PRODUCT, r"(?:yeucau|dukien)?(?:sanpham|ketqua|sp$|kq|hinhthucvanban|daura|vanbandaura).*"),
    (Field.COORDINATING, r"(?!.*chutri).*(?:phoihop|thamgia).*"),
    (Field.LEAD, r".*(?:chutri|daumoi|chiutrachnhiem|chinhthuchien).*"),
    (Field.ACTORS, rf"(?:phancong|trachnhiem|tochuc)(?:thuchien|nhiemvu)?|(?:cac)?{_WHO}+(?:dia phuong)?(?:duocgiao|thuchien|thammuu|phutrach|trienkhai)*"),
    (Field.CONTENT, rf"(?!.*{_WHO})(?:ten|cac|nhom|danhmuc)?(?:noidung|nhiemvu|congviec|congtac|hoatdong|dauviec|viec|muctieu|chitieu|giaiphap|bienphap|thutuc|tieuchi).*"),
)  # fmt: skip
_LONGEST_LABEL = 70
_PERIOD = re.compile(r"^(?:quy|qui|q\.?|thang|t\.?)\s*(?:[ivx]{1,4}|\d{1,2})$")
_UNTIL = re.compile(r"(?:hoanthanh|ketthuc|denngay|den)$")
_SIGNS_OF_DATA = re.compile(r"[;:]|\d{2,}")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands. `others` are columns whose head is not known, with its words.

    :param until: where the end of the time stands in a column of its own (`Bắt đầu` | `Hoàn thành`)
    :param marks: columns of quarters or months in which a cross says when, with their words
    :param is_guessed: no head says which column holds the content; the first unknown one was taken
    """

    places: dict[Field, int]
    width: int
    others: dict[int, str] = field(default_factory=dict)
    until: int | None = None
    marks: dict[int, str] = field(default_factory=dict)
    is_guessed: bool = False

    @property
    def fields(self) -> list[Field]:
        """The fields from left to right; a column nobody knows is `OTHER`."""
        at = {place: name for name, place in self.places.items()}
        return [at.get(place, Field.OTHER) for place in range(self.width)]


def read_label(text: str) -> Field | None:
    """The field whose name a cell of the head holds, or None."""
    line = clean_line(text).strip(" *:.,-–|_'\"“”`")
    if not line or len(line) > _LONGEST_LABEL or _SIGNS_OF_DATA.search(line):
        return None
    squeezed = squeeze(re.sub(r"\([^)]*\)", "", line)) or squeeze(line)
    return _LABELS.find(squeezed) or _read_behind_slip(line)


def _read_behind_slip(line: str) -> Field | None:
    """A scan may take the border beside a label for a letter: `I Nhiệm vụ`."""
    first, _space, rest = line.partition(" ")
    return _LABELS.find(squeeze(rest)) if len(first) == 1 and len(rest.split()) > 1 else None


def read_head(rows: Sequence[Row]) -> tuple[Columns, int] | None:
    """The columns named by the first rows, and how many rows the head takes; None when this is no head."""
    best: tuple[Columns, int] | None = None
    if not rows or not _may_begin_head(rows[0]):
        return None
    for height in range(1, min(4, len(rows)) + 1):
        if height > 1 and not _may_belong_to_head(rows[height - 1]):
            break
        columns = _name_columns(_stack(rows[:height]), rows[height:])
        if columns and (best is None or _is_richer(columns, best[0])):
            best = (columns, height)
    return best


def _may_begin_head(row: Row) -> bool:
    """The first line of a head names columns and holds no number; a scan may take `TT` for `ii`."""
    known = sum(1 for c in row.cells if read_label(c.text) is not None)
    numeral = read_numeral(row.get_text(0))
    is_slip = numeral is not None and numeral.is_slip and known >= 4
    return known >= 2 and _is_short(row) and (numeral is None or is_slip)


def _may_belong_to_head(row: Row) -> bool:
    """A second line of the head is short, and its number column is empty."""
    return _is_short(row) and not read_numeral(row.get_text(0))


def _is_short(row: Row) -> bool:
    texts = [clean_line(c.text) for c in row.cells if c.text.strip() and not c.merged_up]
    return bool(texts) and all(len(t) <= _LONGEST_LABEL for t in texts)


def _is_richer(columns: Columns, than: Columns) -> bool:
    return len(columns.places) + len(columns.marks) > len(than.places) + len(than.marks)


def _stack(rows: Sequence[Row]) -> dict[int, list[str]]:
    """The words of the head column by column, from above to below. A wide cell speaks for all its columns."""
    width = max((r.width for r in rows), default=0)
    stacked: dict[int, list[str]] = {place: [] for place in range(width)}
    for row in rows:
        for cell in row.cells:
            for place in range(cell.column, min(cell.column + cell.span, width)):
                text = clean_line(cell.text)
                if text and text not in stacked[place]:
                    stacked[place].append(text)
    return stacked


def _name_columns(stacked: dict[int, list[str]], below: Sequence[Row] = ()) -> Columns | None:
    """Fields of the columns; None unless the content and two more are named."""
    places, others = _find_places(stacked)
    _guess_number(places, others, below)
    _settle_actors(places, stacked)
    is_guessed = _guess_content(places, others)
    if Field.CONTENT not in places or len(places) < 3 or not {Field.LEAD, Field.TIME} & set(places):
        return None
    until = _find_until(places, others)
    marks = _find_marks(places, stacked)
    taken = {*places.values(), until, *marks}
    left = {place: words for place, words in others.items() if place not in taken and words}
    width = 1 + max(place for place, words in stacked.items() if words)
    return Columns(places, width, left, until, marks, is_guessed)


def _find_places(stacked: dict[int, list[str]]) -> tuple[dict[Field, int], dict[int, str]]:
    """Where each field stands, and the words of the columns that stay unknown."""
    places: dict[Field, int] = {}
    others: dict[int, str] = {}
    for place, words in stacked.items():
        name = _name_one(words)
        if name is Field.CONTENT and places.get(name) == place - 1:
            places[Field.GROUP], places[name] = place - 1, place
        elif name is None or name in places:
            others[place] = " ".join(words)
        else:
            places[name] = place
    return places, others


def _guess_number(places: dict[Field, int], others: dict[int, str], below: Sequence[Row]) -> None:
    """A first column whose head is empty or unreadable holds the numbers when numerals stand in it."""
    held = [row.get_text(0).strip() for row in below if row.get_text(0).strip()]
    numerals = [text for text in held if read_numeral(text)]
    if (
        Field.NUMBER not in places
        and 0 not in places.values()
        and numerals
        and len(numerals) * 2 >= len(held)
    ):
        places[Field.NUMBER] = 0
        others.pop(0, None)


def _guess_content(places: dict[Field, int], others: dict[int, str]) -> bool:
    """`STT | Vấn đề | Chủ trì | Thời hạn`: the first unknown column behind the number holds the content."""
    known = {Field.NUMBER, Field.LEAD, Field.TIME} & set(places)
    unknown = [place for place, words in others.items() if words and place > places.get(Field.NUMBER, -1)]
    if Field.CONTENT in places or len(known) < 2 or len(places) < 3 or not unknown:
        return False
    places[Field.CONTENT] = unknown[0]
    return True


def _find_marks(places: dict[Field, int], stacked: dict[int, list[str]]) -> dict[int, str]:
    """Quarters or months side by side under one head of time: `Thời gian` over `Quý I | Quý II | …`."""
    first = places.get(Field.TIME)
    if first is None or len(stacked[first]) < 2:
        return {}
    above = stacked[first][0]
    beside = range(first, max(stacked) + 1)
    marks = {
        n: stacked[n][-1]
        for n in beside
        if stacked[n][:1] == [above] and _PERIOD.match(flatten(stacked[n][-1]))
    }
    return marks if len(marks) > 2 else {}


def _find_until(places: dict[Field, int], others: dict[int, str]) -> int | None:
    """The column right behind `Bắt đầu` that says until when."""
    place = places.get(Field.TIME, -2) + 1
    return place if _UNTIL.search(squeeze(others.get(place, ""))) else None


def _name_one(words: list[str]) -> Field | None:
    """The lowest line of a head is the most exact; a line that only says `thực hiện` needs the one above."""
    if not words:
        return None
    names = [read_label(" ".join(words)), *(read_label(word) for word in reversed(words))]
    exact = [name for name in names if name not in {None, Field.ACTORS}]
    return exact[0] if exact else next((name for name in names if name), None)


def _settle_actors(places: dict[Field, int], stacked: dict[int, list[str]]) -> None:
    """`Cơ quan thực hiện` leads when nobody else does; beside a leader it takes part."""
    if Field.ACTORS not in places:
        return
    place = places.pop(Field.ACTORS)
    if Field.LEAD not in places:
        places[Field.LEAD] = place
    elif Field.COORDINATING not in places:
        places[Field.COORDINATING] = place


def is_head_again(row: Row, columns: Columns) -> bool:
    """Whether a row only repeats the head (or a line of it), as pages do."""
    filled = [c for c in row.cells if c.text.strip()]
    if len(filled) < 2 or read_numeral(row.get_text(0)):
        return False
    return all(read_label(c.text) is not None for c in filled)


def is_index_row(row: Row) -> bool:
    """`(1) (2) (3) (4)` under a head."""
    texts = [clean_line(c.text).strip("()[] .") for c in row.cells if c.text.strip()]
    return len(texts) >= 3 and texts == [str(n) for n in range(1, len(texts) + 1)]


def is_rule_row(row: Row) -> bool:
    """A row of dashes that a converter left, or nothing at all."""
    return all(not flatten(c.text).strip(" -–—:=_|.*") for c in row.cells)
