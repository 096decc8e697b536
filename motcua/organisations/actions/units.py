"""Setting up, renaming, moving, correcting and closing units."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.core.text import clean_line, fold
from motcua.organisations import access, rules
from motcua.organisations.models import Assignment, TreeStamp, Unit, UnitSuccession, UnitVersion
from motcua.organisations.queries import find_unit_by_code, forget_trees, get_identity, get_tree
from motcua.organisations.rules import Actor, Kind
from motcua.worktime import queries as worktime


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is said of a unit when it is set up or changed."""

    name: str
    short_name: str = ""
    parent_code: str = ""
    agency_code: str = ""
    calendar_code: str = ""
    address: str = ""
    phone: str = ""
    territory_code: str = ""
    level: str = ""


def mark_changed() -> None:
    """Tell every process that the tree changed: kept trees are dropped now here, within seconds elsewhere."""
    TreeStamp.objects.update_or_create(pk=1, defaults={"value": secrets.token_hex(12)})
    forget_trees()
    transaction.on_commit(forget_trees)


@transaction.atomic
def create_unit(
    *,
    actor: Actor,
    code: str,
    kind: str,
    facts: UnitFacts,
    decision_number: str,
    first_day: date,
    at: datetime,
) -> Unit:
    """Set up a unit from a day on, by a decision.

    :raises Refused: not the actor's to do, the code is taken, or the place does not suit the kind.
    """
    parent = _get_parent(facts.parent_code, first_day)
    access.require_administrator(actor, parent.id if parent else None)
    _require_place(kind, parent, first_day)
    values = _read_facts(facts, first_day)
    if not clean_line(code) or Unit.objects.filter(code=clean_line(code)).exists():
        raise Refused("taken", _("Mã đơn vị này đã có hoặc để trống."), field="code")
    unit = Unit.objects.create(
        code=clean_line(code), kind=kind, province_code=parent.province_code if parent else ""
    )
    UnitVersion.objects.create(
        unit=unit, parent=parent, valid_from=first_day, decision_number=decision_number, **values
    )
    mark_changed()
    _tell("organisations.unit_created", actor, unit, decision_number, at)
    return unit


@transaction.atomic
def change_unit(
    *, actor: Actor, code: str, facts: UnitFacts, decision_number: str, first_day: date, at: datetime
) -> UnitVersion:
    """Rename, move or re-code a unit from a day on: the old version ends there, papers of before keep it.

    :raises Refused: not the actor's to do, no such unit, a day before the present version, or a circle.
    """
    unit = get_identity(code)
    access.require_administrator(actor, unit.id)
    parent = _get_parent(facts.parent_code, first_day)
    _require_move(actor, unit, parent, first_day)
    values = _read_facts(facts, first_day, _find_phone(code, first_day))
    old = _end_version(unit, first_day)
    version = UnitVersion.objects.create(
        unit=unit,
        parent=parent,
        valid_from=first_day,
        valid_to=old,
        decision_number=decision_number,
        **values,
    )
    mark_changed()
    _tell("organisations.unit_changed", actor, unit, decision_number, at)
    return version


def rename_unit(
    *, actor: Actor, code: str, name: str, decision_number: str, first_day: date, at: datetime
) -> UnitVersion:
    """Give a unit another name from a day on; everything else stays."""
    facts = UnitFacts(**{**asdict(get_facts(code, first_day)), "name": name})
    return change_unit(
        actor=actor, code=code, facts=facts, decision_number=decision_number, first_day=first_day, at=at
    )


def move_unit(
    *, actor: Actor, code: str, parent_code: str, decision_number: str, first_day: date, at: datetime
) -> UnitVersion:
    """Put a unit under another from a day on; everything else stays."""
    facts = UnitFacts(**{**asdict(get_facts(code, first_day)), "parent_code": parent_code})
    return change_unit(
        actor=actor, code=code, facts=facts, decision_number=decision_number, first_day=first_day, at=at
    )


@transaction.atomic
def correct_unit(*, actor: Actor, code: str, facts: UnitFacts, on: date, at: datetime) -> UnitVersion:
    """Put right what was written of the version that holds on a day (a misprint, a telephone); no new version.

    :raises Refused: not the actor's to do, or no such unit that day.
    """
    unit = get_identity(code)
    access.require_administrator(actor, unit.id)
    version = UnitVersion.objects.select_for_update().filter(unit=unit).on(on).first()
    if version is None:
        raise Refused("not_found", _("Đơn vị không tồn tại vào ngày này."))
    parent = _get_parent(facts.parent_code, on)
    _require_move(actor, unit, parent, on)
    for name, value in {**_read_facts(facts, on, _find_phone(code, on)), "parent": parent}.items():
        setattr(version, name, value)
    version.save()
    mark_changed()
    _tell("organisations.unit_corrected", actor, unit, version.decision_number, at)
    return version


@transaction.atomic
def close_unit(
    *,
    actor: Actor,
    code: str,
    successor_codes: Sequence[str],
    decision_number: str,
    last_day: date,
    at: datetime,
) -> None:
    """End a unit; whoever takes over is written down, the first as the usual one.

    :raises Refused: not the actor's to do, units still below it, or people still posted there.
    """
    unit = get_identity(code)
    access.require_administrator(actor, unit.id)
    first_day = date.fromordinal(last_day.toordinal() + 1)
    _require_empty(unit, first_day)
    _end_version(unit, first_day, closing=True)
    for place, successor_code in enumerate(successor_codes):
        UnitSuccession.objects.create(
            from_unit=unit,
            to_unit=get_identity(successor_code),
            on=first_day,
            decision_number=decision_number,
            was_split=len(successor_codes) > 1,
            is_default=place == 0,
        )
    mark_changed()
    _tell("organisations.unit_closed", actor, unit, decision_number, at)


