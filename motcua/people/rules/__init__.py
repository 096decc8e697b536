"""What a person's papers and name say. No database, no framework."""

from motcua.people.rules.citizen_card import CitizenCard, parse_citizen_qr
from motcua.people.rules.identifiers import (
    IdentifierKind,
    clean_identifier,
    clean_phone,
    guess_kind,
    has_shape,
    mask_identifier,
    mask_name,
    mask_phone,
)
from motcua.people.rules.names import ALONE, LONG, MOST_PAIRED, gather_initials, turn_name, words_of

__all__ = [
    "ALONE",
    "LONG",
    "MOST_PAIRED",
    "CitizenCard",
    "IdentifierKind",
    "clean_identifier",
    "clean_phone",
    "gather_initials",
    "guess_kind",
    "has_shape",
    "mask_identifier",
    "mask_name",
    "mask_phone",
    "parse_citizen_qr",
    "turn_name",
    "words_of",
]
