"""A confirmed reading becomes a plan: groups, tasks with their units, occurrences, targets."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.audit import actions as audit
from motcua.core.refusal import Refused
from motcua.organisations.rules import Actor
from motcua.programme.access import require_keeper, sign
from motcua.programme.models import (
    Occurrence,
    Plan,
    PlanReading,
    PlanTarget,
    PlanTask,
    Responsibility,
    TaskGroup,
)
from motcua.programme.queries.units import Naming
from motcua.programme.rules.deadlines import parse_deadline
from motcua.programme.rules.measures import say_level
from motcua.programme.rules.occurrences import list_occurrences

_COPIED = ("content", "lead", "coordinating", "time", "product", "note")


@transaction.atomic
def confirm(*, actor: Actor, reading_id: int, revision: int, at: datetime) -> Plan:
    """Make a plan of a reading, or renew the plan it was read from before.

    Tasks that are the same keep what was reported for them; those that are gone are marked, never deleted.

    :raises Refused: the reading changed or no longer waits, it has no year, or a task has no words.
    """
    reading = PlanReading.objects.select_for_update().filter(pk=reading_id).first()
    if reading is None or reading.state != PlanReading.State.WAITING or reading.revision != revision:
        raise Refused(
            "stale", _("Bản đọc đã được người khác sửa hoặc đã nhập. Tải lại trang để xem bản mới.")
        )
    require_keeper(actor, reading.unit_id)
    if reading.file_id is None:
        raise Refused("not_read", _("Kế hoạch soạn trên hệ thống được ký và cấp số, không xác nhận."))
    plan = keep_plan(actor=actor, reading=reading, at=at)
    audit.record("programme.kept", actor=actor, subject=str(plan.pk), note=plan.number, at=at)
    return plan


def keep_plan(*, actor: Actor, reading: PlanReading, at: datetime) -> Plan:
    """The plan of a locked reading or signed draft, with its tasks, units, periods and targets.

    :raises Refused: it has no year, or a task has no words.
    """
    plan = _write_plan(reading, _require_whole(reading), actor, at)
    _write_tasks(plan, reading.read["rows"], _day_of(plan, at))
    _write_targets(plan, reading.read["targets"])
    reading.state, reading.plan = PlanReading.State.KEPT, plan
    reading.save()
    return plan


def _require_whole(reading: PlanReading) -> int:
    """The plan's year."""
    if not reading.year:
        raise Refused("no_year", _("Cần ghi năm của kế hoạch trước khi nhập."), field="year")
    if any(not row["content"] for row in reading.read["rows"]):
        raise Refused("no_content", _("Có dòng chưa ghi nội dung nhiệm vụ. Sửa hoặc bỏ dòng đó."))
    return reading.year


def _write_plan(reading: PlanReading, year: int, actor: Actor, at: datetime) -> Plan:
    read = reading.read
    facts = {
        "title": (read["title"] or _("Kế hoạch năm %(year)d") % {"year": year})[:600],
        "dated": date.fromisoformat(read["date"]) if read["date"] else None,
        "issuer": read["issuer"][:300],
        "signer": read["signer"][:120],
        "signature": read.get("signature", []),
        "legal_bases": read["legal_bases"],
        "recipients": read["recipients"],
        "parts": read["parts"],
        "file_id": reading.file_id,
        "kept_at": at,
        "kept_by": sign(actor),
    }
    known = find_known(reading)
    if known is None:
        return Plan.objects.create(unit_id=reading.unit_id, year=year, number=read["number"][:80], **facts)
    for name, value in facts.items():
        setattr(known, name, value)
    known.number = read["number"][:80] or known.number
    known.version += 1
    known.save()
    return known


def find_known(reading: PlanReading) -> Plan | None:
    """The plan this one renews: the one it was begun from, the same file, number, or an unnumbered draft of that title."""
    if not reading.year:
        return None
    plans = Plan.objects.filter(unit_id=reading.unit_id, year=reading.year)
    number = reading.read["number"]
    if reading.file is None:
        return plans.filter(pk=reading.begun_from_id or 0).first()
    return (
        plans.filter(file__sha256=reading.file.sha256).first()
        or (plans.filter(number=number).first() if number else None)
        or plans.filter(number="", title=reading.read["title"]).first()
    )


def _day_of(plan: Plan, at: datetime) -> date:
    """The plan's day: its date, else the first of its year; units are named as they were then."""
    return plan.dated or min(date(plan.year, 1, 1), timezone.localdate(at))


