"""The demonstration province: tỉnh Quảng Trị after 1 July 2025, and Quảng Trị with its districts before."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q

from motcua.accounts.models import User
from motcua.core.text import fold
from motcua.demo import places, posts
from motcua.demo.places import UnitRow
from motcua.demo.posts import PostRow
from motcua.organisations import actions as organisations
from motcua.organisations.models import Assignment, Unit, UnitSuccession, UnitVersion
from motcua.organisations.rules import POST_LABELS, SYSTEM, Post
from motcua.worktime import actions as worktime
from motcua.worktime import queries as calendars

# Known to all who run the demonstration; no real deployment loads it.
PASSWORD = "motcua-trinh-dien"
SATURDAY = "centre_saturday"


def get_units() -> list[UnitRow]:
    """Every unit of the demonstration beside the reference units."""
    return [
        *places.PROVINCE_UNITS,
        *places.get_department_units(),
        *places.get_commune_units(),
        *places.OLD_UNITS,
    ]


def get_posts() -> list[PostRow]:
    """Every posting of the demonstration."""
    return [*posts.PROVINCE_POSTS, *posts.get_department_posts(), *posts.get_commune_posts()]


def _list_sign_ins() -> list[tuple[str, str, str]]:
    """One person for each post, to be printed by the launcher: user name, post, unit."""
    names = {unit.code: unit.name for unit in get_units()}
    names |= {f"2025-X{code}": f"UBND {words}" for code, _key, _agency_code, words in places.COMMUNES}
    names[places.PROVINCE] = "UBND tỉnh Quảng Trị"
    shown = (
        "huongphung.tiepnhan1", "huongphung.vp.chuyenvien1", "huongphung.vp.truongphong", "huongphung.lanhdao",
        "huongphung.vanthu", "huongphung.giamdoc", "huongphung.quantri", "trungtam.tiepnhan1",
        "xaydung.qlxd.chuyenvien1", "xaydung.qlxd.truongphong", "xaydung.lanhdao", "nnmt.datdai.chuyenvien1",
        "tinh.kiemsoat1", "tinh.chanhvanphong", "tinh.quantri", "thue.chuyenvien1",
        "congan.huongphung1", "bhxh.chuyenvien1", "buudien.tiepnhan1", "kiemnhiem",
    )  # fmt: skip
    first = {post.username: post for post in reversed(get_posts()) if post.valid_to is None}
    rows = [
        (name, str(POST_LABELS[Post(first[name].post)]), names.get(first[name].unit, "")) for name in shown
    ]
    return [
        (name, label + (" (hai chức danh)" if name == "kiemnhiem" else ""), unit)
        for name, label, unit in rows
    ]


SIGN_INS: list[tuple[str, str, str]] = _list_sign_ins()


@transaction.atomic
def load(at: datetime) -> None:
    """Build what is not there yet: calendars, units, successions, people, postings."""
    worktime.load_holidays()
    organisations.load_reference_units()
    if Unit.objects.filter(code="office").exists():
        return
    _load_saturday_calendar(at)
    _equip_territories()
    _load_units(get_units())
    _load_successions()
    _load_people(get_posts())
    organisations.mark_changed()


def _load_saturday_calendar(at: datetime) -> None:
    if calendars.find_calendars().filter(code=SATURDAY).exists():
        return
    worktime.create_calendar(
        actor=SYSTEM, code=SATURDAY, name="Trung tâm tỉnh: có sáng thứ Bảy (trình diễn)", at=at
    )
    worktime.set_hours(
        actor=SYSTEM, calendar_code=SATURDAY, weekdays=[5], hours="07:30-11:30", valid_from=places.NEW,
        basis=places.DECISION, at=at,
    )  # fmt: skip


def _equip_territories() -> None:
    """Reference units of the province become agencies: a code of the demonstration, an address, a telephone."""
    codes = {f"2025-X{code}": (agency_code, words) for code, _key, agency_code, words in places.COMMUNES}
    codes[places.PROVINCE] = ("H50", "Ủy ban nhân dân tỉnh")
    codes[places.OLD_COMMUNE] = ("H50.31.05", "Ủy ban nhân dân xã Hướng Phùng")
    of_today = Q(valid_from=places.NEW) | Q(unit__code=places.OLD_COMMUNE)
    versions = UnitVersion.objects.filter(of_today, unit__code__in=codes).select_related("unit")
    for version in list(versions):
        version.agency_code, words = codes[version.unit.code]
        version.address, version.phone = f"Trụ sở {words} (trình diễn)", "0233 000 0000"
        version.save(update_fields=["agency_code", "address", "phone"])


def _load_units(rows: Iterable[UnitRow]) -> None:
    rows = list(rows)
    Unit.objects.bulk_create(
        Unit(code=row.code, kind=row.kind, province_code="45" if row.code.startswith("2004") else "44")
        for row in rows
    )
    ids = dict(Unit.objects.values_list("code", "id"))
    saturday = calendars.get_calendar_id(SATURDAY)
    UnitVersion.objects.bulk_create(
        _make_version(row, ids, saturday if row.code == "centre" else None) for row in rows
    )


def _make_version(row: UnitRow, ids: dict[str, int], calendar_id: int | None) -> UnitVersion:
    return UnitVersion(
        unit_id=ids[row.code],
        name=row.name,
        name_folded=fold(row.name),
        short_name=row.short_name,
        parent_id=ids[row.parent],
        agency_code=row.agency_code,
        calendar_id=calendar_id,
        address="Địa chỉ trình diễn" if row.kind in {"centre", "department"} else "",
        phone="0233 000 0000" if row.kind in {"centre", "department"} else "",
        level=_get_level(row),
        decision_number=places.DECISION,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _get_level(row: UnitRow) -> str:
    letter = row.code[5:6] if row.code[:5] in {"2004-", "2025-"} else "T"
    return {"X": "commune", "H": "district"}.get(letter, "province")


def _load_successions() -> None:
    ids = dict(Unit.objects.values_list("code", "id"))
    UnitSuccession.objects.bulk_create(
        UnitSuccession(from_unit_id=ids[old], to_unit_id=ids[new], on=on, decision_number=places.DECISION)
        for old, new, on in places.SUCCESSIONS
    )


def _load_people(rows: Iterable[PostRow]) -> None:
    rows = list(rows)
    secret = make_password(PASSWORD)
    names = {row.username: f"{row.name} (mẫu)" for row in rows}
    known = set(User.objects.values_list("username", flat=True))
    User.objects.bulk_create(
        User(username=username, full_name=name, password=secret, email=f"{username}@demo.invalid")
        for username, name in names.items()
        if username not in known
    )
    _load_postings(rows)


def _load_postings(rows: list[PostRow]) -> None:
    people = dict(User.objects.values_list("username", "id"))
    units = dict(Unit.objects.values_list("code", "id"))
    Assignment.objects.bulk_create(
        Assignment(
            user_id=people[row.username],
            unit_id=units[row.unit],
            post=row.post,
            position=row.position,
            decision_number=f"{number:03}/QĐ-TD (trình diễn)",
            field_codes=list(row.fields),
            is_reserve=row.is_reserve,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for number, row in enumerate(rows, 1)
    )
