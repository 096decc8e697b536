"""What a path of a fact is called where people read what a file would change: `blocks.2.name` → Khối 2: Tên khối."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.exchange.sheet_words import BLOCKS, CHANNELS, FEES, KINDS, LEVELS, UNITS, say_code
from motcua.core.writing import day

_PARTS = {
    "blocks": gettext_lazy("Khối %(n)s"),
    "components": gettext_lazy("giấy tờ %(n)s"),
    "channels": gettext_lazy("Cách %(n)s"),
    "fees": gettext_lazy("khoản phí %(n)s"),
    "results": gettext_lazy("Kết quả %(n)s"),
}
_FACTS = {
    "name": gettext_lazy("Tên thủ tục"),
    "decision_number": gettext_lazy("Số quyết định"),
    "decided_on": gettext_lazy("Ngày quyết định"),
    "published_on": gettext_lazy("Ngày công khai"),
    "field_code": gettext_lazy("Mã lĩnh vực"),
    "field_name": gettext_lazy("Lĩnh vực"),
    "promulgator_code": gettext_lazy("Mã cơ quan ban hành"),
    "promulgator": gettext_lazy("Cơ quan ban hành"),
    "kind": gettext_lazy("Loại"),
    "levels": gettext_lazy("Cấp"),
    "agencies": gettext_lazy("Cơ quan thực hiện"),
    "legal_basis": gettext_lazy("Căn cứ pháp lý"),
    "is_full_online": gettext_lazy("Toàn trình"),
    "is_non_territorial": gettext_lazy("Phi địa giới"),
    "blocks.name": gettext_lazy("Tên khối"),
    "components.code": gettext_lazy("Mã giấy tờ"),
    "components.name": gettext_lazy("Tên giấy tờ"),
    "originals": gettext_lazy("Bản chính"),
    "copies": gettext_lazy("Bản sao"),
    "blocks.kind": gettext_lazy("Loại khối"),
    "channels.kind": gettext_lazy("Hình thức"),
    "fees.kind": gettext_lazy("Loại phí"),
    "limit_amount": gettext_lazy("Thời hạn"),
    "limit_unit": gettext_lazy("Đơn vị"),
    "fees.name": gettext_lazy("Tên phí"),
    "amount": gettext_lazy("Mức thu"),
    "currency": gettext_lazy("Tiền tệ"),
    "results.code": gettext_lazy("Mã kết quả"),
    "results.name": gettext_lazy("Tên kết quả"),
}

_CODES: Mapping[str, Mapping[str, str]] = {
    "kind": KINDS,
    "levels": LEVELS,
    "limit_unit": UNITS,
    "blocks.kind": BLOCKS,
    "channels.kind": CHANNELS,
    "fees.kind": FEES,
}


def say_path(path: str) -> str:
    """The path in the words of the workbook's columns; a fact without words keeps its name."""
    *places, fact = path.split(".")
    parts = [str(_PARTS[one]) % {"n": number} for one, number in zip(places[::2], places[1::2], strict=False)]
    owner = places[-2] if len(places) > 1 else ""
    words = str(_FACTS.get(f"{owner}.{fact}") or _FACTS.get(fact) or fact)
    if fact in _PARTS:
        words = (str(_PARTS[fact]) % {"n": ""}).strip()
    return f"{', '.join(parts)}: {words}" if parts else words


def say_value(path: str, value: str) -> str:
    """A fact as the workbook and its readers have it: words for codes, days as they are written, yes or no."""
    *places, fact = path.split(".")
    if not value:
        return ""
    if fact.startswith("is_"):
        return _("có") if value == "True" else _("không")
    if fact.endswith("_on"):
        return day(date.fromisoformat(value))
    words = _CODES.get(f"{places[-2]}.{fact}" if len(places) > 1 else fact) or _CODES.get(fact, {})
    return "; ".join(say_code(words, one) for one in value.split("; ")) if words else value