def _require_empty(unit: Unit, first_day: date) -> None:
    if get_tree(first_day).get_children(unit.id):
        raise Refused("not_empty", _("Còn đơn vị trực thuộc; hãy chuyển hoặc kết thúc chúng trước."))
    if UnitVersion.objects.filter(unit=unit, valid_from__gte=first_day).exists():
        message = _("Đã ghi một thay đổi có hiệu lực sau ngày này; ngày cuối phải sau ngày đó.")
        raise Refused("invalid", message, field="last_day")
    posted = Assignment.objects.filter(Q(valid_to=None) | Q(valid_to__gt=first_day), unit=unit).count()
    if posted:
        message = ngettext(
            "Còn %(n)s phân công sau ngày này; hãy kết thúc hoặc chuyển họ trước.",
            "Còn %(n)s phân công sau ngày này; hãy kết thúc hoặc chuyển họ trước.",
            posted,
        )
        raise Refused("not_empty", message % {"n": posted})


def get_facts(code: str, on: date) -> UnitFacts:
    """What holds of a unit on a day, ready to be changed."""
    view = find_unit_by_code(code, on)
    if view is None:
        raise Refused("not_found", _("Không có đơn vị mã %(code)s.") % {"code": code}, field="code")
    parent = get_tree(on).units.get(view.parent_id) if view.parent_id else None
    return UnitFacts(
        name=view.name,
        short_name=view.short_name,
        parent_code=parent.code if parent else "",
        agency_code=view.agency_code,
        calendar_code=view.calendar_code,
        address=view.address,
        phone=view.phone,
        territory_code=view.territory_code,
        level=view.level,
    )


def _get_parent(parent_code: str, on: date) -> Unit | None:
    if not parent_code:
        return None
    view = find_unit_by_code(parent_code, on)
    if view is None:
        raise Refused("not_found", _("Không có đơn vị cấp trên này vào ngày đó."), field="parent_code")
    return Unit.objects.get(pk=view.id)


def _require_place(kind: str, parent: Unit | None, on: date) -> None:
    if kind not in set(Kind):
        raise Refused("invalid", _("Loại đơn vị không hợp lệ."), field="kind")
    if parent is None and kind != Kind.PROVINCE:
        raise Refused("invalid", _("Hãy chọn đơn vị cấp trên."), field="parent_code")
    if parent is not None and not rules.may_stand_under(kind, parent.kind):
        raise Refused(
            "invalid", _("Loại đơn vị này không thể trực thuộc đơn vị đã chọn."), field="parent_code"
        )


def _require_move(actor: Actor, unit: Unit, parent: Unit | None, on: date) -> None:
    _require_place(unit.kind, parent, on)
    current = get_tree(on).units.get(unit.id)
    if parent is None or (current and current.parent_id == parent.id):
        return
    access.require_administrator(actor, parent.id)
    if parent.id in get_tree(on).get_subtree(unit.id):
        raise Refused("circle", _("Một đơn vị không thể trực thuộc chính nó."), field="parent_code")


def _find_phone(code: str, on: date) -> str:
    view = find_unit_by_code(code, on)
    return view.phone if view else ""


def _read_facts(facts: UnitFacts, on: date, kept_phone: str = "") -> dict[str, object]:
    """What is kept of a unit. A telephone of old stays as it is: nobody who renames or moves the unit has typed it."""
    name = clean_line(facts.name)
    if not name or len(name) > 200:
        raise Refused("invalid", _("Tên đơn vị phải có từ 1 đến 200 ký tự."), field="name")
    try:
        agency_code = rules.parse_agency_code(facts.agency_code)
    except ValueError as fault:
        message = _("Mã định danh không đúng dạng, ví dụ H50.12.")
        raise Refused("invalid", message, field="agency_code", basis="QĐ 20/2020/QĐ-TTg điều 4") from fault
    phone = clean_line(facts.phone)[:30]
    if phone not in ("", kept_phone) and not rules.is_dialled(phone):
        message = _("Số điện thoại chỉ có chữ số, khoảng trắng và các dấu . - ( ) + / , ví dụ 0233 3852 501.")
        raise Refused("invalid", message, field="phone")
    return {
        "name": name,
        "name_folded": fold(name),
        "short_name": clean_line(facts.short_name)[:80],
        "agency_code": agency_code,
        "calendar_id": worktime.get_calendar_id(facts.calendar_code) if facts.calendar_code else None,
        "address": clean_line(facts.address)[:250],
        "phone": phone,
        "territory_code": facts.territory_code,
        "level": facts.level,
    }


def _end_version(unit: Unit, first_day: date, *, closing: bool = False) -> date | None:
    """End the version that holds on the day; say when it would have ended (None: never)."""
    version = UnitVersion.objects.select_for_update().filter(unit=unit).on(first_day).first()
    if version is None or (version.valid_from >= first_day):
        message = _("Ngày đầu hiệu lực phải sau ngày đầu của phiên bản đang có.")
        raise Refused("invalid", message, field="first_day")
    old = version.valid_to
    version.valid_to = first_day
    try:
        with transaction.atomic():
            version.save(update_fields=["valid_to"])
    except IntegrityError as fault:
        raise Refused("overlap", _("Các phiên bản của đơn vị chồng ngày nhau."), field="first_day") from fault
    return old


def _tell(what: str, actor: Actor, unit: Unit, note: str, at: datetime) -> None:
    audit.record(what, actor=actor, subject=f"organisations.unit:{unit.pk}", note=note, at=at)
