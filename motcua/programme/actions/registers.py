"""Entries of registers are written, moved and withdrawn; lists of people are published by decision."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.organisations.rules import Actor
from motcua.programme.access import may_sign, require_keeper, sign
from motcua.programme.actions.once import make_once
from motcua.programme.models import PlanTask, PublishedList, RegisterEntry, RegisterLine
from motcua.programme.queries.registers import get_register, list_current
from motcua.programme.rules.registers import Register


@transaction.atomic
def add_entry(
    *,
    actor: Actor,
    code: str,
    values: dict[str, Any],
    task_id: int | None = None,
    key: str = "",
    at: datetime,
) -> RegisterEntry:
    """Write a new entry of the actor's agency; once for a key.

    :raises Refused: no such register or task, or the actor keeps no plan.
    """
    register = get_register(code)
    require_keeper(actor)
    facts = {"code": code, "values": values, "task": task_id}

    def make() -> RegisterEntry:
        return _add_entry(actor, register, values, task_id, at)

    return make_once(actor=actor, kind=RegisterEntry, key=key, facts=facts, make=make)


def _add_entry(
    actor: Actor, register: Register, values: dict[str, Any], task_id: int | None, at: datetime
) -> RegisterEntry:
    made = RegisterEntry.objects.create(
        register=register.code,
        unit_id=actor.agency_id,
        values=_require_columns(register, values),
        state=register.states[0].code if register.states else "",
        kept_at=at,
        kept_by=sign(actor),
        **_find_task(task_id),
    )
    audit.record("programme.entry_added", actor=actor, subject=f"{register.code}:{made.pk}", at=at)
    return made


def _require_columns(register: Register, values: dict[str, Any]) -> dict[str, Any]:
    """Only columns of the register, none that is required empty."""
    names = {column.name for column in register.columns}
    missing = next((c.name for c in register.columns if c.is_required and not values.get(c.name)), None)
    if missing is not None or set(values) - names:
        raise Refused("incomplete", _("Cần điền đủ các cột bắt buộc của sổ."), field=missing or "")
    if values.get("last_day") and values["last_day"] < values.get("day", ""):
        raise Refused("bad_days", _("Ngày cuối không thể trước ngày đầu."), field="last_day")
    return values


def _find_task(task_id: int | None) -> dict[str, Any]:
    if task_id is None:
        return {"task": None, "plan": None}
    task = PlanTask.objects.select_related("plan").filter(pk=task_id).first()
    if task is None:
        raise Refused("not_found", _("Không có nhiệm vụ này."), field="task")
    return {"task": task, "plan": task.plan}


@transaction.atomic
def change_entry(
    *,
    actor: Actor,
    entry_id: int,
    values: dict[str, Any],
    task_id: int | None = None,
    revision: int,
    at: datetime,
) -> RegisterEntry:
    """Put right what an entry says; the audit keeps that it was done."""
    entry = _lock(actor, entry_id, revision)
    register = get_register(entry.register)
    entry.values = _require_columns(register, values)
    _require_filled(register, entry.state, values)
    for name, value in _find_task(task_id).items():
        setattr(entry, name, value)
    return _save(entry, actor, "programme.entry_changed", at)


@transaction.atomic
def move_entry(*, actor: Actor, entry_id: int, state: str, revision: int, at: datetime) -> RegisterEntry:
    """Take an entry a step further on its way.

    :raises Refused: the step does not follow, is the head's and the actor is none, or rests on a column left empty.
    """
    entry = _lock(actor, entry_id, revision)
    register = get_register(entry.register)
    here, there = register.get_state(entry.state), register.get_state(state)
    if here is None or there is None or state not in here.following:
        raise Refused("bad_move", _("Mục này không chuyển sang bước đó được."))
    if there.is_heads and not may_sign(actor, entry.unit_id):
        raise Refused("forbidden", _("Bước này do lãnh đạo cơ quan quyết định."))
    _require_filled(register, state, entry.values)
    entry.state = state
    return _save(entry, actor, f"programme.entry_{state}", at)


def _require_filled(register: Register, state: str, values: dict[str, Any]) -> None:
    """What a step rests on is said: a settled cost names its sum."""
    there = register.get_state(state)
    if there is None or not there.needs or values.get(there.needs):
        return
    column = next(column for column in register.columns if column.name == there.needs)
    said = {"column": _(column.words), "state": _(there.words)}
    raise Refused(
        "not_filled",
        _("Ghi “%(column)s” trước: mục “%(state)s” không được để trống cột này.") % said,
        field=there.needs,
    )


@transaction.atomic
def withdraw_entry(*, actor: Actor, entry_id: int, revision: int, at: datetime) -> RegisterEntry:
    """Take an entry out of the register; it stays kept."""
    entry = _lock(actor, entry_id, revision)
    entry.is_withdrawn = True
    return _save(entry, actor, "programme.entry_withdrawn", at)


@transaction.atomic
def add_line(
    *, actor: Actor, entry_id: int, values: dict[str, Any], key: str = "", at: datetime
) -> RegisterLine:
    """Write a row under an entry; once for a key.

    :raises Refused: the register has no such rows.
    """
    entry = _lock(actor, entry_id, None)
    if not get_register(entry.register).lines:
        raise Refused("bad_move", _("Sổ này không có dòng chi tiết."))
    facts = {"entry": entry_id, "values": values}

    def make() -> RegisterLine:
        return _add_line(actor, entry, values, at)

    return make_once(actor=actor, kind=RegisterLine, key=key, facts=facts, make=make)


def _add_line(actor: Actor, entry: RegisterEntry, values: dict[str, Any], at: datetime) -> RegisterLine:
    made = RegisterLine.objects.create(entry=entry, values=values, kept_at=at, kept_by=sign(actor))
    audit.record(
        "programme.line_added", actor=actor, subject=f"{entry.register}:{entry.pk}", ids=[made.pk], at=at
    )
    return made


@transaction.atomic
def remove_line(*, actor: Actor, line_id: int, at: datetime) -> RegisterEntry:
    """Take a row away."""
    line = RegisterLine.objects.filter(pk=line_id).first()
    if line is None:
        raise Refused("not_found", _("Không có dòng này."))
    entry = _lock(actor, line.entry_id, None)
    line.delete()
    audit.record(
        "programme.line_removed", actor=actor, subject=f"{entry.register}:{entry.pk}", ids=[line_id], at=at
    )
    return entry


def _lock(actor: Actor, entry_id: int, revision: int | None) -> RegisterEntry:
    entry = RegisterEntry.objects.select_for_update().filter(pk=entry_id, is_withdrawn=False).first()
    if entry is None:
        raise Refused("not_found", _("Không có mục này."))
    require_keeper(actor, entry.unit_id)
    if revision is not None and entry.revision != revision:
        raise Refused("stale", _("Mục này đã được người khác sửa. Tải lại trang để xem bản mới."))
    return entry


def _save(entry: RegisterEntry, actor: Actor, what: str, at: datetime) -> RegisterEntry:
    entry.revision += 1
    entry.save()
    audit.record(what, actor=actor, subject=f"{entry.register}:{entry.pk}", at=at)
    return entry


@transaction.atomic
def publish_list(
    *, actor: Actor, code: str, decision_number: str, published_on: date, at: datetime
) -> PublishedList:
    """Publish the list of the actor's agency as it stands, by a decision; it is then what the public sees.

    :raises Refused: the register is no list, it is empty, or the decision published one already.
    """
    register = get_register(code)
    require_keeper(actor)
    rows = list_current(register, actor.agency_id)
    if not register.issued or not rows:
        raise Refused("empty", _("Danh sách đang trống hoặc sổ này không công bố."))
    number = decision_number.strip()
    found = PublishedList.objects.filter(register=code, unit_id=actor.agency_id)
    if found.filter(decision_number=number).exists():
        raise Refused("exists", _("Quyết định này đã công bố một danh sách."), field="decision_number")
    made = PublishedList.objects.create(
        register=code,
        unit_id=actor.agency_id,
        decision_number=number,
        published_on=published_on,
        rows=rows,
        kept_at=at,
        kept_by=sign(actor),
    )
    audit.record("programme.list_published", actor=actor, subject=code, note=number, ids=[made.pk], at=at)
    return made
