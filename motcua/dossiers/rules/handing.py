"""Who handed a dossier to whom, told from its tasks: the lines of the control slip (Circular 03/2025 annex I form 06).

Tasks in the order they opened are not hand-overs: beside each other run branches, and a join is handed to by each of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from motcua.dossiers.rules.route import TaskOutcome


class Handed(Protocol):
    """What a task says of its hand-over."""

    opened_at: datetime
    done_at: datetime | None
    step_no: int | None
    outcome: str
    unit_id: int
    asked_by_unit_id: int | None


Task = TypeVar("Task", bound=Handed)


@dataclass(frozen=True, slots=True)
class HandOver(Generic[Task]):
    """From the holder of one task to the holder of another."""

    giver: Task
    receiver: Task
    at: datetime

    @property
    def is_done(self) -> bool:
        """Whether the giver's own task ended with it; whoever asks for an opinion goes on."""
        return self.giver.done_at is not None and self.giver.done_at <= self.receiver.opened_at


def find_hand_overs(tasks: Sequence[Task], runs_after: Mapping[int, Sequence[int]]) -> list[HandOver[Task]]:
    """Every hand-over in the order of its moment.

    :param tasks: in the order they opened
    :param runs_after: for each step of the process the steps it waits for
    """
    found: list[HandOver[Task]] = []
    given: set[tuple[int, int | None]] = set()
    for place, task in enumerate(tasks):
        givers = _find_givers(tasks[:place], task, runs_after)
        # A branch that stood while another was done again gave its part once.
        fresh = [one for one in givers if (id(one), task.step_no) not in given] or givers
        given |= {(id(one), task.step_no) for one in fresh}
        found += [HandOver(one, task, _find_moment(one, task)) for one in fresh]
    return sorted(found, key=lambda line: line.at)


def _find_moment(giver: Handed, task: Handed) -> datetime:
    """When the giver ended its own task, which may be long before the other branches did."""
    if giver.done_at is None or giver.done_at > task.opened_at:
        return task.opened_at
    return giver.done_at


def _find_givers(
    before: Sequence[Task], task: Task, runs_after: Mapping[int, Sequence[int]]
) -> Sequence[Task]:
    """Who sent it back, else the branches it waited for, else whoever ended a task with it or asked for it."""
    ended = [one for one in before if one.done_at == task.opened_at]
    if sent_back := [one for one in ended if one.outcome == TaskOutcome.REDO]:
        return sent_back
    branches = _find_branches(before, task, runs_after)
    # What was sent back or taken up anew outside the process goes on from where it ended.
    return branches or ended[-1:] or _find_asking(before, task) or before[-1:]


def _find_branches(
    before: Sequence[Task], task: Task, runs_after: Mapping[int, Sequence[int]]
) -> Sequence[Task]:
    """The last task done of each step this one runs after."""
    numbers = runs_after.get(task.step_no, ()) if task.step_no is not None else ()
    given = (TaskOutcome.DONE, TaskOutcome.UNDONE)
    done = [one for one in before if one.done_at and one.done_at <= task.opened_at and one.outcome in given]
    last = {one.step_no: one for one in done if one.step_no in numbers}
    return [last[no] for no in numbers if no in last]


def _find_asking(before: Sequence[Task], task: Task) -> Sequence[Task]:
    """The open task of the unit that asks for an opinion."""
    return [
        one
        for one in before
        if one.unit_id == task.asked_by_unit_id and (one.done_at is None or one.done_at > task.opened_at)
    ][-1:]
