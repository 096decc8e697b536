"""Units, posts and the Actor; standing in for somebody; what a reorganisation moves. Pure."""

from motcua.organisations.rules.actor import (
    OVERSEEING,
    POST_LABELS,
    PROVINCE_WIDE_KINDS,
    SYSTEM,
    Actor,
    Post,
    sees_all,
)
from motcua.organisations.rules.reorganising import (
    REORGANISATION_LABELS,
    MoveLine,
    ReorganisationKind,
    find_new_place,
    may_follow,
)
from motcua.organisations.rules.standing_in import (
    ABSENCE_REASONS,
    HEADS,
    SIGNING_LABELS,
    SigningForm,
    write_signing_title,
)
from motcua.organisations.rules.units import (
    AGENCY_KINDS,
    KIND_LABELS,
    PLACES,
    TERRITORY_KINDS,
    Kind,
    find_overlap,
    get_agency_name,
    get_short_agency_name,
    is_dialled,
    may_stand_under,
    parse_agency_code,
)

__all__ = [
    "ABSENCE_REASONS",
    "AGENCY_KINDS",
    "Actor",
    "HEADS",
    "KIND_LABELS",
    "Kind",
    "MoveLine",
    "OVERSEEING",
    "PLACES",
    "POST_LABELS",
    "PROVINCE_WIDE_KINDS",
    "Post",
    "REORGANISATION_LABELS",
    "ReorganisationKind",
    "SIGNING_LABELS",
    "SYSTEM",
    "SigningForm",
    "TERRITORY_KINDS",
    "find_new_place",
    "find_overlap",
    "get_agency_name",
    "get_short_agency_name",
    "is_dialled",
    "may_follow",
    "may_stand_under",
    "parse_agency_code",
    "sees_all",
    "write_signing_title",
]
