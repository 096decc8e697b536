"""Kinds of units, where each stands, and how an agency is named and coded."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from motcua.core.marking import _


class Kind(StrEnum):
    """What a unit is. A territory and its People's Committee are one unit (province, district, commune)."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    OFFICE = "office"
    DEPARTMENT = "department"
    CENTRE = "centre"
    BRANCH = "branch"
    SECTION = "section"
    VERTICAL_AGENCY = "vertical_agency"
    POSTAL_PARTNER = "postal_partner"


KIND_LABELS: Mapping[Kind, str] = {
    Kind.PROVINCE: _("Tỉnh, thành phố"),
    Kind.DISTRICT: _("Quận, huyện (trước 01/7/2025)"),
    Kind.COMMUNE: _("Xã, phường, đặc khu"),
    Kind.OFFICE: _("Văn phòng"),
    Kind.DEPARTMENT: _("Sở, ban, ngành"),
    Kind.CENTRE: _("Trung tâm Phục vụ hành chính công"),
    Kind.BRANCH: _("Chi nhánh, điểm tiếp nhận"),
    Kind.SECTION: _("Phòng, bộ phận"),
    Kind.VERTICAL_AGENCY: _("Cơ quan ngành dọc"),
    Kind.POSTAL_PARTNER: _("Doanh nghiệp bưu chính"),
}


AGENCY_KINDS = frozenset(
    {Kind.PROVINCE, Kind.DISTRICT, Kind.COMMUNE, Kind.DEPARTMENT, Kind.VERTICAL_AGENCY, Kind.POSTAL_PARTNER}
)


TERRITORY_KINDS = frozenset({Kind.PROVINCE, Kind.DISTRICT, Kind.COMMUNE})


# parent kind → kinds that may stand under it
PLACES: Mapping[Kind, frozenset[Kind]] = {
    Kind.PROVINCE: frozenset(
        {
            Kind.DISTRICT,
            Kind.COMMUNE,
            Kind.OFFICE,
            Kind.DEPARTMENT,
            Kind.CENTRE,
            Kind.VERTICAL_AGENCY,
            Kind.POSTAL_PARTNER,
        }
    ),
    Kind.DISTRICT: frozenset({Kind.COMMUNE, Kind.OFFICE, Kind.SECTION, Kind.CENTRE}),
    Kind.COMMUNE: frozenset({Kind.CENTRE, Kind.SECTION, Kind.OFFICE}),
    Kind.OFFICE: frozenset({Kind.CENTRE, Kind.SECTION}),
    Kind.DEPARTMENT: frozenset({Kind.SECTION, Kind.BRANCH, Kind.CENTRE}),
    Kind.CENTRE: frozenset({Kind.BRANCH, Kind.SECTION}),
    Kind.VERTICAL_AGENCY: frozenset({Kind.SECTION, Kind.BRANCH}),
    Kind.POSTAL_PARTNER: frozenset({Kind.BRANCH}),
    Kind.SECTION: frozenset(),
    Kind.BRANCH: frozenset(),
}


def get_agency_name(kind: str, name: str) -> str:
    """The agency as papers name it: the People's Committee for a territory, else the unit's own name."""
    if kind in TERRITORY_KINDS and name:
        return f"Ủy ban nhân dân {name[0].lower()}{name[1:]}"
    return name


def get_short_agency_name(kind: str, name: str) -> str:
    """The same for narrow places: `UBND xã Hướng Phùng`."""
    return get_agency_name(kind, name).replace("Ủy ban nhân dân", "UBND", 1)


def may_stand_under(kind: str, parent_kind: str) -> bool:
    """Whether a unit of this kind has its place under that one (Decree 118/2025 arts 7–8 for centres)."""
    try:
        return Kind(kind) in PLACES[Kind(parent_kind)]
    except ValueError:
        return False


def is_dialled(phone: str) -> bool:
    """Whether a unit's telephone is one or several numbers as people write them: `0233 3852 501 / 1900.1234`."""
    return re.fullmatch(r"[\d\s.,()+/–-]{3,30}", phone, re.ASCII) is not None and any(map(str.isdigit, phone))


def parse_agency_code(code: str) -> str:
    """The code as written, when its shape is right (Decision 20/2020/QĐ-TTg art. 4), else ValueError.

    At most 35 characters; groups of digits and capitals; the first is one letter A–Y and two digits.
    """
    if not code:
        return ""
    groups = code.split(".")
    first = groups[0]
    if len(code) > 35 or len(first) != 3 or not ("A" <= first[0] <= "Y") or not first[1:].isdigit():
        raise ValueError(code)
    if not all(g and g.isascii() and g.isalnum() and g.upper() == g for g in groups):
        raise ValueError(code)
    return code


def find_overlap(periods: Iterable[tuple[object, object | None]]) -> bool:
    """Whether two of the half-open periods [from, to) share a day; `None` is without end."""
    ordered = sorted(periods, key=lambda p: str(p[0]))
    return any(
        first[1] is None or str(first[1]) > str(second[0])
        for first, second in zip(ordered, ordered[1:], strict=False)
    )
