"""What is kept of plans: the reading that waits for a person, the plan, its tasks, what was done for them."""

from motcua.programme.models.cascade import PlanCall
from motcua.programme.models.following import Difficulty, Evidence, Occurrence, TaskReport
from motcua.programme.models.plans import Plan, PlanReading, PlanTask, Responsibility, TaskGroup
from motcua.programme.models.registers import PublishedList, RegisterEntry, RegisterLine
from motcua.programme.models.targets import PlanTarget, TargetValue
from motcua.programme.models.telling import Comment, Digest, Reminder
from motcua.programme.models.uploads import PlanUpload

__all__ = [
    "Comment",
    "Difficulty",
    "Digest",
    "Evidence",
    "Occurrence",
    "Plan",
    "PlanCall",
    "PlanReading",
    "PlanTarget",
    "PlanTask",
    "PlanUpload",
    "PublishedList",
    "RegisterEntry",
    "RegisterLine",
    "Reminder",
    "Responsibility",
    "TargetValue",
    "TaskGroup",
    "TaskReport",
]
