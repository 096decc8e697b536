"""What a second reading of a plan would change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from motcua.programme.models import Plan

_COMPARED = ("no", "lead", "coordinating", "time", "product", "note")


@dataclass(frozen=True, slots=True)
class Difference:
    """Tasks that are new, gone or changed; `changed` has the words before and after, field by field."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]

    @property
    def is_empty(self) -> bool:
        """Whether the reading says what the plan says."""
        return not (self.added or self.removed or self.changed)


def compare(plan: Plan, rows: Sequence[dict[str, Any]]) -> Difference:
    """The reading against the plan as kept. A task is known by its group and its words."""
    kept = {
        (task.group.appendix, task.group.number, task.content): task
        for task in plan.tasks.filter(is_withdrawn=False).select_related("group")
    }
    added: list[str] = []
    changed = []
    for row in rows:
        task = kept.pop((row["appendix"], row["section_no"], row["content"]), None)
        if task is None:
            added.append(row["content"])
            continue
        before = {name: getattr(task, "number" if name == "no" else name) for name in _COMPARED}
        fields = tuple((name, before[name], row[name]) for name in _COMPARED if before[name] != row[name])
        if fields:
            changed.append((task.content, fields))
    return Difference(tuple(added), tuple(task.content for task in kept.values()), tuple(changed))
