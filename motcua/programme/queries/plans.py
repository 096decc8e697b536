"""Plans as pages show them: in their own order, by unit, by day, over the year."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from motcua.core.refusal import Refused
from motcua.organisations.rules import Actor
from motcua.programme.access import readings_of, visible_to
from motcua.programme.models import (
    Comment,
    Evidence,
    Occurrence,
    Plan,
    PlanReading,
    PlanTask,
    Responsibility,
    TaskReport,
)
from motcua.programme.queries.units import get_names
from motcua.programme.rules.standing import Days, Standing, find_standing

_BEST_FIRST = (
    Standing.LATE,
    Standing.RETURNED,
    Standing.UNPROVEN,
    Standing.DUE_SOON,
    Standing.REPORTED,
    Standing.OPEN,
    Standing.NOT_YET,
    Standing.ACCEPTED,
)


@dataclass(frozen=True, slots=True)
class Part:
    """One unit's part of one occurrence."""

    occurrence: Occurrence
    task: PlanTask
    unit_id: int
    unit_name: str
    report: TaskReport | None
    standing: Standing


@dataclass
class TaskView:
    """A task with its parts; its standing is that of the part that needs somebody most."""

    task: PlanTask
    parts: list[Part] = field(default_factory=list)

    @property
    def standing(self) -> Standing | None:
        """The worst standing of its parts; None while nothing is to be done."""
        found = {part.standing for part in self.parts}
        return next((one for one in _BEST_FIRST if one in found), None)

    @property
    def done(self) -> int:
        """Parts accepted."""
        return sum(1 for part in self.parts if part.standing is Standing.ACCEPTED)

    @property
    def next_due(self) -> date | None:
        """The nearest day that still counts."""
        days = [
            p.occurrence.due_on or p.occurrence.review_on
            for p in self.parts
            if p.standing is not Standing.ACCEPTED
        ]
        return min((day for day in days if day), default=None)


def find_plans(actor: Actor, on: date) -> QuerySet[Plan]:
    """The plans one may see, newest first, with the number of their tasks."""
    return (
        visible_to(actor, on)
        .select_related("unit")
        .annotate(task_count=Count("tasks", filter=Q(tasks__is_withdrawn=False)))
        .order_by("-year", "unit_id", "pk")  # said here: a statement that counts forgets its model's
    )


def get_plan(actor: Actor, plan_id: int, on: date) -> Plan:
    """A plan one may see.

    :raises Refused: there is none.
    """
    plan = visible_to(actor, on).select_related("file", "unit", "parent").filter(pk=plan_id).first()
    if plan is None:
        raise Refused("not_found", _("Không có kế hoạch này."))
    return plan


def get_task(actor: Actor, task_id: int, on: date) -> PlanTask:
    """A task of a plan one may see.

    :raises Refused: there is none.
    """
    task = (
        PlanTask.objects.select_related("plan", "group", "source")
        .filter(pk=task_id, plan__in=visible_to(actor, on))
        .first()
    )
    if task is None:
        raise Refused("not_found", _("Không có nhiệm vụ này."))
    return task


def find_versions(plan: Plan) -> list[PlanReading]:
    """The readings and drafts the plan was made and renewed from, newest first."""
    kept = plan.readings.filter(state=PlanReading.State.KEPT)
    return list(kept.select_related("file").order_by("-created_at"))


def find_comments(plan: Plan, task: PlanTask | None = None) -> QuerySet[Comment]:
    """What was said of a plan, or only of one of its tasks, in order."""
    said = Comment.objects.filter(plan=plan).select_related("task")
    return said.filter(task=task) if task else said


def find_readings(actor: Actor) -> QuerySet[PlanReading]:
    """Readings that wait to be confirmed in the actor's agency."""
    return (
        readings_of(actor)
        .filter(state=PlanReading.State.WAITING, file__isnull=False)
        .select_related("file")
        .order_by("-created_at")
    )


def get_reading(actor: Actor, reading_id: int) -> PlanReading:
    """A reading of the actor's agency.

    :raises Refused: there is none.
    """
    reading = readings_of(actor).select_related("file", "plan", "begun_from").filter(pk=reading_id).first()
    if reading is None:
        raise Refused("not_found", _("Không có bản đọc này."))
    return reading


def view_tasks(plan: Plan, today: date, only: PlanTask | None = None) -> list[TaskView]:
    """The tasks of a plan with their parts; four statements whatever its size."""
    tasks = [only] if only else list(plan.tasks.filter(is_withdrawn=False).select_related("group"))
    return _view(tasks, {plan.pk: plan}, today)


def view_plans(plans: Iterable[Plan], today: date) -> dict[int, list[TaskView]]:
    """The tasks of many plans, by plan; four statements however many they are."""
    by_id = {plan.pk: plan for plan in plans}
    tasks = PlanTask.objects.filter(plan__in=by_id, is_withdrawn=False).select_related("group", "plan")
    found: dict[int, list[TaskView]] = {plan_id: [] for plan_id in by_id}
    for view in _view(list(tasks.order_by("plan_id", "order")), by_id, today):
        found[view.task.plan_id].append(view)
    return found


