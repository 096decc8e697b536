"""Posts, and the Actor: who acts, in which post, for which unit, today."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from motcua.core.marking import _
from motcua.organisations.rules.units import Kind


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
    # The scope and the units that are no more whose place it took: what ended there is read here, and nothing else.
    reads: frozenset[int] = frozenset()
    # The agencies that are no more whose duties the actor's agency carries.
    inherits: frozenset[int] = frozenset()
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
