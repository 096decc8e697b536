"""Numbers by which a person or an organisation is known."""

import re
from enum import StrEnum


class IdentifierKind(StrEnum):
    """Kinds of number kept; the first four name one person or organisation in the whole country."""

    CITIZEN_ID = "citizen_id"
    PASSPORT = "passport"
    TAX_CODE = "tax_code"
    BUSINESS_CODE = "business_code"
    OLD_ID = "old_id"


_SHAPES = (
    (re.compile(r"\d{12}"), IdentifierKind.CITIZEN_ID),
    (re.compile(r"\d{9}"), IdentifierKind.OLD_ID),
    (re.compile(r"\d{10}(\d{3})?"), IdentifierKind.TAX_CODE),
    (re.compile(r"[A-Z]{1,2}\d{6,8}"), IdentifierKind.PASSPORT),
)


def clean_identifier(value: str) -> str:
    """The number as it is compared: capitals and digits only, so that spaces, dots and dashes do not matter."""
    return re.sub(r"[^0-9A-Z]", "", value.upper())


def guess_kind(value: str) -> IdentifierKind | None:
    """The kind a number's shape speaks for, or None."""
    cleaned = clean_identifier(value)
    return next((kind for shape, kind in _SHAPES if shape.fullmatch(cleaned)), None)


def has_shape(value: str, kind: str) -> bool:
    """Whether a number may be one of a kind somebody chose.

    A person's tax code is the citizen number since 1 July 2025, of twelve digits (Circular 86/2024/TT-BTC art. 5);
    foreign passports have many shapes.
    """
    cleaned = clean_identifier(value)
    shapes = {
        "citizen_id": r"\d{12}",
        "old_id": r"\d{9}",
        "tax_code": r"\d{10}(\d{2,3})?",
        "passport": r"(?=.*\d)[A-Z0-9]{5,20}",
    }
    return re.fullmatch(shapes[kind], cleaned) is not None


def clean_phone(value: str) -> str:
    """A phone number as it is compared: national form, digits only (`+84 912…` and `0912…` are one number)."""
    digits = re.sub(r"\D", "", value)
    if digits.startswith("0084"):
        digits = digits[2:]
    return "0" + digits[2:] if digits.startswith("84") and len(digits) >= 11 else digits


def mask_identifier(value: str) -> str:
    """Enough of a number to recognise it, never enough to use it: `0010••••3456`."""
    cleaned = clean_identifier(value)
    if len(cleaned) < 8:
        return "•" * len(cleaned)
    return f"{cleaned[:3]}{'•' * (len(cleaned) - 6)}{cleaned[-3:]}"


def mask_phone(value: str) -> str:
    """The last three digits of a phone number."""
    digits = clean_phone(value)
    return "•" * max(len(digits) - 3, 0) + digits[-3:] if len(digits) > 5 else "•" * len(digits)


def mask_name(full_name: str) -> str:
    """The family name and initials: `Nguyễn V. A.`"""
    words = full_name.split()
    return " ".join([*words[:1], *(f"{word[0]}." for word in words[1:])])