def _view(tasks: list[PlanTask], plans: dict[int, Plan], today: date) -> list[TaskView]:
    leaders = _find_leaders(tasks, plans)
    names = _name_leaders(tasks, plans, leaders, today)
    reports = {(r.occurrence_id, r.unit_id): r for r in _reports_of(tasks)}
    views = {task.pk: TaskView(task) for task in tasks}
    for occurrence in Occurrence.objects.filter(task__in=tasks):
        for unit in leaders[occurrence.task_id]:
            view = views[occurrence.task_id]
            report = reports.get((occurrence.pk, unit))
            view.parts.append(_part(occurrence, view.task, unit, names.get(unit, ""), report, today))
    return list(views.values())


def _name_leaders(
    tasks: Iterable[PlanTask], plans: dict[int, Plan], leaders: dict[int, list[int]], today: date
) -> dict[int, str]:
    """Units as they were called on the plan's day, else as they are called now."""
    units = {u for named in leaders.values() for u in named}
    names = get_names(units, today)
    for on in {plan.dated or date(plan.year, 1, 1) for plan in plans.values()}:
        names |= get_names(units, on)
    return names


def _find_leaders(tasks: Iterable[PlanTask], plans: dict[int, Plan]) -> dict[int, list[int]]:
    """The units that lead each task; the plan's own agency where nobody could be told."""
    owners = {task.pk: plans[task.plan_id].unit_id for task in tasks}
    found: dict[int, list[int]] = {task: [] for task in owners}
    rows = Responsibility.objects.filter(task__in=found, role="lead").exclude(unit=None)
    for task_id, unit_id in rows.values_list("task_id", "unit_id"):
        found[task_id].append(unit_id)
    return {task: units or [owners[task]] for task, units in found.items()}


def _reports_of(tasks: Iterable[PlanTask]) -> QuerySet[TaskReport]:
    return TaskReport.objects.filter(occurrence__task__in=tasks).prefetch_related("evidence__file")


def _part(
    occurrence: Occurrence, task: PlanTask, unit: int, name: str, report: TaskReport | None, today: date
) -> Part:
    days = Days(occurrence.first_on, occurrence.due_on, occurrence.review_on)
    standing = find_standing(days, report.state if report else None, today)
    return Part(occurrence, task, unit, name, report, standing)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit on the board: how many of its parts stand how."""

    unit_id: int
    name: str
    counts: dict[Standing, int]
    tasks: int

    @property
    def total(self) -> int:
        """All its parts that are open or past."""
        return sum(n for standing, n in self.counts.items() if standing is not Standing.NOT_YET)


def make_board(views: Iterable[TaskView]) -> list[UnitRow]:
    """One row for each leading unit, those with late parts first."""
    counts: dict[int, Counter[Standing]] = {}
    names: dict[int, str] = {}
    tasks: dict[int, set[int]] = {}
    for view in views:
        for part in view.parts:
            counts.setdefault(part.unit_id, Counter())[part.standing] += 1
            names[part.unit_id] = part.unit_name
            tasks.setdefault(part.unit_id, set()).add(view.task.pk)
    rows = [UnitRow(u, names[u], dict(counts[u]), len(tasks[u])) for u in counts]
    return sorted(rows, key=lambda row: (-row.counts.get(Standing.LATE, 0), row.name))


def list_by_day(views: Iterable[TaskView]) -> list[tuple[date, list[Part]]]:
    """Parts not yet accepted by their day, nearest first; one entry for a task and day however many units lead it."""
    days: dict[date, list[Part]] = {}
    for view in views:
        seen: set[int] = set()
        for part in view.parts:
            on = part.occurrence.due_on or part.occurrence.review_on
            if on is None or part.standing is Standing.ACCEPTED or part.occurrence.pk in seen:
                continue
            seen.add(part.occurrence.pk)
            days.setdefault(on, []).append(part)
    return sorted(days.items())


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of the year, in hundredths of its days, with the standing it shows."""

    left: float
    width: float
    standing: Standing
    first_on: date
    last_on: date
    is_open: bool


def draw_year(view: TaskView, year: int) -> list[Bar]:
    """A task's occurrences over the year, one bar each."""
    start, days = date(year, 1, 1), 366 if year % 4 == 0 and (year % 100 or not year % 400) else 365
    worst: dict[int, Part] = {}
    for part in view.parts:
        known = worst.get(part.occurrence.pk)
        if known is None or _BEST_FIRST.index(part.standing) < _BEST_FIRST.index(known.standing):
            worst[part.occurrence.pk] = part
    return [_bar(part, start, days) for part in worst.values()]


def _bar(part: Part, start: date, days: int) -> Bar:
    last = part.occurrence.due_on or part.occurrence.review_on or part.occurrence.first_on
    left = max(0, (part.occurrence.first_on - start).days)
    right = min(days, (last - start).days + 1)
    return Bar(
        round(100 * left / days, 2),
        round(max(0.6, 100 * (right - left) / days), 2),
        part.standing,
        part.occurrence.first_on,
        last,
        part.occurrence.due_on is None,
    )


def get_evidence_file(actor: Actor, evidence_id: int, on: date) -> Any:
    """The file of a piece of evidence of a plan one may see.

    :raises Refused: there is none.
    """
    found = (
        Evidence.objects.select_related("file")
        .filter(pk=evidence_id, report__occurrence__task__plan__in=visible_to(actor, on))
        .first()
    )
    if found is None or found.file is None:
        raise Refused("not_found", _("Không có tệp minh chứng này."))
    return found.file
