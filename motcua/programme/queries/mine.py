"""What is to be done by units, over all plans: for the page of a unit, for reminders, for the week's summary."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import QuerySet

from motcua.organisations import queries as organisations
from motcua.organisations.rules import Actor
from motcua.programme.access import speaks_for, visible_to
from motcua.programme.models import Difficulty, Digest, Plan, Reminder, TaskReport
from motcua.programme.queries.plans import Part, view_plans
from motcua.programme.rules.standing import Standing

_YEARS = 2
_ASKING = (Standing.LATE, Standing.RETURNED, Standing.UNPROVEN, Standing.DUE_SOON, Standing.OPEN)


@dataclass
class Work:
    """What lies before somebody: parts to be done by their day, those of last year's plans apart; what is to be answered."""

    parts: list[Part] = field(default_factory=list)
    older: list[Part] = field(default_factory=list)
    reports: list[TaskReport] = field(default_factory=list)
    difficulties: list[Difficulty] = field(default_factory=list)


def find_running(today: date) -> QuerySet[Plan]:
    """Plans of this year and the last, whose tasks may still be open."""
    return Plan.objects.filter(year__gt=today.year - _YEARS, year__lte=today.year)


def find_work(actor: Actor, today: date) -> Work:
    """Everything of plans that waits for the actor's units, and for their agency as the one that accepts."""
    units = speaks_for(actor)
    plans = find_running(today) & visible_to(actor, today)
    own = plans.filter(unit_id=actor.agency_id)
    reports = TaskReport.objects.filter(occurrence__task__plan__in=own, state=TaskReport.State.REPORTED)
    parts = find_open_parts(list(plans), today, units)
    return Work(
        [part for part in parts if part.task.plan.year == today.year],
        [part for part in parts if part.task.plan.year != today.year],
        list(reports.select_related("occurrence__task")),
        list(Difficulty.objects.filter(task__plan__in=own, answered_at=None).select_related("task")),
    )


def find_open_parts(plans: Collection[Plan], today: date, units: Collection[int] | None = None) -> list[Part]:
    """Parts that ask for something, of these units or of all; by their day."""
    views = [view for views in view_plans(plans, today).values() for view in views]
    parts = [part for view in views for part in view.parts if part.standing in _ASKING]
    wanted = [part for part in parts if units is None or part.unit_id in units]
    return sorted(
        wanted, key=lambda p: p.occurrence.due_on or p.occurrence.review_on or today + timedelta(366)
    )


def count_parts(plans: Collection[Plan], today: date) -> dict[int, Counter[Standing]]:
    """For each leading unit how many of its parts stand how."""
    counts: dict[int, Counter[Standing]] = {}
    for views in view_plans(plans, today).values():
        for view in views:
            for part in view.parts:
                counts.setdefault(part.unit_id, Counter())[part.standing] += 1
    return counts


def find_told(parts: Collection[Part]) -> set[tuple[int, int, str]]:
    """Which reminders went already: occurrence, unit, kind."""
    rows = Reminder.objects.filter(occurrence__in={part.occurrence.pk for part in parts})
    return set(rows.values_list("occurrence_id", "unit_id", "kind"))


def find_digests(actor: Actor, limit: int = 8) -> list[Digest]:
    """The last weekly summaries of the actor's own unit or agency."""
    found = Digest.objects.filter(unit_id__in={actor.unit_id, actor.agency_id})
    return list(found.select_related("unit")[:limit])


def find_present(units: Collection[int], today: date) -> dict[int, int]:
    """Each unit and the one that answers for it today: itself, or who took over from it."""
    successors = {before: after for before, after, _day in organisations.find_default_successions()}
    return {unit: _follow(unit, successors) for unit in units}


def _follow(unit: int, successors: dict[int, int]) -> int:
    seen = {unit}
    while (following := successors.get(unit)) is not None and following not in seen:
        unit = following
        seen.add(unit)
    return unit
