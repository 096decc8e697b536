"""Rows of a plan as a draft holds them."""

from typing import Any

from motcua.programme.models import Plan, PlanTask
from motcua.programme.rules.deadlines import parse_deadline
from motcua.programme.rules.plan import deadline_as_json

_CELLS = ("content", "lead", "coordinating", "time", "product", "note")


def list_rows(plan: Plan) -> list[dict[str, Any]]:
    """The tasks of a plan in its own order, for a plan that begins from it."""
    tasks = plan.tasks.filter(is_withdrawn=False).select_related("group")
    return [as_row(task, plan.year) for task in tasks]


def as_row(task: PlanTask, year: int) -> dict[str, Any]:
    """One task as a row of a draft; it comes from no plan above."""
    group = task.group
    return {
        "appendix": group.appendix,
        "section_no": group.number,
        "section": group.title,
        "path": group.path,
        "no": task.number,
        **{name: getattr(task, name) for name in _CELLS},
        "deadline": deadline_as_json(parse_deadline(task.time, year)),
        "unsure": [],
        "source": task.source_id,
    }
