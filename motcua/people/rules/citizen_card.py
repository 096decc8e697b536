"""The QR of the citizen's card: seven fields parted by `|`; cards since July 2024 append more, which are left alone.

The text is not signed: it saves typing, it proves nothing. What looks wrong is said, what can be read is kept.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from motcua.core.marking import _
from motcua.core.refusal import Refused

_PARTING = re.compile(r"[|¦｜]")
_SEXES = {"nam": "Nam", "nữ": "Nữ", "nu": "Nữ", "male": "Nam", "female": "Nữ"}

# Three-digit codes of the province where the birth was registered (63 provinces before July 2025; cards keep them).
_PROVINCES = frozenset(
    {
        1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36,
        37, 38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74,
        75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
    }
)  # fmt: skip
_COUNTRIES = range(101, 400)


_NUMBER_ALONE = _("Mới có số định danh. Nhập tiếp họ tên và các ô khác theo thẻ.")
# One sentence per field in the card's order; the second, the old number, may be absent.
_MISSING = (
    _("Mã QR thiếu số định danh."),
    "",
    _("Mã QR thiếu họ tên."),
    _("Mã QR thiếu ngày sinh."),
    _("Mã QR thiếu giới tính."),
    _("Mã QR thiếu nơi cư trú."),
    _("Mã QR thiếu ngày cấp."),
)


@dataclass(frozen=True, slots=True)
class CitizenCard:
    """What was read from a card. `warnings` are sentences for the officer; empty when nothing looks wrong."""

    id_number: str
    old_id: str
    full_name: str
    birth_on: date | None
    birth_text: str
    sex: str
    address: str
    issued_on: date | None
    warnings: tuple[str, ...] = ()


def parse_citizen_qr(text: str) -> CitizenCard:
    """Read the text of a citizen card's QR.

    :raises Refused: `qr_unreadable` when it is not the text of a card at all.
    """
    fields = _split(text)
    if not _looks_like_a_card(fields):
        raise Refused(
            "qr_unreadable",
            _("Mã QR này không phải của thẻ căn cước. Quét lại hoặc nhập tay."),
            "qr",
        )
    number, old, name, birth, sex, address, issued = (fields + [""] * 7)[:7]
    birth_on, birth_text = _read_day(birth)
    issued_on, _written = _read_day(issued)
    read = CitizenCard(
        id_number=re.sub(r"\D", "", number),
        old_id=re.sub(r"\D", "", old),
        full_name=name,
        birth_on=birth_on,
        birth_text=birth_text,
        sex=_SEXES.get(sex.lower(), ""),
        address=address,
        issued_on=issued_on,
    )
    missing = (_NUMBER_ALONE,) if len(fields) == 1 else tuple(_missing(fields))
    warnings = (*missing, *_wrong_days(read, birth, issued), *_wrong_number(read))
    return CitizenCard(**{f: getattr(read, f) for f in read.__slots__ if f != "warnings"}, warnings=warnings)


def _split(text: str) -> list[str]:
    """The fields, in NFC, without the spaces and line ends a reader adds."""
    whole = unicodedata.normalize("NFC", _mend_encoding(text)).strip("\ufeff\x00 \t\r\n\x02\x03")
    return [" ".join(field.split()) for field in _PARTING.split(whole)]


def _mend_encoding(text: str) -> str:
    """Undo a reader that typed UTF-8 byte by byte (`Nguyá»…n`)."""
    for charset in ("cp1252", "latin-1"):
        try:
            return text.encode(charset).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
    return text


def _looks_like_a_card(fields: list[str]) -> bool:
    digits = re.sub(r"[ .\-]", "", fields[0])
    if len(fields) == 1:
        return bool(re.fullmatch(r"\d{12}", digits))
    has_number = bool(re.fullmatch(r"\d{9,13}", digits))
    has_name = len(fields) >= 4 and bool(re.search(r"[^\W\d_]{2}", fields[2]))
    return has_number or (has_name and not digits)


def _read_day(value: str) -> tuple[date | None, str]:
    """A day and how it is written; a card may know only the year or the month of birth."""
    digits = re.sub(r"\D", "", value)
    if len(digits) == 8:
        day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:])
        try:
            return date(year, month, day), f"{day:02}/{month:02}/{year:04}"
        except ValueError:
            return None, _partial_day(day, month, year) or value
    return None, digits if len(digits) == 4 else value


def _partial_day(day: int, month: int, year: int) -> str:
    if day == 0 and year:
        return f"{month:02}/{year:04}" if 1 <= month <= 12 else f"{year:04}" if month == 0 else ""
    return ""


def _missing(fields: list[str]) -> Iterator[str]:
    """Fields that should be there and are empty; what follows the seventh is left alone."""
    padded = (fields + [""] * 7)[:7]
    yield from (sentence for sentence, value in zip(_MISSING, padded, strict=True) if sentence and not value)


def _wrong_days(card: CitizenCard, birth: str, issued: str) -> Iterator[str]:
    if birth and card.birth_on is None and not re.fullmatch(r"(\d\d/)?\d{4}", card.birth_text):
        yield _("Ngày sinh trong mã QR không có thật. Nhập lại theo thẻ.")
    if issued and card.issued_on is None:
        yield _("Ngày cấp trong mã QR không có thật.")
    if card.birth_on and card.issued_on and card.birth_on > card.issued_on:
        yield _("Ngày cấp trước ngày sinh.")


def _wrong_number(card: CitizenCard) -> Iterator[str]:
    """Twelve digits: province or country of birth, century and sex, two digits of the year, six more (Decree 137/2015)."""
    number = card.id_number
    if not number:
        return
    if len(number) != 12:
        yield _("Số định danh phải có 12 chữ số.")
        return
    if int(number[:3]) not in _PROVINCES and int(number[:3]) not in _COUNTRIES:
        yield _("Ba số đầu của số định danh không phải mã nơi khai sinh.")
    if card.birth_on and int(number[4:6]) != card.birth_on.year % 100:
        yield _("Số định danh không khớp năm sinh.")
    if card.birth_on and card.sex and int(number[3]) != _century_and_sex(card.birth_on, card.sex):
        yield _("Số định danh không khớp thế kỷ sinh và giới tính.")


def _century_and_sex(birth_on: date, sex: str) -> int:
    return (birth_on.year // 100 - 19) * 2 + (sex == "Nữ")
