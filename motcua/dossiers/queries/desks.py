"""What lies on one person's desk, and what waits where nobody is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from motcua.dossiers.models import Task
from motcua.dossiers.rules.powers import get_task_posts
from motcua.organisations import queries as organisations
from motcua.organisations.rules import POST_LABELS, Post


@dataclass(frozen=True, slots=True)
class Unmanned:
    """Tasks of a post of a unit where nobody is present who could do them."""

    unit_id: int
    unit_name: str
    post_label: str
    tasks: int


def find_desk(user_id: int, unit_id: int, limit: int | None = None) -> list[Task]:
    """The open tasks of a person in a unit, the most pressing first, each with its dossier."""
    mine = Task.objects.filter(assignee_id=user_id, unit_id=unit_id, done_at=None)
    return list(mine.select_related("dossier").order_by("due_at", "pk")[:limit])


def count_desk(user_id: int, unit_id: int) -> int:
    """How many tasks lie on the desk."""
    return Task.objects.filter(assignee_id=user_id, unit_id=unit_id, done_at=None).count()


def find_unmanned(unit_ids: Collection[int], on: date) -> list[Unmanned]:
    """Where work lies in a pool and nobody present holds the post: what an appointment or a substitute mends."""
    pool = Task.objects.filter(unit_id__in=list(unit_ids), done_at=None, assignee=None)
    counted = list(pool.order_by().values("unit_id", "post").annotate(n=Count("pk")))
    if not counted:
        return []
    manned = _find_manned({row["unit_id"] for row in counted}, on)
    return [
        Unmanned(
            row["unit_id"],
            organisations.get_name(row["unit_id"], on),
            POST_LABELS.get(Post(row["post"]), row["post"]),
            row["n"],
        )
        for row in counted
        if (row["unit_id"], row["post"]) not in manned
    ]


def _find_manned(unit_ids: set[int], on: date) -> set[tuple[int, str]]:
    """(unit, post) whose tasks somebody present may do: the holders, and heads who stand in."""
    away = organisations.find_absentees(unit_ids, on)
    present = [
        p for p in organisations.find_officers_of(unit_ids, on=on) if (p.user_id, p.unit_id) not in away
    ]
    return {(p.unit_id, str(post)) for p in present for post in get_task_posts(Post(p.post))}
