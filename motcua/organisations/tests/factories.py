"""A small province for tests: an office, a department, a centre, two communes, a tax agency, a postal partner."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from motcua.accounts.models import User
from motcua.organisations import actions, queries
from motcua.organisations.actions import PostingFacts, UnitFacts
from motcua.organisations.rules import SYSTEM, Actor

FIRST_DAY = date(2025, 7, 1)
ON = date(2026, 3, 10)
AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)

# code, kind, parent, agency code, name
UNITS = (
    ("P", "province", "", "H50", "Tỉnh Mẫu"),
    ("P.VP", "office", "P", "H50.01", "Văn phòng Ủy ban nhân dân tỉnh"),
    ("P.VP.ks", "section", "P.VP", "", "Phòng Kiểm soát thủ tục hành chính"),
    ("P.TT", "centre", "P.VP", "H50.02", "Trung tâm Phục vụ hành chính công tỉnh"),
    ("S", "department", "P", "H50.13", "Sở Xây dựng"),
    ("S.qh", "section", "S", "", "Phòng Quy hoạch"),
    ("S.qlxd", "section", "S", "", "Phòng Quản lý xây dựng"),
    ("A", "commune", "P", "H50.101", "Xã An"),
    ("A.tt", "centre", "A", "H50.101.01", "Trung tâm Phục vụ hành chính công xã An"),
    ("A.vhxh", "section", "A", "", "Phòng Văn hóa - Xã hội"),
    ("B", "commune", "P", "H50.102", "Phường Bình"),
    ("B.tt", "centre", "B", "H50.102.01", "Trung tâm Phục vụ hành chính công phường Bình"),
    ("B.vhxh", "section", "B", "", "Phòng Văn hóa - Xã hội"),
    ("T", "vertical_agency", "P", "H50.81", "Thuế tỉnh"),
    ("D", "postal_partner", "P", "H50.91", "Bưu điện tỉnh"),
)
# place in the namespace → user name, unit, post
PEOPLE = {
    "head": ("p.head", "P", "unit_head"),
    "administrator": ("p.admin", "P", "administrator"),
    "control": ("p.control", "P.VP.ks", "control_officer"),
    "centre_intake": ("p.intake", "P.TT", "intake_officer"),
    "centre_head": ("p.centre", "P.TT", "one_stop_head"),
    "department_case": ("s.case", "S.qlxd", "case_officer"),
    "department_section": ("s.section", "S.qlxd", "section_head"),
    "department_approver": ("s.leader", "S", "approver"),
    "department_clerk": ("s.clerk", "S", "clerk"),
    "department_head": ("s.head", "S", "unit_head"),
    "commune_intake": ("a.intake", "A.tt", "intake_officer"),
    "commune_centre_head": ("a.centre", "A.tt", "one_stop_head"),
    "commune_case": ("a.case", "A.vhxh", "case_officer"),
    "commune_section": ("a.section", "A.vhxh", "section_head"),
    "commune_approver": ("a.leader", "A", "approver"),
    "commune_clerk": ("a.clerk", "A", "clerk"),
    "commune_head": ("a.head", "A", "unit_head"),
    "commune_administrator": ("a.admin", "A", "administrator"),
    "other_intake": ("b.intake", "B.tt", "intake_officer"),
    "other_case": ("b.case", "B.vhxh", "case_officer"),
    "other_approver": ("b.leader", "B", "approver"),
    "other_administrator": ("b.admin", "B", "administrator"),
    "tax_case": ("t.case", "T", "case_officer"),
    "postal_intake": ("d.intake", "D", "intake_officer"),
}


def make_province(on: date = ON) -> SimpleNamespace:
    """The province with an Actor for every post; `units` by code, `users` by the same name as the actors."""
    queries.forget_trees()
    for code, kind, parent, agency_code, name in UNITS:
        make_unit(code, kind, parent, name, agency_code)
    found = SimpleNamespace(units={}, users={})
    found.units = {code: queries.find_unit_by_code(code, on) for code, *_rest in UNITS}
    for place, (username, unit, post) in PEOPLE.items():
        found.users[place] = make_officer(username, unit, post)
        setattr(found, place, get_actor(username, on))
    return found


def make_unit(
    code: str, kind: str, parent: str, name: str, agency_code: str = "", first_day: date = FIRST_DAY
) -> None:
    """A unit set up by the act itself."""
    facts = UnitFacts(name=name, parent_code=parent, agency_code=agency_code)
    actions.create_unit(
        actor=SYSTEM, code=code, kind=kind, facts=facts, decision_number="1/QĐ", first_day=first_day, at=AT
    )


def make_officer(
    username: str, unit: str, post: str, full_name: str = "", first_day: date = FIRST_DAY
) -> User:
    """A person with a posting; nobody can sign in with it by password."""
    user, is_new = User.objects.get_or_create(
        username=username, defaults={"full_name": full_name or f"Người {username}"}
    )
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    posting = PostingFacts(
        username=username, unit_code=unit, post=post, decision_number="2/QĐ", first_day=first_day
    )
    actions.appoint(actor=SYSTEM, posting=posting, at=AT)
    user.refresh_from_db()
    return user


def get_actor(username: str, on: date = ON) -> Actor:
    """The person as Actor."""
    actor = queries.get_actor(User.objects.get(username=username), None, on)
    assert actor is not None
    return actor
