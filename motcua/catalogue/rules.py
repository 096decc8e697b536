"""What the national catalogue says and what it leaves unsaid: vocabularies, kinds of blocks, short labels."""

import hashlib
import re
import unicodedata
from enum import StrEnum


class Level(StrEnum):
    """Who carries a procedure out (cấp thực hiện)."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    VERTICAL = "vertical"
    OTHER = "other"


class BlockKind(StrEnum):
    """What a block of components is: one of several cases, a heading under which all papers apply, or a note."""

    CASE = "case"
    HEADING = "heading"
    NOTE = "note"


class ChannelKind(StrEnum):
    """How an application may be filed (cách thức thực hiện)."""

    DIRECT = "direct"
    ONLINE = "online"
    POSTAL = "postal"


class LimitUnit(StrEnum):
    """The unit of a time limit; `none` is a limit the source does not state ("khác")."""

    WORKING_HOUR = "working_hour"
    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    SAME_DAY = "same_day"
    NONE = "none"


class FeeKind(StrEnum):
    """Phí, lệ phí (Law on fees and charges 97/2015/QH13 art. 3) and the price of a service."""

    FEE = "fee"
    CHARGE = "charge"
    PRICE = "price"


class ProcedureKind(StrEnum):
    """National standard, published by one province or ministry for itself, or internal between agencies."""

    STANDARD = "standard"
    SPECIFIC = "specific"
    INTERNAL = "internal"


# Words of the national portal for each code.
LEVEL_WORDS = {
    "Cấp Bộ": Level.MINISTRY,
    "Cấp Tỉnh": Level.PROVINCE,
    "Cấp Huyện": Level.DISTRICT,
    "Cấp Xã": Level.COMMUNE,
    "Ngành dọc": Level.VERTICAL,
    "Cơ quan khác": Level.OTHER,
}
CHANNEL_WORDS = {
    "Trực tiếp": ChannelKind.DIRECT,
    "Trực tuyến": ChannelKind.ONLINE,
    "Dịch vụ bưu chính": ChannelKind.POSTAL,
}
LIMIT_UNIT_WORDS = {
    "giờ": LimitUnit.WORKING_HOUR,
    "ngày làm việc": LimitUnit.WORKING_DAY,
    "ngày": LimitUnit.CALENDAR_DAY,
    "tháng": LimitUnit.MONTH,
    "năm": LimitUnit.MONTH,
    "khác": LimitUnit.NONE,
    "": LimitUnit.NONE,
}
MONTHS_OF = {"năm": 12}
FEE_WORDS = {"Phí": FeeKind.FEE, "Lệ phí": FeeKind.CHARGE, "Giá dịch vụ": FeeKind.PRICE}
KIND_WORDS = {
    "STANDARD": ProcedureKind.STANDARD,
    "SPECIFIC": ProcedureKind.SPECIFIC,
    "STANDARD_INTERNAL": ProcedureKind.INTERNAL,
}

USUAL_CODE = re.compile(r"^[1-3]\.\d{6}$")
_NOTE = re.compile(r"^\W*lưu ý\b", re.IGNORECASE)
_HEADING = re.compile(
    r"^\W*(a\) |- )?(\d+ bộ )?(các )?(giấy tờ|tài liệu|thành phần(, số lượng)? hồ sơ|hồ sơ)( phải)?( nộp| xuất trình)?"
    r"( \(bản chính\))?,?( bao)?( gồm)?( có)?\W*$",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^(?:[\s\-+*•–—.;:]+|\(?\d{1,2}(?:\.\d{1,2})*[.)]\s+|\(?[a-zđ][.)]\s+)+", re.IGNORECASE)
_CLAUSE = re.compile(r"[;:.(\n]|, trường hợp| trong trường hợp| theo quy định| \(nếu")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\ufeff]")


def clean_text(value: object) -> str:
    """One text of the source: NFC, no control characters, single line ends, no outer blanks."""
    text = unicodedata.normalize("NFC", str(value or "")).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text).strip()


def without_bullet(text: str) -> str:
    """The words without the list mark before them and the mark after them, which are typography and no fact."""
    return text.lstrip(" \t\n-–—+*•.").rstrip(" \t\n;:,")


def block_kind(name: str) -> BlockKind:
    """A block called "Lưu ý" is a note; "Giấy tờ phải nộp" heads papers that always apply; the rest are cases."""
    if _NOTE.match(name):
        return BlockKind.NOTE
    if not name or _HEADING.match(name):
        return BlockKind.HEADING
    return BlockKind.CASE


def short_label(name: str, longest: int = 90) -> str:
    """A label for a tick box beside the full name, which is a fact and never shortened."""
    text = " ".join(_BULLET.sub("", name).split())
    first = _CLAUSE.split(text, maxsplit=1)[0].strip(" ,")
    label = first if len(first) >= 12 else text
    if len(label) > longest:
        label = label[:longest].rsplit(" ", 1)[0].rstrip(" ,;") + "…"
    return label[:1].upper() + label[1:]


def is_usual_code(code: str) -> bool:
    """191 codes of the national catalogue do not look like 1.dddddd: worth a warning, never a refusal."""
    return bool(USUAL_CODE.match(code))


def component_key(code: str, name: str) -> str:
    """What a paper is known by from one version to the next: its code, or its name where the source gives none."""
    if code and len(code) <= 100:
        return code
    words = " ".join(clean_text(code or name).lower().split())
    return "text:" + hashlib.sha256(words.encode()).hexdigest()[:24]