def _key(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["appendix"], row["section_no"], row["content"]


def _write_tasks(plan: Plan, rows: list[dict[str, Any]], on: date) -> None:
    """Write rows in their order, over what is there already."""
    known = {
        (task.group.appendix, task.group.number, task.content): task
        for task in plan.tasks.select_related("group")
    }
    _make_room(plan)
    groups = _write_groups(plan, rows)
    tasks = [
        _fill_task(plan, groups[_group_key(row)], order, row, known.pop(_key(row), None))
        for order, row in enumerate(rows)
    ]
    fresh = [task for task in tasks if task.pk is None]
    _renew([task for task in tasks if task.pk is not None])
    PlanTask.objects.bulk_create(fresh)
    _withdraw(known.values(), len(rows))
    Responsibility.objects.filter(task__plan=plan).delete()
    naming = Naming(plan.unit_id, on)
    Responsibility.objects.bulk_create(r for task in tasks for r in _responsibilities(task, naming))
    _write_occurrences(tasks, plan.year)
    plan.groups.filter(tasks=None).delete()


def _make_room(plan: Plan) -> None:
    """Orders are unique; the old rows step aside."""
    plan.tasks.update(order=F("order") + 10_000)
    plan.groups.update(order=F("order") + 10_000)


_Key = tuple[str, str, str, tuple[tuple[str, str], ...]]


def _group_key(row: dict[str, Any]) -> _Key:
    path = tuple((number, title) for number, title in row.get("path", []))
    return row["appendix"], row["section_no"], row["section"], path


def _write_groups(plan: Plan, rows: list[dict[str, Any]]) -> dict[_Key, TaskGroup]:
    keys = list(dict.fromkeys(_group_key(row) for row in rows))
    made = TaskGroup.objects.bulk_create(
        TaskGroup(
            plan=plan,
            order=order,
            appendix=key[0][:20],
            number=key[1][:20],
            title=key[2][:1000],
            path=[list(outer) for outer in key[3]],
        )
        for order, key in enumerate(keys)
    )
    return dict(zip(keys, made, strict=True))


def _fill_task(
    plan: Plan, group: TaskGroup, order: int, row: dict[str, Any], task: PlanTask | None
) -> PlanTask:
    task = task or PlanTask(plan=plan)
    task.group, task.order, task.number, task.is_withdrawn = group, order, row["no"][:20], False
    for name in _COPIED:
        setattr(task, name, row[name])
    task.kind = row["deadline"]["kind"] or ""
    task.line, task.unsure = row.get("line", 0), row["unsure"]
    task.source_id = row.get("source", task.source_id)
    return task


def _renew(tasks: Sequence[PlanTask]) -> None:
    """Tasks of the plan that is renewed."""
    named = ("group", "order", "number", "is_withdrawn", *_COPIED, "kind", "line", "unsure", "source")
    PlanTask.objects.bulk_update(tasks, named, batch_size=200)


def _withdraw(tasks: Iterable[PlanTask], order: int) -> None:
    for place, task in enumerate(tasks, start=order):
        PlanTask.objects.filter(pk=task.pk).update(order=place, is_withdrawn=True)


def _responsibilities(task: PlanTask, naming: Naming) -> list[Responsibility]:
    made: list[Responsibility] = []
    for role, words in (("lead", task.lead), ("coordinating", task.coordinating)):
        seen: set[int] = set()
        for named in naming.name(words):
            units: list[int | None] = [unit for unit in named.units if unit not in seen]
            units = units or ([] if named.units else [None])
            seen |= set(named.units)
            made += [
                Responsibility(
                    task=task, unit_id=unit, role=role, words=named.words[:400], is_set=named.is_set
                )
                for unit in units
            ]
    return made


def _write_occurrences(tasks: Sequence[PlanTask], year: int) -> None:
    """New periods are added; periods of words that changed go, unless something was reported in them."""
    wanted = {
        (task.pk, o.first, o.due): o
        for task in tasks
        for o in list_occurrences(parse_deadline(task.time, year), year)
    }
    free = Occurrence.objects.filter(task__in=[task.pk for task in tasks], event="", reports=None)
    gone = [o.pk for o in free if (o.task_id, o.first_on, o.due_on) not in wanted]
    Occurrence.objects.filter(pk__in=gone).delete()
    Occurrence.objects.bulk_create(
        (
            Occurrence(task_id=pk, first_on=o.first, due_on=o.due, event="", review_on=o.review_by)
            for (pk, _first, _due), o in wanted.items()
        ),
        ignore_conflicts=True,
    )


def _write_targets(plan: Plan, targets: list[dict[str, Any]]) -> None:
    """Targets that say the same keep what they count and what was typed for them; those that are gone go with it.

    Those that a person added stay, behind those of the plan's own words.
    """
    known = {(t.text, t.said or say_level(t.op, t.value, t.unit_name)): t for t in plan.targets.all()}
    for shift, target in enumerate(known.values(), start=10_000):
        PlanTarget.objects.filter(pk=target.pk).update(order=shift)
    fresh = []
    for order, told in enumerate(targets):
        value = Decimal(str(told["value"]))
        same = known.pop((told["text"], say_level(told["op"], value, told["unit"])), None)
        if same is not None:
            PlanTarget.objects.filter(pk=same.pk).update(order=order)
            continue
        facts = {"text": told["text"], "op": told["op"], "value": value, "unit_name": told["unit"]}
        fresh.append(PlanTarget(plan=plan, order=order, **facts))
    PlanTarget.objects.bulk_create(fresh)
    own = [target.pk for target in known.values() if target.is_own]
    PlanTarget.objects.filter(pk__in=[t.pk for t in known.values() if not t.is_own]).delete()
    for order, pk in enumerate(own, start=len(targets)):
        PlanTarget.objects.filter(pk=pk).update(order=order)
