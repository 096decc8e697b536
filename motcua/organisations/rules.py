"""Kinds of units, posts, and the Actor: who acts, in which post, for which unit, today. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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


class Post(StrEnum):
    """What a person does in a unit (chức danh trong giải quyết hồ sơ): Decree 61/2018, Decree 118/2025."""

    INTAKE_OFFICER = "intake_officer"
    CASE_OFFICER = "case_officer"
    SECTION_HEAD = "section_head"
    APPROVER = "approver"
    CLERK = "clerk"
    ONE_STOP_HEAD = "one_stop_head"
    CONTROL_OFFICER = "control_officer"
    UNIT_HEAD = "unit_head"
    ADMINISTRATOR = "administrator"
    OBSERVER = "observer"


POST_LABELS: Mapping[Post, str] = {
    Post.INTAKE_OFFICER: _("Cán bộ tiếp nhận và trả kết quả"),
    Post.CASE_OFFICER: _("Chuyên viên thụ lý"),
    Post.SECTION_HEAD: _("Lãnh đạo phòng"),
    Post.APPROVER: _("Lãnh đạo phê duyệt"),
    Post.CLERK: _("Văn thư"),
    Post.ONE_STOP_HEAD: _("Người đứng đầu Bộ phận Một cửa"),
    Post.CONTROL_OFFICER: _("Cán bộ kiểm soát thủ tục hành chính"),
    Post.UNIT_HEAD: _("Thủ trưởng đơn vị"),
    Post.ADMINISTRATOR: _("Quản trị hệ thống"),
    Post.OBSERVER: _("Giám sát (chỉ xem và góp ý)"),
}


class SigningForm(StrEnum):
    """How a person signs for another (Decree 30/2020/NĐ-CP art. 13)."""

    KT = "KT."
    TL = "TL."
    TUQ = "TUQ."


SIGNING_LABELS: Mapping[SigningForm, str] = {
    SigningForm.KT: _("Ký thay (cấp phó ký thay người đứng đầu)"),
    SigningForm.TL: _("Thừa lệnh"),
    SigningForm.TUQ: _("Thừa ủy quyền (có văn bản ủy quyền)"),
}
ABSENCE_REASONS: Mapping[str, str] = {
    "leave": _("Nghỉ phép"),
    "sick": _("Nghỉ ốm, thai sản"),
    "travel": _("Đi công tác"),
    "training": _("Đi học, bồi dưỡng"),
    "suspended": _("Tạm đình chỉ công tác"),
    "other": _("Lý do khác"),
}
# A head records the absence of the people of the unit; whom they choose must hold the same post there already.
HEADS = frozenset({Post.ONE_STOP_HEAD, Post.SECTION_HEAD, Post.UNIT_HEAD, Post.APPROVER})


def write_signing_title(form: str, principal: str, signer: str) -> str:
    """The title above a signature: `KT. CHỦ TỊCH` over `PHÓ CHỦ TỊCH`; one's own title where nobody is signed for."""
    return f"{form} {principal.upper()}\n{signer.upper()}" if form else signer.upper()


class ReorganisationKind(StrEnum):
    """What a decision does to units (Law 72/2025/QH15; Decree 150/2025)."""

    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"
    ABOLISH = "abolish"
    TRANSFER = "transfer"


REORGANISATION_LABELS: Mapping[ReorganisationKind, str] = {
    ReorganisationKind.RENAME: _("Đổi tên"),
    ReorganisationKind.MERGE: _("Sáp nhập, hợp nhất"),
    ReorganisationKind.SPLIT: _("Chia, tách"),
    ReorganisationKind.ABOLISH: _("Giải thể, chuyển việc"),
    ReorganisationKind.TRANSFER: _("Chuyển lĩnh vực"),
}


@dataclass(frozen=True, slots=True)
class MoveLine:
    """What goes where: everything of a unit, or with `fields` only what is of these fields."""

    from_id: int
    to_id: int
    fields: tuple[str, ...] = ()


def find_new_place(lines: Iterable[MoveLine], unit_id: int, field_code: str) -> int | None:
    """Where what lies in a unit goes: by its field, else with the unit; None when it stays."""
    mine = [line for line in lines if line.from_id == unit_id]
    named = (line.to_id for line in mine if field_code in line.fields)
    whole = (line.to_id for line in mine if not line.fields)
    return next(named, None) or next(whole, None)


def may_follow(from_kind: str, to_kind: str) -> int:
    """How well a unit takes over another by its kind: the same kind best, then places that work alike."""
    alike = (
        {"centre", "branch"},
        {"section", "office"},
        {"district", "commune"},
        {"department", "vertical_agency"},
    )
    if from_kind == to_kind:
        return 2
    return 1 if any({from_kind, to_kind} <= group for group in alike) else 0


# Posts that see the whole province when held at its People's Committee or its Office.
OVERSEEING = frozenset({Post.CONTROL_OFFICER, Post.UNIT_HEAD})
PROVINCE_WIDE_KINDS = frozenset({Kind.PROVINCE, Kind.OFFICE})


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in a post of a unit, as of today; every record names all three."""

    user_id: int
    person_name: str
    assignment_id: int
    post: Post
    unit_id: int
    unit_name: str
    unit_kind: str
    agency_id: int
    agency_name: str
    agency_code: str
    calendar_code: str
    position: str = ""
    scope: frozenset[int] = frozenset()
    sees_all: bool = False
    # An administrator looks after units and sees no dossier: the two are kept apart.
    administers: frozenset[int] = frozenset()

    def has(self, *posts: Post | str) -> bool:
        """Whether the person acts in one of these posts."""
        return self.post in posts

    def covers(self, unit_id: int) -> bool:
        """Whether the unit is the actor's own or below it."""
        return self.sees_all or unit_id in self.scope

    def may_administer(self, unit_id: int) -> bool:
        """Whether the actor looks after the unit and its postings."""
        return self is SYSTEM or (self.post == Post.ADMINISTRATOR and unit_id in self.administers)


# Loaders and jobs act as the system: named in every record, reachable from no address.
SYSTEM = Actor(
    user_id=0,
    person_name="Hệ thống",
    assignment_id=0,
    post=Post.ADMINISTRATOR,
    unit_id=0,
    unit_name="Hệ thống",
    unit_kind="",
    agency_id=0,
    agency_name="",
    agency_code="",
    calendar_code="default",
    sees_all=True,
)


def sees_all(post: str, unit_kind: str, parent_kind: str = "") -> bool:
    """Control officers and heads at the province's People's Committee or Office see every dossier of it."""
    if post not in OVERSEEING:
        return False
    return unit_kind in PROVINCE_WIDE_KINDS or (unit_kind == Kind.SECTION and parent_kind == Kind.OFFICE)


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
